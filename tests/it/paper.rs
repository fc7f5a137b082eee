//! Documents out: a version, a comparison, an advert and the library as files.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use rolebook::documents::extract::extract;
use rolebook::documents::render::printer::MOST_WAITING;
use rolebook::documents::render::sheet::Family;
use rolebook::documents::to_content::to_content;
use rolebook::domain::matching::propose;
use zip::ZipArchive;

use crate::support::content;
use crate::support::desk::Desk;
use crate::support::golden;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

/// A version of every kind in force, and a draft after it with one item reworded: the addresses of both.
async fn shelf(site: &Site, world: &World) -> (String, String) {
    let (desk, team) = (Desk::new(site, &world.trust), &world.trust.first.team);
    let content = content::of_every_kind(&mut desk.identities(content::EVERY_KIND).await);
    let details = content::details("Stores assistant", desk.db_grade().await);
    let begun = desk.start(&team.author, &world.trust.first, details, content).await.unwrap();
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    desk.approve(begun.version, &team.manager).await.unwrap();
    desk.issue(begun.version, &team.author, site.app.clock.today()).await.unwrap();
    let draft = desk.next_draft(begun.version, &team.author).await.unwrap();
    desk.edit_an_item(draft, &team.author).await.unwrap();
    let profile = world.trust.path(&format!("profiles/JP-{:04}", begun.profile_number));
    (format!("{profile}/versions/1"), format!("{profile}/versions/2"))
}

/// A part of a zip, such as a Word file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[track_caller]
fn is_file(page: &Page, media_type: &str, name: &str) {
    assert_eq!((page.status, page.header("content-type")), (200, media_type), "{}", page.path);
    assert_eq!(page.header("content-disposition"), format!("attachment; filename=\"{name}\""));
    assert_eq!(page.header("cache-control"), "private, no-store");
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

#[tokio::test]
async fn staff_take_a_version_along_in_every_kind_of_file() {
    let site = Site::new().await;
    let world = site.world().await;
    let (issued, draft) = shelf(&site, &world).await;
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let page = author.open(&issued).await;
    let pdf = author.follow_link(&page, "PDF").await;
    is_file(&pdf, "application/pdf", "JP-0001-v1-stores-assistant.pdf");
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    let word = author.follow_link(&page, "Word").await;
    is_file(&word, WORD, "JP-0001-v1-stores-assistant.docx");
    assert!(part(&word.bytes, "docProps/core.xml").contains("<dc:title>Stores assistant</dc:title>"));
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
    let data = author.follow_link(&page, "data (JSON)").await;
    is_file(&data, "application/json", "JP-0001-v1-stores-assistant.json");
    assert!(data.html().starts_with("{\n  \"format\": \"rolebook.version/1\""));

    let page = author.follow_link(&page, "choose shape, size and marks").await;
    assert_eq!(page.heading(), "Download version 1");
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
    let text = author.get(&format!("{draft}/file?as=txt&size=large")).await;
    is_file(&text, "text/plain; charset=utf-8", "JP-0001-v2-stores-assistant-large-print.txt");
    text.assert_text("Draft.");
    text.assert_text("JP-0001 version 2, draft.");
    for odd in ["file", "file?as=exe", "file?as=pdf&family=x", "file?as=pdf&with=9", "file?as=pdf&with=x"] {
        assert_eq!(author.get(&format!("{issued}/{odd}")).await.status, 404, "{odd}");
    }
}

#[tokio::test]
async fn a_word_file_comes_back_onto_its_items() {
    let site = Site::new().await;
    let world = site.world().await;
    let (issued, _) = shelf(&site, &world).await;
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let word = author.get(&format!("{issued}/file?as=docx")).await;
    let read = to_content(&extract(&word.bytes, "back.docx").unwrap(), &[], None).content;
    let desk = Desk::new(&site, &world.trust);
    let version = sqlx::query_scalar("select id from version where number = 1").fetch_one(&site.db).await.unwrap();
    let old = desk.content(rolebook::domain::ids::VersionId(version)).await;
    let texts = |content: &rolebook::domain::content::Content| {
        content.all_items().iter().map(|item| (item.text.clone(), item.body.clone())).collect::<Vec<_>>()
    };
    // The grade is not one that `to_content` was told of, so its words come first.
    assert_eq!(texts(&read)[1..], texts(&old)[..], "in every item, field and order");
    let pairs = propose(&read, &old);
    assert_eq!(pairs.len(), old.all_items().len());
    assert!(pairs.iter().all(|pair| pair.confidence > 0.99));
}

#[tokio::test]
async fn changes_leave_as_tracked_changes_and_as_marks() {
    let site = Site::new().await;
    let world = site.world().await;
    let (_, draft) = shelf(&site, &world).await;
    let author = &world.trust.first.team.author;
    let mut browser = site.signed_in(author).await;
    let word = browser.get(&format!("{draft}/file?as=docx&with=1")).await;
    is_file(&word, WORD, "JP-0001-v2-stores-assistant-changes-since-v1.docx");
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    let document = part(&word.bytes, "word/document.xml");
    assert!(document.contains("<w:ins ") || document.contains("<w:del "), "{document}");
    assert!(document.contains(&format!("w:author=\"{}\"", author.name)));
    let read = extract(&word.bytes, "changes.docx").unwrap();
    assert!(!read.tracked.is_empty(), "our own reader sees them as tracked changes");
    let text = browser.get(&format!("{draft}/file?as=txt&with=1")).await;
    text.assert_text("Changes since JP-0001 version 1: 1 line reworded.");
    let pdf = browser.get(&format!("{draft}/file?as=pdf&with=1")).await;
    assert!(pdf.bytes.starts_with(b"%PDF"));
}

#[tokio::test]
async fn a_full_queue_of_files_says_so_and_pages_go_on() {
    let site = Site::with_own_printer().await;
    let world = site.world().await;
    let (issued, _) = shelf(&site, &world).await;
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let waiting: Vec<_> = (0..=MOST_WAITING)
        .map(|_| {
            let printer = site.app.assets.printer().clone();
            tokio::spawn(async move {
                let turn = printer.turn().await;
                std::future::pending::<()>().await;
                drop(turn);
            })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let full = author.get(&format!("{issued}/file?as=txt")).await;
    assert_eq!((full.status, full.heading().as_str()), (503, "Rolebook is busy"));
    full.assert_text("yours was not begun. Nothing is lost: ask for it again in a minute.");
    author.open(&issued).await;
    for one in waiting {
        one.abort();
        let _ = one.await;
    }
    let text = author.get(&format!("{issued}/file?as=txt")).await;
    is_file(&text, "text/plain; charset=utf-8", "JP-0001-v1-stores-assistant.txt");
}

#[tokio::test]
async fn every_family_has_its_shape() {
    let site = Site::new().await;
    let world = site.world().await;
    let (issued, _) = shelf(&site, &world).await;
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let poppler = Command::new("pdfinfo").arg("-v").output().is_ok();
    for family in Family::ALL {
        let text = author.get(&format!("{issued}/file?as=txt&family={}", family.word())).await;
        golden::check(&format!("paper/{}.txt", family.word()), &text.html());
        // What a screen reader is told; only where Poppler is there to ask.
        if poppler {
            let pdf = author.get(&format!("{issued}/file?as=pdf&family={}", family.word())).await;
            golden::check(&format!("paper/{}.structure.txt", family.word()), &structure(&site, &pdf.bytes));
        }
    }
}

/// The tags of a PDF with their text, without the looks that stand between.
fn structure(site: &Site, pdf: &[u8]) -> String {
    std::fs::create_dir_all(site.folder()).unwrap();
    let file: PathBuf = site.folder().join("structure.pdf");
    std::fs::write(&file, pdf).unwrap();
    let told = Command::new("pdfinfo").arg("-struct-text").arg(&file).output().unwrap();
    independent(&file);
    std::fs::remove_file(&file).unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let tags = told.lines().filter(|line| !line.trim_start().starts_with('/'));
    tags.map(|line| format!("{}\n", line.trim_end())).collect()
}

/// What a checker that is none of the typesetter's says (`pdfua` of PyPI); only where it is installed.
fn independent(file: &Path) {
    if let Ok(said) = Command::new("pdfua").arg("check").arg(file).output() {
        let text = String::from_utf8_lossy(&said.stdout);
        assert!(said.status.success() && text.contains("PASS"), "{text}");
    }
}

#[tokio::test]
async fn applicants_keep_the_pack_and_never_what_is_for_staff() {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let issued = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let advert = site.db_published(&world.trust, &world.trust.first, &issued, |_| {}).await;
    let mut browser = site.browser();
    let page = browser.open(&format!("/jobs/{advert}")).await;
    let pdf = browser.follow_link(&page, "PDF in large print").await;
    is_file(&pdf, "application/pdf", "community-nurse-candidate-pack-large-print.pdf");
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    let word = browser.follow_link(&page, "Word").await;
    is_file(&word, WORD, "community-nurse-candidate-pack.docx");
    let pack = browser.follow_link(&page, "plain text").await;
    for said in ["Community nurse", "How to apply", "Job description", "Person specification", "27,485"] {
        pack.assert_text(said);
    }
    let alone = browser.get(&format!("/jobs/{advert}/advert?as=txt")).await;
    alone.assert_no_text("Person specification");
    assert_eq!(browser.get(&format!("/jobs/{advert}/pack?as=json")).await.status, 404, "data holds more");
    sqlx::query("update advert set opens_at = opens_at + interval '1 day' where id = $1")
        .bind(advert.0)
        .execute(&site.db)
        .await
        .unwrap();
    assert_eq!(browser.get(&format!("/jobs/{advert}/pack?as=pdf")).await.status, 404, "not open yet");
}

#[tokio::test]
async fn the_library_leaves_as_one_zip_of_what_a_person_may_see() {
    let site = Site::new().await;
    let world = site.world().await;
    shelf(&site, &world).await;
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let list = author.open(&world.trust.path("profiles")).await;
    let zip = author.follow_link(&list, "everything in force as a zip").await;
    is_file(&zip, "application/zip", &format!("job-profiles-{}.zip", world.trust.slug));
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
    let index = part(&zip.bytes, "index.html");
    assert!(index.contains("1 job profile in force") && index.contains("word/JP-0001-v1-stores-assistant.docx"));
    assert!(part(&zip.bytes, "data/JP-0001-v1-stores-assistant.json").contains("\"state\": \"issued\""));
    let mut elsewhere = site.signed_in(&world.trust.second.team.author).await;
    let none = elsewhere.get(&world.trust.path("profiles.zip")).await;
    assert!(part(&none.bytes, "index.html").contains("0 job profiles"));
}
