//! The way to approval: sending, deciding, and who may not.

use time::Duration;

use crate::support::author::{approve, draft, first_task, send};
use crate::support::desk::Desk;
use crate::support::editor::Editor;
use crate::support::people::{World, db_role};
use crate::support::site::Site;

#[tokio::test]
async fn what_stands_in_the_way_is_listed_and_each_leads_to_its_place() {
    let site = Site::new().await;
    let world = site.world().await;
    let grade = Desk::new(&site, &world.trust).db_grade().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let form = browser.open(&world.trust.path("profiles/new")).await.form("Start the draft");
    let form = form.fill("Job title", "Porter").choose("Unit", &world.trust.first.id.to_string());
    let page = browser.submit_and_follow(form).await;
    let mut editor = Editor::new(browser, page.path.trim_end_matches("/edit"));
    editor.add("Add a group of duties to Main duties", |form| form.fill("Heading of the group", "Moving")).await;
    editor.add("Add a criterion to Person specification", |form| form.fill("Criterion", "Lifts safely")).await;
    sqlx::query("update item set sure = false where text = 'Lifts safely'").execute(&site.db).await.unwrap();

    let submit = format!("{}/submit", editor.path);
    let page = editor.browser.open(&submit).await;
    assert_eq!(page.heading(), "Not ready to send yet");
    let expected = [
        "Choose the grade",
        "“Purpose of the job” is empty: write it or delete the section",
        "“Moving” has nothing under it: add to it or delete it",
        "Confirm “Lifts safely” in “Person specification”: it was read with a guess",
    ];
    assert_eq!(page.find("main ul > li"), expected);
    for problem in expected {
        let href = page.link(problem);
        let there = editor.browser.open(&href).await;
        let id = href.split_once('#').expect("a place on the page").1;
        assert!(!there.find(&format!("[id='{id}']")).is_empty(), "{problem} leads to {href}, which is not there");
    }

    let details = editor.browser.open(&format!("{}/details", editor.path)).await.form("Save the details");
    editor.browser.submit_and_follow(details.choose("Grade", &grade.to_string())).await;
    let page = editor.page().await;
    editor.browser.submit_and_follow(page.form("Delete Purpose of the job")).await;
    editor.add("Add a duty below group of duties 1", |form| form.fill("Duty", "Moves beds")).await;
    editor.press("Confirm", "Lifts safely").await;
    assert_eq!(editor.browser.open(&submit).await.heading(), "Send for review");
}

#[tokio::test]
async fn a_version_goes_from_its_author_to_the_approver_and_back() {
    let site = Site::new().await;
    let world = site.world().await;
    let team = &world.trust.first.team;
    let (path, mut author) = draft(&site, &world).await;
    let page = author.open(&format!("{path}/submit")).await;
    assert_eq!(page.form("Send for review").value("Who approves it"), team.manager.membership.unwrap().to_string());
    let page = author.submit(page.form("Send for review")).await;
    let problems = [
        "Say what this version changes and why",
        "Say whether this is a minor or a major change",
        "Say whether anything here might affect the grade",
    ];
    assert_eq!((page.status, page.problems()), (422, problems.map(str::to_owned).to_vec()));

    let page = send(&mut author, &path, "Community N Manager").await;
    page.assert_text("In review");
    let mail = site.db_last_mail(&team.manager.email).await;
    assert_eq!(mail.subject, "To approve: Stores assistant, due by Thursday 29 January");
    assert!(mail.body.contains("The whole text is new."), "{}", mail.body);
    let mut manager = site.signed_in(&team.manager).await;
    let task = manager.open(&mail.link("/staff/")).await;
    task.assert_text("This is the first version of the profile: all of it is new.");
    let page = manager.submit(task.form("Request changes")).await;
    let no_reason = "Say why: the reason stays in the record and reaches those it concerns";
    assert_eq!((page.status, page.problems()), (422, vec![no_reason.to_owned()]));
    let reason = "Say how many people the post leads.";
    let form = page.form("Request changes").fill("If something has to change first: what, and why", reason);
    assert_eq!(manager.submit_and_follow(form).await.flash(), "Sent back to Community N Author with your reason");

    let mail = site.db_last_mail(&team.author.email).await;
    assert_eq!(mail.subject, "Changes requested: Stores assistant");
    assert!(mail.body.contains(reason), "{}", mail.body);
    let page = author.open(&mail.link("/staff/")).await;
    page.assert_text("Community N Manager asked for changes");
    page.assert_text(reason);
    let mut editor = Editor::new(author, path.clone());
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    editor.browser.submit_and_follow(form).await;
    send(&mut editor.browser, &path, "Community N Manager").await;

    let task = first_task(&mut manager, &world).await;
    task.assert_text("JP-0001 version 1, submission 2");
    manager.submit_and_follow(task.form("Approve")).await;
    let mail = site.db_last_mail(&team.author.email).await;
    assert_eq!(mail.subject, "Approved: Stores assistant");
    let page = editor.browser.open(&mail.link("/staff/")).await;
    page.assert_text("Approved");
    assert!(page.has_link("Issue"), "{:?}", page.links());
}

#[tokio::test]
async fn a_decision_is_about_the_submission_that_was_read() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let old = first_task(&mut manager, &world).await;
    let page = author.open(&path).await;
    author.submit_and_follow(page.form("Recall from review")).await;
    send(&mut author, &path, "Community N Manager").await;

    let page = manager.submit_and_follow(old.form("Approve")).await;
    assert_eq!(page.flash(), "It was decided on already, or taken back: nothing waits for you there");
    let page = manager.open(&path).await;
    page.assert_text("In review");
    // On the new task, a form that still names the earlier submission decides nothing either.
    let task = first_task(&mut manager, &world).await;
    let page = manager.submit(task.form("Approve").forge("submission", "1")).await;
    let sent_again = "It was sent again since you opened this page: look at what changed, then decide";
    assert_eq!((page.status, page.problems()), (422, vec![sent_again.to_owned()]));
    assert_eq!(manager.submit(task.form("Approve")).await.status, 303);
}

/// An author of the whole employer who is also a manager there.
async fn both_roles(site: &Site, world: &World) {
    db_role(&site.db, world.trust.id, &world.trust.whole.author, "manager", None).await;
}

#[tokio::test]
async fn nobody_approves_what_they_sent() {
    let site = Site::new().await;
    let world = site.world().await;
    both_roles(&site, &world).await;
    let (path, _) = draft(&site, &world).await;
    let mut both = site.signed_in(&world.trust.whole.author).await;
    let form = both.open(&format!("{path}/submit")).await.form("Send for review");
    assert!(!form.options("Who approves it").contains(&"Whole N Author".to_owned()), "not offered");
    let me = world.trust.whole.author.membership.unwrap().to_string();
    let form = form.fill("note", "New.").choose("kind", "minor").choose("affects_grade", "no");
    let page = both.submit(form.forge("approver", &me)).await;
    let refused = "Choose somebody else: you can't approve what you send for review";
    assert_eq!((page.status, page.problems()), (422, vec![refused.to_owned()]));

    // Nor once an administrator has given them the task.
    send(&mut both, &path, "Community N Manager").await;
    db_give_task(&site, world.trust.whole.author.membership.unwrap()).await;
    let task = first_task(&mut both, &world).await;
    let page = both.submit(task.form("Approve")).await;
    let said = ["You sent this version for review, so somebody else has to decide on it", WHO_CAN];
    assert_eq!(page.problems(), said);
    let form = task.form("Request changes").fill("reason", "Say more.");
    let page = both.submit(form).await;
    assert_eq!(page.problems(), ["You sent this version for review, so somebody else has to decide on it"]);
}

/// Both managers who had no hand in it.
const WHO_CAN: &str = "An administrator can give the review to Community N Manager or Whole N Manager";

#[tokio::test]
async fn nobody_approves_what_they_edited() {
    let site = Site::new().await;
    let world = site.world().await;
    both_roles(&site, &world).await;
    let (path, mut author) = draft(&site, &world).await;
    let mut editor = Editor::new(site.signed_in(&world.trust.whole.author).await, path.clone());
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    editor.browser.submit_and_follow(form).await;

    let page = author.open(&format!("{path}/submit")).await;
    page.assert_text("Some of these words are by Whole N Author, so somebody else has to approve them.");
    let form = page.form("Send for review").fill("note", "New.").choose("kind", "minor").choose("affects_grade", "no");
    let form = form.forge("approver", &world.trust.whole.author.membership.unwrap().to_string());
    let page = author.submit(form).await;
    let refused = "The person you chose edited this version, so they can't approve it: choose somebody else";
    assert_eq!((page.status, page.problems()), (422, vec![refused.to_owned()]));

    send(&mut author, &path, "Community N Manager").await;
    db_give_task(&site, world.trust.whole.author.membership.unwrap()).await;
    let task = first_task(&mut editor.browser, &world).await;
    let page = editor.browser.submit(task.form("Approve")).await;
    assert_eq!(page.problems(), ["You edited this version, so somebody else has to approve it", WHO_CAN]);
}

/// Gives the open task to somebody whom the page does not offer, so that the wall behind it shows.
async fn db_give_task(site: &Site, member: i64) {
    sqlx::query("update task set assigned_to = $1 where closed_at is null")
        .bind(member)
        .execute(&site.db)
        .await
        .unwrap();
}

async fn reassign(site: &Site, world: &World, to: &str) {
    let mut admin = site.signed_in(&world.trust.admin).await;
    let version = admin.open(&world.trust.path("profiles/JP-0001/versions/1")).await;
    let page = admin.follow_link(&version, "Give the review to somebody else").await;
    let nothing = admin.submit(page.form("Give it to them")).await;
    assert_eq!(nothing.problems(), ["Say why: the reason stays in the record", "Choose who decides instead"]);
    let form = nothing.form("Give it to them").choose("Who decides instead", to).fill("Why?", "On leave.");
    let page = admin.submit_and_follow(form).await;
    assert_eq!(page.flash(), format!("{to} decides on Stores assistant now"));
}

#[tokio::test]
async fn an_administrator_gives_a_review_to_somebody_else() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut first = site.signed_in(&world.trust.first.team.manager).await;
    let old = first_task(&mut first, &world).await;
    reassign(&site, &world, "Whole N Manager").await;

    let mail = site.db_last_mail(&world.trust.whole.manager.email).await;
    assert!(mail.body.contains("On leave."), "{}", mail.body);
    let mut second = site.signed_in(&world.trust.whole.manager).await;
    let page = first.submit(old.form("Approve")).await;
    assert_eq!(page.problems(), ["Only the person who was asked to approve this version can decide on it"]);
    first.open(&old.path).await.assert_text("Whole N Manager was asked to decide on this.");
    first.open(&world.trust.path("work")).await.assert_text("Nothing waits for you.");
    let task = second.open(&mail.link("/staff/")).await;
    assert_eq!(second.submit_and_follow(task.form("Approve")).await.flash(), "You approved Stores assistant");
    let record: String = sqlx::query_scalar("select facts ->> 'reason' from audit where action = 'reassign_task'")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!(record, "On leave.");
}

#[tokio::test]
async fn the_one_who_sent_it_or_an_administrator_takes_it_back() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    let recall = format!("{path}/recall");
    for by_admin in [false, true] {
        send(&mut author, &path, "Community N Manager").await;
        let mut colleague = site.signed_in(&world.trust.whole.author).await;
        let refused = colleague.post(&recall, &[]).await;
        let page = colleague.follow(refused).await;
        assert_eq!(page.flash(), "Only the person who sent it for review, or an administrator, can recall it");
        let mut taker = if by_admin { site.signed_in(&world.trust.admin).await } else { author.clone() };
        let page = taker.open(&path).await;
        let page = taker.submit(page.form("Recall from review")).await;
        let page = taker.follow(page).await;
        assert_eq!(page.status, 200, "by an administrator: {by_admin}: {}", page.text());
        assert_eq!(page.flash(), "Recalled: it is a draft again");
        let mut manager = site.signed_in(&world.trust.first.team.manager).await;
        manager.open(&world.trust.path("work")).await.assert_text("Nothing waits for you.");
        site.pass(Duration::minutes(1));
    }
    send(&mut author, &path, "Community N Manager").await;
    approve(&site, &world).await;
    let late = author.post(&recall, &[]).await;
    let page = author.follow(late).await;
    assert_eq!(page.flash(), "This version is approved now, so that is no longer possible");
}
