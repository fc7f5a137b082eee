//! Reminders before the day, on it and after it, each once; and the word to administrators.

use rolebook::jobs::reviews;
use time::Duration;

use crate::support::author::{draft, send};
use crate::support::site::Site;

#[tokio::test]
async fn each_reminder_comes_once_however_many_servers_there_are() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    // Sent on Thursday 15 January at 10: due on Thursday 29 January.
    send(&mut author, &path, "Community N Manager").await;
    let manager = &world.trust.first.team.manager.email;
    let other = site.second_server().await;
    let mut said = Vec::new();
    let mut before = site.db_mail(manager).await.len();
    for day in 0..40 {
        let (one, two) = tokio::join!(reviews::remind(&site.app), reviews::remind(&other));
        assert!(one.unwrap() + two.unwrap() <= 2);
        assert_eq!(reviews::remind(&site.app).await.unwrap(), 0, "nothing twice");
        let mail = site.db_mail(manager).await;
        said.extend(mail[before..].iter().map(|mail| (day, mail.subject.clone())));
        before = mail.len();
        site.pass(Duration::days(1));
    }
    let subject = |due: &str| format!("Reminder, to decide: Stores assistant, {due}");
    let expected = [
        (12, subject("due by Thursday 29 January")),
        (14, subject("due today")),
        (21, subject("5 working days late")),
        (28, subject("10 working days late")),
        (35, subject("15 working days late")),
    ];
    assert_eq!(said, expected);
    let admin = site.db_mail(&world.trust.admin.email).await;
    assert_eq!(admin.len(), 1, "{admin:?}");
    assert_eq!(admin[0].subject, "Waits too long: Stores assistant, 5 working days late");
    assert!(admin[0].body.contains("has waited for Community N Manager since 15 January 2026"), "{}", admin[0].body);
    assert!(admin[0].link("/staff/").ends_with("/reassign"));
    assert!(site.db_mail(&world.council.admin.email).await.is_empty(), "another employer's administrators");
}

#[tokio::test]
async fn nobody_is_reminded_at_night_or_at_the_weekend() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    // Friday 30 January, 7:59am; Saturday; Monday.
    site.pass(Duration::days(15) - Duration::minutes(121));
    assert_eq!(reviews::remind(&site.app).await.unwrap(), 0);
    site.pass(Duration::days(1) + Duration::hours(2));
    assert_eq!(reviews::remind(&site.app).await.unwrap(), 0);
    site.pass(Duration::days(2));
    assert_eq!(reviews::remind(&site.app).await.unwrap(), 1);
}

#[tokio::test]
async fn what_was_given_without_a_day_gets_one() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    sqlx::query("update task set due_on = null").execute(&site.db).await.unwrap();
    reviews::work(&site.app).await.unwrap();
    let due: String = sqlx::query_scalar("select due_on::text from task").fetch_one(&site.db).await.unwrap();
    assert_eq!(due, "2026-01-29");
}
