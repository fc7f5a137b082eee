//! Mail: written with the act, sent afterwards, tried again where it is refused.

use rolebook::db::Message;
use rolebook::jobs::{self, outbox, tidy};
use time::Duration;

use crate::support::site::Site;
use crate::support::smtp::SmtpServer;

fn message(to: &str) -> Message {
    Message {
        to: to.to_owned(),
        subject: "Für Zoë: “approved”".into(),
        body: "Hello Zoë,\n\n.A line with a dot before it.\n\nhttp://rolebook.test/account\n".into(),
    }
}

async fn db_queue(site: &Site, to: &str) {
    let mut tx = site.app.database.begin().await.unwrap();
    tx.queue(&message(to), site.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn db_waiting(site: &Site) -> i64 {
    sqlx::query_scalar("select count(*) from outbox where sent_at is null").fetch_one(&site.db).await.unwrap()
}

#[tokio::test]
async fn mail_arrives_by_smtp() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| {
        config.smtp_url = Some(server.url());
        config.mail_from = "Rolebook <jobs@rolebook.test>".into();
    })
    .await;
    db_queue(&site, "zoe@marlowe.example").await;
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 1);
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 0, "once is enough");

    let [mail] = &server.received()[..] else { panic!("{:?}", server.received()) };
    assert_eq!((mail.from.as_str(), mail.to.as_str()), ("jobs@rolebook.test", "zoe@marlowe.example"));
    for part in [
        "From: Rolebook <jobs@rolebook.test>",
        "Date: Thu, 15 Jan 2026 10:00:00 +0000",
        "Auto-Submitted: auto-generated",
        "Content-Type: text/plain; charset=utf-8",
        "A line with a dot before it.",
        "http://rolebook.test/account",
    ] {
        assert!(mail.data.contains(part), "{part} is not in {}", mail.data);
    }
    let kept: String = sqlx::query_scalar("select body from outbox").fetch_one(&site.db).await.unwrap();
    assert_eq!(kept, "", "the text goes once it is sent: it can hold a secret");
}

#[tokio::test]
async fn a_refused_message_is_tried_later_and_holds_nobody_up() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    server.refuse(Some("zoe@marlowe.example"));
    db_queue(&site, "zoe@marlowe.example").await;
    db_queue(&site, "sam@marlowe.example").await;
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 1, "Sam's");
    let (tries, error): (i32, String) =
        sqlx::query_as("select tries, last_error from outbox where sent_at is null").fetch_one(&site.db).await.unwrap();
    assert_eq!(tries, 1);
    assert!(error.contains("no such person here"), "{error}");

    server.refuse(None);
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 0, "not at once");
    site.pass(Duration::minutes(1));
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 1);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn each_failure_waits_twice_as_long_and_in_the_end_it_stays() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    server.refuse(Some("zoe@marlowe.example"));
    db_queue(&site, "zoe@marlowe.example").await;
    let mut waits = Vec::new();
    for _ in 0..12 {
        assert_eq!(outbox::send_due(&site.app).await.unwrap(), 0);
        let due: time::OffsetDateTime =
            sqlx::query_scalar("select due_at from outbox").fetch_one(&site.db).await.unwrap();
        waits.push((due - site.app.clock.now()).whole_minutes());
        site.pass(due - site.app.clock.now());
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024]);
    server.refuse(None);
    site.pass(Duration::days(30));
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 0, "somebody has to look at it");
    assert_eq!(db_waiting(&site).await, 1);
}

#[tokio::test]
async fn a_server_that_is_away_keeps_nothing_from_leaving_later() {
    let server = SmtpServer::start().await;
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut site = Site::with(|config| config.smtp_url = Some(format!("smtp://{closed}"))).await;
    db_queue(&site, "zoe@marlowe.example").await;
    db_queue(&site, "sam@marlowe.example").await;
    assert!(outbox::send_due(&site.app).await.is_err());
    let tried: i64 = sqlx::query_scalar("select sum(tries) from outbox").fetch_one(&site.db).await.unwrap();
    assert_eq!(tried, 1, "the second would have fared no better");

    let mut config = (*site.app.config).clone();
    config.smtp_url = Some(server.url());
    site.app.config = config.into();
    site.pass(Duration::minutes(1));
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 2);
}

#[tokio::test]
async fn two_servers_share_the_outbox() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    for number in 0..20 {
        db_queue(&site, &format!("person{number}@marlowe.example")).await;
    }
    let other = site.second_server().await;
    let (one, two) = tokio::join!(outbox::send_due(&site.app), outbox::send_due(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 20);
    let mut to: Vec<_> = server.received().into_iter().map(|mail| mail.to).collect();
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 20, "each once");
}

#[tokio::test]
async fn without_a_server_mail_is_a_file() {
    let site = Site::new().await;
    db_queue(&site, "zoe@marlowe.example").await;
    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 1);
    let files: Vec<_> =
        std::fs::read_dir(site.folder().join("mail")).unwrap().map(|file| file.unwrap().path()).collect();
    let [file] = &files[..] else { panic!("{files:?}") };
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("To: zoe@marlowe.example") && text.contains("http://rolebook.test/account"), "{text}");
}

#[tokio::test]
async fn the_jobs_run_until_the_server_stops() {
    let site = Site::new().await;
    db_queue(&site, "zoe@marlowe.example").await;
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let mut running = jobs::start(&site.app, &stopping);
    while db_waiting(&site).await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    stop.send(true).unwrap();
    while let Some(job) = tokio::time::timeout(std::time::Duration::from_secs(2), running.join_next())
        .await
        .expect("they stop when told to")
    {
        job.unwrap();
    }
}

#[tokio::test]
async fn a_demonstration_shows_its_mail_with_links_that_work() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| {
        config.demonstration = true;
        config.smtp_url = Some(server.url());
    })
    .await;
    db_queue(&site, "zoe@marlowe.example").await;
    outbox::send_due(&site.app).await.unwrap();
    let mut browser = site.browser();
    let page = browser.open("/demonstration/mail").await;
    assert!(server.received().is_empty(), "a demonstration sends nothing");
    page.assert_text("Für Zoë: “approved”");
    page.assert_text("To zoe@marlowe.example");
    assert_eq!(page.link("/account"), "/account");
    assert!(browser.statements() <= 4);
}

#[tokio::test]
async fn nobody_else_shows_mail() {
    let site = Site::new().await;
    db_queue(&site, "zoe@marlowe.example").await;
    assert_eq!(site.browser().get("/demonstration/mail").await.status, 404);
}

#[tokio::test]
async fn what_has_served_its_time_is_forgotten() {
    let site = Site::new().await;
    let world = site.world().await;
    site.signed_in(&world.applicant).await;
    db_queue(&site, "zoe@marlowe.example").await;
    outbox::send_due(&site.app).await.unwrap();
    let new = [("name", "Never Confirmed"), ("email", "never@home.example"), ("password", "willow kettle brisk")];
    assert_eq!(site.browser().post("/sign-up", &new).await.status, 303);
    assert_eq!(tidy::forget(&site.app).await.unwrap(), 0, "nothing is old yet");

    site.pass(Duration::days(31));
    tidy::forget(&site.app).await.unwrap();
    for (what, left) in [
        ("session", 0),
        ("attempt", 0),
        ("outbox where sent_at is not null", 0),
        ("outbox", 1),
        ("outbox where body <> '' or tries < 12", 0),
        ("person where name = 'Never Confirmed'", 0),
        ("person", 27),
    ] {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {what}"));
        let count: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
        assert_eq!(count, left, "{what}");
    }
}
