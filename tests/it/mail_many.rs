//! A full outbox and two servers, over real SMTP: each message arrives, and none twice; and one of them stopped in the
//! middle of its work.

use std::collections::BTreeMap;

use rolebook::jobs::outbox;

use crate::support::site::Site;
use crate::support::smtp::SmtpServer;

/// Enough for the two to meet often. The whole figure takes its time: `MESSAGES=10000`.
const MANY: i64 = 600;

async fn outbox_of(messages: i64) -> (SmtpServer, Site) {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let sql = "insert into outbox (to_email, subject, body, created_at, due_at)
        select 'person' || n || '@marlowe.example', 'Message ' || n, 'Hello.', $2, $2 from generate_series(1, $1) n";
    sqlx::query(sql).bind(messages).bind(site.app.clock.now()).execute(&site.db).await.unwrap();
    (server, site)
}

/// How many came more than once, where each came.
async fn twice(server: &SmtpServer, site: &Site, messages: i64) -> usize {
    let sql = "select count(*) from outbox where sent_at is null";
    let waiting: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
    assert_eq!(waiting, 0);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for mail in server.received() {
        *times.entry(mail.to).or_default() += 1;
    }
    assert_eq!(times.len() as i64, messages, "each arrives");
    times.values().map(|times| times - 1).sum()
}

async fn drained(messages: i64) {
    let (server, site) = outbox_of(messages).await;
    let (one, two) = (site.app.clone(), site.second_server().await);
    let one = tokio::spawn(async move { outbox::send_due(&one).await.unwrap() });
    let two = tokio::spawn(async move { outbox::send_due(&two).await.unwrap() });
    let (one, two) = (one.await.unwrap(), two.await.unwrap());
    assert_eq!(one + two, messages as usize);
    assert!(one > 0 && two > 0, "they shared the work: {one} and {two}");
    assert_eq!(twice(&server, &site, messages).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_outbox_drains_through_two_servers_without_a_duplicate() {
    let asked = std::env::var("MESSAGES").ok().and_then(|many| many.parse().ok());
    drained(asked.unwrap_or(MANY)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_dies_in_the_middle_repeats_at_most_what_was_in_its_hands() {
    const SOME: i64 = 300;
    let (server, site) = outbox_of(SOME).await;
    let (one, two) = (site.app.clone(), site.second_server().await);
    let dies = tokio::spawn(async move { outbox::send_due(&two).await.unwrap() });
    let lives = tokio::spawn(async move { outbox::send_due(&one).await.unwrap() });
    while server.received().len() < SOME as usize / 3 {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    dies.abort();
    lives.await.unwrap();
    // What the other had locked as it died is free by now.
    outbox::send_due(&site.app).await.unwrap();
    assert!(twice(&server, &site, SOME).await <= 1);
}
