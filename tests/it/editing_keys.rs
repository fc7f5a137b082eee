//! Forms that are sent twice, late or out of turn: the work is done once, and what is newer stands.

use crate::support::author::draft;
use crate::support::editor::{Editor, item};
use crate::support::form::Form;
use crate::support::site::Site;

/// The first author's editor of a whole draft.
async fn editor(site: &Site) -> Editor {
    let world = site.world().await;
    let (path, browser) = draft(site, &world).await;
    Editor::new(browser, path)
}

/// The save with that number from the page that the form stood on, as script counts them.
fn nth(form: &Form, nth: u32) -> Form {
    let key = form.value("key").to_owned();
    form.clone().forge("key", &format!("{key}-{nth}"))
}

async fn edits(site: &Site) -> i64 {
    sqlx::query_scalar("select count(*) from content_edit where action <> 'import'").fetch_one(&site.db).await.unwrap()
}

#[tokio::test]
async fn an_act_that_comes_again_is_answered_as_before_and_does_nothing() {
    let site = Site::new().await;
    let mut editor = editor(&site).await;
    let page = editor.page().await;
    let id = item(&page, "Leads the team.");
    let add =
        editor.browser.follow_link(&page, "Add a duty to Main duties").await.form("Add it").fill("Duty", "Opens up");
    let move_down =
        page.form(&page.find(&format!("#item-{id} button")).into_iter().find(|b| b.starts_with("Move")).unwrap());
    let delete = page.form(&page.find("button").into_iter().find(|b| b.starts_with("Delete paragraph 3")).unwrap());
    let section = page.form("Add the section").choose("What it holds", "terms");
    let rename = editor.browser.follow_link(&page, "Change heading Main duties").await.form("Save the heading");
    let rename = rename.fill("section_heading", "What you do");
    let mut forms = vec![add, move_down, delete, section, rename];
    for form in forms.clone() {
        let before = edits(&site).await;
        let first = editor.browser.submit(form.clone()).await;
        let flash = editor.browser.follow(first.clone()).await.flash();
        assert_eq!((first.status, edits(&site).await), (303, before + 1), "{}", form.action);
        let again = editor.browser.submit(form.clone()).await;
        assert_eq!(again.location, first.location, "{}", form.action);
        assert_eq!(editor.browser.follow(again).await.flash(), flash, "{}", form.action);
        assert_eq!(edits(&site).await, before + 1, "{}: done again", form.action);
    }
    forms.reverse();
    let before = (edits(&site).await, editor.page().await.main_text());
    for form in forms {
        editor.browser.submit_and_follow(form).await;
    }
    assert_eq!((edits(&site).await, editor.page().await.main_text()), before, "late, and in another order");
    let put_back = editor.page().await.form("Put it back");
    for flash in ["Put back", "Put back"] {
        assert_eq!(editor.browser.submit_and_follow(put_back.clone()).await.flash(), flash);
    }
}

#[tokio::test]
async fn the_same_form_with_other_words_is_another_form() {
    let site = Site::new().await;
    let mut editor = editor(&site).await;
    let page = editor.page().await;
    let form = editor.browser.follow_link(&page, "Add a duty to Main duties").await.form("Add it");
    for text in ["Opens up", "Locks up", "Opens up"] {
        editor.browser.submit_and_follow(form.clone().fill("Duty", text)).await;
    }
    let lines = editor.lines("Main duties").await;
    assert_eq!(lines[lines.len() - 2..], ["Opens up", "Locks up"]);
}

#[tokio::test]
async fn a_save_whose_answer_was_lost_is_gone_on_from() {
    let site = Site::new().await;
    let mut editor = editor(&site).await;
    let before = edits(&site).await;
    let form = editor.change("Leads the team.").await;
    let say = |text: &str| form.clone().fill("Duty", text);
    let first = editor.browser.send_by_script(nth(&say("Leads a"), 1)).await;
    assert_eq!((first.status, first.json()["revision"].as_i64()), (200, Some(2)));
    // The answer never arrived: the same again, then the next on the revision that the page still knows.
    let again = editor.browser.send_by_script(nth(&say("Leads a"), 1)).await;
    assert_eq!(again.json(), first.json());
    let next = editor.browser.send_by_script(nth(&say("Leads a team"), 2)).await;
    assert_eq!((next.status, next.json()["revision"].as_i64()), (200, Some(3)), "{}", next.html());
    let button = editor.browser.submit(nth(&say("Leads a team of six."), 3)).await;
    assert_eq!(button.status, 303);
    assert_eq!(edits(&site).await, before + 3);
    // What comes late from the same page finds newer words, and leaves them.
    for (n, text) in [(1, "Leads a"), (2, "Leads a team"), (2, "Leads something else")] {
        assert_eq!(editor.browser.send_by_script(nth(&say(text), n)).await.status, 200, "{text}");
    }
    assert!(editor.lines("Main duties").await.contains(&"Leads a team of six.".to_owned()));
    assert_eq!(edits(&site).await, before + 3);
}

#[tokio::test]
async fn a_second_page_of_the_same_person_is_no_older_save() {
    let site = Site::new().await;
    let mut editor = editor(&site).await;
    let one = editor.change("Leads the team.").await.fill("Duty", "Leads one team.");
    let other = editor.change("Leads the team.").await.fill("Duty", "Leads another team.");
    assert_eq!(editor.browser.send_by_script(nth(&one, 1)).await.status, 200);
    let conflict = editor.browser.send_by_script(nth(&other, 9)).await;
    assert_eq!((conflict.status, conflict.json()["conflict"].as_str()), (409, Some("changed")));
    // The revision is what protects: without a key it is a conflict all the same.
    let bare = other.forge("key", "");
    assert_eq!(editor.browser.submit(bare).await.status, 409);
}

#[tokio::test]
async fn what_was_put_back_is_not_what_an_old_form_was_made_on() {
    let site = Site::new().await;
    let mut editor = editor(&site).await;
    let old = editor.change("Leads the team.").await.fill("Duty", "Leads nobody.");
    editor.press("Delete", "Leads the team.").await;
    editor.put_back("Leads the team.").await;
    assert_eq!(editor.browser.submit(old).await.status, 409);
}

#[tokio::test]
async fn details_go_on_from_lost_answers_too() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut mine) = draft(&site, &world).await;
    let path = format!("{path}/details");
    let mut theirs = site.signed_in(&world.trust.whole.author).await;
    let form = mine.open(&path).await.form("Save the details");
    let their_form = theirs.open(&path).await.form("Save the details").fill("Location", "Ward 9");
    let say = |hours: &str| form.clone().fill("Hours", hours);
    theirs.submit_and_follow(their_form).await;
    let first = mine.send_by_script(nth(&say("30"), 1)).await;
    assert_eq!((first.status, first.json()["revision"].as_i64()), (200, Some(3)), "{}", first.html());
    assert_eq!(mine.send_by_script(nth(&say("30"), 1)).await.json(), first.json(), "the answer was lost");
    let next = mine.send_by_script(nth(&say("30 hours"), 2)).await;
    assert_eq!(next.status, 200, "one's own earlier save is nobody's conflict: {}", next.html());
    assert_eq!(mine.send_by_script(nth(&say("30"), 1)).await.status, 200);
    // With the answer in hand, what others wrote meanwhile stays theirs.
    let base = next.json()["base"].as_str().unwrap().to_owned();
    let revision = next.json()["revision"].to_string();
    let going_on = nth(&say("30 hours a week"), 3).forge("base", &base).forge("revision", &revision);
    assert_eq!(mine.send_by_script(going_on).await.status, 200);
    let stored: (String, String) =
        sqlx::query_as("select hours, location from version").fetch_one(&site.db).await.unwrap();
    assert_eq!(stored, ("30 hours a week".to_owned(), "Ward 9".to_owned()));
}

#[tokio::test]
async fn script_hears_which_forms_did_their_work() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, browser) = draft(&site, &world).await;
    let mut editor = Editor::new(browser, path.clone());
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads six.");
    let key = form.value("key").to_owned();
    editor.browser.send_by_script(nth(&form, 4)).await;
    let ask = format!("{path}/kept?key={key}-4&key={key}-5&key={key}");
    let answer = editor.browser.get(&ask).await;
    assert_eq!(answer.json()["done"], serde_json::json!([format!("{key}-4")]));
    let mut other = site.signed_in(&world.trust.whole.author).await;
    assert_eq!(other.get(&ask).await.json()["done"], serde_json::json!([]), "another's keys are nobody else's");
}
