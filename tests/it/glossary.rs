//! The employer's own short forms: kept by authors and administrators, explained where they stand first.

use crate::support::desk::Desk;
use crate::support::editor::Editor;
use crate::support::form::Form;
use crate::support::site::Site;

#[tokio::test]
async fn a_short_form_is_explained_where_it_stands_first_and_the_version_stays_as_it_is() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    Desk::new(&site, trust).whole_draft(&team.author, &trust.first, "Stores assistant").await;
    let at = trust.path("profiles/JP-0001/versions/1");
    let mut mine = Editor::new(site.signed_in(&team.author).await, at.clone());
    let form = mine.change("Leads the team.").await.fill("Duty", "Leads the SCP users; the SCP is old.");
    let page = mine.browser.submit_and_follow(form).await;
    page.assert_text("Short forms explained nowhere SCP.");

    let page = mine.browser.open(&trust.path("glossary")).await;
    page.assert_text("The list is empty.");
    let form = page.form("Add it");
    let empty = mine.browser.submit(form.clone()).await;
    assert_eq!(empty.problems(), ["Type the short form, such as MDT", "Type what it stands for"]);
    let form = form.fill("Short form", "SCP").fill("What it stands for", "Stores Control Panel");
    let page = mine.browser.submit_and_follow(form.clone()).await;
    assert_eq!(page.flash(), "SCP is added. Documents explain it where it stands first.");
    let again = mine.browser.submit(form).await;
    assert_eq!(again.problems(), ["SCP is in the list already: change it there"]);

    mine.page().await.assert_no_text("Short forms explained nowhere");
    let read = mine.browser.open(&at).await;
    read.assert_text("Leads the SCP (Stores Control Panel) users; the SCP is old.");
    let text = mine.browser.get(&format!("{at}/file?as=txt")).await;
    assert!(text.html().contains("SCP (Stores Control Panel) users; the SCP is old"), "{}", text.html());
    let word = mine.browser.get(&format!("{at}/file?as=docx")).await;
    assert!(in_word(&word.bytes).contains("SCP (Stores Control Panel) users; the SCP is old"));
    let pdf = mine.browser.get(&format!("{at}/file?as=pdf")).await;
    let pdf = pdf_extract::extract_text_from_mem(&pdf.bytes).unwrap();
    let pdf = pdf.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(pdf.contains("SCP (Stores Control Panel) users; the SCP is old"), "{pdf}");
    let data = mine.browser.get(&format!("{at}/file?as=json")).await;
    assert!(!data.html().contains("Stores Control Panel"), "a version's data is what was written");
    assert_eq!(mine.change("Leads the SCP").await.value("Duty"), "Leads the SCP users; the SCP is old.");
}

/// The words of a Word file, without its marks.
fn in_word(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut xml).unwrap();
    let texts = xml.split("<w:t").skip(1).filter_map(|run| run.split_once('>')?.1.split_once("</w:t>"));
    texts.map(|(text, _)| text).collect()
}

#[tokio::test]
async fn the_list_goes_out_and_comes_in_as_a_table() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path("glossary")).await;
    let table = |form: Form, text: &str| form.attach("CSV file", "glossary.csv", text.as_bytes());
    let form = page.form("Take in the table");
    let refused = admin.submit(table(form.clone(), "SCP,\nabc,x\n")).await;
    assert_eq!(
        refused.problems(),
        ["Line 1: Type what it stands for", "Line 2: A short form has a capital letter and no brackets"]
    );
    let good = "Short form,Meaning,Note\nSCP,Stores Control Panel,old\nMDT,the team,\n";
    let page = admin.submit_and_follow(table(form.clone(), good)).await;
    assert_eq!(page.flash(), "2 short forms added, 0 changed from the file");
    let page = admin.submit_and_follow(table(form, "MDT,multidisciplinary team\n")).await;
    assert_eq!(page.flash(), "0 short forms added, 1 changed from the file");
    let csv = admin.get(&trust.path("glossary.csv")).await.html();
    assert!(csv.contains("MDT,multidisciplinary team,"), "{csv}");

    let change = admin.follow_link(&page, "Change SCP").await;
    let form = change.form("Save").fill("Short form", "MDT");
    assert_eq!(admin.submit(form).await.problems(), ["MDT has another entry already"]);
    let page = admin.submit_and_follow(change.form("Remove SCP")).await;
    assert_eq!(page.flash(), "SCP (Stores Control Panel) is removed");
    assert_eq!(admin.submit(change.form("Remove SCP")).await.status, 404, "it is gone");

    // Others read it, and strangers have one of their own.
    let mut manager = site.signed_in(&trust.first.team.manager).await;
    let page = manager.open(&trust.path("glossary")).await;
    page.assert_text("multidisciplinary team");
    assert!(!page.has_button("Add it"));
    let mut stranger = site.signed_in(&world.council.admin).await;
    stranger.open(&world.council.path("glossary")).await.assert_text("The list is empty.");
}
