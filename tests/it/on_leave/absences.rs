//! Saying when one is away, and what the sender sees of it.

use super::{db_holder, id, say_away};
use crate::support::author::{draft, first_task};
use crate::support::site::Site;

const DAYS: [&str; 2] = ["2026-01-15", "2026-01-30"];

#[tokio::test]
async fn the_sender_sees_who_is_away_and_it_goes_to_whoever_decides_instead() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let mut manager = site.signed_in(&team.manager).await;
    let page = say_away(&mut manager, trust, DAYS, "Whole N Manager").await;
    assert_eq!(page.flash(), "You are away from 15 January 2026 to 30 January 2026. Whole N Manager decides instead");
    page.assert_text("Away now · Whole N Manager decides instead");
    let mail = site.db_last_mail(&trust.whole.manager.email).await;
    assert_eq!(mail.subject, "You decide for Community N Manager from 15 January 2026 to 30 January 2026");

    let (path, mut author) = draft(&site, &world).await;
    let page = author.open(&format!("{path}/submit")).await;
    page.assert_text("Whoever decides is asked to do so by Thursday 29 January.");
    let form = page.form("Send for review");
    let seen = "Community N Manager (away until 30 January 2026: it goes to Whole N Manager)";
    assert!(form.options("Who approves it").contains(&seen.to_owned()), "{:?}", form.options("Who approves it"));
    let form = form.fill("note", "New.").choose("kind", "minor").choose("affects_grade", "no");
    let page = author.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Sent to Whole N Manager for review. Community N Manager is away until 30 January 2026");
    page.assert_text("Waiting for Whole N Manager to decide in place of Community N Manager");
    page.assert_text("due by Thursday 29 January");
    assert_eq!(db_holder(&site).await, (id(&trust.whole.manager), Some(id(&team.manager))));

    let mail = site.db_last_mail(&trust.whole.manager.email).await;
    assert_eq!(mail.subject, "To approve: Stores assistant, due by Thursday 29 January");
    let why = "in somebody else’s place: Community N Manager is away until 30 January 2026.";
    assert!(mail.body.contains(why), "{}", mail.body);
    let mut delegate = site.signed_in(&trust.whole.manager).await;
    delegate.open(&trust.path("work")).await.assert_text("in place of Community N Manager");
    let task = first_task(&mut delegate, &world).await;
    task.assert_text("Community N Manager was asked first; it came to you in their place.");
    task.assert_text("Why: Community N Manager is away until 30 January 2026.");
    let page = delegate.submit_and_follow(task.form("Approve")).await;
    assert_eq!(page.flash(), "You approved Stores assistant");
}

#[tokio::test]
async fn where_nobody_may_decide_it_stays_and_administrators_hear_of_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let mut manager = site.signed_in(&team.manager).await;
    // A manager of another unit alone.
    say_away(&mut manager, trust, DAYS, "Trust N Manager").await;
    let (path, mut author) = draft(&site, &world).await;
    let form = author.open(&format!("{path}/submit")).await.form("Send for review");
    let form = form.fill("note", "New.").choose("kind", "minor").choose("affects_grade", "no");
    let page = author.submit_and_follow(form).await;
    let why = "Community N Manager is away until 30 January 2026, and Trust N Manager does not decide for this unit";
    let told = format!("Sent to Community N Manager for review. {why}: the administrators were told");
    assert_eq!(page.flash(), told);
    assert_eq!(db_holder(&site).await, (id(&team.manager), None));
    let mail = site.db_last_mail(&trust.admin.email).await;
    assert_eq!(mail.subject, "Nobody to decide: Stores assistant");
    assert!(mail.body.contains(why), "{}", mail.body);
    let mut admin = site.signed_in(&trust.admin).await;
    let form = admin.open(&mail.link("/staff/")).await.form("Give it to them");
    let offered = form.options("Who decides instead");
    assert_eq!(offered, ["Choose a person", "Whole N Manager"]);
}

#[tokio::test]
async fn days_are_checked_and_what_was_typed_is_kept() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let mut manager = site.signed_in(&trust.first.team.manager).await;
    let form = manager.open(&trust.path("away")).await.form("Save");
    assert_eq!(form.value("First day away"), "2026-01-15");
    let page = manager.submit(form.fill("First day away", "soon")).await;
    let problems = [
        "Type the first day, such as 28 January 2026",
        "Type the last day, such as 28 January 2026",
        "Choose who decides instead",
    ];
    assert_eq!((page.status, page.problems()), (422, problems.map(str::to_owned).to_vec()));
    assert_eq!(page.form("Save").value("First day away"), "soon");
    let form = page.form("Save").fill("First day away", "2026-01-20").fill("Last day away", "2026-01-19");
    let page = manager.submit(form.choose("Who decides instead", "Whole N Manager")).await;
    assert_eq!(page.problems(), ["The last day is before the first"]);

    say_away(&mut manager, trust, ["2026-02-02", "2026-02-06"], "Whole N Manager").await;
    let form = manager.open(&trust.path("away")).await.form("Save");
    let form = form.fill("First day away", "2026-02-06").fill("Last day away", "2026-02-10");
    let page = manager.submit(form.choose("Who decides instead", "Whole N Manager")).await;
    let overlap = "Some of these days are noted already: end those first, or choose others";
    assert_eq!((page.status, page.problems()), (422, vec![overlap.to_owned()]));
    assert_eq!(page.form("Save").value("Last day away"), "2026-02-10");

    let page = manager.submit_and_follow(page.form("Take it back 2 February 2026 to 6 February 2026")).await;
    assert_eq!(page.flash(), "Ended: what comes from now on waits for you");
    page.assert_no_text("2 February 2026");
    let page =
        say_away(&mut manager, trust, ["2026-02-06", "2026-02-10"], "Nobody: administrators are told of what comes");
    assert!(page.await.flash().ends_with("Nobody decides instead"));
}

#[tokio::test]
async fn somebody_stands_in_until_further_notice_and_anybody_may_say_so() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let mut admin = site.signed_in(&trust.admin).await;
    let path = trust.path(&format!("people/{}/away", id(&team.manager)));
    let form = admin.open(&path).await.form("Save").tick("Until further notice: there is no last day yet");
    let page = admin.submit_and_follow(form.choose("Who decides instead", "Whole N Manager")).await;
    let said = "Community N Manager is away from 15 January 2026 until further notice. Whole N Manager decides instead";
    assert_eq!(page.flash(), said);
    let told = site.db_last_mail(&trust.whole.manager.email).await;
    assert_eq!(told.subject, "You decide for Community N Manager from 15 January 2026 until further notice");
    // Long after, what is sent still goes to whoever stands in, and the sender sees it.
    site.pass(time::Duration::days(500));
    let (path_of, mut author) = draft(&site, &world).await;
    let page = author.open(&format!("{path_of}/submit")).await;
    let options = page.form("Send for review").options("Who approves it");
    let seen = "Community N Manager (away until further notice: it goes to Whole N Manager)";
    assert!(options.contains(&seen.to_owned()), "{options:?}");
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&path).await;
    let page = admin.submit_and_follow(page.form("End it now 15 January 2026 until further notice")).await;
    assert!(page.flash().starts_with("Ended"), "{}", page.flash());

    // Those who evaluate are away too, and somebody of the panel stands in.
    let mut panel = site.signed_in(&team.panel).await;
    let page = panel.open(&trust.path("work")).await;
    let page = panel.follow_link(&page, "Say when you are away, and who decides instead").await;
    let delegates = page.form("Save").options("Who decides instead");
    assert!(delegates.contains(&"Whole N Panel".to_owned()), "{delegates:?}");
    assert!(!delegates.contains(&"Whole N Manager".to_owned()), "who could not do it is not offered: {delegates:?}");
}

#[tokio::test]
async fn an_administrator_says_it_for_somebody_who_cant() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, manager) = (&world.trust, &world.trust.first.team.manager);
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path(&format!("people/{}", id(manager)))).await;
    let page = admin.follow_link(&page, "When they are away").await;
    let form = page.form("Save").fill("First day away", "2026-01-15").fill("Last day away", "2026-02-28");
    let page = admin.submit_and_follow(form.choose("Who decides instead", "Whole N Manager")).await;
    let said = "Community N Manager is away from 15 January 2026 to 28 February 2026. Whole N Manager decides instead";
    assert_eq!(page.flash(), said);
    let mail = site.db_last_mail(&manager.email).await;
    let mut manager = site.signed_in(manager).await;
    let page = manager.open(&mail.link("/staff/")).await;
    page.assert_text("noted by Whole N Admin");
    let page = manager.submit_and_follow(page.form("End it now 15 January 2026 to 28 February 2026")).await;
    assert!(page.flash().starts_with("Ended"), "{}", page.flash());
    let facts: Vec<String> = sqlx::query_scalar("select actor from audit where action = 'set_away' order by id")
        .fetch_all(&site.db)
        .await
        .unwrap();
    assert_eq!(facts, ["Whole N Admin", "Community N Manager"]);
    // Another's absence is not theirs to end.
    let other = site.signed_in(&trust.whole.manager).await.post(&trust.path("away/1/end"), &[]).await;
    assert_eq!(other.status, 404);
}
