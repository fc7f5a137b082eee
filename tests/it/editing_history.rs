//! What was done to a draft, step by step, and taking it back.

use crate::editing_acts::{editor, undo};
use crate::support::editor::item;
use crate::support::site::Site;

#[tokio::test]
async fn every_step_says_who_when_from_and_to_and_can_be_undone() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let before = editor.lines("Main duties").await;
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    editor.browser.submit_and_follow(form).await;
    editor.press("Move up", "Other duties of the grade.").await;
    editor.press("Delete", "Orders supplies.").await;
    let page = editor.browser.open(&format!("{}/changes", editor.path)).await;
    assert_eq!(page.heading(), "Changes to this draft");
    let steps = page.find(".rb-step__what");
    let expected = ["Deleted: Orders supplies.", "Moved: Other duties of the grade.", "Changed: Leads a team of six."];
    assert_eq!(steps[..3], expected);
    page.assert_text("Community N Author, 15 January 2026, 10:00am");
    page.assert_text("Leads [removed: the team.][added: a team of six.]");
    page.assert_text("Moved from Main duties, place 3 to Main duties, place 2");

    for step in expected {
        let page = editor.browser.open(&format!("{}/changes", editor.path)).await;
        let page = editor.browser.submit_and_follow(page.form(&format!("Undo this {step}"))).await;
        assert_eq!(page.flash(), format!("Undone: {step} Undo"));
    }
    assert_eq!(editor.lines("Main duties").await, before);
    let page = editor.browser.open(&format!("{}/changes", editor.path)).await;
    assert!(!page.has_button(&format!("Undo this {}", expected[0])), "it is undone already");
    page.assert_text("undone since");
}

#[tokio::test]
async fn what_changed_since_is_not_undone_and_says_why() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = editor.press("Merge with the line before", "Checks deliveries.").await;
    let form = editor.change("Orders supplies.").await.fill("Duty", "Orders and checks.");
    editor.browser.submit_and_follow(form).await;
    let refused = undo(&mut editor, &page).await;
    assert_eq!(refused.flash(), "It was changed again since: undo the later change first");
    let page = editor.browser.open(&format!("{}/changes", editor.path)).await;
    page.assert_text("Can't be undone now. It was changed again since: undo the later change first.");
}

#[tokio::test]
async fn a_line_has_its_own_history_that_goes_on_when_it_is_gone() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let id = item(&editor.page().await, "Checks deliveries.");
    let path = format!("{}/items/{id}/history", editor.path);
    let form = editor.change("Checks deliveries.").await.fill("Duty", "Checks *every* delivery.");
    editor.browser.submit_and_follow(form).await;
    editor.press("Duplicate", "Leads the team.").await;
    editor.press("Merge with the line before", "Checks every delivery.").await;
    let page = editor.browser.open(&path).await;
    let steps = page.find(".rb-step__what");
    assert_eq!(steps, ["Merged: Checks every delivery.", "Changed: Checks every delivery."]);
    page.assert_text("It is not in the draft now");
    assert_eq!(editor.browser.get(&format!("{}/items/999999/history", editor.path)).await.status, 404);
    let foreign = editor.browser.post(&format!("{}/undo", editor.path), &[("edit", "999999")]).await;
    assert_eq!(foreign.status, 404);
}

#[tokio::test]
async fn headings_and_details_are_undone_too() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = editor.page().await;
    let page = editor.browser.follow_link(&page, "Change heading Main duties").await;
    let form = page.form("Save the heading").fill("section_heading", "What you do");
    editor.browser.submit_and_follow(form).await;
    let details = format!("{}/details", editor.path);
    let form = editor.browser.open(&details).await.form("Save the details").fill("Hours", "30 hours");
    editor.browser.submit_and_follow(form).await;
    for step in ["Changed: the details", "Changed: a section's heading"] {
        let page = editor.browser.open(&format!("{}/changes", editor.path)).await;
        let page = editor.browser.submit_and_follow(page.form(&format!("Undo this {step}"))).await;
        assert_eq!(page.flash(), format!("Undone: {step}"));
    }
    assert!(editor.headings().await.contains(&"Main duties".to_owned()));
    editor.page().await.assert_text("37.5 hours a week");
}

#[tokio::test]
async fn a_long_history_has_pages() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    for n in 0..23 {
        let id = item(&editor.page().await, "Leads");
        let fields = [("revision", (n + 1).to_string()), ("text", format!("Leads team {n}."))];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let saved = editor.browser.post(&format!("{}/items/{id}/save", editor.path), &fields).await;
        assert_eq!(saved.status, 303);
    }
    let page = editor.browser.open(&format!("{}/changes", editor.path)).await;
    assert_eq!(page.find(".rb-step").len(), 20);
    let page = editor.browser.follow_link(&page, "Earlier changes").await;
    let steps = page.find(".rb-step__what");
    assert_eq!(steps[steps.len() - 2..], ["Changed: Leads team 0.", "Started the draft"]);
}
