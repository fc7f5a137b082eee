//! Whoever is asked to decide reads the largest changes in the message itself: at the first step and at every later one,
//! whatever brought it to them.

use rolebook::jobs::reviews;
use time::Duration;

use super::{Wanted, make_route, send_on_its_way};
use crate::support::author::first_task;
use crate::support::desk::Desk;
use crate::support::people::World;
use crate::support::site::Site;

const JO: &str = "jo@union.example";
const STEPS: [Wanted<'static>; 3] = [
    ("review", "panel", "1", &[]),
    ("agree", "guest", "2", &[("guest_name", "Jo Branch"), ("guest_email", JO), ("days", "5")]),
    ("approve", "unit_manager", "2", &[]),
];
const LARGEST: &str = "The largest changes:\nReworded: Duty: Leads a team of six";

/// The second version of a profile, with one line reworded; its path.
async fn reworded(site: &Site, world: &World) -> String {
    let team = &world.trust.first.team;
    let desk = Desk::new(site, &world.trust);
    let begun = desk.whole_draft(&team.author, &world.trust.first, "Stores assistant").await;
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    desk.approve(begun.version, &team.manager).await.unwrap();
    desk.issue(begun.version, &team.author, site.app.clock.today()).await.unwrap();
    desk.next_draft(begun.version, &team.author).await.unwrap();
    let mut author = site.signed_in(&team.author).await;
    let path = world.trust.path("profiles/JP-0001/versions/2");
    let page = author.open(&format!("{path}/edit")).await;
    let duty = crate::support::editor::item(&page, "Leads the team.");
    let words = [("revision", "1"), ("text", "Leads a team of six, and answers for their training.")];
    assert_eq!(author.post(&format!("{path}/items/{duty}/save"), &words).await.status, 303);
    path
}

/// The newest message, which asks for a decision and says what changed.
async fn told(site: &Site, email: &str, subject: &str) {
    let mail = site.db_last_mail(email).await;
    assert!(mail.subject.starts_with(subject), "{} is not {subject}", mail.subject);
    assert!(mail.body.contains(LARGEST), "{}: {}", mail.subject, mail.body);
}

#[tokio::test]
async fn every_message_that_asks_for_a_decision_tells_the_largest_changes() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let path = reworded(&site, &world).await;
    make_route(&site, &world, false, &STEPS).await;
    let mut author = site.signed_in(&team.author).await;
    send_on_its_way(&mut author, &path).await;
    told(&site, &team.panel.email, "To review: Stores assistant, due by").await;

    // A review that begins again asks anew, with a link to the new task.
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&format!("{path}/review/restart")).await;
    admin.submit_and_follow(page.form("Begin the review again").fill("Why?", "A page was missing.")).await;
    told(&site, &team.panel.email, "To review: Stores assistant, due by").await;
    let mut panel = site.signed_in(&team.panel).await;
    let task = first_task(&mut panel, &world).await;
    assert_eq!(site.db_last_mail(&team.panel.email).await.link("/staff/"), task.path);
    let all = site.db_mail(&team.panel.email).await;
    assert!(
        all.iter().any(|mail| mail.subject.contains("it begins again") && mail.body.contains("A page was missing."))
    );

    // Later steps, of staff and of a guest.
    panel.submit_and_follow(task.form("I have reviewed it")).await;
    told(&site, &team.manager.email, "To approve: Stores assistant, due by").await;
    told(&site, JO, "To agree: Stores assistant, due by Thursday 22 January").await;
    let mail = site.db_last_mail(JO).await;
    assert!(mail.body.contains("say whether you agree to the job profile “Stores assistant”"), "{}", mail.body);

    // Reminders, and a task that comes to somebody else by an administrator, by a delegate, or as somebody leaves.
    site.pass(Duration::days(5));
    reviews::remind(&site.app).await.unwrap();
    told(&site, JO, "Reminder, to agree: Stores assistant").await;
    site.pass(Duration::days(7));
    reviews::remind(&site.app).await.unwrap();
    told(&site, &team.manager.email, "Reminder, to decide: Stores assistant").await;
    let mut manager = site.signed_in(&team.manager).await;
    let task = first_task(&mut manager, &world).await;
    let page = manager.follow_link(&task, "Not me: give it to somebody else").await;
    let form =
        page.form("Give it to them").choose("Who decides instead", "Whole N Manager").fill("Why?", "They know it.");
    manager.submit_and_follow(form).await;
    told(&site, &trust.whole.manager.email, "To decide: Stores assistant, due").await;
    let mut whole = site.signed_in(&trust.whole.manager).await;
    crate::on_leave::say_away(&mut whole, trust, ["2026-01-27", "2026-01-30"], "Community N Manager").await;
    reviews::pass_on(&site.app).await.unwrap();
    told(&site, &team.manager.email, "To decide: Stores assistant, due").await;
}
