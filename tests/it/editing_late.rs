//! Saves that script makes by itself, and conflicts that they meet.

use crate::support::author::draft;
use crate::support::editor::Editor;
use crate::support::people::World;
use crate::support::site::Site;

async fn two_editors(site: &Site, world: &World) -> (Editor, Editor) {
    let (path, mine) = draft(site, world).await;
    let theirs = Editor::new(site.signed_in(&world.trust.whole.author).await, path.clone());
    (Editor::new(mine, path), theirs)
}

#[tokio::test]
async fn script_is_told_what_became_of_a_save() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let form = mine.change("Leads the team.").await;
    let saved = mine.browser.send_by_script(form.clone().fill("Duty", "Leads a team of six.")).await;
    assert_eq!(saved.json(), serde_json::json!({"saved": "10:00am", "revision": 2}));
    let form = mine.change("Leads a team of six.").await;
    let empty = mine.browser.send_by_script(form.clone().fill("Duty", " ")).await;
    let problem = serde_json::json!({"field": "text", "text": "Write the duty, or cancel and delete it"});
    assert_eq!((empty.status, empty.json()["problems"][0].clone()), (422, problem));

    let their_form = theirs.change("Leads a team of six.").await.fill("Duty", "Leads them.");
    theirs.browser.submit_and_follow(their_form).await;
    let conflict = mine.browser.send_by_script(form.clone().fill("Duty", "Leads us.")).await;
    let said = serde_json::json!({"conflict": "changed", "who": "Whole N Author"});
    assert_eq!((conflict.status, conflict.json()), (409, said));
    theirs.press("Delete", "Leads them.").await;
    let gone = mine.browser.send_by_script(form.clone().fill("Duty", "Leads us.")).await;
    assert_eq!((gone.status, gone.json()["conflict"].as_str()), (410, Some("gone")));

    site.pass(time::Duration::hours(3));
    let out = mine.browser.send_by_script(form).await;
    assert_eq!((out.status, out.json()["title"].as_str()), (401, Some("You are signed out")));
}

#[tokio::test]
async fn a_save_by_itself_asks_little() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, _) = two_editors(&site, &world).await;
    let form = mine.change("Leads the team.").await;
    let key = form.value("key").to_owned();
    for (n, text) in ["Leads a", "Leads a team", "Leads a team of six."].into_iter().enumerate() {
        // The revision stays the first: each goes on from one whose answer was lost.
        let form = form.clone().fill("Duty", text).forge("key", &format!("{key}-{n}"));
        assert_eq!(mine.browser.send_by_script(form).await.status, 200);
        assert!(mine.browser.statements() <= 6, "{:#?}", mine.browser.statement_list());
    }
    let details = format!("{}/details", mine.path);
    let form = mine.browser.open(&details).await.form("Save the details").fill("Hours", "30");
    assert_eq!(mine.browser.send_by_script(form.clone()).await.status, 200);
    assert!(mine.browser.statements() <= 6, "{:#?}", mine.browser.statement_list());
    let here = mine.browser.post(&format!("{}/here", mine.path), &[]).await;
    assert_eq!(here.status, 200);
    assert!(mine.browser.statements() <= 4, "{:#?}", mine.browser.statement_list());
}

#[tokio::test]
async fn changes_in_different_places_are_offered_as_one_text() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let first = mine.change("Leads the team.").await.fill("Duty", "Leads the team of porters every day.");
    mine.browser.submit_and_follow(first).await;
    let my_form = mine.change("Leads the team").await.fill("Duty", "Leads the whole team of porters every day.");
    let their_form = theirs.change("Leads the team").await.fill("Duty", "Leads the team of porters every night.");
    theirs.browser.submit_and_follow(their_form).await;
    let page = mine.browser.submit(my_form).await;
    assert_eq!(page.status, 409);
    page.assert_text("Whole N Author saved it at 10:00am.");
    page.assert_text("Your changes and theirs are in different places, so they fit into one text.");
    mine.browser.submit_and_follow(page.form("Keep both")).await;
    let lines = mine.lines("Main duties").await;
    assert!(lines.contains(&"Leads the whole team of porters every night.".to_owned()), "{lines:?}");
}

#[tokio::test]
async fn both_keeps_what_each_changed_beside_the_text() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    mine.add("Add a criterion to Person specification", |form| form.fill("Criterion", "Drives a van")).await;
    let my_form = mine.change("Drives a van").await.fill("Criterion", "Drives a van safely");
    let their_form = theirs.change("Drives a van").await;
    let their_form = their_form.choose("Is it essential or desirable?", "Desirable").tick("Test");
    theirs.browser.submit_and_follow(their_form).await;
    let page = mine.browser.submit(my_form).await;
    mine.browser.submit_and_follow(page.form("Keep both")).await;
    let said = "Drives a van safely Desirable · Test".to_owned();
    assert!(mine.lines("Person specification").await.contains(&said), "{:?}", mine.lines("Person specification").await);
}

#[tokio::test]
async fn different_items_headings_details_and_order_never_conflict() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let my_line = mine.change("Leads the team.").await.fill("Duty", "Leads my team.");
    let page = mine.page().await;
    let my_heading = mine.browser.follow_link(&page, "Change heading Main duties").await.form("Save the heading");
    let details = format!("{}/details", mine.path);
    let my_details = mine.browser.open(&details).await.form("Save the details").fill("Hours", "30 hours");
    theirs.press("Move down", "Leads the team.").await;
    let their_details = theirs.browser.open(&details).await.form("Save the details").fill("Location", "Ward 9");
    theirs.browser.submit_and_follow(their_details).await;
    theirs.add("Add a duty to Main duties", |form| form.fill("Duty", "Opens up")).await;
    for form in [my_line, my_heading.fill("section_heading", "What you do"), my_details] {
        assert_eq!(mine.browser.submit(form).await.status, 303);
    }
    let page = mine.page().await;
    for said in ["Leads my team.", "What you do", "Opens up", "30 hours", "Ward 9"] {
        page.assert_text(said);
    }
}

#[tokio::test]
async fn what_was_typed_into_a_deleted_line_becomes_a_new_one() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let form = mine.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    theirs.press("Delete", "Leads the team.").await;
    let page = mine.browser.submit(form).await;
    assert_eq!((page.status, page.heading().as_str()), (409, "This was deleted while you were editing it"));
    page.assert_text("Leads a team of six.");
    let page = mine.browser.submit_and_follow(page.form("Add it as a new line")).await;
    assert_eq!(page.flash(), "Added: Leads a team of six.");
    assert_eq!(mine.lines("Main duties").await.last().unwrap(), "Leads a team of six.");
}

#[tokio::test]
async fn two_saves_of_the_details_at_once_are_both_kept() {
    let site = Site::new().await;
    let world = site.world().await;
    let (mut mine, mut theirs) = two_editors(&site, &world).await;
    let details = format!("{}/details", mine.path);
    let my_form = mine.browser.open(&details).await.form("Save the details").fill("Hours", "30 hours");
    let their_form = theirs.browser.open(&details).await.form("Save the details").fill("Location", "Ward 9");
    let both = async { tokio::join!(mine.browser.submit(my_form), theirs.browser.submit(their_form)) };
    let lock = "select from version for update";
    let (one, other) = crate::support::race::held_up(&site, lock, 2, both).await;
    assert_eq!((one.status, other.status), (303, 303), "{} {}", one.text(), other.text());
    let page = mine.page().await;
    page.assert_text("30 hours");
    page.assert_text("Ward 9");
}
