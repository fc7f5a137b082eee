//! Mail when one wants it: one message a working day, hours in which nothing comes, and what comes all the same.

use rolebook::jobs::outbox;
use time::Duration;
use time::macros::datetime;

use crate::support::author::{draft, first_task, send};
use crate::support::people::{Person, World};
use crate::support::site::{PUBLIC_URL, Site};
use crate::support::smtp::SmtpServer;

async fn prefer(site: &Site, person: &Person, fields: [&str; 4]) {
    let mut browser = site.signed_in(person).await;
    let page = browser.open("/account/mail").await;
    let names = ["way", "hour", "quiet_from", "quiet_until"];
    let form = names.iter().zip(fields).fold(page.form("Save"), |form, (name, value)| form.forge(name, value));
    let page = browser.submit_and_follow(form).await;
    assert!(page.flash().starts_with("Mail about your work: "), "{} {:?}", page.flash(), page.problems());
}

/// Subjects that reached somebody.
fn subjects(server: &SmtpServer, to: &Person) -> Vec<String> {
    let subject = |data: &str| {
        let line = data.lines().find(|line| line.starts_with("Subject: ")).unwrap_or_default();
        line.trim_start_matches("Subject: ").to_owned()
    };
    server.received().iter().filter(|mail| mail.to == to.email).map(|mail| subject(&mail.data)).collect()
}

async fn site_with_mail() -> (SmtpServer, Site, World) {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let world = site.world().await;
    (server, site, world)
}

/// Tells the author something, as others' work does.
async fn db_tell(site: &Site, to: &Person, number: usize) {
    let message = rolebook::mail::review::ToMember {
        to: rolebook::domain::ids::MembershipId(to.membership.unwrap()),
        subject: format!("Thing {number}"),
        body: format!("It happened.\n\nSee:\n{PUBLIC_URL}/staff/x/{number}\n"),
    };
    let mut tx = site.app.database.begin().await.unwrap();
    tx.queue_to_member(&message, site.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn one_message_a_working_day_tells_everything_once() {
    let (server, site, world) = site_with_mail().await;
    let author = &world.trust.first.team.author;
    prefer(&site, author, ["digest", "8", "", ""]).await;
    // Thursday 15 January at ten: the next is on Friday at eight.
    for number in 1..=3 {
        db_tell(&site, author, number).await;
    }
    let other = site.second_server().await;
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 0);
    site.pass(Duration::hours(22) - Duration::seconds(1));
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 0);
    site.pass(Duration::seconds(1));
    let (one, two) = tokio::join!(outbox::send_due(&site.app), outbox::send_due(&other));
    one.unwrap();
    two.unwrap();
    outbox::send_due(&site.app).await.unwrap();
    assert_eq!(subjects(&server, author), ["Thing 1, and 2 things more"]);
    let data = server.received()[0].data.clone();
    assert!(data.contains("2 of 3: Thing 2") && data.contains("/account/mail"), "{data}");
    let row: (String, String, i64) = sqlx::query_as(
        "select d.cause, d.key, (select count(*) from outbox t where t.told_in = d.id) from outbox d where d.key is not null",
    )
    .fetch_one(&site.db)
    .await
    .unwrap();
    assert_eq!((row.0.as_str(), row.2), ("Digest of 3 messages", 3));
    assert!(row.1.starts_with("digest:northmoor:") && row.1.contains("2026-01-16T8"), "{}", row.1);
    let mut admin = site.signed_in(&world.trust.admin).await;
    let queue = admin.open(&world.trust.path("mail")).await;
    queue.assert_text("Told in one message with others, 16 January 2026, 8:00am");
    // On Friday evening something happens: it is told on Monday.
    site.pass(Duration::hours(12));
    db_tell(&site, author, 4).await;
    outbox::send_due(&site.app).await.unwrap();
    site.pass(Duration::days(2));
    outbox::send_due(&site.app).await.unwrap();
    assert_eq!(subjects(&server, author).len(), 1, "not at the weekend");
    site.pass(Duration::hours(12));
    outbox::send_due(&site.app).await.unwrap();
    assert_eq!(subjects(&server, author)[1..], ["Thing 4"]);
}

#[tokio::test]
async fn nothing_comes_in_quiet_hours_but_what_is_urgent() {
    let (server, site, world) = site_with_mail().await;
    let manager = &world.trust.first.team.manager;
    let admin = &world.trust.admin;
    prefer(&site, manager, ["at_once", "8", "9", "17"]).await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    outbox::send_due(&site.app).await.unwrap();
    assert!(subjects(&server, manager).is_empty(), "at ten it is quiet");
    let waits: (time::OffsetDateTime, i32) =
        sqlx::query_as("select due_at, tries from outbox where sent_at is null").fetch_one(&site.db).await.unwrap();
    assert_eq!(waits, (datetime!(2026-01-15 17:00 UTC), 0));
    // A code is asked for now, so it comes now.
    let forgotten = [("email", manager.email.as_str())];
    assert_eq!(site.browser().post("/password-reset", &forgotten).await.status, 303);
    let mut admin_browser = site.signed_in(admin).await;
    let page = admin_browser.open(&format!("{path}/emergency-issue")).await;
    let form =
        page.form("Issue it without approval").fill("Why can't this wait for approval?", "The ward opens today.");
    admin_browser.submit_and_follow(form).await;
    outbox::send_due(&site.app).await.unwrap();
    let came = subjects(&server, manager);
    assert_eq!(came, ["Choose a new password for Rolebook", "Issued without approval: Stores assistant"]);
    site.pass(Duration::hours(7));
    outbox::send_due(&site.app).await.unwrap();
    let came = subjects(&server, manager);
    assert!(came.iter().any(|subject| subject.starts_with("To approve")), "{came:?}");
}

#[tokio::test]
async fn what_is_due_today_comes_at_once_and_another_wish_asks_anew() {
    let (server, site, world) = site_with_mail().await;
    let manager = &world.trust.first.team.manager;
    prefer(&site, manager, ["digest", "17", "", ""]).await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    outbox::send_due(&site.app).await.unwrap();
    assert!(subjects(&server, manager).is_empty());
    // They would rather have it at once after all.
    prefer(&site, manager, ["at_once", "8", "", ""]).await;
    outbox::send_due(&site.app).await.unwrap();
    assert_eq!(subjects(&server, manager).len(), 1);
    prefer(&site, manager, ["digest", "17", "", ""]).await;
    site.pass(Duration::days(14));
    rolebook::jobs::reviews::remind(&site.app).await.unwrap();
    outbox::send_due(&site.app).await.unwrap();
    assert_eq!(subjects(&server, manager)[1..], ["Reminder, to decide: Stores assistant, due today"]);
    let mut browser = site.signed_in(manager).await;
    first_task(&mut browser, &world).await;
}

#[tokio::test]
async fn wishes_that_make_no_sense_are_refused_and_kept() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.first.team.manager).await;
    let page =
        browser.post("/account/mail", &[("way", "digest"), ("hour", "25"), ("quiet_from", "7"), ("quiet_until", "7")]);
    let page = page.await;
    assert_eq!(page.status, 422);
    let expected = ["Choose the hour from which the message comes", "Choose an end that differs from the beginning"];
    assert_eq!(page.problems(), expected);
    let page = browser.post("/account/mail", &[("way", "at_once"), ("quiet_from", "22"), ("quiet_until", "")]).await;
    assert_eq!(page.problems(), ["Choose when the quiet hours end, or no quiet hours for both"]);
    browser.open("/account").await.assert_text("Each message at once");
    assert!(!site.signed_in(&world.applicant).await.open("/account").await.has_text("Mail about your work"));
}
