//! How long reviews may take with an employer.

use crate::support::author::{draft, send};
use crate::support::site::Site;

#[tokio::test]
async fn an_employer_says_how_long_and_by_whose_bank_holidays() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path("reviews/settings")).await;
    page.assert_text(
        "a review that is sent today is due by Thursday 29 January; if nobody has decided by Thursday 5 February",
    );
    let form = page.form("Save");
    let page = admin.submit(form.clone().fill("review_days", "0").fill("escalate_after", "soon")).await;
    assert_eq!((page.status, page.problems().len()), (422, 2));
    assert_eq!(page.form("Save").value("escalate_after"), "soon");
    let form = form.choose("nation", "scotland").fill("review_days", "3").fill("escalate_after", "2");
    admin.submit_and_follow(form).await;
    let facts: String = sqlx::query_scalar("select facts::text from audit where action = 'change_review_settings'")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert!(facts.contains("Scotland"), "{facts}");

    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut manager = site.signed_in(&trust.first.team.manager).await;
    manager.open(&trust.path("work")).await.assert_text("due by Tuesday 20 January");
    site.pass(time::Duration::days(7));
    let mut manager = site.signed_in(&trust.first.team.manager).await;
    manager.open(&trust.path("work")).await.assert_text("2 working days late");
    let other: i32 = sqlx::query_scalar("select review_days from employer where slug = 'westbrook'")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!(other, 10);
}
