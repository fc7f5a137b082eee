//! Pasting a list: looked at first, then added; bounds are told and nothing typed is lost.

use crate::editing_acts::{editor, undo};
use crate::support::editor::{Editor, item};
use crate::support::page::Page;
use crate::support::site::Site;

/// The page for pasting into the section with that heading.
async fn paste(editor: &mut Editor, heading: &str) -> Page {
    let page = editor.page().await;
    editor.browser.follow_link(&page, &format!("Paste a list into {heading}")).await
}

#[tokio::test]
async fn a_typed_list_becomes_duties_with_levels() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = paste(&mut editor, "Main duties").await;
    let typed = "1. Opens the store\n\ta) Checks the alarm\n2. Locks up";
    let form = page.form("Show what is read").choose("Where to", "Main duties: Stores").fill("The list", typed);
    let page = editor.browser.submit(form).await;
    assert_eq!(page.status, 200);
    let read = ["Duty Opens the store", "Duty, level 2 Checks the alarm", "Duty Locks up"];
    assert_eq!(page.find(".rb-piece"), read);
    let page = editor.browser.submit_and_follow(page.form("Add these 3 duties")).await;
    assert_eq!(page.flash(), "Added 3 duties to Main duties Undo");
    let lines = editor.lines("Main duties").await;
    assert_eq!(lines[2..6], ["Checks deliveries.", "Opens the store", "Checks the alarm", "Locks up"]);
    undo(&mut editor, &page).await;
    assert_eq!(editor.lines("Main duties").await.len(), 6);
}

#[tokio::test]
async fn the_clipboard_of_word_keeps_lists_and_says_what_it_dropped() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let html = include_str!("../../src/documents/paste/tests/word.html");
    let id = section(&editor.page().await, "Main duties");
    let path = format!("{}/sections/{id}/paste", editor.path);
    let page = editor.browser.post(&path, &[("do", "look"), ("text", "x"), ("html", html)]).await;
    assert_eq!(page.status, 200);
    page.assert_text("Left out: formatting, such as fonts and colours; 1 picture; 1 stretch marked as deleted.");
    let page = editor.browser.submit_and_follow(page.form("Add these 5 duties")).await;
    assert_eq!(page.flash(), "Added 5 duties to Main duties Undo");
    let lines = editor.lines("Main duties").await;
    assert_eq!(lines[8], "Passes on what is urgent at once.");
    assert!(page.html().contains("<a href=\"https://stores.example/paper\" rel=\"noopener\">the stores</a>"));

    let lines = editor.browser.post(&path, &[("do", "read"), ("html", html)]).await;
    assert!(lines.html().starts_with("formatting, such as fonts and colours; 1 picture"), "{}", lines.html());
    assert!(lines.html().contains("\n    Passes on what is *urgent* at once.\n"), "{}", lines.html());
}

#[tokio::test]
async fn a_table_becomes_criteria() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let page = paste(&mut editor, "Person specification").await;
    let form = page.form("Show what is read").fill("The list", "Speaks Welsh\tD\tInterview\nWrites reports\tE\tA/T");
    let page = editor.browser.submit(form).await;
    editor.browser.submit_and_follow(page.form("Add these 2 criteria")).await;
    let lines = editor.lines("Person specification").await;
    assert_eq!(lines[3..], ["Speaks Welsh Desirable · Interview", "Writes reports Essential · Application, Test"]);
}

#[tokio::test]
async fn too_much_is_refused_in_a_sentence_with_the_text_kept() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    for (typed, says) in [
        ("x\n".repeat(5_001), "This has more than 5000 lines, the most that are read at once: paste it in parts"),
        ("x".repeat(50_000), "Line 1 is 50000 characters long: shorten it to 20000 or fewer"),
        ("y".repeat(1024 * 1024 + 1), "This is more than 1 MB, the most that is read at once: paste it in parts"),
        (" \n ".into(), "Paste or type at least one line"),
    ] {
        let form = paste(&mut editor, "Main duties").await.form("Show what is read").fill("The list", &typed);
        let page = editor.browser.submit(form).await;
        assert_eq!((page.status, page.problems()), (422, vec![says.to_owned()]));
        let button = if page.has_button("Read it again") { "Read it again" } else { "Show what is read" };
        assert_eq!(page.form(button).value("The list").trim(), typed.trim(), "kept");
    }
    let many = (0..4_990).map(|n| format!("Line {n}\n")).collect::<String>();
    let form = paste(&mut editor, "Main duties").await.form("Show what is read").fill("The list", &many);
    let page = editor.browser.submit(form).await;
    let page = editor.browser.submit(page.form("Add these 4990 duties")).await;
    let problems = page.problems();
    assert!(problems[0].starts_with("A draft holds at most 5000 lines; this would make 50"), "{problems:?}");
}

#[tokio::test]
async fn hostile_words_are_only_words() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = editor(&site, &world).await;
    let hostile = "<script>alert(1)</script> [x](javascript:alert(1)) \u{202e}txt\u{7}";
    let form = paste(&mut editor, "Main duties").await.form("Show what is read").fill("The list", hostile);
    let page = editor.browser.submit(form).await;
    page.assert_text("Left out: 2 invisible characters");
    let page = editor.browser.submit_and_follow(page.form("Add this duty")).await;
    page.assert_text("<script>alert(1)</script> [x](javascript:alert(1)) txt");
    assert!(!page.html().contains("<script>alert") && !page.html().contains("href=\"javascript"));
    let id = item(&page, "<script>alert(1)</script>");
    let form = editor.browser.open(&format!("{}?item={id}", page.path)).await.form("Save");
    editor.browser.submit_and_follow(form).await;
}

fn section(page: &Page, heading: &str) -> String {
    let href = page.link(&format!("Paste a list into {heading}"));
    href.split("/sections/").nth(1).unwrap().split('/').next().unwrap().to_owned()
}
