//! Suggestions made in review, and what four eyes make of them once they are accepted.

use super::Stage;
use crate::support::author::{first_task, send};
use crate::support::editor::item;

#[tokio::test]
async fn a_reviewer_suggests_the_author_accepts_and_somebody_else_approves() {
    let stage = Stage::new().await;
    let (site, trust) = (&stage.site, &stage.world.trust);
    stage.submit().await;
    let mut manager = site.signed_in(stage.manager()).await;
    let task = first_task(&mut manager, &stage.world).await;
    assert!(manager.statements() <= 4, "{:?}", manager.statement_list());
    let id = item(&task, "Leads the team.");
    let page = manager.open(&format!("{}?suggest=item-{id}", task.path)).await;
    let form = page.form("Suggest it").fill("Duty", "Leads the stores team.").fill("why", "There are three teams.");
    let page = manager.submit_and_follow(form).await;
    assert!(page.path.contains("/tasks/"), "back to the task, not {}", page.path);
    assert_eq!(
        page.flash(),
        "Suggested. Community N Author or another author decides once the text can be edited again."
    );
    assert_eq!(page.find(".rb-suggestion ins").concat(), "[added: stores ]");
    let mail = site.db_last_mail(&stage.author().email).await;
    assert_eq!(mail.subject, "Suggestion: Stores assistant");
    assert!(mail.body.contains("There are three teams."), "{}", mail.body);

    let mut author = site.signed_in(stage.author()).await;
    let list = author.open(&mail.link("/staff/")).await;
    assert!(!list.has_button("Accept the suggestion of Community N Manager"), "frozen while in review");
    let suggestion: i64 = sqlx::query_scalar("select id from suggestion").fetch_one(&site.db).await.unwrap();
    let refused = author.post(&format!("{}/suggestions/{suggestion}/accept", stage.path), &[]).await;
    assert!(author.follow(refused).await.flash().starts_with("The text can't change now"));

    stage.request_changes().await;
    let editor = author.open(&format!("{}/edit", stage.path)).await;
    let page = author.submit_and_follow(editor.form("Accept the suggestion of Community N Manager")).await;
    assert_eq!(page.flash(), "Accepted");
    assert!(stage.duty(&mut author, "Leads the stores").await.starts_with("Leads the stores team."));
    let editors: Vec<i64> = sqlx::query_scalar(
        "select edited_by from content_edit where action = 'change' and after ->> 'text' = 'Leads the stores team.'",
    )
    .fetch_all(&site.db)
    .await
    .unwrap();
    assert_eq!(editors, [stage.author().membership.unwrap()], "whoever accepts is the editor");
    let mail = site.db_last_mail(&stage.manager().email).await;
    assert_eq!(mail.subject, "Suggestion accepted: Stores assistant");

    let page = author.open(&format!("{}/submit", stage.path)).await;
    page.assert_text(&format!("Some of these words are by {}, so somebody else", stage.manager().name));
    let manager = stage.manager().membership.unwrap().to_string();
    let form = page.form("Send for review").forge("approver", &manager).fill("note", "As suggested.");
    let form =
        form.choose("Is the change minor or major?", "minor").choose("Might anything here affect the grade?", "no");
    let page = author.submit(form).await;
    let said = "The person you chose proposed words that were accepted into this version: choose somebody else";
    assert_eq!((page.status, page.problems()), (422, vec![said.to_owned()]));
    send(&mut author, &stage.path, &trust.whole.manager.name).await;

    let mut other = site.signed_in(&trust.whole.manager).await;
    let task = first_task(&mut other, &stage.world).await;
    task.assert_text("Some of its words were proposed by Community N Manager, and accepted by the author.");
    task.assert_text("Proposed by Community N Manager, accepted by Community N Author");
    assert_eq!(other.submit_and_follow(task.form("Approve")).await.flash(), "You approved Stores assistant");
}

#[tokio::test]
async fn nobody_approves_words_of_their_own_even_when_they_are_given_the_task() {
    let stage = Stage::new().await;
    let (site, trust) = (&stage.site, &stage.world.trust);
    let mut manager = site.signed_in(stage.manager()).await;
    stage.suggest(&mut manager, "Leads the team.", "Leads the stores team.", "").await;
    let mut author = site.signed_in(stage.author()).await;
    let editor = author.open(&format!("{}/edit", stage.path)).await;
    author.submit_and_follow(editor.form("Accept the suggestion of")).await;
    send(&mut author, &stage.path, &trust.whole.manager.name).await;
    // No page gives them the task: somebody did it behind our back.
    let sql = "update task set assigned_to = $1 where closed_at is null";
    sqlx::query(sql).bind(stage.manager().membership).execute(&site.db).await.unwrap();

    let task = first_task(&mut manager, &stage.world).await;
    let page = manager.submit(task.form("Approve")).await;
    let said = [
        "You proposed words that were accepted into this version, so somebody else has to approve it",
        "An administrator can give the review to Whole N Manager",
    ];
    assert_eq!((page.status, page.problems()), (422, said.map(str::to_owned).to_vec()));

    let mut admin = site.signed_in(&trust.admin).await;
    let form = admin.open(&format!("{}/reassign", task.path)).await.form("Give it to them");
    assert!(!form.options("Who decides instead").contains(&stage.manager().name));
}

#[tokio::test]
async fn new_lines_and_removals_are_suggested_and_accepted_at_once() {
    let stage = Stage::new().await;
    let (site, author) = (&stage.site, stage.author());
    let mut panel = site.signed_in(&stage.world.trust.first.team.panel).await;
    let form = stage.open(&mut panel, "add", "Orders supplies.").await.form("Suggest it");
    panel.submit_and_follow(form.fill("Duty", "Counts the stock.")).await;
    let page = stage.open(&mut panel, "suggest", "Other duties of the grade.").await;
    let page = panel.submit_and_follow(page.form("Suggest deleting the line").fill("why", "Nobody knows what.")).await;
    page.assert_text("suggests deleting this");
    stage.suggest(&mut panel, "Checks deliveries.", "Checks each delivery.", "").await;
    stage.suggest(&mut panel, "Checks deliveries.", "Checks the deliveries of suppliers.", "").await;

    let mut author = site.signed_in(author).await;
    let list = author.open(&format!("{}/remarks", stage.path)).await;
    let page = author.submit_and_follow(list.form("Accept all 4 in Main duties")).await;
    assert_eq!(page.flash(), "Accepted 3 suggestions in Main duties. 1 no longer fits: decide on it by itself.");
    let mut editor = crate::support::editor::Editor::new(author, stage.path.clone());
    let lines = editor.lines("Main duties").await;
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let expected = [
        "Stores",
        "Orders supplies.",
        "Counts the stock.",
        "Checks each delivery.",
        "Leads the team.",
        "Writes the rota.",
    ];
    assert_eq!(lines, expected);
    let mail = site.db_mail(&stage.world.trust.first.team.panel.email).await;
    assert_eq!(mail.len(), 1, "one mail an act");
    assert!(mail[0].body.contains("3 of your suggestions"), "{}", mail[0].body);
    let page = editor.page().await;
    assert!(page.has_button("Put it back Other duties of the grade."), "what went can come back");
}
