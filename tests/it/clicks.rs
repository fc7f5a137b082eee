//! Two clicks on one button, one after the other and at the same moment: the work is done once, and nobody meets an
//! error page.

use crate::support::author::{approve, draft, first_task, send};
use crate::support::browser::Browser;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::race::held_up;
use crate::support::site::Site;

/// Every version waits here before it moves.
const VERSIONS: &str = "select from version for update";

/// Presses the button twice at once, and then once more; gives the three answers, none of them an error.
async fn three_clicks(site: &Site, browser: &mut Browser, form: Form, lock: &str) -> [Page; 3] {
    let (mut one, mut other) = (browser.clone(), browser.clone());
    let both = async { tokio::join!(one.submit(form.clone()), other.submit(form.clone())) };
    let (first, second) = held_up(site, lock, 2, both).await;
    let third = browser.submit(form).await;
    for page in [&first, &second, &third] {
        assert_eq!(page.status, 303, "{}: {}", page.path, page.text());
    }
    let [first, second, third] = [first, second, third];
    let (first, second) = (one.follow(first).await, other.follow(second).await);
    [first, second, browser.follow(third).await]
}

/// How often something was recorded.
async fn recorded(site: &Site, action: &str) -> i64 {
    let sql = "select count(*) from audit where action = $1";
    sqlx::query_scalar(sql).bind(action).fetch_one(&site.db).await.unwrap()
}

#[tokio::test]
async fn starting_a_profile() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let form = author.open(&world.trust.path("profiles/new")).await.form("Start the draft");
    let form = form.fill("Job title", "Porter").choose("Unit", &world.trust.first.id.to_string());
    let pages = three_clicks(&site, &mut author, form, "select from employer for update").await;
    for page in &pages {
        assert_eq!(page.path, world.trust.path("profiles/JP-0001/versions/1/edit"));
    }
    assert_eq!(recorded(&site, "create_profile").await, 1);
}

#[tokio::test]
async fn sending_deciding_and_issuing() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    let form = author.open(&format!("{path}/submit")).await.form("Send for review");
    let form = form.fill("note", "New.").choose("kind", "minor").choose("affects_grade", "no");
    let pages = three_clicks(&site, &mut author, form, VERSIONS).await;
    let said: Vec<String> = pages.iter().map(Page::flash).collect();
    assert!(said[..2].contains(&"Sent to Community N Manager for review".to_owned()), "{said:?}");
    assert!(said[..2].contains(&"It was sent for review a moment ago".to_owned()), "{said:?}");
    assert_eq!(said[2], "It is with Community N Manager for review already");
    assert_eq!(recorded(&site, "submit").await, 1);
    assert_eq!(site.db_mail(&world.trust.first.team.manager.email).await.len(), 1, "one message");

    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = first_task(&mut manager, &world).await;
    let pages = three_clicks(&site, &mut manager, task.form("Approve"), VERSIONS).await;
    assert!(pages.iter().any(|page| page.flash() == "You approved Stores assistant"));
    assert_eq!(pages[2].flash(), "It was decided on already, or taken back: nothing waits for you there");
    assert_eq!(recorded(&site, "approve").await, 1);

    let form = author.open(&format!("{path}/issue")).await.form("Issue");
    let pages = three_clicks(&site, &mut author, form, VERSIONS).await;
    assert!(pages.iter().any(|page| page.flash() == "Issued. You can make an advert from it."));
    assert_eq!(pages[2].flash(), "This version is issued now");
    assert_eq!(recorded(&site, "issue").await, 1);
}

#[tokio::test]
async fn requesting_changes_and_approving_at_once() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let mut phone = site.signed_in(&world.trust.first.team.manager).await;
    let task = first_task(&mut manager, &world).await;
    let changes = task.form("Request changes").fill("reason", "Say more.");
    let both = async { tokio::join!(manager.submit(task.form("Approve")), phone.submit(changes)) };
    let (one, other) = held_up(&site, VERSIONS, 2, both).await;
    assert_eq!((one.status, other.status), (303, 303), "{} {}", one.text(), other.text());
    let decisions: i64 = sqlx::query_scalar("select count(*) from decision").fetch_one(&site.db).await.unwrap();
    assert_eq!(decisions, 1);
}

#[tokio::test]
async fn recalling_while_somebody_approves() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = first_task(&mut manager, &world).await;
    let recall = author.open(&path).await.form("Recall from review");
    let both = async { tokio::join!(manager.submit(task.form("Approve")), author.submit(recall)) };
    let (one, other) = held_up(&site, VERSIONS, 2, both).await;
    assert_eq!((one.status, other.status), (303, 303), "{} {}", one.text(), other.text());
    let state: String = sqlx::query_scalar("select state from version").fetch_one(&site.db).await.unwrap();
    assert_eq!(recorded(&site, "approve").await + recorded(&site, "recall").await, 1, "{state}");
}

/// A profile with its first version in force.
async fn issued(site: &Site, world: &World) -> (String, Browser) {
    let (path, mut author) = draft(site, world).await;
    send(&mut author, &path, "Community N Manager").await;
    approve(site, world).await;
    let form = author.open(&format!("{path}/issue")).await.form("Issue");
    author.submit_and_follow(form).await;
    (path, author)
}

#[tokio::test]
async fn starting_the_next_draft() {
    let site = Site::new().await;
    let world = site.world().await;
    let (_, mut author) = issued(&site, &world).await;
    let form = author.open(&world.trust.path("profiles/JP-0001")).await.form("Start the next draft");
    // The one that comes first holds the second up by itself, at the number of its version.
    let (mut one, mut other) = (author.clone(), author.clone());
    let (first, second) = tokio::join!(one.submit(form.clone()), other.submit(form.clone()));
    let third = author.submit(form).await;
    assert_eq!((first.status, second.status, third.status), (303, 303, 303), "{} {}", first.text(), second.text());
    let said = author.follow(third).await.flash();
    assert!(said.starts_with("There is an open version already: this is it, version 2, started by"), "{said}");
    assert_eq!(recorded(&site, "start_draft").await, 1);
}

#[tokio::test]
async fn discarding_restoring_and_withdrawing() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    let form = author.open(&format!("{path}/discard")).await.form("Discard the draft");
    three_clicks(&site, &mut author, form, VERSIONS).await;
    let form = author.open(&path).await.form("Restore the draft");
    three_clicks(&site, &mut author, form, VERSIONS).await;
    assert_eq!((recorded(&site, "discard").await, recorded(&site, "restore").await), (1, 1));
    send(&mut author, &path, "Community N Manager").await;
    approve(&site, &world).await;
    let form = author.open(&format!("{path}/withdraw")).await.form("Withdraw it").fill("reason", "Not yet.");
    let pages = three_clicks(&site, &mut author, form, VERSIONS).await;
    assert_eq!(pages[2].flash(), "This version is withdrawn now, so that is no longer possible");
    assert_eq!(recorded(&site, "withdraw").await, 1);
    let late = author.get(&format!("{path}/withdraw")).await;
    assert_eq!(author.follow(late).await.flash(), "This version is withdrawn now, so that is no longer possible");
}

#[tokio::test]
async fn issuing_in_an_emergency_and_looking_at_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, _) = draft(&site, &world).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let form = admin.open(&format!("{path}/emergency-issue")).await.form("Issue it without approval");
    three_clicks(&site, &mut admin, form.fill("reason", "Tonight."), VERSIONS).await;
    assert_eq!(recorded(&site, "emergency_issue").await, 1);
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let form = first_task(&mut manager, &world).await.form("I have looked at it");
    three_clicks(&site, &mut manager, form, "select from task for update").await;
    assert_eq!(recorded(&site, "review_emergency_issue").await, 1);
}

#[tokio::test]
async fn archiving_a_profile() {
    let site = Site::new().await;
    let world = site.world().await;
    let (_, mut author) = issued(&site, &world).await;
    let form = author.open(&world.trust.path("profiles/JP-0001/retire")).await.form("Archive the profile");
    let form = form.fill("Why is the profile no longer needed?", "The ward closed.");
    three_clicks(&site, &mut author, form, "select from profile for update").await;
    assert_eq!(recorded(&site, "retire_profile").await, 1);
}
