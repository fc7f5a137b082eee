//! What approving a version would do beyond its words: one block, and nothing where nothing is affected.

use super::send_on_its_way;
use crate::support::author::first_task;
use crate::support::desk::Desk;
use crate::support::site::Site;

#[tokio::test]
async fn the_decision_page_says_what_a_change_affects() {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    let nurse = site.db_issued(trust, unit, "Nurse", "Band 3").await;
    let deputy = site.db_issued(trust, unit, "Deputy nurse", "Band 3").await;
    let elsewhere = site.db_issued(trust, &trust.second, "Night nurse", "Band 3").await;
    for other in [&deputy, &elsewhere] {
        // As before an issue: what is in force is not to be changed by hand otherwise.
        sqlx::query("alter table version disable trigger user").execute(&site.db).await.unwrap();
        let sql = "update version set reports_to = 'nurse' where id = $1";
        sqlx::query(sql).bind(other.id.0).execute(&site.db).await.unwrap();
        sqlx::query("alter table version enable trigger user").execute(&site.db).await.unwrap();
    }
    site.db_published(trust, unit, &nurse, |text| text.headline = "Come to us".into()).await;
    let sql = "update profile set post_numbers = '4021, 4022' where number = $1";
    sqlx::query(sql).bind(nurse.profile_number).execute(&site.db).await.unwrap();
    let draft = site.db_next_draft(trust, unit, &nurse).await;
    let band_4 = site.db_grade(trust, "Band 4").await.unwrap();
    let sql = "update version set grade_from_id = $2, grade_change_reason = 'More to do.' where id = $1";
    sqlx::query(sql).bind(draft.id.0).bind(band_4.0).execute(&site.db).await.unwrap();
    let mut author = site.signed_in(&unit.team.author).await;
    let path = trust.path(&draft.path());
    send_on_its_way(&mut author, &path).await;
    let mut manager = site.signed_in(&unit.team.manager).await;
    let page = first_task(&mut manager, &world).await;
    for part in [
        "What it affects",
        "Band 4 (until now Band 3)",
        "£27,485 to £30,162 a year (until now £24,937 to £26,598 a year)",
        "“Nurse” is published until",
        "It holds for 4021, 4022",
        "JP-0002 Deputy nurse, Band 3",
    ] {
        page.assert_text(part);
    }
    page.assert_no_text("Night nurse");
    assert!(manager.statements() <= 4, "{:?}", manager.statement_list());
}

#[tokio::test]
async fn where_nothing_is_affected_nothing_is_shown() {
    let site = Site::new().await;
    let world = site.world().await;
    let team = &world.trust.first.team;
    let desk = Desk::new(&site, &world.trust);
    let begun = desk.whole_draft(&team.author, &world.trust.first, "Porter").await;
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    let mut manager = site.signed_in(&team.manager).await;
    let page = first_task(&mut manager, &world).await;
    page.assert_no_text("What it affects");
}
