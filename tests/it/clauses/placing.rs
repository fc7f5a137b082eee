//! Clauses in a draft: eight answers place them, their text is that of the day, other words need a reason.

use rolebook::domain::version::StateName;

use super::{db_clause, db_next_text};
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::editor::Editor;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::people::Employer;
use crate::support::site::Site;

const NO: [&str; 8] = ["patients", "children", "adults", "drives", "public", "budget", "on_call", "political"];

/// Sends the questions with those answered yes, and gives the page that says what follows.
async fn answered(browser: &mut Browser, at: &str, yes: &[&str]) -> Page {
    let query: Vec<String> =
        NO.iter().map(|one| format!("{one}={}", if yes.contains(one) { "yes" } else { "no" })).collect();
    browser.open(&format!("{at}/clauses/plan?{}", query.join("&"))).await
}

async fn library(site: &Site, trust: &Employer) -> i64 {
    db_clause(site, trust, "Right to work", "We check the right to work.", &["always"]).await;
    db_clause(site, trust, "DBS: standard", "A standard check.", &["check_standard"]).await;
    db_clause(site, trust, "DBS: basic", "A basic check at most.", &["check_basic"]).await;
    db_clause(site, trust, "Driving", "You drive.", &["drives"]).await
}

#[tokio::test]
async fn eight_answers_place_the_right_clauses_and_take_the_wrong_ones_out() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    library(&site, trust).await;
    let begun = Desk::new(&site, trust).whole_draft(&team.author, &trust.first, "Ward clerk").await;
    let at = trust.path("profiles/JP-0001/versions/1");
    let mut author = site.signed_in(&team.author).await;
    let page = author.open(&format!("{at}/clauses")).await;
    page.assert_text("Does the person drive for the job, beside travelling to work?");
    let bare = author.submit(page.form("See what follows")).await;
    assert_eq!(bare.problems().len(), 8, "every question wants an answer: {:?}", bare.problems());

    let plan = answered(&mut author, &at, &["drives"]).await;
    plan.assert_text("DBS check: Basic, at most");
    plan.assert_text("Come into the draft DBS: basic");
    let content = Desk::new(&site, trust).content(begun.version).await;
    assert!(!content.all_items().iter().any(|item| item.text == "You drive."), "looking changes nothing");
    let form = plan.form("Use these clauses");
    let page = author.submit_and_follow(form.clone()).await;
    page.assert_text("3 clauses placed, none taken out");
    page.assert_text("You drive.");
    let again = author.submit_and_follow(form).await;
    again.assert_no_text("There is a problem");
    let drives = |content: &rolebook::domain::content::Content| {
        content.all_items().iter().filter(|item| item.text == "You drive.").count()
    };
    assert_eq!(drives(&Desk::new(&site, trust).content(begun.version).await), 1, "a second click places nothing twice");

    let plan = answered(&mut author, &at, &["patients"]).await;
    plan.assert_text("DBS check: Standard");
    plan.assert_text("Go out of the draft DBS: basic Driving");
    let page = author.submit_and_follow(plan.form("Use these clauses")).await;
    page.assert_text("1 clause placed, 2 taken out");
    page.assert_no_text("You drive.");
    page.assert_text("Everybody keeps people safe.");
    let page = author.submit_and_follow(page.form("Undo")).await;
    page.assert_text("You drive.");
    let kept = author.open(&format!("{at}/clauses")).await.form("See what follows");
    assert!(kept.fields().contains(&("patients".into(), "yes".into())), "{:?}", kept.fields());
}

#[tokio::test]
async fn a_draft_shows_the_text_of_the_day_and_what_was_sent_keeps_its_own() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let clause = library(&site, trust).await;
    let desk = Desk::new(&site, trust);
    let begun = desk.whole_draft(&team.author, &trust.first, "Driver").await;
    let at = trust.path("profiles/JP-0001/versions/1");
    let mut author = site.signed_in(&team.author).await;
    let plan = answered(&mut author, &at, &["drives"]).await;
    author.submit_and_follow(plan.form("Use these clauses")).await;
    let tomorrow = site.app.clock.today().next_day().unwrap();
    db_next_text(&site, trust, clause, "You drive with care.", tomorrow).await;
    author.open(&at).await.assert_text("You drive.");
    site.pass(rolebook::clock::start_of_day(tomorrow) - site.app.clock.now() - time::Duration::SECOND);
    let mut author = site.signed_in(&team.author).await;
    author.open(&at).await.assert_text("You drive.");
    site.pass(time::Duration::SECOND);
    author.open(&at).await.assert_text("You drive with care.");

    let page = author.open(&format!("{at}/submit")).await;
    let form = page.form("Send for review").forge("note", "New.").forge("kind", "minor").forge("affects_grade", "no");
    let sent = author.submit_and_follow(form.forge("approver", &team.manager.membership.unwrap().to_string())).await;
    assert_eq!(desk.version(begun.version).await.state.name(), StateName::InReview, "{}", sent.text());
    let next = site.app.clock.today().next_day().unwrap();
    db_next_text(&site, trust, clause, "You never drive.", next).await;
    site.pass(time::Duration::days(2));
    let mut author = site.signed_in(&team.author).await;
    author.open(&at).await.assert_text("You drive with care.");
    let pinned = desk.content(begun.version).await;
    assert!(pinned.all_items().iter().any(|item| item.text == "You drive with care."), "rows hold what was sent");
}

#[tokio::test]
async fn other_words_need_a_reason_that_the_approver_sees_with_the_difference() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    library(&site, trust).await;
    let desk = Desk::new(&site, trust);
    let begun = desk.whole_draft(&team.author, &trust.first, "Driver").await;
    let at = trust.path("profiles/JP-0001/versions/1");
    let mut author = site.signed_in(&team.author).await;
    let plan = answered(&mut author, &at, &["drives"]).await;
    author.submit_and_follow(plan.form("Use these clauses")).await;
    let mut mine = Editor::new(author, at.clone());
    let form = mine.change("Driving You drive.").await.fill("Text of the clause", "You drive a bus.");
    let bare = mine.browser.submit(form.clone()).await;
    assert_eq!(bare.problems(), ["Say why the words differ from the standard clause: whoever approves it reads this"]);
    let why = |form: Form| form.fill("Why the words differ from the standard clause", "It is a bus.");
    mine.browser.submit_and_follow(why(form)).await;
    mine.page().await.assert_text("Standard clause with words of its own: It is a bus.");

    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    let mut manager = site.signed_in(&team.manager).await;
    let sql = "select id from task where version_id = $1";
    let task: i64 = sqlx::query_scalar(sql).bind(begun.version.0).fetch_one(&site.db).await.unwrap();
    let page = manager.open(&trust.path(&format!("tasks/{task}"))).await;
    page.assert_text("Why it differs: It is a bus.");
    page.assert_text("You [removed: drive.][added: drive a bus.]");
    desk.recall(begun.version, &team.author).await.unwrap();
    mine.press("Use the standard text again", "Driving You drive a bus.").await.assert_text("You drive.");
    assert!(!mine.page().await.has_text("It is a bus."));
}

#[tokio::test]
async fn an_expired_clause_stands_in_the_way() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let clause = library(&site, trust).await;
    Desk::new(&site, trust).whole_draft(&team.author, &trust.first, "Driver").await;
    let at = trust.path("profiles/JP-0001/versions/1");
    let mut author = site.signed_in(&team.author).await;
    let plan = answered(&mut author, &at, &["drives"]).await;
    author.submit_and_follow(plan.form("Use these clauses")).await;
    author.open(&format!("{at}/submit")).await.assert_no_text("stopped holding");
    let today = site.app.clock.today();
    db_next_text(&site, trust, clause, "You drive for now.", today).await;
    // Nothing but a test could change an approved text's last day.
    let mut end = site.db.begin().await.unwrap();
    sqlx::query("alter table clause_edition disable trigger kept").execute(&mut *end).await.unwrap();
    sqlx::query("update clause_edition set expires_on = $2 where clause_id = $1 and number = 2")
        .bind(clause)
        .bind(today)
        .execute(&mut *end)
        .await
        .unwrap();
    sqlx::query("alter table clause_edition enable trigger kept").execute(&mut *end).await.unwrap();
    end.commit().await.unwrap();
    author.open(&format!("{at}/submit")).await.assert_no_text("stopped holding");
    site.pass(time::Duration::DAY);
    let mut author = site.signed_in(&team.author).await;
    let page = author.open(&format!("{at}/submit")).await;
    page.assert_text("The standard clause “Driving” stopped holding on");
}
