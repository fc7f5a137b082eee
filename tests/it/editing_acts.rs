//! Acts on several lines at once: duplicate, split, merge, move to another place; each undone again.

use crate::support::desk::Desk;
use crate::support::editor::{Editor, item};
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

/// The author with a draft of every kind open.
pub async fn editor(site: &Site, world: &World) -> Editor {
    let team = &world.trust.first.team;
    Desk::new(site, &world.trust).whole_draft(&team.author, &world.trust.first, "Stores assistant").await;
    let path = world.trust.path("profiles/JP-0001/versions/1");
    Editor::new(site.signed_in(&team.author).await, path)
}

/// Presses "Undo" beside the sentence of what was just done.
pub async fn undo(editor: &mut Editor, page: &Page) -> Page {
    editor.browser.submit_and_follow(page.form("Undo")).await
}

async fn open(editor: &mut Editor, link: &str, text: &str) -> Page {
    let page = editor.page().await;
    let id = item(&page, text);
    editor.browser.open(&format!("{}/items/{id}/{link}", editor.path)).await
}

const DUTIES: [&str; 6] = [
    "Stores",
    "Orders supplies.",
    "Checks deliveries.",
    "Leads the team.",
    "Writes the rota.",
    "Other duties of the grade.",
];

#[tokio::test]
async fn a_line_is_duplicated_with_what_is_below_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = editor.press("Duplicate", "Leads the team.").await;
    assert_eq!(page.flash(), "Duplicated: Leads the team. Undo");
    let lines = editor.lines("Main duties").await;
    assert_eq!(lines[3..7], ["Leads the team.", "Writes the rota.", "Leads the team.", "Writes the rota."]);
    let page = undo(&mut editor, &page).await;
    assert_eq!(page.flash(), "Undone: Duplicated: Leads the team. Undo");
    assert_eq!(editor.lines("Main duties").await, DUTIES);
    undo(&mut editor, &page).await;
    assert_eq!(editor.lines("Main duties").await, lines, "undoing the undo does it again");
}

#[tokio::test]
async fn a_line_is_split_after_a_look_at_what_comes_of_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = open(&mut editor, "split", "Orders supplies.").await;
    page.assert_text("there is only one line");
    let typed = "• Orders **supplies**\n  - from the county\n• Pays for them";
    let form = page.form("Show what comes of it").fill("text", typed);
    let page = editor.browser.submit(form).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.find(".rb-piece"), ["Orders supplies", "Level 2: from the county", "Pays for them"]);
    assert_eq!(editor.lines("Main duties").await, DUTIES, "nothing is done yet");

    let page = editor.browser.submit_and_follow(page.form("Split into 3 duties")).await;
    assert_eq!(page.flash(), "Split into 3 duties: Orders supplies. Undo");
    let lines = editor.lines("Main duties").await;
    assert_eq!(lines[1..4], ["Orders supplies", "from the county", "Pays for them"]);
    assert!(editor.page().await.html().contains("<strong>supplies</strong>"));
    undo(&mut editor, &page).await;
    assert_eq!(editor.lines("Main duties").await, DUTIES);
}

#[tokio::test]
async fn a_split_that_is_stale_or_too_long_keeps_what_was_typed() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = open(&mut editor, "split", "Orders supplies.").await;
    let split = page.form("Show what comes of it").fill("text", "Orders\nPays");
    let look = editor.browser.submit(split).await;
    let form = editor.change("Orders supplies.").await.fill("Duty", "Buys supplies.");
    editor.browser.submit_and_follow(form).await;
    let page = editor.browser.submit(look.form("Split into 2 duties")).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.problems(), ["Somebody changed this line meanwhile. It says now: Buys supplies."]);
    assert_eq!(page.form("Split into 2 duties").value("The parts, a line each").trim(), "Orders\nPays");

    let long = format!("Orders\n{}", "x".repeat(50_000));
    let page = editor.browser.submit(page.form("Split into 2 duties").fill("text", &long)).await;
    assert_eq!(page.problems(), ["One part is 50000 characters long: shorten it to 20000 or fewer"]);
}

#[tokio::test]
async fn two_lines_become_one_with_what_both_say() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    editor.press("Duplicate", "Drives.").await;
    let page = editor.page().await;
    let copies =
        page.find("li[id^=item-] .rb-item__text").into_iter().filter(|line| line.starts_with("Drives.")).count();
    assert_eq!(copies, 2);
    let page = editor.press("Merge with the line before", "Checks deliveries.").await;
    assert_eq!(page.flash(), "Merged with the line before: Checks deliveries. Undo");
    let lines = editor.lines("Main duties").await;
    assert_eq!(lines[..3], ["Stores", "Orders supplies. Checks deliveries.", "Leads the team."]);
    assert!(!page.has_text("Deleted: Checks"), "it is not offered to be put back: it is not gone");
    undo(&mut editor, &page).await;
    assert_eq!(editor.lines("Main duties").await, DUTIES);
}

#[tokio::test]
async fn a_line_moves_to_another_heading_and_to_another_section() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = open(&mut editor, "move", "Leads the team.").await;
    page.assert_text("“Leads the team.”, with 1 line below it");
    let places = page.form("Move it there").choose("Where to", "Main duties: Stores");
    let page = editor.browser.submit_and_follow(places).await;
    assert_eq!(page.flash(), "Moved: Leads the team. Undo");
    let lines = editor.lines("Main duties").await;
    assert_eq!(lines[2..], ["Checks deliveries.", "Leads the team.", "Writes the rota.", "Other duties of the grade."]);
    undo(&mut editor, &page).await;
    assert_eq!(editor.lines("Main duties").await, DUTIES);

    let page = open(&mut editor, "move", "Orders supplies.").await;
    let form = page.form("Move it there").choose("Where to", "Purpose, as a paragraph");
    let page = editor.browser.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Moved: Orders supplies.. It is a paragraph now. Undo");
    assert_eq!(editor.lines("Purpose").await, ["Keeps the wards supplied.", "Orders supplies."]);
    undo(&mut editor, &page).await;
    assert_eq!(editor.lines("Main duties").await, DUTIES);
}

#[tokio::test]
async fn a_place_that_is_forged_or_would_lose_something_is_refused_in_words() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = editor.page().await;
    let (leads, below) = (item(&page, "Leads the team."), item(&page, "Writes the rota."));
    let path = format!("{}/items/{leads}/move", editor.path);
    for (under, says) in [
        (format!("item-{below}"), "It can't stand below itself"),
        ("section-999999".into(), "The place where it was to stand is gone"),
        ("item-999999".into(), "The place where it was to stand is gone"),
    ] {
        let page = editor.browser.post(&path, &[("under", under.as_str())]).await;
        assert_eq!(editor.browser.follow(page).await.flash(), says, "{under}");
    }
    assert_eq!(editor.browser.post(&path, &[("under", "nowhere")]).await.status, 400);
    assert_eq!(editor.lines("Main duties").await, DUTIES);
}

#[tokio::test]
async fn a_save_that_comes_between_is_not_overwritten() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let id = item(&mine.page().await, "Checks deliveries.");
    let mut theirs = Editor::new(site.signed_in(&world.trust.whole.author).await, mine.path.clone());
    let form = theirs.change("Checks deliveries.").await.fill("Duty", "Checks every delivery.");
    let merge = format!("{}/items/{id}/merge", mine.path);
    let lock = "select from item where text = 'Checks deliveries.' for update";
    let both = async { tokio::join!(theirs.browser.submit(form), mine.browser.post(&merge, &[])) };
    let (saved, merged) = crate::support::race::held_up(&site, lock, 2, both).await;
    let text = mine.lines("Main duties").await[..3].join(" ");
    match (saved.status, merged.status) {
        (303, 409) => assert!(text.contains("Checks every delivery."), "{text}"),
        (409, 303) => {
            saved.assert_text("Checks every delivery.");
            assert!(text.contains("Orders supplies. Checks deliveries."), "{text}");
        }
        // The merge waited for the save, and took in what it left.
        (303, 303) => assert!(text.contains("Orders supplies. Checks every delivery."), "{text}"),
        other => panic!("one of the two has to give way: {other:?}"),
    }
}
