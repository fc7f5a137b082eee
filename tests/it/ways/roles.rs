//! A task does not stay with somebody whose role was taken, nor come to somebody who is gone.

use super::{db_open, open};
use crate::support::author::{draft, send};
use crate::support::desk::Desk;
use crate::support::site::Site;

#[tokio::test]
async fn whoever_loses_the_role_hands_over_in_the_same_act() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut admin = site.signed_in(&trust.admin).await;
    let member = trust.path(&format!("people/{}", team.manager.membership.unwrap()));
    let take = format!("{member}/roles/take");
    let unit = trust.first.id.to_string();
    let page = admin.post(&take, &[("role", "manager"), ("unit", &unit)]).await;
    assert_eq!((page.status, page.heading()), (200, "Who takes over?".to_owned()));
    let held: i64 =
        sqlx::query_scalar("select count(*) from membership_role where membership_id = $1 and role = 'manager'")
            .bind(team.manager.membership.unwrap())
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!(held, 1, "nothing is taken before somebody takes over");
    let nobody = admin.post(&take, &[("role", "manager"), ("unit", &unit), ("again", "yes")]).await;
    assert_eq!(nobody.status, 422);
    let label = "Review and decide: Stores assistant (JP-0001 version 1)";
    let form = page.form("Take the role away").choose(label, "Whole N Manager");
    let done =
        admin.post(&take, &form.fields().iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>()).await;
    let done = admin.follow(done).await;
    assert!(done.flash().contains("1 open task went to others"), "{}", done.flash());
    assert_eq!(db_open(&site).await, open(&[("approve", "Whole N Manager")]));
}

#[tokio::test]
async fn an_emergency_is_looked_at_by_somebody_who_is_there() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let desk = Desk::new(&site, trust);
    let begun = desk.whole_draft(&team.author, &trust.first, "Stores assistant").await;
    // The unit's manager is gone, and so is the profile's owner.
    for gone in [&team.manager, &team.author] {
        sqlx::query("update membership set deactivated_at = now() where id = $1")
            .bind(gone.membership.unwrap())
            .execute(&site.db)
            .await
            .unwrap();
    }
    desk.issue_in_emergency(begun.version, &trust.admin).await.unwrap();
    assert_eq!(db_open(&site).await, open(&[("review_emergency_issue", "Whole N Manager")]));
}

#[tokio::test]
async fn administrators_see_whether_account_mail_arrived_and_not_what_it_says() {
    let site = Site::new().await;
    let world = site.world().await;
    let author = &world.trust.first.team.author;
    let mut browser = site.browser();
    let form = browser.open("/password-reset").await.form("Send the link");
    browser.submit_and_follow(form.fill("email", &author.email)).await;
    let body = site.db_last_mail(&author.email).await.body;
    let secret = body.split_whitespace().find(|word| word.contains("/password-reset/")).expect("a link").to_owned();
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("mail")).await;
    page.assert_text(&author.name);
    assert!(!page.html().contains(secret.rsplit('/').next().unwrap()), "the link is its reader's alone");
    let mut other = site.signed_in(&world.council.admin).await;
    other.open(&world.council.path("mail")).await.assert_no_text(&author.email);
}
