//! The library: made, proposed, approved by somebody else, compared, found again.

use rolebook::domain::clause::{Holds, in_force};
use time::macros::date;
use time::{Date, Duration};

use crate::support::site::Site;

#[tokio::test]
async fn a_text_holds_when_a_second_person_has_approved_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let mut author = site.signed_in(&trust.whole.author).await;
    let page = author.open(&trust.path("clauses")).await;
    page.assert_text("No clause is like that.");
    let page = author.follow_link(&page, "Add a clause").await;
    let empty = author.submit(page.form("Add and propose it").fill("What is new, and why", "")).await;
    assert_eq!(
        empty.problems(),
        [
            "Give the clause a name, such as “Safeguarding”",
            "Write the text of the clause",
            "Say what is new and why: whoever approves it reads this"
        ]
    );
    let form = page.form("Add and propose it").fill("Name", "Lone working").fill("Heading", "Lone working");
    let form = form.fill("Text", "You tell the office where you are.").tick("Every post");
    let page = author.submit_and_follow(form.clone()).await;
    assert_eq!(page.flash(), "Added. Its text holds as soon as a second person has approved it.");
    page.assert_text("You proposed it, so somebody else has to approve it.");
    assert!(!page.has_button("Approve this text"));
    let own = author.submit_and_follow(page.form("Take it back").forge("decision", "approve")).await;
    assert_eq!(own.flash(), "You proposed this text, so somebody else has to approve it");
    let twice = author.submit(form).await;
    assert_eq!(twice.problems(), ["There is a clause of that name: change it, or choose another name"]);

    let mut admin = site.signed_in(&trust.admin).await;
    let list = admin.open(&trust.path("clauses")).await;
    list.assert_text("New text waits for approval");
    let page = admin.follow_link(&list, "Lone working").await;
    let page = admin.submit_and_follow(page.form("Approve this text")).await;
    page.assert_text("Text 1: In force");
    let again = admin.get(&trust.path("clauses.csv")).await;
    assert!(again.html().contains("You tell the office where you are."));
}

#[tokio::test]
async fn a_later_text_waits_for_its_day_in_london_and_the_texts_compare() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let id = super::db_clause(&site, trust, "Smoking", "Smoking is allowed outside.", &["always"]).await;
    let mut author = site.signed_in(&trust.whole.author).await;
    let at = trust.path(&format!("clauses/{id}"));
    let page = author.open(&format!("{at}/propose")).await;
    let same = author.submit(page.form("Propose it").fill("What is new, and why", "Nothing")).await;
    assert_eq!(same.problems(), ["This is the text that holds already: change it, or give a last day"]);
    let tomorrow = site.app.clock.today().next_day().unwrap();
    let form = page.form("Propose it").fill("Text", "Smoking is allowed nowhere.").fill("What is new, and why", "Law");
    let late = author.submit(form.clone().fill("Holds from", "2020-01-01")).await;
    assert_eq!(late.problems(), ["It can’t hold from a day that has passed"]);
    let form = form.fill("Holds from", &tomorrow.to_string());
    author.submit_and_follow(form.clone()).await;
    let again = author.submit_and_follow(form).await;
    assert_eq!(again.flash(), "That text is proposed already");

    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&at).await;
    let page = admin.submit_and_follow(page.form("Approve this text")).await;
    page.assert_text("Text 2: Approved");
    page.assert_text("Text 1: In force");
    // The day begins at midnight in London, whatever the date elsewhere.
    site.pass(rolebook::clock::start_of_day(tomorrow) - site.app.clock.now() - time::Duration::SECOND);
    let mut admin = site.signed_in(&trust.admin).await;
    admin.open(&at).await.assert_text("Text 1: In force");
    site.pass(time::Duration::SECOND);
    let page = admin.open(&at).await;
    page.assert_text("Text 2: In force");
    page.assert_text("Text 1: Earlier");
    let compared = admin.follow_link(&page, "Compare with the one before text 2").await;
    compared.assert_text("[removed: outside.]");
    compared.assert_text("[added: nowhere.]");
}

/// The database and `domain::clause` agree on the text of each day, whatever editions there are: what is rendered is read
/// by the one, what a person is told by the other.
#[tokio::test]
async fn the_text_of_a_day_is_the_same_in_the_database_and_in_the_domain() {
    let site = Site::new().await;
    let world = site.world().await;
    let first = date!(2026 - 01 - 01);
    // Numbers that wander through all combinations; no chance, so that a failure comes again.
    let mut at = 7_u32;
    let mut below = |most: u32| {
        at = at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (at >> 8) % most
    };
    for n in 0..40 {
        let sql = "insert into clause (employer_id, name, changed_at) values ($1, $2, now()) returning id";
        let clause: i64 =
            sqlx::query_scalar(sql).bind(world.trust.id).bind(format!("Chance {n}")).fetch_one(&site.db).await.unwrap();
        let mut all = Vec::new();
        for number in 1..=below(5) as i32 {
            let from = first + Duration::days(i64::from(below(12)));
            let until = (below(3) == 0).then(|| from + Duration::days(i64::from(below(6))));
            all.push(Holds { number, from, until });
            let sql =
                "insert into clause_edition (employer_id, clause_id, number, text, effective_from, expires_on, starter,
                proposed_at, approved_at) values ($1, $2, $3, 'Words.', $4, $5, true, now(), now())";
            let insert = sqlx::query(sql).bind(world.trust.id).bind(clause).bind(number).bind(from).bind(until);
            insert.execute(&site.db).await.unwrap();
        }
        for day in -1..20 {
            let today = first + Duration::days(day);
            let sql = "select number, expires_on from clause_of_day($1, $2, $3)";
            let told: Option<(i32, Option<Date>)> = sqlx::query_as(sql)
                .bind(world.trust.id)
                .bind(clause)
                .bind(today)
                .fetch_optional(&site.db)
                .await
                .unwrap();
            let expected = in_force(&all, today).map(|now| (now.number, now.until));
            assert_eq!(told, expected, "clause {n} on {today}: {all:?}");
        }
    }
}
