//! Administrators skip a step, begin a review again and cancel it: with a reason, in the record, and told to those whom
//! it concerns.

use super::{Wanted, db_open, db_state, make_route, open, send_on_its_way};
use crate::support::author::{draft, first_task};
use crate::support::site::Site;

const STEPS: [Wanted<'static>; 2] = [("review", "panel", "1", &[]), ("approve", "unit_manager", "2", &[])];

#[tokio::test]
async fn a_step_is_skipped_but_never_the_only_approval() {
    let site = Site::new().await;
    let world = site.world().await;
    make_route(&site, &world, false, &STEPS).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&format!("{path}/review")).await;
    let review = page.link("Skip it: Review and comment");
    assert!(!page.has_link("Skip it: Approve"), "the only approval");
    let approval = review.replace("step=1", "step=2");
    let skipped = admin.open(&review).await;
    let before = &skipped;
    let refused = admin.submit(before.form("Skip the step")).await;
    assert_eq!(refused.status, 422, "a reason is asked for");
    let page = admin.submit_and_follow(before.form("Skip the step").fill("Why?", "The panel meets in May.")).await;
    assert_eq!(page.flash(), "Skipped “Review and comment”. It goes on to Community N Manager");
    assert_eq!(db_open(&site).await, open(&[("approve", "Community N Manager")]));
    for person in [&world.trust.first.team.panel, &world.trust.first.team.author] {
        let mail = site.db_last_mail(&person.email).await;
        assert!(
            mail.subject.contains("was skipped") && mail.body.contains("meets in May"),
            "{} {}",
            mail.subject,
            mail.body
        );
    }
    let before = admin.open(&approval).await;
    let page = admin.submit(before.form("Skip the step").fill("Why?", "Hurry.")).await;
    let only = "It is the only approval that is left: skip another step, or give this one to somebody else";
    assert_eq!((page.status, page.problems()), (422, vec![only.to_owned()]));
    // The step that was skipped can't be skipped again.
    let again = admin.submit_and_follow(skipped.form("Skip the step").fill("Why?", "Again.")).await;
    assert_eq!(again.flash(), "That step is over, or the review has ended meanwhile");
    let facts: String = sqlx::query_scalar("select facts::text from audit where action = 'skip_step'")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert!(facts.contains("meets in May"), "{facts}");
}

#[tokio::test]
async fn a_review_begins_again_and_is_cancelled() {
    let site = Site::new().await;
    let world = site.world().await;
    make_route(&site, &world, false, &STEPS).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let mut panel = site.signed_in(&world.trust.first.team.panel).await;
    let task = first_task(&mut panel, &world).await;
    panel.submit_and_follow(task.form("I have reviewed it")).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&format!("{path}/review/restart")).await;
    let form = page.form("Begin the review again").fill("Why?", "A page was missing.");
    let page = admin.submit_and_follow(form).await;
    assert_eq!(page.flash(), "The review begins again. It goes on to Community N Panel");
    assert_eq!(db_open(&site).await, open(&[("review", "Community N Panel")]));
    let decisions: i64 = sqlx::query_scalar("select count(*) from decision").fetch_one(&site.db).await.unwrap();
    assert_eq!(decisions, 1, "what was decided stays in the record");

    let page = admin.open(&format!("{path}/review/cancel")).await;
    let page = admin.submit_and_follow(page.form("Cancel the review").fill("Why?", "The post is gone.")).await;
    assert_eq!(page.flash(), "The review is cancelled: it is a draft again");
    assert_eq!((db_state(&site).await.as_str(), db_open(&site).await), ("draft", open(&[])));
    let mail = site.db_last_mail(&world.trust.first.team.panel.email).await;
    assert!(mail.body.contains("The post is gone."), "{}", mail.body);
    let late = panel.get(&task.path).await;
    assert_eq!(late.status, 303, "the page that was open says that nothing waits there");
}
