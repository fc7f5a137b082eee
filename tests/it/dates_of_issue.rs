//! Versions that come into force on a date.

use rolebook::jobs::issue_due::issue_due;
use time::Duration;

use crate::imports::{LIBRARY, db_issue, library, new_profile, report};

#[tokio::test]
async fn a_version_comes_into_force_on_its_date_and_the_old_one_goes() {
    let (site, world) = library().await;
    let team = &world.trust.first.team;
    let mut browser = site.signed_in(&team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    new_profile(&mut browser, &page, &world.trust.first.name).await;
    db_issue(&site, 1, &team.author, &team.manager).await;
    let page = report(&mut browser, &world.trust, "v2.txt", &LIBRARY.replace("37 hours", "30 hours")).await;
    let page = browser
        .submit_and_follow(page.form("Match it line by line").choose("Job profile", "JP-0001 Library Assistant"))
        .await;
    browser.submit_and_follow(page.form("Make the draft")).await;
    sqlx::query(
        "update version set state = 'approved', submitted_by = $1, submitted_at = now(), approved_by = $2,
            approved_at = now(), issue_on = '2026-01-16', issue_scheduled_by = $1 where number = 2",
    )
    .bind(team.author.membership)
    .bind(team.manager.membership)
    .execute(&site.db)
    .await
    .unwrap();

    assert_eq!(issue_due(&site.app).await.unwrap(), 0, "its day has not come");
    // 23:59 in London, then midnight.
    site.pass(Duration::hours(13) + Duration::minutes(59));
    assert_eq!(issue_due(&site.app).await.unwrap(), 0);
    site.pass(Duration::minutes(1));
    let second = site.second_server().await;
    let (one, two) = tokio::join!(issue_due(&site.app), issue_due(&second));
    assert_eq!(one.unwrap() + two.unwrap(), 1, "two servers issue it once");
    let states: Vec<(i32, String)> =
        sqlx::query_as("select number, state from version order by number").fetch_all(&site.db).await.unwrap();
    assert_eq!(states, [(1, "superseded".to_owned()), (2, "issued".to_owned())]);
    let (actor, subject): (String, String) =
        sqlx::query_as("select actor, subject from audit where action = 'issue_due'")
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!((actor.as_str(), subject.as_str()), ("The system (dates of issue)", "JP-0001 version 2"));
    assert_eq!(issue_due(&site.app).await.unwrap(), 0);
}
