//! An administrator goes straight to a later step: told, in the record, and never over somebody's own work.

use super::{Wanted, db_open, make_route, open, send_on_its_way};
use crate::support::author::draft;
use crate::support::people::db_role;
use crate::support::site::Site;

const STEPS: [Wanted<'static>; 4] = [
    ("review", "panel", "1", &[]),
    ("acknowledge", "author", "2", &[]),
    ("approve", "unit_manager", "3", &[]),
    ("acknowledge", "panel", "4", &[]),
];

#[tokio::test]
async fn a_review_goes_straight_to_a_later_step() {
    let site = Site::new().await;
    let world = site.world().await;
    make_route(&site, &world, false, &STEPS).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let team = &world.trust.first.team;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&format!("{path}/review")).await;
    assert!(!page.has_link("Go straight to it: Review and comment"), "it is open already");
    let before = admin.open(&page.link("Go straight to it: Approve")).await;
    let refused = admin.submit(before.form("Go straight to it")).await;
    assert_eq!(refused.status, 422, "a reason is asked for");
    let form = before.form("Go straight to it").fill("Why?", "The panel meets in May.");
    let page = admin.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Went straight to “Approve”. It goes on to Community N Manager");
    assert_eq!(db_open(&site).await, open(&[("approve", "Community N Manager")]));
    page.assert_text("Whole N Admin skipped it on");
    for person in [&team.panel, &team.author] {
        let mail = site.db_last_mail(&person.email).await;
        assert!(mail.subject.contains("it went straight to “Approve”"), "{}", mail.subject);
        assert!(mail.body.contains("meets in May"), "{}", mail.body);
    }
    assert_eq!(
        site.db_last_mail(&team.manager.email).await.subject,
        "To approve: Stores assistant, due by Thursday 29 January"
    );
    let facts: String = sqlx::query_scalar("select facts::text from audit where action = 'jump_to_step'")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert!(facts.contains("Approve") && facts.contains("meets in May"), "{facts}");
    // Past the only approval nothing goes, and what has begun is not gone to again.
    let page = admin.open(&format!("{path}/review")).await;
    assert!(!page.has_link("Go straight to it: Acknowledge"), "past the only approval");
    let before_last = admin.open(&format!("{path}/review/jump?step=4")).await;
    let page = admin.submit(before_last.form("Go straight to it").fill("Why?", "Hurry.")).await;
    let only = "Nobody would approve it any more: the only approval that is left comes before that step";
    assert_eq!((page.status, page.problems()), (422, vec![only.to_owned()]));
    let again = admin.submit_and_follow(before.form("Go straight to it").fill("Why?", "Again.")).await;
    assert_eq!(again.flash(), "That step is over, or the review has ended meanwhile");
}

#[tokio::test]
async fn nobody_goes_over_their_own_work_and_nobody_gets_their_own() {
    let site = Site::new().await;
    let world = site.world().await;
    make_route(&site, &world, false, &STEPS).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let team = &world.trust.first.team;
    // The author is an administrator too.
    db_role(&site.db, world.trust.id, &team.author, "admin", None).await;
    let mut author = site.signed_in(&team.author).await;
    let page = author.open(&format!("{path}/review")).await;
    let before = author.open(&page.link("Go straight to it: Approve")).await;
    let page = author.submit(before.form("Go straight to it").fill("Why?", "Hurry.")).await;
    assert_eq!(page.status, 422);
    assert!(page.problems()[0].starts_with("You sent, edited or proposed"), "{:?}", page.problems());
    // Where only its author could take the step, nobody is made to decide on their own work.
    sqlx::query("delete from membership_role where role = 'manager'").execute(&site.db).await.unwrap();
    db_role(&site.db, world.trust.id, &team.author, "manager", None).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&format!("{path}/review")).await;
    let before = admin.open(&page.link("Go straight to it: Approve")).await;
    let page = admin.submit(before.form("Go straight to it").fill("Why?", "Hurry.")).await;
    assert!(page.problems()[0].starts_with("Nobody could take that step"), "{:?}", page.problems());
    assert_eq!(db_open(&site).await, open(&[("review", "Community N Panel")]));
}
