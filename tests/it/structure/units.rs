//! Units move and are renamed; what was issued names them as they were.

use crate::support::site::Site;

#[tokio::test]
async fn a_unit_moves_and_old_versions_keep_its_name() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    site.db_grades(trust).await;
    let first = site.db_issued(trust, &trust.child, "Nurse", "Band 4").await;
    let before = format!("{}, part of {}", trust.child.name, trust.first.name);
    site.pass(time::Duration::days(1));
    let mut admin = site.signed_in(&trust.admin).await;
    let at = trust.path(&format!("units/{}", trust.child.id));
    let form = admin.open(&at).await.form("Save the unit");
    assert!(form.options("Part of").iter().all(|name| !name.contains(&trust.child.name)), "not below itself");
    let moved = form.clone().fill("Name", "Renamed team").choose("Part of", &trust.second.name);
    let page = admin.submit_and_follow(moved).await;
    assert_eq!(page.flash(), "Renamed team is saved");
    let page = admin.open(&at).await;
    page.assert_text(&format!("{before}: until 16 January 2026, changed by {}", trust.admin.name));
    let above = admin.open(&trust.path(&format!("units/{}", trust.second.id))).await;
    let circle = above.form("Save the unit").forge("parent", &trust.child.id.to_string());
    assert_eq!(admin.submit(circle).await.problems(), ["Choose a unit that is not below this one"]);

    let page = admin.open(&trust.path(&first.path())).await;
    page.assert_text(&format!("Renamed team (then {before})"));
    page.assert_text(&format!("Unit {before}"));
    let text = admin.get(&format!("{}/file?as=txt", trust.path(&first.path()))).await.html();
    assert!(text.contains(&format!("Unit: {before}")), "{text}");
    let next = site.db_next_draft(trust, &trust.child, &first).await;
    let page = admin.open(&trust.path(&next.path())).await;
    page.assert_text(&format!("Unit Renamed team, part of {}", trust.second.name));

    // Whoever has a role for the unit above has it here now.
    let mut author = site.signed_in(&trust.second.team.author).await;
    author.open(&trust.path(&first.path())).await.assert_text("Nurse");
    assert_eq!(site.signed_in(&trust.first.team.author).await.get(&trust.path(&first.path())).await.status, 404);
    // Saved again as it stands, nothing is past.
    let form = admin.open(&at).await.form("Save the unit");
    admin.submit_and_follow(form).await;
    let past: i64 = sqlx::query_scalar("select count(*) from unit_past").fetch_one(&site.db).await.unwrap();
    assert_eq!(past, 1);
}

#[tokio::test]
async fn two_moves_that_would_make_a_circle_together_do_not() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let (mut one, mut other) = (site.signed_in(&trust.admin).await, site.signed_in(&trust.admin).await);
    let at = |unit: i64| trust.path(&format!("units/{unit}"));
    let first = one.open(&at(trust.first.id)).await.form("Save the unit").choose("Part of", &trust.second.name);
    let second = other.open(&at(trust.second.id)).await.form("Save the unit").choose("Part of", &trust.first.name);
    let (first, second) = tokio::join!(one.submit(first), other.submit(second));
    let done = [first.status, second.status].iter().filter(|status| **status == 303).count();
    assert_eq!(done, 1, "{} {}", first.status, second.status);
    let circle: bool = sqlx::query_scalar(
        "select exists (select from unit a join unit b on b.id = a.parent_id where b.parent_id = a.id)",
    )
    .fetch_one(&site.db)
    .await
    .unwrap();
    assert!(!circle);
}
