//! What nobody means to send, and somebody does: taken within stated bounds, or refused in a sentence with the text kept.

use crate::support::author::draft;
use crate::support::content;
use crate::support::desk::Desk;
use crate::support::editor::{Editor, item};
use crate::support::people::World;
use crate::support::site::Site;

async fn editor(site: &Site, world: &World) -> Editor {
    let (path, browser) = draft(site, world).await;
    Editor::new(browser, path)
}

#[tokio::test]
async fn a_text_that_is_too_long_comes_back_whole() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    for characters in [50_000, 1_000_000] {
        let text = "Ordnung muß sein. ".repeat(characters / 18);
        let text = text.trim();
        let form = mine.change("Leads the team.").await.fill("Duty", text);
        let page = mine.browser.submit(form.clone()).await;
        assert_eq!(page.status, 422, "{}", page.text());
        assert!(page.problems()[0].contains("20,000") || page.problems()[0].contains("20000"), "{:?}", page.problems());
        assert_eq!(page.form("Save").value("Duty"), text, "nothing typed is lost");
        let script = mine.browser.send_by_script(form).await;
        assert_eq!(script.status, 422);
    }
    assert!(mine.lines("Main duties").await.contains(&"Leads the team.".to_owned()));
}

#[tokio::test]
async fn scripts_and_styles_are_words() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let text = "<script>alert(1)</script><style>*{display:none}</style><b onclick=x>Leads</b> [x](javascript:alert(1))";
    let form = mine.change("Leads the team.").await.fill("Duty", text);
    let page = mine.browser.submit_and_follow(form).await;
    page.assert_text(text);
    assert!(!page.html().contains("alert(1)</script>"), "it is escaped");
    assert!(page.find("a[href^=javascript]").is_empty());
    for page in ["", "/changes", "/preview"] {
        let page = mine.browser.open(&format!("{}{page}", mine.path)).await;
        assert!(!page.html().contains("<script>alert"), "it is escaped everywhere");
    }
}

#[tokio::test]
async fn control_characters_go_and_directions_stay_within_their_line() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let form = mine.change("Leads the team.").await.fill("Duty", "Leads\u{0}\u{7} the \u{202e}maet\u{1b}.");
    let page = mine.browser.submit_and_follow(form).await;
    let stored: String =
        sqlx::query_scalar("select text from item where text like 'Leads%'").fetch_one(&site.db).await.unwrap();
    assert_eq!(stored, "Leads the \u{202e}maet.", "marks of direction are text, and kept");
    assert!(page.html().contains("\u{2068}Leads the \u{202e}maet.\u{2069}"), "what follows stands as it should");
    assert_eq!(mine.change("\u{2068}Leads the").await.value("Duty"), stored);
}

#[tokio::test]
async fn five_thousand_lines_are_the_most_and_the_editor_goes_on() {
    let site = Site::new().await;
    let world = site.world().await;
    let (desk, team) = (Desk::new(&site, &world.trust), &world.trust.first.team);
    let content = content::of_length(&mut desk.identities(5_002).await, 5_000);
    let details = content::details("Stores assistant", desk.db_grade().await);
    desk.start(&team.author, &world.trust.first, details, content).await.unwrap();
    let path = world.trust.path("profiles/JP-0001/versions/1");
    let mut mine = Editor::new(site.signed_in(&team.author).await, path.clone());

    let page = mine.page().await;
    assert!(page.html().len() < 8_000_000, "{} bytes", page.html().len());
    let id = item(&page, "Does the duty of number 77.");
    let open = mine.browser.open(&format!("{path}/edit?item={id}")).await;
    assert!(open.has_button("Move up duty 78"), "its acts stand where it is open");
    mine.browser.submit_and_follow(open.form("Save").fill("Duty", "Does it.")).await.assert_text("Does it.");

    let page = mine.browser.follow_link(&page, "Add a duty to Main duties").await;
    let form = page.form("Add it").fill("Duty", "One more.");
    let full = mine.browser.submit(form).await;
    assert_eq!(full.problems(), ["A draft holds at most 5000 lines, and this one is full: delete or merge some first"]);
    assert_eq!(full.form("Add it").value("Duty"), "One more.");
}

#[tokio::test]
async fn forged_and_stale_numbers_meet_nothing_of_anybodys() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let team = &world.trust.second.team;
    Desk::new(&site, &world.trust).whole_draft(&team.author, &world.trust.second, "Secret").await;
    let theirs: i64 =
        sqlx::query_scalar("select max(item_id) from item where kind = 'duty'").fetch_one(&site.db).await.unwrap();
    let section: i64 = sqlx::query_scalar("select max(section_id) from section").fetch_one(&site.db).await.unwrap();
    let forged = [theirs.to_string(), "0".into(), "-1".into(), "999999999999".into()];
    for id in &forged {
        for act in ["save", "up", "delete", "confirm", "duplicate", "merge", "move", "split"] {
            let fields = [("revision", "1"), ("text", "Mine now."), ("under", "section-1")];
            let page = mine.browser.post(&format!("{}/items/{id}/{act}", mine.path), &fields).await;
            // Acts on a line that is gone lead back to the editor, which says so; nothing is shown or changed.
            assert!([404, 409, 303].contains(&page.status), "{act} {id}: {}", page.status);
            assert!(!page.html().contains("Secret"));
        }
        assert_eq!(mine.browser.get(&format!("{}/items/{id}/history", mine.path)).await.status, 404, "{id}");
    }
    for id in [section.to_string(), "x".into(), "-1".into()] {
        for act in ["rename", "items", "delete", "up"] {
            let fields = [("revision", "1"), ("section_heading", "Mine"), ("kind", "duty"), ("text", "Mine now.")];
            let page = mine.browser.post(&format!("{}/sections/{id}/{act}", mine.path), &fields).await;
            assert!([404, 303].contains(&page.status), "{act} {id}: {}", page.status);
        }
    }
    let own = item(&mine.page().await, "Leads the team.");
    for revision in ["0", "-5", "2147483647", "-2147483648"] {
        let fields = [("revision", revision), ("text", "From nowhere."), ("key", "abc")];
        let page = mine.browser.post(&format!("{}/items/{own}/save", mine.path), &fields).await;
        assert_eq!(page.status, 409, "a revision that never was is a conflict: {revision}");
    }
    for revision in ["", "x", "99999999999"] {
        let page = mine.browser.post(&format!("{}/items/{own}/save", mine.path), &[("revision", revision)]).await;
        assert_eq!(page.status, 400, "{revision}");
    }
    let mine_now: i64 = sqlx::query_scalar("select count(*) from item where text in ('Mine now.', 'From nowhere.')")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!(mine_now, 0);
}
