//! The public site: finding adverts, reading them, keeping them, and what is said once one is over.

use rolebook::domain::advert::{ApplyKind, ContractKind};
use time::Duration;
use time::macros::date;

use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;
use crate::support::versions::PAY;

/// Two employers with grades.
async fn town() -> (Site, World) {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    site.db_grades(&world.council).await;
    (site, world)
}

fn titles(page: &Page) -> Vec<String> {
    page.find(".rb-job .rb-row__title")
}

/// Three open adverts: a nurse and a porter at the trust, a clerk at the council.
async fn three_jobs(site: &Site, world: &World) {
    let (trust, council) = (&world.trust, &world.council);
    let nurse = site.db_issued(trust, &trust.first, "Community nurse", "Band 4").await;
    site.db_published(trust, &trust.first, &nurse, |text| text.closes_on = Some(date!(2026 - 03 - 01))).await;
    site.pass(Duration::hours(1));
    let porter = site.db_issued(trust, &trust.second, "Night porter", "Band 3").await;
    site.db_published(trust, &trust.second, &porter, |text| {
        text.closes_on = Some(date!(2026 - 01 - 20));
        text.short_text = "Move equipment and people at night.".into();
        text.contract_kind = Some(ContractKind::FixedTerm);
    })
    .await;
    site.pass(Duration::hours(1));
    let clerk = site.db_issued(council, &council.first, "Planning clerk", "Band 3").await;
    site.db_published(council, &council.first, &clerk, |text| {
        text.headline = "Keep the town's plans in order".into();
        text.short_text = "File and find applications.".into();
    })
    .await;
}

#[tokio::test]
async fn jobs_are_found_by_words_grade_employer_and_contract() {
    let (site, world) = town().await;
    let mut browser = site.browser();
    browser.open("/jobs").await.assert_text("No job is open at present.");
    three_jobs(&site, &world).await;
    let page = browser.open("/jobs").await;
    page.assert_text("3 jobs are open.");
    assert_eq!(titles(&page), ["Planning clerk", "Night porter", "Community nurse"], "the newest first");
    let page = browser.follow_link(&page, "closing soonest").await;
    assert_eq!(titles(&page), ["Night porter", "Planning clerk", "Community nurse"]);
    page.assert_text("Closes 20 January 2026, 5 days left");

    // Words of the headline, the short text, the title and the place, in any form.
    for (words, found) in [
        ("nursing", vec!["Community nurse"]),
        ("moving equipment", vec!["Night porter"]),
        ("town plans", vec!["Planning clerk"]),
        ("Millfield", vec!["Planning clerk", "Night porter", "Community nurse"]),
        ("nurse or porter", vec!["Night porter", "Community nurse"]),
    ] {
        let page = browser.open("/jobs").await;
        let page = browser.submit(page.form("Search").fill("Job title or other words", words)).await;
        assert_eq!(titles(&page), found, "{words}");
    }
    let page = browser.open("/jobs?words=millfield&sort=closing").await;
    let filters = page.form("Use these filters");
    assert_eq!(
        filters.options("Grade"),
        ["Any grade", "Band 3, £27,485 to £30,162 (2)", "Band 4, £27,485 to £30,162 (1)"]
    );
    let trust = format!("{} (2)", world.trust.name);
    let page =
        browser.submit(filters.choose("Grade", "Band 3, £27,485 to £30,162 (2)").choose("Employer", &trust)).await;
    assert_eq!(titles(&page), ["Night porter"]);
    page.assert_text("1 open job matches.");
    let page = browser.follow_link(&page, &format!("{} (remove)", world.trust.name)).await;
    assert_eq!(titles(&page), ["Night porter", "Planning clerk"], "words, grade and order stay");
    let page = browser.open("/jobs?contract=fixed_term").await;
    assert_eq!(titles(&page), ["Night porter"]);
}

#[tokio::test]
async fn a_search_without_results_helps() {
    let (site, world) = town().await;
    three_jobs(&site, &world).await;
    let mut browser = site.browser();
    let page = browser.open("/jobs?words=astronaut&grade=Band+3").await;
    page.assert_text("No open job matches.");
    let page = browser.follow_link(&page, "Search without “astronaut”").await;
    assert_eq!(titles(&page), ["Planning clerk", "Night porter"]);
    for odd in [
        "/jobs?words=%00%27%28%22&page=x",
        "/jobs?employer=nobody",
        "/jobs?page=40",
        "/jobs?words=the",
        "/jobs?grade=%25",
    ] {
        assert_eq!(browser.open(odd).await.heading(), "Jobs", "{odd}");
    }
    for odd in ["/jobs/0", "/jobs/x", "/jobs/99999999999999999999", "/employers/nobody", "/employers/%00"] {
        assert_eq!(browser.get(odd).await.status, 404, "{odd}");
    }
}

#[tokio::test]
async fn many_jobs_come_in_pages_at_the_same_cost() {
    let (site, world) = town().await;
    let trust = &world.trust;
    let version = site.db_issued(trust, &trust.first, "Community nurse", "Band 4").await;
    for _ in 0..10 {
        site.db_published(trust, &trust.first, &version, |_| {}).await;
    }
    let mut browser = site.signed_in(&world.applicant).await;
    browser.open("/jobs").await;
    let (few, list) = (browser.statements(), browser.statement_list());
    assert!(few <= 4, "{list:?}");
    browser.open("/employers/northmoor").await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    sqlx::query(
        "insert into advert (employer_id, number, version_id, state, title, grade_from, headline, salary_text, closes_on,
            written_by, created_at, confirmed_by, confirmed_at, published_by, published_at, opens_at, closes_at, public_at,
            changed_at)
        select employer_id, 100 + n, version_id, state, title, grade_from, headline, salary_text, closes_on,
            written_by, created_at, confirmed_by, confirmed_at, published_by, published_at, opens_at, closes_at, public_at,
            changed_at
        from (select * from advert limit 1) a, generate_series(1, 1100) n",
    )
    .execute(&site.db)
    .await
    .unwrap();
    let page = browser.open("/jobs").await;
    assert_eq!(browser.statements(), few);
    page.assert_text("More than 1,000 jobs match.");
    assert_eq!(titles(&page).len(), 20);
    let page = browser.follow_link(&page, "Next 20").await;
    assert_eq!(page.title(), "Jobs, page 2 – Rolebook");
    page.assert_text("Page 2.");
    assert!(page.has_link("Previous 20"));
    let page = browser.open("/jobs?page=50").await;
    assert_eq!((titles(&page).len(), page.has_link("Next 20")), (20, false));
    let page = browser.open("/employers/northmoor").await;
    assert_eq!(titles(&page).len(), 20);
    browser.follow_link(&page, "See all open jobs at Northmoor NHS Trust").await;
}

#[tokio::test]
async fn an_applicant_reads_everything_but_what_is_for_staff() {
    let (site, world) = town().await;
    let trust = &world.trust;
    let version = site.db_issued(trust, &trust.first, "Community nurse", "Band 4").await;
    let id = site
        .db_published(trust, &trust.first, &version, |text| text.contract = "with a probation of 6 months".into())
        .await;
    let mut browser = site.browser();
    let page = browser.open(&format!("/jobs/{id}")).await;
    assert_eq!(page.title(), "Community nurse, Northmoor NHS Trust – Rolebook");
    assert_eq!(page.heading(), "Community nurse");
    for text in [
        "Help people where they live",
        "Closes 15 February 2026, 31 days left",
        "You will visit people at home.",
        PAY,
        "Band 4",
        "Permanent: with a probation of 6 months",
        "37.5 hours a week",
        "Weaver Street, HX2",
        "Interviews 25 February 2026",
        "You keep people well at home.",
        "Plans visits for the week.",
        "Listens well to people. Essential Interview",
        "27 days a year, and public holidays",
        "Safeguarding",
    ] {
        page.assert_text(text);
    }
    page.assert_no_text("For staff");
    page.assert_no_text("Freedom to act");
    // What the imported document of an older vacancy said.
    page.assert_no_text("1 March 2019");
    assert_eq!(page.find(".rb-part ul li"), ["listen", "plan"]);
    assert_eq!(page.link("Apply on jobs.northmoor.example"), "https://jobs.northmoor.example/NM-1");
    assert_eq!(page.link("community@northmoor.example"), "mailto:community@northmoor.example");
    assert_eq!(page.link("01632 960114"), "tel:01632960114");
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    // Staff see the same.
    let mut author = site.signed_in(&trust.first.team.author).await;
    author.open(&format!("/jobs/{id}")).await.assert_no_text("For staff");
}

#[tokio::test]
async fn people_apply_in_the_way_the_employer_says() {
    let (site, world) = town().await;
    let trust = &world.trust;
    let version = site.db_issued(trust, &trust.first, "Community nurse", "Band 4").await;
    let mut browser = site.browser();
    for (kind, value, link) in [
        (ApplyKind::Address, "Jobs@Northmoor.example", Some("mailto:jobs@northmoor.example")),
        (ApplyKind::Address, "Trust House\nNorthmoor, NM1", None),
        (ApplyKind::Instructions, "Come in on any weekday <morning>.", None),
    ] {
        let id = site
            .db_published(trust, &trust.first, &version, |text| {
                text.apply_kind = kind;
                text.apply_value = value.into();
            })
            .await;
        let page = browser.open(&format!("/jobs/{id}")).await;
        match link {
            Some(href) => assert_eq!(page.link("jobs@northmoor.example"), href),
            None => value.lines().for_each(|line| page.assert_text(line)),
        }
        assert!(!page.links().iter().any(|(text, _)| text.starts_with("Apply on")));
    }
}

#[tokio::test]
async fn an_advert_that_is_over_says_so_and_offers_others() {
    let (site, world) = town().await;
    let trust = &world.trust;
    let nurse = site.db_issued(trust, &trust.first, "Community nurse", "Band 4").await;
    let short =
        site.db_published(trust, &trust.first, &nurse, |text| text.closes_on = Some(date!(2026 - 01 - 16))).await;
    let porter = site.db_issued(trust, &trust.first, "Night porter", "Band 3").await;
    let long = site.db_published(trust, &trust.first, &porter, |_| {}).await;
    let later = site.db_issued(trust, &trust.first, "Day porter", "Band 3").await;
    let scheduled =
        site.db_published(trust, &trust.first, &later, |text| text.opens_on = Some(date!(2026 - 02 - 01))).await;
    let mut browser = site.browser();
    let page = browser.open(&format!("/jobs/{short}")).await;
    page.assert_text("Closes 16 January 2026, 1 day left");
    assert_eq!(page.find(".rb-closing--soon").len(), 1);
    assert_eq!(browser.get(&format!("/jobs/{scheduled}")).await.status, 404, "not yet");

    site.pass(Duration::days(2));
    let page = browser.open(&format!("/jobs/{short}")).await;
    page.assert_text("This advert closed on 16 January 2026. Applications are no longer taken.");
    page.assert_text("Plans visits for the week.");
    assert!(!page.links().iter().any(|(text, _)| text.starts_with("Apply on")));
    assert_eq!(titles(&page), ["Night porter"]);
    assert_eq!(page.find("meta[name=robots]").len(), 1);
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());

    let mut author = site.signed_in(&trust.first.team.author).await;
    for id in [long, scheduled] {
        let page = author.open(&trust.path(&format!("adverts/{id}"))).await;
        let form = page.form("Withdraw the advert").fill("Why it is withdrawn", "The service moves.");
        author.submit_and_follow(form).await;
    }
    let page = browser.get(&format!("/jobs/{long}")).await;
    assert_eq!(page.status, 410, "gone for good, and says so");
    page.assert_text("This advert was withdrawn on 17 January 2026. The service moves.");
    page.assert_no_text("Plans visits for the week.");
    page.assert_text("No other job is open at Northmoor NHS Trust at present.");
    assert_eq!(browser.get(&format!("/jobs/{scheduled}")).await.status, 404, "nobody ever read it");
}

#[tokio::test]
async fn an_employer_has_a_page() {
    let (site, world) = town().await;
    three_jobs(&site, &world).await;
    sqlx::query("update employer set description = 'We care for the moor.' where slug = 'northmoor'")
        .execute(&site.db)
        .await
        .unwrap();
    let page = site.browser().open("/employers/northmoor").await;
    assert_eq!(page.heading(), "Northmoor NHS Trust");
    page.assert_text("We care for the moor.");
    page.assert_text("2 jobs are open.");
    assert_eq!(titles(&page), ["Night porter", "Community nurse"]);
}

#[tokio::test]
async fn people_keep_adverts() {
    let (site, world) = town().await;
    three_jobs(&site, &world).await;
    let mut browser = site.browser();
    let page = browser.open("/jobs").await;
    let job = page.link("Community nurse");
    let page = browser.open(&job).await;
    let sign_in = browser.open(&page.link("Sign in to save this advert")).await.form("Sign in");
    let pressed = browser.post(&format!("{job}/save"), &[]).await;
    assert_eq!(pressed.location, Some(rolebook::web::paths::sign_in_and_return(&job)), "a session that ended");
    let filled =
        sign_in.fill("E-mail address", &world.applicant.email).fill("Password", crate::support::people::PASSWORD);
    let page = browser.submit_and_follow(filled).await;
    assert_eq!(page.path, job, "and back");
    let form = page.form("Save this advert");
    let page = browser.submit_and_follow(form.clone()).await;
    assert_eq!(page.flash(), "The advert is on your list");
    browser.submit_and_follow(form).await;
    let kept = "select count(*) from saved_advert";
    let count: i64 = sqlx::query_scalar(kept).fetch_one(&site.db).await.unwrap();
    assert_eq!(count, 1, "twice is once");
    site.browser().open(&job).await.assert_no_text("Take it off your list");
    let page = browser.submit_and_follow(page.form("Take it off your list")).await;
    assert_eq!(page.flash(), "The advert is off your list");
    let count: i64 = sqlx::query_scalar(kept).fetch_one(&site.db).await.unwrap();
    assert_eq!(count, 0);
    assert_eq!(browser.post("/jobs/999999/save", &[]).await.status, 404);
}
