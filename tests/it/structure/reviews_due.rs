//! What is overdue for review, directorate by directorate.

use crate::support::site::Site;

#[tokio::test]
async fn what_is_overdue_is_listed_by_directorate_and_for_those_who_may_see_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, today) = (&world.trust, site.app.clock.today());
    let (first, child, second) = (&trust.first, &trust.child, &trust.second);
    // By days from today; the child belongs to the directorate of the first.
    for (unit, title, due) in [
        (first, "Porter", -40),
        (child, "Nurse", -1),
        (second, "Payroll officer", -400),
        (first, "Not late yet", 0),
        (second, "Due soon", 30),
        (second, "Due much later", 400),
    ] {
        let version = site.db_issued(trust, unit, title, "Band 4").await;
        sqlx::query("update profile set review_date = $2 where id = (select profile_id from version where id = $1)")
            .bind(version.id.0)
            .bind(today + time::Duration::days(due))
            .execute(&site.db)
            .await
            .unwrap();
    }
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path("profiles/due")).await;
    assert!(admin.statements() <= 4, "{:?}", admin.statement_list());
    page.assert_text("3 job profiles are overdue for review.");
    let titles = |page: &crate::support::page::Page| page.find("main section .rb-row__title");
    assert_eq!(page.find("main section h2"), [first.name.as_str(), second.name.as_str()]);
    assert_eq!(titles(&page), ["Porter", "Nurse", "Payroll officer"], "the longest due first in each");
    let one = admin.follow_link(&page, &format!("{} (1)", second.name)).await;
    assert_eq!(titles(&one), ["Payroll officer"]);
    let ahead = admin.follow_link(&one, "and the next 60 days").await;
    assert_eq!(titles(&ahead), ["Payroll officer", "Due soon"]);
    let file = admin.get(&page.link("Download this list as CSV")).await.html();
    assert_eq!(file.lines().count(), 4, "{file}");
    // An author of the one unit sees that, and another employer nothing.
    let mut author = site.signed_in(&child.team.author).await;
    assert_eq!(titles(&author.open(&trust.path("profiles/due")).await), ["Nurse"]);
    let mut other = site.signed_in(&world.council.admin).await;
    other.open(&world.council.path("profiles/due")).await.assert_text("Nothing is due.");
}
