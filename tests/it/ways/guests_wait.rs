//! Guests who do not answer at once: the change in words, reminders with a link that works, and their place on the board.

use rolebook::jobs::reviews;
use time::Duration;

use super::{Wanted, make_route, send_on_its_way};
use crate::support::author::draft;
use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::site::Site;

const JO: &str = "jo@union.example";
const GUEST: [Wanted<'static>; 2] = [
    ("agree", "guest", "1", &[("guest_name", "Jo Branch"), ("guest_email", JO), ("days", "5")]),
    ("approve", "unit_manager", "2", &[]),
];

async fn enter(site: &Site, link: &str) -> (Browser, Page) {
    let mut guest = site.browser();
    let first = guest.open(link).await;
    let page = guest.submit_and_follow(first.form("Send me a code")).await;
    let mail = site.db_last_mail(JO).await;
    let code: String = mail.body.split("code is ").nth(1).unwrap().chars().take(6).collect();
    let page = guest.submit_and_follow(page.form("Go on").fill("Code", &code)).await;
    (guest, page)
}

#[tokio::test]
async fn a_guest_is_reminded_with_a_link_that_works_and_stands_on_the_board() {
    let site = Site::new().await;
    let world = site.world().await;
    make_route(&site, &world, false, &GUEST).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let board = author.open(&world.trust.path("reviews")).await;
    board.assert_text("1 version is in review");
    board.assert_text("Jo Branch (guest)");
    board.assert_text("due by Thursday 22 January");
    let file = author.get(&world.trust.path("reviews.csv")).await.text();
    assert!(file.contains("Jo Branch (guest)") && file.contains("2026-01-22"), "{file}");
    // Asked on Thursday 15 January for five working days.
    let other = site.second_server().await;
    let mut said = Vec::new();
    let mut before = site.db_mail(JO).await.len();
    for day in 0..16 {
        let (one, two) = tokio::join!(reviews::remind(&site.app), reviews::remind(&other));
        assert!(one.unwrap() + two.unwrap() <= 2);
        assert_eq!(reviews::remind(&site.app).await.unwrap(), 0, "nothing twice");
        let mail = site.db_mail(JO).await;
        said.extend(mail[before..].iter().map(|mail| (day, mail.subject.clone())));
        before = mail.len();
        site.pass(Duration::days(1));
    }
    let subject = |due: &str| format!("Reminder, to agree: Stores assistant, {due}");
    let expected =
        [(5, subject("due by Thursday 22 January")), (7, subject("due today")), (14, subject("5 working days late"))];
    assert_eq!(said, expected);
    let told = site.db_last_mail(&world.trust.admin.email).await;
    assert_eq!(told.subject, "Waits too long: Stores assistant, 5 working days late");
    assert!(told.body.contains("Jo Branch (guest)") && told.link("/staff/").ends_with("/review"), "{}", told.body);

    let (actor, facts): (String, String) =
        sqlx::query_as("select actor, facts::text from audit where action = 'escalate_guest'")
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!(actor, "The system (reviews)");
    assert!(facts.contains("Jo Branch") && facts.contains("5 working days late"), "{facts}");

    let mails = site.db_mail(JO).await;
    let (first, last) = (mails[0].link("/guest/"), mails.last().unwrap().link("/guest/"));
    assert_ne!(first, last);
    let (mut guest, page) = enter(&site, &last).await;
    page.assert_text("Leads the team.");
    assert!(guest.open(&first).await.has_text("Leads the team."), "the first link leads there too");
    let done = guest.submit(page.form("Agree to it")).await;
    done.assert_text("Nothing more is needed of you.");
    for link in [first, last] {
        assert_eq!(guest.get(&link).await.status, 410);
    }
    // Signed in anew: the session of two weeks ago has ended.
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let board = author.open(&world.trust.path("reviews")).await;
    assert!(!board.has_text("Jo Branch"), "nothing waits for them any more");
    // What they took counts as that of a group of their own: from 15 January to 31 January, a Saturday.
    let groups = board.find("table:nth-of-type(2) tbody tr");
    assert!(groups.iter().any(|row| row.starts_with("Guests") && row.contains("11 days")), "{groups:?}");
}

#[tokio::test]
async fn a_guest_reads_what_changed_in_words_and_nothing_that_staff_said() {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    let issued = site.db_issued(trust, unit, "Nurse", "Band 4").await;
    let draft = site.db_next_draft(trust, unit, &issued).await;
    make_route(&site, &world, false, &GUEST).await;
    let mut author = site.signed_in(&unit.team.author).await;
    let path = trust.path(&draft.path());
    let said = [("about", "version"), ("text", "Between ourselves.")];
    assert_eq!(author.post(&format!("{path}/comments"), &said).await.status, 303);
    sqlx::query("update version set hours = '30' where id = $1").bind(draft.id.0).execute(&site.db).await.unwrap();
    send_on_its_way(&mut author, &path).await;
    let (mut guest, page) = enter(&site, &site.db_last_mail(JO).await.link("/guest/")).await;
    page.assert_text("What changed since version 1");
    page.assert_text("Details that changed");
    page.assert_no_text("Between ourselves.");
    assert!(!page.links().iter().any(|(_, href)| href.starts_with("/staff/")), "{:?}", page.links());
    guest.get(&page.path).await;
    assert!(guest.statements() <= 4, "{:?}", guest.statement_list());
}
