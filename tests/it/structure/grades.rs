//! Grades in the browser, and the day of the next review.

use crate::support::site::Site;

#[tokio::test]
async fn an_administrator_adds_renames_pays_and_ends_a_grade() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    site.db_grades(trust).await;
    let issued = site.db_issued(trust, &trust.first, "Nurse", "Band 4").await;
    site.pass(time::Duration::days(1));
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path("pay")).await;
    let form = admin.follow_link(&page, "Add a grade").await.form("Add the grade");
    let bad =
        admin.submit(form.clone().fill("From", "2026-04-01").fill("Least, in pounds a year full time", "31.000")).await;
    assert_eq!(
        bad.problems(),
        [
            "Type the grade’s name",
            "Type an amount of pounds, such as 27485 or 27,485.50",
            "Say where the figures come from"
        ]
    );
    let form = form.fill("Name", "Band 5").fill("From", "2025-04-01").fill("Where the figures come from", "A circular");
    let form = form.fill("Least, in pounds a year full time", "£31,049");
    let page = admin.submit_and_follow(form.fill("Most, in pounds a year full time", "37,796")).await;
    assert_eq!(page.flash(), "Band 5 is added to Agenda for Change");
    page.assert_text("From 1 April 2025 £31,049 to £37,796");
    let twice = page.form("Keep these figures").fill("From", "2025-04-01");
    let twice = twice.fill("Least, in pounds a year full time", "1").fill("Where the figures come from", "A slip");
    let twice = admin.submit(twice).await;
    assert_eq!(twice.problems(), ["It has figures from 1 April 2025 on already, and what was known is never changed"]);

    // A rename reaches drafts; what is issued keeps the name of its day.
    let grade = site.db_grade(trust, "Band 4").await.unwrap();
    let page = admin.open(&trust.path(&format!("pay/grades/{grade}"))).await;
    let taken = admin.submit(page.form("Save the grade").fill("Name", "Band 5")).await;
    assert_eq!(taken.problems(), ["Agenda for Change has a grade with this name already"]);
    let stale = page.form("Save the grade").fill("Name", "Band 4 plus");
    let page = admin.submit_and_follow(page.form("Save the grade").fill("Name", "Band four")).await;
    assert_eq!(page.flash(), "Band four is saved");
    let page = admin.submit_and_follow(stale).await;
    assert_eq!(page.flash(), "Somebody renamed it to Band four meanwhile. Nothing was changed by you");
    admin.open(&trust.path(&issued.path())).await.assert_text("Grade Band 4");
    let draft = site.db_next_draft(trust, &trust.first, &issued).await;
    let at = trust.path(&draft.path());
    admin.open(&at).await.assert_text("Grade Band four");

    // Ended, it is offered no more, and a draft that stands on it has to leave it.
    let mut author = site.signed_in(&trust.first.team.author).await;
    let page = admin.open(&trust.path(&format!("pay/grades/{grade}"))).await;
    admin.submit_and_follow(page.form("Save the grade").fill("Offered until", "2026-01-16")).await;
    author.open(&format!("{at}/submit")).await.assert_text("Choose another grade: Band four has ended");
    let other = site.db_issued(trust, &trust.first, "Porter", "Band 3").await;
    let other = site.db_next_draft(trust, &trust.first, &other).await;
    let form = author.open(&format!("{}/details", trust.path(&other.path()))).await.form("Save");
    assert!(form.options("Grade").iter().all(|name| name != "Band four"), "{:?}", form.options("Grade"));
    admin.open(&trust.path("pay")).await.assert_text("Band four offered until 16 January 2026");
    assert_eq!(author.get(&trust.path("pay/grades/new")).await.status, 403);
    let stranger =
        site.signed_in(&world.council.admin).await.get(&world.council.path(&format!("pay/grades/{grade}"))).await;
    assert_eq!(stranger.status, 404);
}

#[tokio::test]
async fn an_award_is_taken_in_although_nobody_said_how_long_a_week_is() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let sql =
        "insert into grade (employer_id, pay_scheme, name, position, created_at) values ($1, 'Local', 'A', 0, now())";
    sqlx::query(sql).bind(trust.id).execute(&site.db).await.unwrap();
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path("pay")).await;
    let form = page.form("Look at the award");
    let form = form.attach("CSV file", "award.csv", b"grade,annual_gbp,effective_from\nA,30000,2026-04-01\n");
    let page = admin.submit_and_follow(form).await;
    page.assert_text("£30,000");
}

#[tokio::test]
async fn issuing_sets_the_next_review_where_nobody_did() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    site.db_grades(trust).await;
    let first = site.db_issued(trust, &trust.first, "Nurse", "Band 4").await;
    let sql = "update profile set review_date = null where employer_id = $1";
    sqlx::query(sql).bind(trust.id).execute(&site.db).await.unwrap();
    let mut admin = site.signed_in(&trust.admin).await;
    let form = admin.open(&trust.path("reviews/settings")).await.form("Save");
    let odd = admin.submit(form.clone().fill("review_months", "121")).await;
    assert_eq!(odd.problems(), ["Type a whole number from 0 to 120"]);
    admin.submit_and_follow(form.fill("review_months", "18")).await;

    let draft = site.db_next_draft(trust, &trust.first, &first).await;
    let at = trust.path(&draft.path());
    let mut author = site.signed_in(&trust.first.team.author).await;
    let said = "issuing it sets one, 18 months later: 15 July 2027 if it is in force from 15 January 2026.";
    author.open(&format!("{at}/submit")).await.assert_text(said);
    site.db_approve(trust, &trust.first, draft.id).await;
    let page = author.open(&format!("{at}/issue")).await;
    page.assert_text(said);
    author.submit_and_follow(page.form("Issue it")).await;
    let profile = format!("profiles/JP-{:04}", draft.profile_number);
    author.open(&trust.path(&profile)).await.assert_text("Review date 15 July 2027");

    // A day that is still to come stays.
    let next = site.db_next_draft(trust, &trust.first, &draft).await;
    let page = author.open(&format!("{}/submit", trust.path(&next.path()))).await;
    page.assert_text("Its next review is due on 15 July 2027.");
    site.db_approve(trust, &trust.first, next.id).await;
    let page = author.open(&format!("{}/issue", trust.path(&next.path()))).await;
    author.submit_and_follow(page.form("Issue it").fill("In force from", "2026-01-15")).await;
    author.open(&trust.path(&profile)).await.assert_text("Review date 15 July 2027");
}
