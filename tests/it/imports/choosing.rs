//! Choosing on the report: places for lines that found none, and corrections; the draft is made so.

use super::{db_items, library, new_profile, report};

/// A block printed twice, an apostrophe lost, a merge code and a note to the editor left behind.
const LEFTOVERS: &str = "JOB DESCRIPTION

Job title: Library Assistant

Main duties

1. Issue and take back books at the desk, which is open every day of the week but Sunday.
2. Answer questions from visitors by telephone and in person, and dont leave anybody waiting.
3. Shelve returned books each morning before the doors are opened to the visitors.
4. Keep the newspapers in order [insert more].

ACCOUNTABILITYMERGE05ORGANISATION

The assistant works in a team of five.

Main duties

1. Issue and take back books at the desk, which is open every day of the week but Sunday.
2. Answer questions from visitors by telephone and in person, and dont leave anybody waiting.
3. Shelve returned books each morning before the doors are opened to the visitors.

Person specification

Essential
- Good English
";

#[tokio::test]
async fn places_and_corrections_are_in_the_draft() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LEFTOVERS).await;
    let places =
        page.form("Save these choices").options("Place for: Shelve returned books each morning before the doors");
    assert!(places.contains(&"Duty in “Main duties”".to_owned()), "{places:?}");
    assert!(places.contains(&"Desirable criterion in “Person specification”".to_owned()), "{places:?}");
    let form = page
        .form("Save these choices")
        .choose("Place for: Shelve returned books each morning before the doors", "Duty in “Main duties”")
        .tick("Change it to: don’t")
        .tick("Take it out");
    let saved = browser.submit(form.clone()).await;
    assert!(browser.statements() <= 8, "{:?}", browser.statement_list());
    let page = browser.follow(saved).await;
    assert_eq!(page.flash(), "1 more line has a place now, and 2 corrections are taken. The draft will be made so.");
    page.assert_text("and don’t leave anybody waiting");

    // The form of before names a state that is over: what was chosen stays.
    let stale = browser.submit(form.untick("Take it out")).await;
    let page = browser.follow(stale).await;
    page.assert_text("Something was chosen here in another window meanwhile");
    page.assert_no_text("order [insert more]. Duty");

    new_profile(&mut browser, &page, &world.trust.first.name).await;
    let texts: Vec<String> = db_items(&site, 1).await.into_iter().map(|(_, _, text)| text).collect();
    let shelving = texts.iter().filter(|text| text.starts_with("Shelve returned")).count();
    assert_eq!(shelving, 2, "{texts:#?}");
    assert!(texts.iter().any(|text| text.contains("don’t leave")), "{texts:#?}");
    assert!(texts.iter().any(|text| text == "Keep the newspapers in order."), "{texts:#?}");
    let page = browser.get(&page.path).await;
    assert!(!page.has_button("Save these choices"), "what became a draft is changed there");
}

#[tokio::test]
async fn every_correction_is_taken_at_once_and_forged_places_are_none() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LEFTOVERS).await;
    let form = page.form("Save, with every correction").forge("place-1", "duty-99").forge("correction", "77");
    let saved = browser.submit(form).await;
    let page = browser.follow(saved).await;
    assert_eq!(page.flash(), "0 more lines have a place now, and 3 corrections are taken. The draft will be made so.");
    page.assert_text("ACCOUNTABILITY AND ORGANISATION");
    let kept: serde_json::Value = sqlx::query_scalar("select extract from document").fetch_one(&site.db).await.unwrap();
    assert!(kept.to_string().contains("ACCOUNTABILITYMERGE05ORGANISATION"), "what was read stays as it was read");
}

#[tokio::test]
async fn what_was_chosen_and_not_saved_is_in_the_draft_too() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LEFTOVERS).await;
    let form = page
        .form("Make the job profile")
        .choose("Place for: Shelve returned books each morning before the doors", "Duty in “Main duties”")
        .tick("Take it out");
    // Without a unit there is no profile yet, but the choices are kept.
    let again = browser.submit(form.clone()).await;
    assert_eq!((again.status, again.problems()), (422, vec!["Choose the unit that the job belongs to".to_owned()]));
    let form = again.form("Make the job profile");
    let place = form.value("Place for: Shelve returned books each morning before the doors").to_owned();
    assert!(place.starts_with("duty-"), "{place}");
    let made = browser.submit(form.choose("Unit", &world.trust.first.name)).await;
    assert_eq!(made.status, 303);
    let texts: Vec<String> = db_items(&site, 1).await.into_iter().map(|(_, _, text)| text).collect();
    assert_eq!(texts.iter().filter(|text| text.starts_with("Shelve returned")).count(), 2, "{texts:#?}");
    assert!(texts.iter().any(|text| text == "Keep the newspapers in order."), "{texts:#?}");
}
