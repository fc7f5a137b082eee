//! Two people in one draft: nothing of either is lost, and nobody is stopped by an error page.

use crate::support::desk::Desk;
use crate::support::editor::{Editor, item};
use crate::support::people::World;
use crate::support::race::held_up;
use crate::support::site::Site;

/// Two authors with the same draft open.
async fn two_editors(site: &Site, world: &World) -> (Editor, Editor) {
    let team = &world.trust.first.team;
    Desk::new(site, &world.trust).whole_draft(&team.author, &world.trust.first, "Stores assistant").await;
    let path = world.trust.path("profiles/JP-0001/versions/1");
    let mine = Editor::new(site.signed_in(&team.author).await, path.clone());
    (mine, Editor::new(site.signed_in(&world.trust.whole.author).await, path))
}

#[tokio::test]
async fn a_stale_save_shows_both_wordings_and_keeps_the_one_that_is_chosen() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    for (button, kept) in [("Keep mine", "Leads my team."), ("Keep both", "Leads their team.\nLeads all my team.")] {
        let text = mine.lines("Main duties").await[3].clone();
        let my_words = kept.lines().last().unwrap();
        let my_form = mine.change(&text).await.fill("Duty", my_words);
        let their_form = theirs.change(&text).await.fill("Duty", "Leads their team.");
        theirs.browser.submit_and_follow(their_form).await;
        let page = mine.browser.submit(my_form).await;
        assert_eq!((page.status, page.heading().as_str()), (409, "Somebody else saved this while you were editing it"));
        page.assert_text("Leads their team.");
        assert_eq!(page.form("Keep mine").value("Your text"), my_words);
        let page = mine.browser.submit_and_follow(page.form(button)).await;
        assert!(page.flash().starts_with("Saved 10:00am: Leads"), "{}", page.flash());
        let stored: String = sqlx::query_scalar("select text from item where text like 'Leads%my team.'")
            .fetch_one(&site.db)
            .await
            .unwrap();
        assert_eq!(stored, kept);
    }
}

#[tokio::test]
async fn a_stale_save_of_a_printed_number_is_a_conflict_too() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let number = "Number, if the document prints one";
    let my_form = mine.change("Leads the team.").await.fill(number, "4.2");
    let their_form = theirs.change("Leads the team.").await.fill(number, "7");
    theirs.browser.submit_and_follow(their_form).await;
    assert_eq!(mine.browser.submit(my_form).await.status, 409);
}

#[tokio::test]
async fn two_saves_at_once_meet_on_the_conflict_page() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let my_form = mine.change("Leads the team.").await.fill("Duty", "Leads my team.");
    let their_form = theirs.change("Leads the team.").await.fill("Duty", "Leads their team.");
    let lock = "select from item where text = 'Leads the team.' for update";
    let both = async { tokio::join!(mine.browser.submit(my_form), theirs.browser.submit(their_form)) };
    let (one, other) = held_up(&site, lock, 2, both).await;
    let (first, second) = if one.status == 303 { (one, other) } else { (other, one) };
    assert_eq!((first.status, second.status), (303, 409), "{}", second.text());
    second.assert_text("Leads my team.");
    second.assert_text("Leads their team.");
    assert!(second.has_button("Keep mine"));
}

#[tokio::test]
async fn a_line_that_is_saved_and_deleted_at_once_comes_back_with_the_words_that_were_saved() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let save = mine.change("Leads the team.").await.fill("Duty", "Leads a team of nine.");
    let delete = theirs.button("Delete", "Leads the team.").await;
    let lock = "select from item where text = 'Leads the team.' for update";
    let both = async { tokio::join!(mine.browser.submit(save), theirs.browser.submit(delete)) };
    let (saved, deleted) = held_up(&site, lock, 2, both).await;
    assert_eq!(deleted.status, 303, "{}", deleted.text());
    let words = if saved.status == 303 { "Leads a team of nine." } else { "Leads the team." };
    theirs.put_back(words.trim_end_matches('.')).await;
    assert!(theirs.lines("Main duties").await.contains(&words.to_owned()), "answered {}", saved.status);
}

#[tokio::test]
async fn two_clicks_at_once_on_one_button_are_one() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, _) = two_editors(&site, &world).await;
    let mut again = mine.browser.clone();

    let form = mine.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    let lock = "select from item where text = 'Leads the team.' for update";
    let both = async { tokio::join!(mine.browser.submit(form.clone()), again.submit(form)) };
    let (one, other) = held_up(&site, lock, 2, both).await;
    assert_eq!((one.status, other.status), (303, 303), "saved: {}", other.text());

    let page = mine.page().await;
    let delete = page.form(&format!("Delete {}", "paragraph 3, Other duties of the grade."));
    let lock = "select pg_advisory_xact_lock(id) from version";
    let both = async { tokio::join!(mine.browser.submit(delete.clone()), again.submit(delete)) };
    let (one, other) = held_up(&site, lock, 2, both).await;
    assert_eq!((one.status, other.status), (303, 303), "deleted: {}", other.text());

    let put_back = mine.page().await.form("Put it back");
    let both = async { tokio::join!(mine.browser.submit(put_back.clone()), again.submit(put_back)) };
    let (one, other) = held_up(&site, lock, 2, both).await;
    assert_eq!((one.status, other.status), (303, 303), "put back: {}", other.text());
    assert_eq!(mine.lines("Main duties").await.last().unwrap(), "Other duties of the grade.");
}

#[tokio::test]
async fn typing_into_what_somebody_deleted_loses_nothing() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let form = mine.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    theirs.press("Delete", "Leads the team.").await;
    let page = mine.browser.submit(form).await;
    assert_eq!((page.status, page.heading().as_str()), (409, "This was deleted while you were editing it"));
    page.assert_text("Leads a team of six.");
}

#[tokio::test]
async fn what_was_sent_for_review_meanwhile_is_frozen_in_words() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let form = mine.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    let id = item(&mine.page().await, "Leads the team.");
    let send = theirs.browser.open(&format!("{}/submit", theirs.path)).await.form("Send for review");
    let send = send.fill("note", "New.").choose("Is the change minor or major?", "minor");
    theirs.browser.submit_and_follow(send.choose("Might anything here affect the grade?", "no")).await;

    let page = mine.browser.submit(form).await;
    assert_eq!(page.status, 409);
    page.assert_text("JP-0001 version 1 is in review now, so it can't be edited");
    for act in ["up", "down", "delete", "confirm"] {
        let path = format!("{}/items/{id}/{act}", mine.path);
        assert_eq!(mine.browser.post(&path, &[("revision", "1")]).await.status, 409, "{act}");
    }
    let details = format!("{}/details", mine.path);
    assert_eq!(mine.browser.get(&details).await.status, 409);
}

#[tokio::test]
async fn stale_details_come_back_with_what_was_typed() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let path = format!("{}/details", mine.path);
    let my_form = mine.browser.open(&path).await.form("Save the details").fill("Hours", "30 hours");
    let their_form = theirs.browser.open(&path).await.form("Save the details").fill("Hours", "20 hours");
    theirs.browser.submit_and_follow(their_form).await;
    let page = mine.browser.submit(my_form).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.problems(), ["Somebody else changed this to “20 hours” meanwhile: save again to use yours"]);
    let page = mine.browser.submit_and_follow(page.form("Save the details")).await;
    page.assert_text("30 hours");
}
