//! What a person finds under "My work".

use crate::support::site::Site;

#[tokio::test]
async fn profiles_that_are_due_for_review_come_first_and_others_stay_away() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_grades(trust).await;
    for (title, review_date) in [("Ward clerk", "2026-03-01"), ("Porter", "2025-11-30"), ("Cook", "2028-01-01")] {
        let issued = site.db_issued(trust, unit, title, "Band 4").await;
        sqlx::query("update profile set review_date = $3::text::date where employer_id = $1 and number = $2")
            .bind(trust.id)
            .bind(issued.profile_number)
            .bind(review_date)
            .execute(&site.db)
            .await
            .unwrap();
    }
    let mut author = site.signed_in(&unit.team.author).await;
    let page = author.open(&trust.path("work")).await;
    let titles: Vec<String> = page.find("[aria-labelledby=reviews] .rb-list a");
    assert_eq!(titles, ["Porter", "Ward clerk"]);
    page.assert_text("review was due 30 November 2025");
    assert!(author.statements() <= 4, "{:?}", author.statement_list());

    let mut other = site.signed_in(&world.trust.whole.author).await;
    other.open(&trust.path("work")).await.assert_no_text("Porter");
}

#[tokio::test]
async fn what_is_decided_waits_for_its_next_step() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_grades(trust).await;
    let clerk = site.db_issued(trust, unit, "Ward clerk", "Band 4").await;
    let draft = site.db_next_draft(trust, unit, &clerk).await;
    site.db_approve(trust, unit, draft.id).await;
    let issued = site.db_issued(trust, unit, "Porter", "Band 4").await;
    let mut author = site.signed_in(&unit.team.author).await;
    let made = author.post(&trust.path(&format!("{}/adverts", issued.path())), &[]).await;
    assert_eq!(made.status, 303);
    let next = async |author: &mut crate::support::browser::Browser| {
        let page = author.open(&trust.path("work")).await;
        assert!(author.statements() <= 4, "{:?}", author.statement_list());
        page.find("[aria-labelledby=next] .rb-list a")
    };
    assert_eq!(next(&mut author).await, ["Issue: Ward clerk", "Finish the advert: Porter"]);
    sqlx::query("update advert set state = 'ready', confirmed_by = hiring_manager_id, confirmed_at = $1")
        .bind(site.now())
        .execute(&site.db)
        .await
        .unwrap();
    assert_eq!(next(&mut author).await, ["Issue: Ward clerk", "Publish the advert: Porter"]);
    let mut other = site.signed_in(&world.trust.whole.author).await;
    assert_eq!(next(&mut other).await, [""; 0], "somebody else's work");
}

#[tokio::test]
async fn staff_find_back_to_their_work_from_pages_for_everybody() {
    let site = Site::new().await;
    let world = site.world().await;
    let page = site.signed_in(&world.trust.first.team.author).await.open("/jobs").await;
    assert_eq!(page.link("My work"), world.trust.path("work"));
    assert!(!site.browser().open("/jobs").await.has_link("My work"), "what everybody gets is the same for everybody");
}
