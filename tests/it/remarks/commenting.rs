//! Comments: said, answered, settled, taken back, and carried over to the next version.

use time::macros::date;

use super::Stage;
use crate::support::desk::Desk;
use crate::support::editor::item;

#[tokio::test]
async fn a_comment_calls_somebody_is_answered_resolved_and_reopened() {
    let stage = Stage::new().await;
    stage.submit().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let page = stage.open(&mut manager, "comment", "Leads the team.").await;
    let form = page.form("Add the comment");
    assert!(form.options("Who should be told?").contains(&stage.author().name), "{:?}", form.options("call"));
    let form = form.fill("text", "How large is it?").choose("Who should be told?", &stage.author().name);
    let page = manager.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Your comment is there");
    page.assert_text(&format!("@{} How large is it?", stage.author().name));

    let mail = stage.site.db_last_mail(&stage.author().email).await;
    assert_eq!(mail.subject, format!("{} mentions you: Stores assistant", stage.manager().name));
    let link = mail.link("/staff/");
    assert!(link.contains("#comment-"), "{link}");
    let mut author = stage.site.signed_in(stage.author()).await;
    let page = author.open(&link).await;
    let anchor = link.split_once('#').unwrap().1;
    assert_eq!(page.find(&format!("[id='{anchor}'] .rb-comment__who")).len(), 1, "the link leads to the comment");

    let form = page.form("Send the answer").fill("Your answer", "Six people.");
    let page = author.submit_and_follow(form).await;
    page.assert_text("Six people.");
    let mail = stage.site.db_last_mail(&stage.manager().email).await;
    assert_eq!(mail.subject, format!("{} answered: Stores assistant", stage.author().name));
    assert!(mail.body.contains("Six people."), "{}", mail.body);
    let own = stage.site.db_mail(&stage.author().email).await;
    assert!(own.iter().all(|mail| !mail.subject.contains("answered")), "nobody is told what they did themselves");

    let page = author.submit_and_follow(page.form("Resolve")).await;
    assert_eq!(page.flash(), "Resolved. You can reopen it.");
    page.assert_text(&format!("Comment resolved by {}", stage.author().name));
    let page = stage.read(&mut manager).await;
    let page = manager.submit_and_follow(page.form("Reopen")).await;
    assert_eq!(page.flash(), "Open again");
    page.assert_no_text("Comment resolved by");
}

#[tokio::test]
async fn what_one_said_is_ones_own_to_change() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
    let page = manager.submit_and_follow(form.fill("text", "Which team?")).await;
    let edit = page.link("Edit your comment");
    let form = manager.open(&edit).await.form("Save the comment");
    assert_eq!(form.value("text"), "Which team?");
    let page = manager.submit_and_follow(form.fill("text", "Which of the teams?")).await;
    page.assert_text("Which of the teams?");
    page.assert_text(", edited");

    let mut author = stage.site.signed_in(stage.author()).await;
    let seen = stage.read(&mut author).await;
    assert!(!seen.has_link("Edit your comment") && seen.has_text("Which of the teams?"));
    assert_eq!(author.get(&edit).await.status, 403);
    let path = edit.split('?').next().unwrap();
    assert_eq!(author.post(path, &[("text", "Mine now.")]).await.status, 403);
    assert_eq!(author.post(&path.replace("/edit", "/withdraw"), &[]).await.status, 403);

    let page = manager.submit_and_follow(page.form("Withdraw")).await;
    assert_eq!(page.flash(), "Your comment is withdrawn");
    page.assert_no_text("Which of the teams?");
    let said: Vec<String> =
        sqlx::query_scalar("select text from comment_wording").fetch_all(&stage.site.db).await.unwrap();
    assert_eq!(said, ["Which team?"], "what it said before is kept");
}

#[tokio::test]
async fn what_is_open_comes_along_to_the_next_version_and_what_is_settled_stays() {
    let stage = Stage::new().await;
    let (site, trust) = (&stage.site, &stage.world.trust);
    let mut manager = site.signed_in(stage.manager()).await;
    for text in ["Still to settle.", "Settled already."] {
        let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
        manager.submit_and_follow(form.fill("text", text)).await;
    }
    let settled: i64 =
        sqlx::query_scalar("select id from comment where text = 'Settled already.'").fetch_one(&site.db).await.unwrap();
    manager.post(&format!("{}/comments/{settled}/resolve", stage.path), &[]).await;
    stage.suggest(&mut manager, "Leads the team.", "Leads both teams.", "There are two.").await;

    let desk = Desk::new(site, trust);
    stage.submit().await;
    desk.approve(stage.version, stage.manager()).await.unwrap();
    desk.issue(stage.version, stage.author(), date!(2026 - 01 - 15)).await.unwrap();
    desk.next_draft(stage.version, stage.author()).await.unwrap();
    let mut author = site.signed_in(stage.author()).await;
    let editor = author.open(&trust.path("profiles/JP-0001/versions/2/edit")).await;
    editor.assert_text("Still to settle.");
    editor.assert_text("on version 1");
    editor.assert_no_text("Settled already.");
    let page = author.submit_and_follow(editor.form("Accept the suggestion of")).await;
    assert_eq!(page.flash(), "Accepted");
    page.assert_text("Leads both teams.");
    let first = author.open(&stage.path).await;
    first.assert_text("Settled already.");
}

#[tokio::test]
async fn a_comment_on_a_line_that_goes_stays_with_its_section() {
    let stage = Stage::new().await;
    let mut author = stage.site.signed_in(stage.author()).await;
    let form = stage.open(&mut author, "comment", "Other duties of the grade.").await.form("Add the comment");
    author.submit_and_follow(form.fill("text", "Do we need this?")).await;
    let page = author.open(&format!("{}/edit", stage.path)).await;
    let id = item(&page, "Other duties of the grade.");
    author.post(&format!("{}/items/{id}/delete", stage.path), &[]).await;
    let page = author.open(&format!("{}/edit", stage.path)).await;
    page.assert_text("About a line that is no longer here.");
    page.assert_text("Do we need this?");
}

#[tokio::test]
async fn the_list_shows_what_is_open_mine_and_all() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let mut panel = stage.site.signed_in(&stage.world.trust.first.team.panel).await;
    let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
    manager.submit_and_follow(form.fill("text", "From the manager.")).await;
    let whole = panel.open(&format!("{}?comment=version", stage.path)).await.form("Add the comment");
    panel.submit_and_follow(whole.fill("text", "From the panel.")).await;
    stage.suggest(&mut panel, "Leads the team.", "Leads a team.", "").await;

    let list = format!("{}/remarks", stage.path);
    let page = manager.open(&list).await;
    assert!(manager.statements() <= 4, "{:?}", manager.statement_list());
    page.assert_text("1 suggestion to decide, 2 open comments.");
    page.assert_text("From the panel.");
    let mine = manager.open(&format!("{list}?show=mine")).await;
    mine.assert_text("From the manager.");
    mine.assert_no_text("From the panel.");
    manager.submit_and_follow(page.form("Resolve the comment of Community N Manager")).await;
    manager.open(&list).await.assert_no_text("From the manager.");
    manager.open(&format!("{list}?show=all")).await.assert_text("From the manager.");

    let mut author = stage.site.signed_in(stage.author()).await;
    let work = author.open(&stage.world.trust.path("work")).await;
    work.assert_text("1 suggestion to decide, 1 open comment: Stores assistant");
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
    let editor = author.open(&format!("{}/edit", stage.path)).await;
    assert!(editor.has_link("1 suggestion in Main duties"), "{:?}", editor.links());
}
