//! Somebody without an account: a link for them alone, a code, one decision; and every way in which a link ends.

use time::Duration;

use super::{Wanted, altered, db_open, db_state, make_route, open, send_on_its_way};
use crate::support::author::{draft, first_task};
use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

const JO: &str = "jo@union.example";
const GUEST_THEN_APPROVE: [Wanted<'static>; 2] = [
    ("agree", "guest", "1", &[("guest_name", "Jo Branch"), ("guest_email", JO)]),
    ("approve", "unit_manager", "2", &[]),
];

/// A version that waits for the guest: its path, and the guest's link.
async fn asked(site: &Site, world: &World) -> (String, Browser, String) {
    make_route(site, world, false, &GUEST_THEN_APPROVE).await;
    let (path, mut author) = draft(site, world).await;
    let page = send_on_its_way(&mut author, &path).await;
    assert_eq!(page.flash(), "Sent to Jo Branch for review");
    let mail = site.db_last_mail(JO).await;
    assert_eq!(mail.subject, "To agree: Stores assistant, due by Thursday 29 January");
    (path, author, mail.link("/guest/"))
}

/// The code of the newest message.
async fn code(site: &Site) -> String {
    let mail = site.db_last_mail(JO).await;
    assert!(!mail.subject.contains(char::is_numeric), "not where a locked screen shows it");
    let digits: String = mail.body.split("code is ").nth(1).unwrap().chars().take(6).collect();
    assert!(digits.chars().all(|c| c.is_ascii_digit()), "{}", mail.body);
    digits
}

/// Opens the link and shows the code.
async fn enter(site: &Site, link: &str) -> (Browser, Page) {
    let mut guest = site.browser();
    let first = guest.open(link).await;
    assert!(!first.has_text("Leads the team."), "nothing is shown before the code");
    let page = guest.submit_and_follow(first.form("Send me a code")).await;
    page.assert_text("j…@union.example");
    let form = page.form("Go on").fill("Code", &code(site).await);
    let page = guest.submit_and_follow(form).await;
    (guest, page)
}

#[tokio::test]
async fn a_guest_agrees_and_the_review_goes_on() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author, link) = asked(&site, &world).await;
    assert_eq!(db_open(&site).await, open(&[]), "a guest has no task of the staff");
    let (mut guest, page) = enter(&site, &link).await;
    page.assert_text("Leads the team.");
    page.assert_text("fingerprint ");
    let form = page.form("Agree to it").fill("Anything you want to say", "For the branch.");
    let done = guest.submit(form).await;
    assert_eq!((done.status, done.heading()), (200, "Thank you: it is recorded".to_owned()));
    assert_eq!(db_open(&site).await, open(&[("approve", "Community N Manager")]));
    author.open(&format!("{path}/review")).await.assert_text("Jo Branch (guest) agreed to it on");
    let again = guest.get(&link).await;
    assert_eq!((again.status, again.heading()), (410, "Nothing is asked of you any more".to_owned()));
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = first_task(&mut manager, &world).await;
    manager.submit_and_follow(task.form("Approve")).await;
    assert_eq!(db_state(&site).await, "approved");
}

#[tokio::test]
async fn a_guest_asks_for_changes_and_the_author_reads_who_did() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author, link) = asked(&site, &world).await;
    let (mut guest, page) = enter(&site, &link).await;
    let refused = guest.submit(page.form("Ask for changes")).await;
    assert_eq!(refused.status, 422);
    let form = refused.form("Ask for changes").fill("reason", "The hours were agreed otherwise.");
    assert_eq!(guest.submit(form).await.status, 200);
    assert_eq!(db_state(&site).await, "changes_requested");
    let page = author.open(&path).await;
    page.assert_text("Jo Branch (guest) asked for changes");
    page.assert_text("The hours were agreed otherwise.");
    let mail = site.db_last_mail(&world.trust.first.team.author.email).await;
    assert_eq!(mail.subject, "Changes requested: Stores assistant");
}

#[tokio::test]
async fn a_link_that_was_taken_back_is_not_sent_again_by_itself() {
    let site = Site::new().await;
    let world = site.world().await;
    let steps: [Wanted<'_>; 3] =
        [("review", "panel", "1", &[]), GUEST_THEN_APPROVE[0], ("approve", "unit_manager", "2", &[])];
    make_route(&site, &world, false, &steps).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let review = author.open(&format!("{path}/review")).await;
    author.submit_and_follow(review.form("Take the link back")).await;
    let before = site.db_mail(JO).await.len();
    let mut panel = site.signed_in(&world.trust.first.team.panel).await;
    let task = first_task(&mut panel, &world).await;
    panel.submit_and_follow(task.form("I have reviewed it")).await;
    assert_eq!(site.db_mail(JO).await.len(), before, "nobody said so");
    let review = author.open(&format!("{path}/review")).await;
    author.submit_and_follow(review.form("Send a new link")).await;
    let link = site.db_last_mail(JO).await.link("/guest/");
    assert_eq!(site.browser().get(&link).await.status, 200);
}

#[tokio::test]
async fn a_new_link_gives_no_new_time() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, _, link) = asked(&site, &world).await;
    let first = site.db_last_mail(JO).await.subject;
    site.pass(Duration::days(3));
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let review = author.open(&format!("{path}/review")).await;
    author.submit_and_follow(review.form("Send a new link")).await;
    let second = site.db_last_mail(JO).await;
    assert_ne!(second.link("/guest/"), link);
    assert_eq!(second.subject, first);
}

#[tokio::test]
async fn every_link_that_does_not_work_says_why_in_a_sentence() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author, link) = asked(&site, &world).await;
    let mut guest = site.browser();
    let altered = guest.get(&altered(&link)).await;
    assert_eq!((altered.status, altered.heading()), (404, "This link is not known".to_owned()));

    // Without the code nothing is decided, whatever is sent.
    let page = guest.post(&format!("{link}/done"), &[]).await;
    assert_eq!((page.status, page.location.as_deref()), (303, Some(link.as_str())));
    let decisions = "select count(*) from decision";
    let count: i64 = sqlx::query_scalar(decisions).fetch_one(&site.db).await.unwrap();
    assert_eq!(count, 0);

    // A wrong code, too often, and then even the right one is over.
    guest.post(&format!("{link}/code"), &[]).await;
    let right = code(&site).await;
    let wrong = if right == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        let page = guest.post(&format!("{link}/enter"), &[("code", wrong)]).await;
        assert_eq!(page.problems(), ["That is not the code: look at the newest message, or have another sent"]);
    }
    let page = guest.post(&format!("{link}/enter"), &[("code", &right)]).await;
    assert!(page.problems()[0].starts_with("That code is over"), "{:?}", page.problems());
    // A code is soon too old.
    guest.post(&format!("{link}/code"), &[]).await;
    let right = code(&site).await;
    site.pass(Duration::minutes(16));
    let page = guest.post(&format!("{link}/enter"), &[("code", &right)]).await;
    assert!(page.problems()[0].starts_with("That code is over"), "{:?}", page.problems());

    // Somebody who shows the code in one browser lets nobody in from another.
    let (mut inside, _) = enter(&site, &link).await;
    assert!(inside.open(&link).await.has_text("Leads the team."));
    assert!(!site.browser().open(&link).await.has_text("Leads the team."));

    // Taken back, and sent anew.
    let review = author.open(&format!("{path}/review")).await;
    author.submit_and_follow(review.form("Take the link back")).await;
    let page = inside.get(&link).await;
    assert_eq!((page.status, page.heading()), (410, "This link was taken back".to_owned()));
    let review = author.open(&format!("{path}/review")).await;
    author.submit_and_follow(review.form("Send a new link")).await;
    let second = site.db_last_mail(JO).await.link("/guest/");
    assert_ne!(second, link);
    assert_eq!(guest.get(&second).await.status, 200);

    site.pass(Duration::days(31));
    let page = guest.get(&second).await;
    assert_eq!((page.status, page.heading()), (410, "This link has expired".to_owned()));
    page.assert_text("Ask Community N Author of");
}
