//! Coming into force, on a day or in an emergency; withdrawing, discarding, and starting anew.

use rolebook::jobs::issue_due::issue_due;
use time::Duration;
use time::macros::datetime;

use crate::support::author::{approve, draft, first_task, send};
use crate::support::browser::Browser;
use crate::support::editor::Editor;
use crate::support::people::{World, db_role};
use crate::support::site::Site;

/// A first version, approved and ready to issue.
async fn approved(site: &Site, world: &World) -> (String, Browser) {
    let (path, mut author) = draft(site, world).await;
    send(&mut author, &path, "Community N Manager").await;
    approve(site, world).await;
    (path, author)
}

/// Sets what is in force, and gives the next draft's address.
async fn issued_with_next_draft(site: &Site, world: &World) -> (String, Browser) {
    let (path, mut author) = approved(site, world).await;
    let page = author.open(&format!("{path}/issue")).await;
    let page = author.submit_and_follow(page.form("Issue")).await;
    assert_eq!(page.flash(), "Issued. You can make an advert from it.");
    let profile = author.open(&world.trust.path("profiles/JP-0001")).await;
    let page = author.submit_and_follow(profile.form("Start the next draft")).await;
    assert_eq!(page.flash(), "Version 2 is a draft. Version 1 stays as it is meanwhile.");
    (page.path.trim_end_matches("/edit").to_owned(), author)
}

async fn states(site: &Site) -> Vec<String> {
    sqlx::query_scalar("select state from version order by number").fetch_all(&site.db).await.unwrap()
}

#[tokio::test]
async fn the_grade_needs_its_basis_before_issue() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = approved(&site, &world).await;
    sqlx::query("update version set grade_basis = null").execute(&site.db).await.unwrap();
    let page = author.open(&format!("{path}/issue")).await;
    page.assert_text("First: Say how the grade was decided");
    let early = author.post(&format!("{path}/issue"), &[("effective_from", "2026-01-15")]).await;
    assert_eq!((early.status, early.problems()), (422, vec!["Say how the grade was decided".to_owned()]));
    let page = author.follow_link(&page, "Say how the grade was decided").await;
    let none = author.submit(page.form("Save")).await;
    assert_eq!(none.problems(), ["Say how the grade was decided"]);
    let half = author.submit(none.form("Save").choose("The grade is", "Matched to a profile")).await;
    assert_eq!(half.problems(), ["Give the date of the decision"]);
    let form = half.form("Save").fill("Reference", "NP 12").fill("Date of the decision", "2026-01-12");
    assert_eq!(author.submit_and_follow(form).await.flash(), "Saved how the grade was decided");
    let page = author.open(&format!("{path}/issue")).await;
    let wrong = author.submit(page.form("Issue").fill("In force from", "soon")).await;
    assert_eq!(wrong.problems(), ["Write the date like 28 January 2026"]);
    let before = author.submit(wrong.form("Issue").fill("In force from", "1 January 2020")).await;
    assert_eq!(before.problems(), ["It can't be in force before it was approved"]);
    author.submit_and_follow(wrong.form("Issue").fill("In force from", "15 January 2026")).await;
    assert_eq!(states(&site).await, ["issued"]);
}

#[tokio::test]
async fn a_later_day_of_issue_comes_at_midnight_in_london() {
    let site = Site::new().await;
    let world = site.world().await;
    // In summer, when midnight in London is 23:00 UTC.
    site.pass(datetime!(2026-07-01 9:00 UTC) - site.app.clock.now());
    let (path, mut author) = issued_with_next_draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    approve(&site, &world).await;
    let page = author.open(&format!("{path}/issue")).await;
    let form = page.form("Issue").fill("In force from", "3 July 2026");
    assert_eq!(author.submit_and_follow(form).await.flash(), "It will issue itself on 3 July 2026");
    assert_eq!(issue_due(&site.app).await.unwrap(), 0);

    site.pass(datetime!(2026-07-02 22:59:59 UTC) - site.app.clock.now());
    assert_eq!(issue_due(&site.app).await.unwrap(), 0, "a second before midnight");
    assert_eq!(states(&site).await, ["issued", "approved"]);
    site.pass(Duration::seconds(1));
    assert_eq!(issue_due(&site.app).await.unwrap(), 1, "at midnight");
    assert_eq!(states(&site).await, ["superseded", "issued"]);
    assert_eq!(issue_due(&site.app).await.unwrap(), 0, "once");

    let mut author = site.signed_in(&world.trust.first.team.author).await;
    author.open(&world.trust.path("profiles/JP-0001/versions/1")).await.assert_text("Superseded");
    let (actor, action): (String, String) =
        sqlx::query_as("select actor, action from audit where profile_id is not null order by id desc limit 1")
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!((actor.as_str(), action.as_str()), ("The system (dates of issue)", "issue_due"));
}

#[tokio::test]
async fn a_day_of_issue_can_be_changed_or_called_off() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = approved(&site, &world).await;
    for day in ["20 January 2026", "25 January 2026"] {
        let page = author.open(&format!("{path}/issue")).await;
        let page = author.submit_and_follow(page.form("Issue").fill("In force from", day)).await;
        assert_eq!(page.flash(), format!("It will issue itself on {day}"));
    }
    site.pass(Duration::days(6));
    assert_eq!(issue_due(&site.app).await.unwrap(), 0, "the earlier day is gone");
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let page = author.open(&format!("{path}/withdraw")).await;
    let form = page.form("Withdraw it").fill("Why is it withdrawn?", "The ward closes.");
    assert_eq!(author.submit_and_follow(form).await.flash(), "Withdrawn");
    site.pass(Duration::days(6));
    assert_eq!(issue_due(&site.app).await.unwrap(), 0, "what was withdrawn stays so");
}

#[tokio::test]
async fn the_draft_after_a_withdrawal_starts_from_what_was_approved() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, author) = issued_with_next_draft(&site, &world).await;
    let mut editor = Editor::new(author, path.clone());
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    editor.browser.submit_and_follow(form).await;
    let mut author = editor.browser;
    send(&mut author, &path, "Community N Manager").await;
    approve(&site, &world).await;
    let page = author.open(&format!("{path}/withdraw")).await;
    let no_reason = author.submit(page.form("Withdraw it")).await;
    let sentence = "Say why: the reason stays in the record and reaches those it concerns";
    assert_eq!(no_reason.problems(), [sentence]);
    let endless =
        author.submit(no_reason.form("Withdraw it").fill("Why is it withdrawn?", &"No. ".repeat(6_000))).await;
    assert_eq!(endless.status, 422);
    endless.assert_text("shorten it to 20000 or fewer");
    author.submit_and_follow(no_reason.form("Withdraw it").fill("Why is it withdrawn?", "Not yet.")).await;
    assert_eq!(states(&site).await, ["issued", "withdrawn"]);

    // Also where a draft after it came to nothing.
    for number in [3, 4] {
        let profile = author.open(&world.trust.path("profiles/JP-0001")).await;
        let page = author.submit_and_follow(profile.form("Start the next draft")).await;
        let said = "is a draft with the text of version 2. Version 1 stays in force meanwhile.";
        assert_eq!(page.flash(), format!("Version {number} {said}"));
        page.assert_text("Leads a team of six.");
        let path = page.path.trim_end_matches("/edit").to_owned();
        let page = author.open(&format!("{path}/discard")).await;
        author.submit_and_follow(page.form("Discard the draft")).await;
    }
}

#[tokio::test]
async fn a_discarded_draft_can_be_restored_for_90_days() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    for (days, restored) in [(89, true), (91, false)] {
        let page = author.open(&format!("{path}/discard")).await;
        let page = author.submit_and_follow(page.form("Discard the draft")).await;
        assert_eq!(page.flash(), "Discarded. You can restore it within 90 days.");
        site.pass(Duration::days(days));
        author = site.signed_in(&world.trust.first.team.author).await;
        let page = author.open(&path).await;
        let page = author.submit_and_follow(page.form("Restore the draft")).await;
        let said = match restored {
            true => "Restored: it is a draft again",
            false => "Discarded versions are kept for 90 days, and this one is older",
        };
        assert_eq!(page.flash(), said, "after {days} days");
    }
    assert_eq!(states(&site).await, ["discarded"]);
}

#[tokio::test]
async fn a_draft_is_not_restored_beside_another() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    let page = author.open(&format!("{path}/discard")).await;
    author.submit_and_follow(page.form("Discard the draft")).await;
    let profile = author.open(&world.trust.path("profiles/JP-0001")).await;
    author.submit_and_follow(profile.form("Start the next draft")).await;
    let page = author.open(&path).await;
    let page = author.submit_and_follow(page.form("Restore the draft")).await;
    assert_eq!(page.flash(), "Another version is open: issue or discard it first");
    assert_eq!(states(&site).await, ["discarded", "draft"]);
}

/// An administrator issues a version without approval.
async fn in_emergency(site: &Site, world: &World, path: &str) {
    let mut admin = site.signed_in(&world.trust.admin).await;
    let version = admin.open(path).await;
    let page = admin.follow_link(&version, "Issue in an emergency").await;
    let no_reason = admin.submit(page.form("Issue it without approval")).await;
    assert_eq!(no_reason.status, 422);
    let form =
        no_reason.form("Issue it without approval").fill("Why can't this wait for approval?", "It opens tonight.");
    admin.submit_and_follow(form).await.assert_text("Issued");
}

#[tokio::test]
async fn an_emergency_issue_is_loud_and_looked_at_afterwards() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = issued_with_next_draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    in_emergency(&site, &world, &path).await;
    assert_eq!(states(&site).await, ["superseded", "issued"]);
    author.open(&world.trust.path("profiles/JP-0001")).await.assert_text("issued in an emergency");

    let mail = site.db_last_mail(&world.trust.first.team.manager.email).await;
    assert_eq!(mail.subject, "Issued without approval: Stores assistant");
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = manager.open(&mail.link("/staff/")).await;
    assert_eq!(task.heading(), "Stores assistant was issued without approval");
    task.assert_text("It opens tonight.");
    let page = manager.submit_and_follow(task.form("I have looked at it")).await;
    assert_eq!(page.flash(), "Recorded that you looked at it");
    page.assert_text("Nothing waits for you.");
    let action: String =
        sqlx::query_scalar("select action from audit where profile_id is not null order by id desc limit 1")
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!(action, "review_emergency_issue", "the record does not call it an approval");
}

#[tokio::test]
async fn where_a_unit_has_no_manager_the_owner_looks_at_an_emergency_issue() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    for sql in ["update unit set manager_id = null", "delete from membership_role where role = 'manager'"] {
        sqlx::query(sql).execute(&site.db).await.unwrap();
    }
    in_emergency(&site, &world, &path).await;
    let task = first_task(&mut author, &world).await;
    let page = author.submit_and_follow(task.form("I have looked at it")).await;
    assert_eq!(page.flash(), "Recorded that you looked at it");
}

#[tokio::test]
async fn nobody_looks_at_their_own_emergency_issue() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, _) = draft(&site, &world).await;
    let admin = &world.trust.admin;
    for sql in [
        "update unit set manager_id = $1 where employer_id = $2",
        "update profile set owner_id = $1 where employer_id = $2",
    ] {
        sqlx::query(sql).bind(admin.membership).bind(world.trust.id).execute(&site.db).await.unwrap();
    }
    // There is nobody else to ask at first.
    sqlx::query("delete from membership_role where role = 'manager'").execute(&site.db).await.unwrap();
    in_emergency(&site, &world, &path).await;
    let (manager, unit) = (&world.trust.first.team.manager, world.trust.first.id);
    db_role(&site.db, world.trust.id, manager, "manager", Some(unit)).await;
    let mut browser = site.signed_in(admin).await;
    let task = first_task(&mut browser, &world).await;
    let page = browser.submit_and_follow(task.form("I have looked at it")).await;
    assert_eq!(page.flash(), "You issued it, so somebody else has to look at it: give the task to another manager");
    let reassign = browser.open(&format!("{}/reassign", task.path)).await.form("Give it to them");
    let form = reassign.choose("Who decides instead", "Community N Manager").fill("Why?", "I issued it.");
    browser.submit_and_follow(form).await;
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = first_task(&mut manager, &world).await;
    assert_eq!(manager.submit(task.form("I have looked at it")).await.status, 303);
}

#[tokio::test]
async fn a_changed_grade_says_why_before_issue() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = issued_with_next_draft(&site, &world).await;
    let other = "insert into grade (employer_id, pay_scheme, name, position, created_at)
        values ($1, 'Agenda for Change', 'Band 5', 5, now()) returning id";
    let band_5: i64 = sqlx::query_scalar(other).bind(world.trust.id).fetch_one(&site.db).await.unwrap();
    let page = author.open(&format!("{path}/details")).await;
    author.submit_and_follow(page.form("Save the details").choose("Grade", &band_5.to_string())).await;
    send(&mut author, &path, "Community N Manager").await;
    approve(&site, &world).await;
    let page = author.post(&format!("{path}/issue"), &[("effective_from", "2026-01-15")]).await;
    let problems = page.problems();
    assert!(problems.contains(&"The grade differs from the issued version: say why".to_owned()), "{problems:?}");
    assert_eq!(page.status, 422);
}
