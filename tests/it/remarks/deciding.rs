//! Deciding: later edits are never overwritten, and who suggested is told why not.

use super::Stage;
use crate::support::editor::Editor;

#[tokio::test]
async fn a_suggestion_is_woven_with_what_was_changed_since() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let longer = "Orders supplies each week and reports what is missing.";
    let mut editor = Editor::new(stage.site.signed_in(stage.author()).await, stage.path.clone());
    let form = editor.change("Orders supplies.").await.fill("Duty", longer);
    editor.browser.submit_and_follow(form).await;
    stage.suggest(&mut manager, "Orders supplies", "Orders supplies each month and reports what is missing.", "").await;
    let later = "Orders all supplies each week and reports what is missing.";
    let form = editor.change("Orders supplies").await.fill("Duty", later);
    editor.browser.submit_and_follow(form).await;

    let page = editor.page().await;
    page.assert_text("The text was changed since. The suggestion still fits, together with that change.");
    let page = editor.browser.submit_and_follow(page.form("Accept the suggestion of")).await;
    assert_eq!(page.flash(), "Accepted, together with what was changed since");
    let said = stage.duty(&mut editor.browser, "Orders all").await;
    assert!(said.starts_with("Orders all supplies each month and reports what is missing."), "{said}");
    assert!(editor.browser.statements() <= 4);
}

#[tokio::test]
async fn where_both_changed_the_same_words_the_author_writes_them() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    stage.suggest(&mut manager, "Leads the team.", "Leads the stores team.", "").await;
    let mut editor = Editor::new(stage.site.signed_in(stage.author()).await, stage.path.clone());
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads the wards team.");
    editor.browser.submit_and_follow(form).await;

    let page = editor.page().await;
    page.assert_text("The same words were changed since this was suggested, so it no longer fits");
    assert!(!page.has_button("Accept the suggestion of Community N Manager"));
    // What a page of before would still send.
    let id: i64 = sqlx::query_scalar("select id from suggestion").fetch_one(&stage.site.db).await.unwrap();
    let suggestion = format!("{}/suggestions/{id}", stage.path);
    let refused = editor.browser.post(&format!("{suggestion}/accept"), &[]).await;
    assert_eq!(refused.location.as_deref(), Some(suggestion.as_str()));
    assert!(stage.duty(&mut editor.browser, "Leads").await.starts_with("Leads the wards team."), "nothing was lost");

    let page = editor.browser.follow_link(&page, "See all three wordings").await;
    for wording in ["Leads the team.", "Leads the wards team.", "Leads the stores team."] {
        page.assert_text(wording);
    }
    let form = page.form("Save this and accept").fill("Duty", "Leads the teams of stores and wards.");
    let stale = form.clone().forge("revision", "1");
    let again = editor.browser.submit(stale).await;
    assert_eq!(again.status, 422, "made on an older line");
    assert_eq!(again.form("Save this and accept").value("Duty"), "Leads the teams of stores and wards.");
    let page = editor.browser.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Accepted");
    assert!(stage.duty(&mut editor.browser, "Leads").await.starts_with("Leads the teams of stores and wards."));
}

#[tokio::test]
async fn a_rejection_says_why_to_whoever_suggested() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    stage.suggest(&mut manager, "Leads the team.", "Leads everything.", "").await;
    let mut author = stage.site.signed_in(stage.author()).await;
    let editor = author.open(&format!("{}/edit", stage.path)).await;
    let page = author.submit(editor.form("Reject it")).await;
    let why = "Say why not: the reason reaches whoever suggested it";
    assert_eq!((page.status, page.problems()), (422, vec![why.to_owned()]));
    page.assert_text("Decide on the suggestion of Community N Manager");
    let form = page.form("Reject it").fill("reason", "The post leads stores alone.");
    let page = author.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Rejected. Community N Manager gets your reason.");
    let mail = stage.site.db_last_mail(&stage.manager().email).await;
    assert_eq!(mail.subject, "Suggestion not taken: Stores assistant");
    assert!(mail.body.contains("The post leads stores alone."), "{}", mail.body);
    let shown = manager.open(&mail.link("/staff/")).await;
    shown.assert_text("Suggestion of Community N Manager, rejected by Community N Author");
    assert!(stage.duty(&mut author, "Leads").await.starts_with("Leads the team."));
    let id: i64 = sqlx::query_scalar("select id from suggestion").fetch_one(&stage.site.db).await.unwrap();
    let late = author.post(&format!("{}/suggestions/{id}/accept", stage.path), &[]).await;
    assert_eq!(author.follow(late).await.flash(), "It was decided on already");
}

#[tokio::test]
async fn whoever_suggested_can_take_it_back() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let page = stage.suggest(&mut manager, "Leads the team.", "Leads everything.", "").await;
    let id: i64 = sqlx::query_scalar("select id from suggestion").fetch_one(&stage.site.db).await.unwrap();
    let withdraw = format!("{}/suggestions/{id}/withdraw", stage.path);
    let mut author = stage.site.signed_in(stage.author()).await;
    assert_eq!(author.post(&withdraw, &[]).await.status, 403);
    let page = manager.submit_and_follow(page.form("Withdraw your suggestion")).await;
    assert_eq!(page.flash(), "Your suggestion is withdrawn");
    let late = author.post(&format!("{}/suggestions/{id}/reject", stage.path), &[("reason", "No.")]).await;
    assert_eq!(author.follow(late).await.flash(), "It was decided on already");
}
