//! An administrator says the way to approval: the form without script, its mistakes, versions, and the dry run.

use super::{db_open, make_route, open, send_on_its_way};
use crate::support::author::draft;
use crate::support::site::Site;

#[tokio::test]
async fn steps_are_added_moved_and_removed_and_nothing_typed_is_lost() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("routes/new")).await;
    let form = page.form("Add a step").fill("Name of the route", "For nurses").forge("do", "add");
    let page = admin.submit(form).await;
    assert_eq!(
        (page.status, page.find("fieldset > legend").iter().filter(|one| one.starts_with("Step ")).count()),
        (200, 2)
    );
    let form = page.form("Add a step");
    assert_eq!(form.value("Name of the route"), "For nurses");
    assert_eq!(form.value("step_1_place"), "2");
    let page = admin.submit(form.choose("step_0_kind", "review").forge("do", "down_0")).await;
    assert_eq!(page.form("Add a step").value("step_1_kind"), "review");
    let page = admin.submit(page.form("Add a step").forge("do", "remove_0")).await;
    let page = admin.submit(page.form("Save the route").forge("do", "save")).await;
    let alone = "One step has to approve every change, without a condition: otherwise some could never be approved";
    assert_eq!((page.status, page.problems()), (422, vec![alone.to_owned()]));
    assert_eq!(page.form("Save the route").value("Name of the route"), "For nurses");
}

#[tokio::test]
async fn a_route_has_versions_and_what_is_under_way_keeps_its_own() {
    let site = Site::new().await;
    let world = site.world().await;
    let list = make_route(&site, &world, false, &[("approve", "unit_manager", "1", &[])]).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;

    let mut admin = site.signed_in(&world.trust.admin).await;
    let first = admin.open(&list.link("The long way")).await;
    let more = admin.submit(first.form("Add a step").forge("do", "add")).await;
    let form = more.form("Save the route").choose("step_1_kind", "evaluate").choose("step_1_asked", "panel");
    admin.submit_and_follow(form.forge("do", "save")).await;
    let again = admin.open(&list.link("The long way")).await;
    again.assert_text("Version 2, “The long way”, 2 steps: saved by");
    // Somebody who had the first version open does not save over the second.
    let late = admin.submit(first.form("Save the route").forge("do", "save")).await;
    assert_eq!(late.status, 422);
    assert!(late.problems()[0].starts_with("Somebody else saved this route meanwhile"), "{:?}", late.problems());
    // Nor is there a second one for the same unit.
    let other = admin.open(&world.trust.path("routes/new")).await.form("Save the route").fill("name", "Another");
    let other = admin.submit(other.forge("do", "save")).await;
    assert!(other.problems()[0].starts_with("There is a route for this unit already"), "{:?}", other.problems());

    let steps: i64 = sqlx::query_scalar("select count(*) from review_step").fetch_one(&site.db).await.unwrap();
    assert_eq!(steps, 1, "what was sent goes on as it began");
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = crate::support::author::first_task(&mut manager, &world).await;
    let page = manager.submit_and_follow(task.form("Approve")).await;
    assert_eq!(page.flash(), "You approved Stores assistant");
    assert_eq!(db_open(&site).await, open(&[]));
}

#[tokio::test]
async fn a_step_is_for_jobs_of_some_grades_alone() {
    let site = Site::new().await;
    let world = site.world().await;
    let steps = |grades: &'static str| -> [super::Wanted<'static>; 2] {
        let bands: &'static [(&str, &str)] = Box::leak(Box::new([("bands", grades)]));
        [("evaluate", "panel", "1", bands), ("approve", "unit_manager", "2", &[])]
    };
    let (path, mut author) = draft(&site, &world).await;
    let other = "insert into grade (employer_id, pay_scheme, name, position, created_at)
        values ($1, 'Agenda for Change', 'Band 7', 7, now())";
    sqlx::query(other).bind(world.trust.id).execute(&site.db).await.unwrap();
    let list = make_route(&site, &world, false, &steps("Band 4, Band 7")).await;
    list.assert_text("1. Evaluate the job: Job evaluation panel, if the grade is Band 4 or Band 7");
    let mut admin = site.signed_in(&world.trust.admin).await;
    let form = admin.open(&list.link("The long way")).await.form("Save the route");
    assert_eq!(form.value("step_0_bands"), "Band 4, Band 7");
    let page = admin.submit(form.clone().forge("step_0_bands", "Band 44").forge("do", "save")).await;
    let unknown = "There is no grade “Band 44” here: write each as the page Pay does, with commas between";
    assert_eq!((page.status, page.problems()), (422, vec![unknown.to_owned()]));
    assert_eq!(page.form("Save the route").value("step_0_bands"), "Band 44", "what was typed is kept");
    // The draft is of Band 4: it is evaluated. Where only others are, it is not.
    send_on_its_way(&mut author, &path).await;
    assert_eq!(db_open(&site).await, open(&[("evaluate", "Community N Panel")]));
    author.post(&format!("{path}/recall"), &[]).await;
    admin.submit_and_follow(form.forge("step_0_bands", "band 7").forge("do", "save")).await;
    send_on_its_way(&mut author, &path).await;
    assert_eq!(db_open(&site).await, open(&[("approve", "Community N Manager")]));
}

#[tokio::test]
async fn the_dry_run_names_who_would_get_a_draft_and_tells_nobody() {
    let site = Site::new().await;
    let world = site.world().await;
    let steps: [super::Wanted<'_>; 3] = [
        ("review", "author", "1", &[]),
        ("approve", "unit_manager", "2", &[("days", "3")]),
        ("evaluate", "panel", "3", &[("size", "major")]),
    ];
    make_route(&site, &world, true, &steps).await;
    draft(&site, &world).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("routes")).await;
    page.assert_text("3. Evaluate the job: Job evaluation panel, if the change is major");
    let form = page.form("Show who would get it, and when");
    let draft = form.options("Draft")[0].clone();
    assert_eq!(draft, "Stores assistant (JP-0001 version 1)");
    let id: i64 = sqlx::query_scalar("select id from version").fetch_one(&site.db).await.unwrap();
    let minor = admin.open(&world.trust.path(&format!("routes/try?draft={id}&kind=minor&grade=no"))).await;
    minor.assert_text("2. Approve");
    minor.assert_no_text("Evaluate the job");
    let major = admin.open(&world.trust.path(&format!("routes/try?draft={id}&kind=major&grade=no"))).await;
    major.assert_text("3. Evaluate the job");
    major.assert_text("Community N Manager, by Tuesday 3 February at the latest");
    assert!(admin.statements() <= 4, "{:?}", admin.statement_list());
    assert_eq!(db_open(&site).await, open(&[]));
    let mails: i64 = sqlx::query_scalar("select count(*) from outbox").fetch_one(&site.db).await.unwrap();
    assert_eq!(mails, 0);
}
