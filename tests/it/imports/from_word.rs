//! Tracked changes and comments of a Word file: suggestions and comments on the draft, under the names that the file tells.

use super::word::{Docx, item, p, r};
use super::{db_issue, library, new_profile, upload};
use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

const WHO: &str = r#"w:author="Priya Nair" w:date="2026-01-05T10:04:00Z""#;

fn ins(text: &str) -> String {
    format!("<w:ins {WHO}>{}</w:ins>", r(text))
}

fn del(text: &str) -> String {
    format!(r#"<w:del {WHO}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>"#)
}

fn duty(inside: &str) -> String {
    format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{inside}</w:p>"#)
}

/// A line whose end is marked too: the whole of it came or went.
fn whole(mark: &str, inside: &str) -> String {
    let list = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#;
    format!("<w:p><w:pPr>{list}<w:rPr><w:{mark} {WHO}/></w:rPr></w:pPr>{inside}</w:p>")
}

const COMMENTED: &str = r#"<w:commentRangeStart w:id="0"/><w:commentRangeStart w:id="1"/><w:r><w:t xml:space="preserve">Shelve returned books each morning.</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>"#;

/// The library's document as a colleague sent it back, changes tracked.
fn sent_back() -> Vec<u8> {
    let heading = |text: &str| format!(r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{}</w:p>"#, r(text));
    let body = [
        heading("Job description"),
        format!("<w:p>{}{}{}</w:p>", r("Job title: "), ins("Senior "), r("Library Assistant")),
        p("Grade: Grade 4"),
        heading("Main duties"),
        item(1, 0, "Issue and take back books at the desk."),
        duty(&format!(
            "{}{}{}{}",
            r("Answer questions from visitors by telephone"),
            del(" and"),
            ins(", by e-mail and"),
            r(" in person.")
        )),
        whole("ins", &ins("Order new books from the suppliers.")),
        whole("ins", &ins("Keep the record of what was ordered.")),
        duty(COMMENTED),
        whole("del", &del("Stamp the date into each book by hand.")),
        heading("Person specification"),
        p("Essential"),
        item(1, 0, "Good spoken and written English (A, I)"),
    ];
    let number = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let comment = |id: u8, who: &str, text: &str| {
        let text = p(text).replace("<w:p>", &format!(r#"<w:p w14:paraId="A{id}">"#));
        format!(r#"<w:comment w:id="{id}" w:author="{who}" w:date="2026-01-06T09:00:00Z">{text}</w:comment>"#)
    };
    let comments =
        comment(0, "Priya Nair", "Does this still happen every day?") + &comment(1, "Tom Webb", "Yes, it does.");
    let threads = r#"<w:commentEx w15:paraId="A0" w15:done="0"/><w:commentEx w15:paraId="A1" w15:paraIdParent="A0" w15:done="0"/>"#;
    Docx::new(&body.concat())
        .numbering(number)
        .part("comments", "comments", &comments)
        .part("commentsExtended", "commentsEx", threads)
        .bytes()
}

async fn read(browser: &mut Browser, world: &World) -> Page {
    let page = upload(browser, &world.trust, "library.docx", &sent_back()).await;
    assert_eq!(page.status, 303, "{:?}", page.problems());
    browser.follow(page).await
}

async fn db_texts(site: &Site, version: i32) -> Vec<String> {
    sqlx::query_scalar(
        "select i.text from item i join version v on v.id = i.version_id where v.number = $1 and i.kind = 'duty'
        order by i.position",
    )
    .bind(version)
    .fetch_all(&site.db)
    .await
    .unwrap()
}

#[tokio::test]
async fn tracked_changes_end_as_suggestions_and_comments() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = read(&mut browser, &world).await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    page.assert_text("4 suggestions and 3 comments will come over to the draft.");
    page.assert_text("Priya Nair, 5 January 2026, 10:04am suggests a new line");
    page.assert_text("comments on “Shelve returned books each morning.”");
    page.assert_text(
        "Title: “Library Assistant” became “Senior Library Assistant” (Priya Nair, 5 January 2026, 10:04am)",
    );

    let editor = new_profile(&mut browser, &page, &world.trust.first.name).await;
    let draft = browser.open(&editor).await;
    assert!(
        draft.flash().ends_with("4 suggestions and 3 comments were carried over from the document."),
        "{}",
        draft.flash()
    );
    let before = [
        "Issue and take back books at the desk.",
        "Answer questions from visitors by telephone and in person.",
        "Shelve returned books each morning.",
        "Stamp the date into each book by hand.",
    ];
    assert_eq!(db_texts(&site, 1).await, before, "the draft begins with what stood before the changes");
    let list = browser.open(&editor.replace("/edit", "/remarks")).await;
    list.assert_text("4 suggestions to decide, 2 open comments.");
    list.assert_text("Priya Nair (in the document, brought in by");
    list.assert_text("Yes, it does.");

    // Nobody rewords what somebody else wrote in the document.
    let told: i64 =
        sqlx::query_scalar("select min(id) from comment where told_by = 'Tom Webb'").fetch_one(&site.db).await.unwrap();
    let edit = editor.replace("/edit", &format!("/comments/{told}/edit"));
    assert_eq!(browser.get(&edit).await.status, 403);
    assert!(!list.html().contains(&edit), "and the page does not offer it");

    let accepted = browser.submit_and_follow(list.form("Accept all 4 in Duties")).await;
    accepted.assert_text("0 suggestions to decide");
    let after = [
        "Issue and take back books at the desk.",
        "Answer questions from visitors by telephone, by e-mail and in person.",
        "Order new books from the suppliers.",
        "Keep the record of what was ordered.",
        "Shelve returned books each morning.",
    ];
    assert_eq!(db_texts(&site, 1).await, after, "all accepted: what the document says with its changes");
}

#[tokio::test]
async fn they_come_over_onto_an_existing_profile_too() {
    let (site, world) = library().await;
    let team = &world.trust.first.team;
    let mut browser = site.signed_in(&team.author).await;
    let first = super::report(&mut browser, &world.trust, "library.txt", super::LIBRARY).await;
    new_profile(&mut browser, &first, &world.trust.first.name).await;
    db_issue(&site, 1, &team.author, &team.manager).await;
    let page = read(&mut browser, &world).await;
    let form = page.form("Match it line by line").choose("Job profile", "JP-0001 Library Assistant");
    let matched = browser.submit_and_follow(form).await;
    let made = browser.submit_and_follow(matched.form("Make the draft")).await;
    assert!(
        made.flash().ends_with("4 suggestions and 3 comments were carried over from the document."),
        "{}",
        made.flash()
    );
    // They stand on the identities that go on from the version in force.
    let known: i64 = sqlx::query_scalar(
        "select count(*) from suggestion s join item i on i.item_id = s.item_id join version v on v.id = i.version_id
        where v.number = 1 and s.told_by = 'Priya Nair'",
    )
    .fetch_one(&site.db)
    .await
    .unwrap();
    assert_eq!(known, 1, "the reworded duty was in force; the deleted one was not");
    let (heads, answers): (i64, i64) = sqlx::query_as(
        "select count(*) filter (where reply_to is null), count(*) filter (where reply_to is not null) from comment",
    )
    .fetch_one(&site.db)
    .await
    .unwrap();
    assert_eq!((heads, answers), (2, 1));
}

/// A row of a table.
fn row(cells: &[&str]) -> String {
    let cell = |inside: &&str| format!("<w:tc><w:p>{inside}</w:p></w:tc>");
    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

#[tokio::test]
async fn ticks_levels_and_moves_come_over_too() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let heading = |text: &str| format!(r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{}</w:p>"#, r(text));
    let moved = |mark: &str, text: &str| duty(&format!("<w:{mark} {WHO}>{}</w:{mark}>", r(text)));
    let specification = [
        row(&[&r("Criteria"), &r("Essential"), &r("Desirable")]),
        row(&[&r("Has worked in a library"), &del("✓"), &ins("✓")]),
        row(&[&r("Good spoken English"), &r("✓"), ""]),
    ];
    let factors = [
        row(&[&r("Factor"), &r("Level"), &r("Description")]),
        row(&[&r("Communication"), &format!("{}{}", del("3"), ins("4")), &r("Explains the rules of lending.")]),
        row(&[&r("Knowledge"), &r("2"), &r("Knows where each kind of book stands.")]),
    ];
    let body = [
        heading("Job description"),
        p("Job title: Library Assistant"),
        heading("Main duties"),
        moved("moveFrom", "Stamp the date into each book by hand."),
        item(1, 0, "Issue and take back books at the desk."),
        item(1, 0, "Shelve returned books each morning."),
        moved("moveTo", "Stamp the date into each book by hand."),
        heading("Person specification"),
        format!("<w:tbl>{}</w:tbl>", specification.concat()),
        heading("Competencies"),
        format!("<w:tbl>{}</w:tbl>", factors.concat()),
        p("End of the document."),
    ];
    let number = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let file = Docx::new(&body.concat()).numbering(number).bytes();
    let page = upload(&mut browser, &world.trust, "library.docx", &file).await;
    let page = browser.follow(page).await;
    page.assert_text("2 suggestions and 1 comment will come over to the draft.");
    page.assert_text(
        "This line was moved in the document: there it stands after “Shelve returned books each morning”.",
    );
    assert!(!page.text().contains("Changes that fit no line"), "nothing is left that no suggestion holds");

    let editor = new_profile(&mut browser, &page, &world.trust.first.name).await;
    let list = browser.open(&editor.replace("/edit", "/remarks")).await;
    for heading in ["Person specification", "Competencies"] {
        list.assert_text(heading);
    }
    let importance =
        "select c.importance from criterion c join item i on (i.version_id, i.item_id) = (c.version_id, c.item_id)
        where i.text = 'Has worked in a library'";
    let level = "select f.level from factor_level f where f.factor = 'Communication'";
    let read = async |sql: &'static str| sqlx::query_scalar::<_, String>(sql).fetch_one(&site.db).await.unwrap();
    assert_eq!((read(importance).await, read(level).await), ("essential".to_owned(), "3".to_owned()));
    let ids: Vec<i64> = sqlx::query_scalar("select id from suggestion order by id").fetch_all(&site.db).await.unwrap();
    for id in ids {
        let accept = editor.replace("/edit", &format!("/suggestions/{id}/accept"));
        assert_eq!(browser.post(&accept, &[]).await.status, 303);
    }
    assert_eq!((read(importance).await, read(level).await), ("desirable".to_owned(), "4".to_owned()));
}
