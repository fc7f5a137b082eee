//! Somebody who leaves takes no task along.

use rolebook::db::DbError;

use super::{db_holder, id};
use crate::support::author::{draft, send};
use crate::support::site::Site;

#[tokio::test]
async fn what_waits_goes_to_somebody_else_as_they_are_deactivated() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path(&format!("people/{}", id(&team.manager)))).await;
    let form = page.form("Deactivate");
    let label = "Review and decide: Stores assistant (JP-0001 version 1)";
    let offered = ["Choose who takes it over", "Whole N Manager", "Myself, to give it to somebody later"];
    assert_eq!(form.options(label), offered);
    let refused = admin.submit(form.clone()).await;
    let problem = "Choose who takes over “Stores assistant”";
    assert_eq!((refused.status, refused.problems()), (422, vec![problem.to_owned()]));
    let forged = admin.submit(form.clone().choose(label, "Whole N Manager").forge("task_1", "999999")).await;
    assert_eq!(forged.status, 422);

    let page = admin.submit_and_follow(form.choose(label, "Whole N Manager")).await;
    let said = "Community N Manager is deactivated and signed out. Without a manager now: Community Services. 1 open \
                task went to others, who were told";
    assert_eq!(page.flash(), said);
    assert_eq!(db_holder(&site).await, (id(&trust.whole.manager), Some(id(&team.manager))));
    let mail = site.db_last_mail(&trust.whole.manager.email).await;
    assert!(mail.body.contains("Community N Manager: they no longer work here"), "{}", mail.body);
}

#[tokio::test]
async fn no_task_sits_with_somebody_who_is_deactivated() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let refused = |error: sqlx::Error| match DbError::from(error) {
        DbError::Constraint(name) => name,
        other => panic!("{other}"),
    };
    let leave = "update membership set deactivated_at = now() where id = $1";
    let error = sqlx::query(leave).bind(id(&world.trust.first.team.manager)).execute(&site.db).await.unwrap_err();
    assert_eq!(refused(error), "task_with_deactivated");
    let gone = id(&world.trust.second.team.manager);
    sqlx::query(leave).bind(gone).execute(&site.db).await.unwrap();
    let give = sqlx::query("update task set assigned_to = $1").bind(gone).execute(&site.db).await;
    assert_eq!(refused(give.unwrap_err()), "task_with_deactivated");
}

#[tokio::test]
async fn of_a_task_that_comes_and_a_person_who_goes_at_the_same_moment_one_waits() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let whole = id(&world.trust.whole.manager);
    let mut going = site.db.begin().await.unwrap();
    sqlx::query("update membership set deactivated_at = now() where id = $1")
        .bind(whole)
        .execute(&mut *going)
        .await
        .unwrap();
    let db = site.db.clone();
    let coming =
        tokio::spawn(async move { sqlx::query("update task set assigned_to = $1").bind(whole).execute(&db).await });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(!coming.is_finished(), "it waits for the one who goes");
    going.commit().await.unwrap();
    assert!(coming.await.unwrap().is_err());
    let idle: i64 = sqlx::query_scalar(
        "select count(*) from task t join membership m on m.id = t.assigned_to
        where t.closed_at is null and m.deactivated_at is not null",
    )
    .fetch_one(&site.db)
    .await
    .unwrap();
    assert_eq!(idle, 0);
}
