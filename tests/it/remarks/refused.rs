//! What is refused, in a sentence and with what was typed: long, hostile, stale, forged and repeated.

use super::Stage;
use crate::support::editor::{Editor, item};

#[tokio::test]
async fn long_and_hostile_text_is_refused_or_inert() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let long = "x".repeat(4_001);
    let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
    let page = manager.submit(form.fill("text", &long)).await;
    assert_eq!(page.problems(), ["Text is 4001 characters long: shorten it to 4000 or fewer"]);
    let form = page.form("Add the comment");
    assert_eq!(form.value("text"), long, "what was typed is kept");
    let hostile = "<script>alert(1)</script>\u{202e}\u{0}\u{7} “quoted” & 'said'";
    let page = manager.submit_and_follow(form.fill("text", hostile)).await;
    assert_eq!(page.find(".rb-comment script").len(), 0);
    page.assert_text("<script>alert(1)</script>");
    let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
    let page = manager.submit(form).await;
    assert_eq!(page.problems(), ["Write the comment"]);

    let form = stage.open(&mut manager, "suggest", "Leads the team.").await.form("Suggest it");
    let page = manager.submit(form.fill("Duty", &"x".repeat(20_001)).fill("why", &long)).await;
    assert_eq!(page.problems().len(), 2, "{:?}", page.problems());
    let form = stage.open(&mut manager, "suggest", "Leads the team.").await.form("Suggest it");
    let page = manager.submit(form).await;
    assert_eq!(page.problems(), ["Change something, or cancel: this is what the line says now"]);
    let many: String = "@Whole N Manager @Community N Author @".repeat(60);
    let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
    manager.submit_and_follow(form.fill("text", &many)).await;
    assert_eq!(stage.site.db_mail(&stage.author().email).await.len(), 1, "called often, told once");
}

#[tokio::test]
async fn a_suggestion_made_on_an_older_line_comes_back_with_what_was_typed() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let form = stage.open(&mut manager, "suggest", "Leads the team.").await.form("Suggest it");
    let mut editor = Editor::new(stage.site.signed_in(stage.author()).await, stage.path.clone());
    let edit = editor.change("Leads the team.").await.fill("Duty", "Leads two teams.");
    editor.browser.submit_and_follow(edit).await;
    let page = manager.submit(form.fill("Duty", "Leads the stores team.")).await;
    assert_eq!(page.status, 422);
    page.assert_text("Leads two teams.");
    let form = page.form("Suggest it");
    assert_eq!(form.value("Duty"), "Leads the stores team.");
    assert!(manager.submit_and_follow(form).await.flash().starts_with("Suggested."));

    let form = stage.open(&mut manager, "suggest", "Leads two teams.").await.form("Suggest it");
    editor.press("Delete", "Leads two teams.").await;
    assert_eq!(manager.submit(form.fill("Duty", "Leads.")).await.status, 409);
}

#[tokio::test]
async fn a_comment_on_a_line_that_went_meanwhile_is_kept_in_its_form() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
    let mut editor = Editor::new(stage.site.signed_in(stage.author()).await, stage.path.clone());
    editor.press("Delete", "Leads the team.").await;
    let page = manager.submit(form.fill("text", "Which team?")).await;
    let said = "The line is no longer there: send this as a comment on the whole version, or copy it";
    assert_eq!((page.status, page.problems()), (422, vec![said.to_owned()]));
    let page = manager.submit_and_follow(page.form("Add the comment")).await;
    page.assert_text("Which team?");
}

#[tokio::test]
async fn two_clicks_say_it_once() {
    let stage = Stage::new().await;
    let mut manager = stage.site.signed_in(stage.manager()).await;
    let form = stage.open(&mut manager, "comment", "Leads the team.").await.form("Add the comment");
    let form = form.fill("text", "Which team?");
    manager.submit_and_follow(form.clone()).await;
    assert_eq!(manager.submit_and_follow(form).await.flash(), "That is there already");
    let form = stage.open(&mut manager, "suggest", "Leads the team.").await.form("Suggest it").fill("Duty", "Leads.");
    manager.submit_and_follow(form.clone()).await;
    assert_eq!(manager.submit_and_follow(form).await.flash(), "That is suggested already");
    let counts: (i64, i64) = sqlx::query_as("select (select count(*) from comment), (select count(*) from suggestion)")
        .fetch_one(&stage.site.db)
        .await
        .unwrap();
    assert_eq!(counts, (1, 1));
}

#[tokio::test]
async fn who_can_read_may_comment_and_who_makes_job_descriptions_may_suggest() {
    let stage = Stage::new().await;
    let trust = &stage.world.trust;
    let id = {
        let mut author = stage.site.signed_in(stage.author()).await;
        item(&author.open(&format!("{}/edit", stage.path)).await, "Leads the team.")
    };
    let about = format!("item-{id}");
    let comment = [("about", about.as_str()), ("text", "Hm.")];
    let suggest = [("about", about.as_str()), ("revision", "1"), ("text", "Leads.")];
    let (comments, suggestions) = (format!("{}/comments", stage.path), format!("{}/suggestions", stage.path));
    for (who, may_comment, may_suggest) in [
        (&trust.first.team.panel, 303, 303),
        (&trust.whole.author, 303, 303),
        (&trust.admin, 303, 403),
        (&trust.second.team.manager, 404, 404),
        (&stage.world.council.whole.manager, 404, 404),
    ] {
        let mut browser = stage.site.signed_in(who).await;
        assert_eq!(browser.post(&comments, &comment).await.status, may_comment, "{} comments", who.name);
        assert_eq!(browser.post(&suggestions, &suggest).await.status, may_suggest, "{} suggests", who.name);
    }
    let mut manager = stage.site.signed_in(stage.manager()).await;
    for forged in ["item-999999", "section-999999", "profile-1", ""] {
        let page = manager.post(&suggestions, &[("about", forged), ("revision", "1"), ("text", "Leads.")]).await;
        assert!(matches!(page.status, 404 | 409), "{forged}: {}", page.status);
    }
    let forged = [("reply_to", "999999"), ("text", "Hm.")];
    assert_eq!(manager.post(&comments, &forged).await.status, 404);
    let suggestion: i64 = sqlx::query_scalar("select min(id) from suggestion").fetch_one(&stage.site.db).await.unwrap();
    let accept = format!("{suggestions}/{suggestion}/accept");
    assert_eq!(manager.post(&accept, &[]).await.status, 403, "managers don't decide on suggestions");
}
