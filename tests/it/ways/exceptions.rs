//! What keeps a version from approval is let stand by somebody who may, with a reason, or not at all.

use crate::support::author::{draft, first_task};
use crate::support::site::Site;

#[tokio::test]
async fn open_points_are_let_stand_by_somebody_with_the_right_alone() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    sqlx::query("update version set grade_from_id = null, grade_to_id = null").execute(&site.db).await.unwrap();
    let page = author.open(&format!("{path}/submit")).await;
    assert_eq!(
        (page.heading(), page.find("main > * > ul > li")),
        ("Not ready to send yet".to_owned(), vec!["Choose the grade".to_owned()])
    );
    let form =
        page.form("Send it all the same").fill("note", "New.").choose("kind", "minor").choose("affects_grade", "no");
    let form = form.choose("Who approves it", "Community N Manager");
    let refused = author.submit(form.clone()).await;
    assert_eq!(
        (refused.status, refused.problems()),
        (422, vec!["Say why it should be approved with these".to_owned()])
    );
    author.submit_and_follow(form.fill("exception", "The panel meets next week.")).await;

    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = first_task(&mut manager, &world).await;
    task.assert_text("The panel meets next week.");
    let page = manager.submit(task.form("Approve").fill("waives", "It may.")).await;
    assert_eq!(page.status, 422);
    assert!(page.problems()[0].starts_with("It was sent with points still open"), "{:?}", page.problems());
    let to = world.trust.whole.manager.membership.unwrap().to_string();
    let given = manager.post(&format!("{}/not-me", task.path), &[("to", &to), ("reason", "It needs you.")]).await;
    assert_eq!(given.status, 303);

    let mut whole = site.signed_in(&world.trust.whole.manager).await;
    let task = first_task(&mut whole, &world).await;
    let page = whole.submit(task.form("Approve")).await;
    assert_eq!(page.problems(), ["Say why the open points may stand, or request changes"]);
    whole.submit_and_follow(page.form("Approve").fill("waives", "The grade follows by Friday.")).await;
    let facts: String =
        sqlx::query_scalar("select facts::text from audit where action = 'approve'").fetch_one(&site.db).await.unwrap();
    assert!(facts.contains("The grade follows by Friday."), "{facts}");
    author.open(&format!("{path}/review")).await.assert_text("The grade follows by Friday.");
    // What was let stand does not keep it from being issued; the basis of the grade still does.
    let issue = author.open(&format!("{path}/issue")).await;
    issue.assert_no_text("Choose the grade");
}
