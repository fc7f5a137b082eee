//! A pay award: looked at, applied, carried to drafts and open adverts once, and refused line by line.

use std::time::Duration;

use rolebook::domain::ids::AdvertId;
use rolebook::jobs::pay::{step, work};
use tokio::sync::watch;

use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;
use crate::support::versions::Issued;

const OLD: &str = "£24,937 to £26,598 a year";
const NEW: &str = "£25,760 to £27,476 a year";
const AWARD: &str =
    "grade,minimum_gbp,maximum_gbp,effective_from,source\nBand 3,25760,27476,2026-01-01,Pay circular 1\n";

/// A trust with a clerk on Band 3 in force, advertised, and with a next draft.
struct Office {
    site: Site,
    world: World,
    issued: Issued,
    draft: Issued,
    advert: AdvertId,
    admin: Browser,
}

async fn office() -> Office {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    site.db_grades(trust).await;
    let issued = site.db_issued(trust, &trust.first, "Clerk", "Band 3").await;
    let advert = site.db_published(trust, &trust.first, &issued, |text| text.salary_text = OLD.into()).await;
    let draft = site.db_next_draft(trust, &trust.first, &issued).await;
    site.pass(time::Duration::hours(1));
    let admin = site.signed_in(&trust.admin).await;
    Office { site, issued, draft, advert, admin, world }
}

impl Office {
    async fn send(&mut self, name: &str, bytes: &[u8]) -> Page {
        let page = self.admin.open(&self.world.trust.path("pay")).await;
        self.admin.submit(page.form("Look at the award").attach("CSV file", name, bytes)).await
    }

    async fn applied(&mut self) -> Page {
        let sent = self.send("award.csv", AWARD.as_bytes()).await;
        let page = self.admin.follow(sent).await;
        self.admin.submit_and_follow(page.form("Apply the award")).await
    }

    async fn job(&self) -> Page {
        self.site.browser().open(&format!("/jobs/{}", self.advert)).await
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.site.db).await.unwrap()
    }
}

#[tokio::test]
async fn an_award_is_looked_at_applied_and_followed() {
    let mut office = office().await;
    let (trust, draft_path) = (office.world.trust.clone(), office.draft.path());
    let page = office.admin.open(&trust.path("pay")).await;
    page.assert_text("What each grade pays on 15 January 2026");
    page.assert_text("£24,937 to £26,598");
    page.assert_text("A full-time week is 37.5 hours.");
    page.assert_text("no amounts yet");
    assert!(office.admin.statements() <= 4, "{:?}", office.admin.statement_list());

    let sent = office.send("award.csv", AWARD.as_bytes()).await;
    assert_eq!(sent.status, 303, "{:?}", sent.problems());
    let page = office.admin.follow(sent).await;
    assert!(office.admin.statements() <= 4, "{:?}", office.admin.statement_list());
    for text in ["+3.3%", "It changes 1 draft and 1 open advert", "The file says nothing of Band 4, Local", OLD, NEW] {
        page.assert_text(text);
    }
    let file = office.admin.get(&page.link("Download all of them as CSV")).await.html();
    assert!(file.contains(&format!("Advert of JP-0001: Clerk,\"{OLD}\",\"{NEW}\"")), "{file}");
    office.job().await.assert_text(OLD);
    assert_eq!(office.count("select count(*) from grade_amount where effective_from = '2026-01-01'").await, 0);

    sqlx::query("insert into saved_advert select employer_id, id, $1, now() from advert")
        .bind(office.world.applicant.id)
        .execute(&office.site.db)
        .await
        .unwrap();
    let form = page.form("Apply the award");
    let page = office.admin.submit_and_follow(form.clone()).await;
    assert!(office.admin.statements() <= 8);
    assert_eq!(page.flash(), "The award is applied");
    page.assert_text("It begins in a moment.");
    assert_eq!(office.admin.submit_and_follow(form).await.flash(), "This award is applied already");
    let (_keep, stop) = watch::channel(false);
    assert_eq!(work(&office.site.app, &stop).await.unwrap(), 2);
    let page = office.admin.open(&page.path).await;
    page.assert_text("Done: 2 salaries follow it.");
    assert!(!page.has_button("Apply the award"));

    let job = office.job().await;
    job.assert_text(NEW);
    job.assert_text("The salary follows the pay award from 1 January 2026");
    let draft = office.admin.open(&trust.path(&draft_path)).await;
    draft.assert_text(&format!("Salary {NEW}"));
    draft.assert_text("The pay award from 1 January 2026 changed the salary from");
    draft.assert_text("Band 3 pays £25,760 to £27,476 a year full time from 1 January 2026.");
    let issued = office.admin.open(&trust.path(&office.issued.path())).await;
    issued.assert_text(&format!("Salary {OLD}"));
    let mail: Vec<(String, String)> =
        sqlx::query_as("select to_email, body from outbox where subject like 'Changed: %'")
            .fetch_all(&office.site.db)
            .await
            .unwrap();
    assert_eq!(mail.len(), 1);
    assert_eq!(mail[0].0, office.world.applicant.email);
    assert!(mail[0].1.contains(NEW), "{}", mail[0].1);
    let low = office.count("select salary_min_pence from advert").await;
    assert_eq!(low, 2_576_000, "the search finds it by its new pay");
}

#[tokio::test]
async fn killed_anywhere_and_by_two_servers_each_follows_once() {
    let mut office = office().await;
    let trust = office.world.trust.clone();
    for number in 0..6 {
        let more = office.site.db_issued(&trust, &trust.second, &format!("Clerk {number}"), "Band 3").await;
        office.site.db_published(&trust, &trust.second, &more, |text| text.salary_text = OLD.into()).await;
    }
    office.applied().await;
    let (_keep, stop) = watch::channel(false);
    // A future that is dropped is a server that dies there: nothing of its transaction stays.
    for tries in 1..40 {
        let _ = tokio::time::timeout(Duration::from_micros(150 * tries), work(&office.site.app, &stop)).await;
    }
    office.site.db_let_go().await;
    let second = office.site.second_server().await;
    let (one, two) = tokio::join!(work(&office.site.app, &stop), work(&second, &stop));
    one.unwrap();
    two.unwrap();
    while step(&office.site.app).await.unwrap().is_some() {}
    assert_eq!(office.count("select count(*) from advert_change").await, 7);
    assert_eq!(office.count("select count(*) from pay_effect where changed").await, 8);
    assert_eq!(office.count("select count(*) from pay_effect").await, 8);
    assert_eq!(office.count("select count(*) from pay_award where finished_at is not null").await, 1);
    assert_eq!(office.count("select count(*) from advert where salary_text like '£25,760%'").await, 7);
}

#[tokio::test]
async fn a_typed_salary_and_a_day_to_come_are_left_alone() {
    let mut office = office().await;
    let future = AWARD.replace("2026-01-01", "2026-02-01");
    let sent = office.send("award.csv", future.as_bytes()).await;
    let page = office.admin.follow(sent).await;
    let page = office.admin.submit_and_follow(page.form("Apply the award")).await;
    page.assert_text("Drafts and open adverts follow it on 1 February 2026.");
    assert!(step(&office.site.app).await.unwrap().is_none());
    office.job().await.assert_text(OLD);
    // Somebody corrects the pay by hand before the day: that stays.
    sqlx::query("update advert set salary_text = '£30,000 a year', salary_typed = true")
        .execute(&office.site.db)
        .await
        .unwrap();
    office.site.pass(time::Duration::days(17));
    let (_keep, stop) = watch::channel(false);
    assert_eq!(work(&office.site.app, &stop).await.unwrap(), 1, "the draft alone");
    office.job().await.assert_text("£30,000 a year");
}

#[tokio::test]
async fn a_bad_file_is_refused_line_by_line_and_changes_nothing() {
    let mut office = office().await;
    let bad =
        "grade,minimum_gbp,maximum_gbp,effective_from\nBand 3,\"25,760\",27476,2026-01-01\nBand 9,-5,1,2026-01-01\n";
    let page = office.send("award.csv", bad.as_bytes()).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problems(),
        ["Line 2: “25,760” has a thousand separator: write 25760", "Line 3: “-5” is negative: pay is above nothing",]
    );
    let unknown = AWARD.replace("Band 3", "Band 99");
    let page = office.send("award.csv", unknown.as_bytes()).await;
    assert_eq!(page.problems(), ["Line 2: “Band 99” is none of your grades in this scheme"]);
    let late = AWARD.replace("2026-01-01", "2025-04-01");
    let page = office.send("award.csv", late.as_bytes()).await;
    assert!(page.problems()[0].starts_with("Line 2: Band 3 has amounts from 1 April 2025 already"));
    let page = office.send("award.csv", b"grade,annual_gbp,effective_from\nBand 3,\xa325760,2026-01-01\n").await;
    assert!(page.problems()[0].contains("Windows-1252"));
    let page = office.send("award.csv", &vec![b'x'; 50 * 1024 * 1024]).await;
    assert_eq!((page.status, page.problems().len()), (422, 1));
    assert!(page.problems()[0].contains("larger than 2 MB"));
    assert_eq!(office.count("select count(*) from pay_award").await, 0);

    // Whoever writes for one unit alone does not change everybody's pay.
    let trust = office.world.trust.clone();
    let mut author = office.site.signed_in(&trust.first.team.author).await;
    let page = author.open(&trust.path("pay")).await;
    assert!(!page.has_button("Look at the award"));
    let award = office.applied().await;
    assert_eq!(author.post(&format!("{}/apply", award.path), &[]).await.status, 403);
    let mut stranger = office.site.signed_in(&office.world.council.admin).await;
    let theirs = award.path.replace(&trust.slug, &office.world.council.slug);
    assert_eq!(stranger.get(&theirs).await.status, 404);
}

#[tokio::test]
async fn a_salary_is_typed_only_with_a_reason() {
    let mut office = office().await;
    let trust = office.world.trust.clone();
    let mut author = office.site.signed_in(&trust.first.team.author).await;
    let at = trust.path(&office.draft.path());
    let page = author.open(&format!("{at}/details")).await;
    page.assert_text("Band 3 pays £24,937 to £26,598 a year full time");
    let form = page.form("Save the details").fill("Typed salary", "£26,000 a year").fill("Hours", "22.5 hours a week");
    let refused = author.submit(form.clone()).await;
    assert_eq!(refused.problems(), ["Say why the salary is typed: the grade has amounts of its own"]);
    author.submit_and_follow(form.clone().fill("Why the salary is typed", "Protected pay.")).await;
    let read = author.open(&at).await;
    read.assert_text("Salary £26,000 a year");
    read.assert_text("the grade pays £24,937 to £26,598 a year; at 22.5 of 37.5 hours £14,962 to £15,959");
    read.assert_text("Why: Protected pay.");
    let compared = author.open(&format!("{at}/compare")).await;
    compared.assert_text("Why the salary is typed");
    let page = author.open(&format!("{at}/details")).await;
    author
        .submit_and_follow(page.form("Save the details").fill("Typed salary", "").fill("Why the salary is typed", ""))
        .await;
    let text = author.get(&format!("{at}/file?as=txt")).await.html();
    assert!(text.contains("£24,937 to £26,598 a year; at 22.5 of 37.5 hours £14,962 to £15,959"), "{text}");
    let data = author.get(&format!("{at}/file?as=json")).await.html();
    assert!(data.contains("\"salary_text\": \"\""), "a version's data is what was typed");
    office.admin.open(&at).await;
    assert!(office.admin.statements() <= 4, "{:?}", office.admin.statement_list());
}
