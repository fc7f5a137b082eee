//! A document that comes back from Word as the next version of a profile: lines keep their identity.

use std::collections::BTreeMap;

use super::{LIBRARY, db_issue, db_items, library, new_profile, report};
use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

/// The document as it came back: a duty reworded, one new, one gone, a criterion changed, no hours any more.
fn edited() -> String {
    LIBRARY
        .replace("Hours: 37 hours per week\n", "")
        .replace("by telephone and in person", "by telephone, by e-mail and in person")
        .replace("3. Shelve returned books each morning.", "3. Order new books from the suppliers.")
}

/// A library where the document is in force already.
async fn in_force() -> (Site, World, Browser) {
    let (site, world) = library().await;
    let team = &world.trust.first.team;
    let mut browser = site.signed_in(&team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    new_profile(&mut browser, &page, &world.trust.first.name).await;
    db_issue(&site, 1, &team.author, &team.manager).await;
    (site, world, browser)
}

async fn matched(browser: &mut Browser, world: &World, text: &str) -> Page {
    let page = report(browser, &world.trust, "library v2.txt", text).await;
    let form = page.form("Match it line by line").choose("Job profile", "JP-0001 Library Assistant");
    let page = browser.submit_and_follow(form).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page
}

/// The identity of each text in a version.
async fn db_by_text(site: &Site, version: i32) -> BTreeMap<String, i64> {
    db_items(site, version).await.into_iter().map(|(id, _, text)| (text, id)).collect()
}

#[tokio::test]
async fn lines_that_go_on_keep_their_identity() {
    let (site, world, mut browser) = in_force().await;
    let page = matched(&mut browser, &world, &edited()).await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    assert_eq!(page.heading(), "Match library v2.txt with JP-0001");
    let counts = page.find(".rb-counts li");
    assert_eq!(counts[1..], ["1 reworded", "1 new", "1 no longer there"]);
    page.assert_text("so they stay as they are in force: hours.");
    page.assert_text("Duty · 86 % alike");
    page.assert_text("Shelve returned books each morning.");

    let made = browser.submit_and_follow(page.form("Make the draft")).await;
    assert_eq!(made.path, world.trust.path("profiles/JP-0001/versions/2/edit"));
    made.assert_text("1 new, 1 no longer there");
    let (old, new) = (db_by_text(&site, 1).await, db_by_text(&site, 2).await);
    let issue = "Issue and take back books at the desk.";
    assert_eq!(new[issue], old[issue], "the same words");
    let reworded = new["Answer questions from visitors by telephone, by e-mail and in person."];
    assert_eq!(reworded, old["Answer questions from visitors by telephone and in person."], "reworded");
    let added = new["Order new books from the suppliers."];
    assert!(!old.values().any(|id| *id == added), "new");
    let sections: Vec<(i64, i64)> = sqlx::query_as(
        "select o.section_id, n.section_id from section o join version ov on ov.id = o.version_id and ov.number = 1
        join section n on n.kind = o.kind and n.heading = o.heading
        join version nv on nv.id = n.version_id and nv.number = 2",
    )
    .fetch_all(&site.db)
    .await
    .unwrap();
    assert!(sections.len() == 3 && sections.iter().all(|(old, new)| old == new), "{sections:?}");
    let hours: String =
        sqlx::query_scalar("select hours from version where number = 2").fetch_one(&site.db).await.unwrap();
    assert_eq!(hours, "37 hours per week");
}

#[tokio::test]
async fn a_person_corrects_what_was_proposed() {
    let (site, world, mut browser) = in_force().await;
    let page = matched(&mut browser, &world, &edited()).await;
    let new_line = "Goes on from: Order new books from the suppliers.";
    let form = page.form("Make the draft");
    assert!(
        form.options(new_line).contains(&"Shelve returned books each morning.".to_owned()),
        "{:?}",
        form.options(new_line)
    );
    let form = form
        .choose(new_line, "Shelve returned books each morning.")
        .choose("Goes on from: Issue and take back books at the desk.", "None: it is new");
    browser.submit_and_follow(form).await;
    let (old, new) = (db_by_text(&site, 1).await, db_by_text(&site, 2).await);
    assert_eq!(new["Order new books from the suppliers."], old["Shelve returned books each morning."]);
    assert_ne!(new["Issue and take back books at the desk."], old["Issue and take back books at the desk."]);
}

#[tokio::test]
async fn an_earlier_line_goes_on_once() {
    let (site, world, mut browser) = in_force().await;
    let page = matched(&mut browser, &world, &edited()).await;
    let issue = "Issue and take back books at the desk.";
    let form = page.form("Make the draft").choose("Goes on from: Order new books from the suppliers.", issue);
    let again = browser.submit(form).await;
    assert_eq!(again.status, 422);
    assert_eq!(again.problems(), ["This earlier line is chosen for another line too: choose it once"]);
    assert_eq!(again.form("Make the draft").options("Goes on from: Order new books from the suppliers.")[1], issue);
    let form = page.form("Make the draft");
    let (line, _) = form.fields().into_iter().find(|(name, _)| name.starts_with("line-")).unwrap();
    let again = browser.submit(form.forge(&line, "999999")).await;
    assert_eq!((again.status, again.problems().len()), (422, 1));
    let drafts: i64 =
        sqlx::query_scalar("select count(*) from version where number > 1").fetch_one(&site.db).await.unwrap();
    assert_eq!(drafts, 0);
}

#[tokio::test]
async fn an_unchanged_document_changes_nothing() {
    let (site, world, mut browser) = in_force().await;
    let page = matched(&mut browser, &world, LIBRARY).await;
    page.assert_text("Every line has the same words as a line in force.");
    browser.submit_and_follow(page.form("Make the draft")).await;
    assert_eq!(db_items(&site, 1).await, db_items(&site, 2).await);
}

#[tokio::test]
async fn two_clicks_and_two_people_make_one_draft() {
    let (site, world, mut browser) = in_force().await;
    let page = matched(&mut browser, &world, &edited()).await;
    let form = page.form("Make the draft");
    let mut other = browser.clone();
    let (one, two) = tokio::join!(browser.submit(form.clone()), other.submit(form));
    assert_eq!((one.status, two.status), (303, 303));
    let drafts: i64 =
        sqlx::query_scalar("select count(*) from version where number > 1").fetch_one(&site.db).await.unwrap();
    assert_eq!(drafts, 1);

    // Another document for the same profile, matched before the first draft was there.
    let late = report(&mut browser, &world.trust, "third.txt", &edited()).await;
    assert_eq!(late.form("Match it line by line").options("Job profile"), ["Choose a job profile"]);
    let page = browser.get(&format!("{}/match?profile=JP-0001", late.path)).await;
    let refused = browser.submit_and_follow(page.form("Make the draft")).await;
    assert!(refused.flash().contains("There is an open version already"), "{}", refused.flash());
}

#[tokio::test]
async fn a_profile_out_of_reach_is_no_choice() {
    let (site, world, mut browser) = in_force().await;
    let page = report(&mut browser, &world.trust, "v2.txt", &edited()).await;
    for reference in ["", "JP-0099", "nonsense"] {
        let again = browser.get(&format!("{}/match?profile={reference}", page.path)).await;
        assert_eq!(again.status, 422, "{reference}");
        assert_eq!(again.problems(), ["Choose a job profile that has a version in force"]);
    }
    let mut other = site.signed_in(&world.trust.second.team.author).await;
    let page = report(&mut other, &world.trust, "v2.txt", &edited()).await;
    assert_eq!(other.get(&format!("{}/match?profile=JP-0001", page.path)).await.status, 422);
}

/// The library's document with so many duties.
fn with_duties(number: usize) -> String {
    let duties: Vec<String> =
        (1..=number).map(|n| format!("{n}. Look after shelf number {n} of the library.")).collect();
    LIBRARY.replace("1. Issue and take back books at the desk.", &duties.join("\n"))
}

#[tokio::test]
async fn two_hundred_lines_cost_no_more_statements_than_ten() {
    let mut costs = Vec::new();
    for duties in [6, 196] {
        let (site, world) = library().await;
        let team = &world.trust.first.team;
        let mut browser = site.signed_in(&team.author).await;
        let page = report(&mut browser, &world.trust, "one.txt", &with_duties(duties)).await;
        let mut cost = vec![browser.statements()];
        new_profile(&mut browser, &page, &world.trust.first.name).await;
        cost.push(browser.statements());
        db_issue(&site, 1, &team.author, &team.manager).await;
        let page = matched(&mut browser, &world, &with_duties(duties + 1)).await;
        cost.push(browser.statements());
        browser.submit(page.form("Make the draft")).await;
        cost.push(browser.statements());
        assert!(db_items(&site, 2).await.len() > duties);
        costs.push(cost);
    }
    assert_eq!(costs[0], costs[1]);
    assert!(costs[0][0] <= 4 && costs[0][2] <= 4, "{costs:?}");
}
