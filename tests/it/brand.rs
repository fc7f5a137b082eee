//! The employer's look: an administrator's logo and colour, and the documents and adverts that carry them.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::support::browser::Browser;
use crate::support::form::Attached;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

const MARK: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><rect width="400" height="100" fill="#7a1712"/></svg>"##;

async fn send(admin: &mut Browser, world: &World, fields: &[(&str, &str)], logo: Option<&[u8]>) -> Page {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let files: Vec<_> = logo
        .iter()
        .map(|bytes| Attached { field: "logo".into(), name: "logo.svg".into(), bytes: bytes.to_vec() })
        .collect();
    admin.upload(&world.trust.path("brand"), &fields, &files).await
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = Vec::new();
    zip.by_name(name).unwrap().read_to_end(&mut out).unwrap();
    out
}

#[tokio::test]
async fn a_logo_and_a_colour_reach_adverts_and_files() {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let issued = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let advert = site.db_published(&world.trust, &world.trust.first, &issued, |_| {}).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("brand")).await;
    assert_eq!(page.heading(), "Logo and colour");
    let fields = [("revision", "0"), ("accent", "#7A1712"), ("alt", "Northmoor: caring nearby")];
    let page = send(&mut admin, &world, &fields, Some(MARK.as_bytes())).await;
    let page = admin.follow(page).await;
    assert_eq!(page.flash(), "The look of documents and adverts is saved");

    let mut anybody = site.browser();
    let look = format!("/employers/{}", world.trust.slug);
    for path in [format!("/jobs/{advert}"), look.clone()] {
        let page = anybody.open(&path).await.html();
        assert!(
            page.contains("alt=\"Northmoor: caring nearby\"") && page.contains("width=\"240\" height=\"60\""),
            "{page}"
        );
        assert!(page.contains(&format!("{look}/colours.css?v=1")));
    }
    let logo = anybody.get(&format!("{look}/logo.png?v=1")).await;
    assert_eq!((logo.status, logo.header("content-type")), (200, "image/png"));
    assert!(logo.bytes.starts_with(b"\x89PNG") && logo.bytes.len() <= 12_000);
    let colours = anybody.get(&format!("{look}/colours.css?v=1")).await;
    assert!(colours.html().starts_with(":root{--accent:#7a1712;"), "{}", colours.html());
    assert_eq!(colours.header("content-type"), "text/css; charset=utf-8");

    let word = anybody.get(&format!("/jobs/{advert}/pack?as=docx")).await;
    assert!(part(&word.bytes, "word/media/logo.png").starts_with(b"\x89PNG"));
    let document = String::from_utf8(part(&word.bytes, "word/document.xml")).unwrap();
    assert!(document.contains("descr=\"Northmoor: caring nearby\""));
    let plain = anybody.get(&format!("/jobs/{advert}/pack?as=pdf")).await.bytes.len();
    let fields = [("revision", "1"), ("remove", "yes"), ("accent", "")];
    send(&mut admin, &world, &fields, None).await;
    assert!(anybody.get(&format!("/jobs/{advert}/pack?as=pdf")).await.bytes.len() + 500 < plain, "the logo is gone");
    assert_eq!(anybody.get(&format!("{look}/logo.png")).await.status, 404);
    assert!(!anybody.open(&format!("/jobs/{advert}")).await.html().contains("rb-logo"));
}

#[tokio::test]
async fn what_can_not_be_a_look_is_told_and_keeps_what_was_typed() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let fields = [("revision", "0"), ("accent", "#ffcc00"), ("alt", "Northmoor")];
    let page = send(&mut admin, &world, &fields, Some(b"<svg><script>alert(1)</script></svg>")).await;
    assert_eq!(page.status, 422);
    let problems = page.problems().join("\n");
    assert!(problems.contains("contrast of #ffcc00 with the page is 1.3 to 1"), "{problems}");
    assert!(problems.contains("The SVG holds a script"), "{problems}");
    assert_eq!(page.form("Save the look").value("What the logo shows"), "Northmoor");
    let page = send(&mut admin, &world, &[("revision", "0")], Some(MARK.as_bytes())).await;
    assert!(page.problems().join("").contains("Say in words what the logo shows"));
    for (bytes, said) in [
        (vec![7; 1_100_000], "larger than 1 MB"),
        (vec![7; 26_000_000], "larger than 1 MB"),
        (b"GIF89a".to_vec(), "must be a PNG, JPEG or SVG"),
        (nested_uses(), "is damaged"),
    ] {
        let page = send(&mut admin, &world, &[("revision", "0"), ("alt", "x")], Some(&bytes)).await;
        assert!(page.status == 422 && page.text().contains(said), "{said}: {}", page.text());
    }
    assert_eq!(site.browser().get(&format!("/employers/{}/logo.png", world.trust.slug)).await.status, 404);
}

/// Each shape draws the one before it ten times: a hundred million in all.
fn nested_uses() -> Vec<u8> {
    let mut svg =
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><rect id="a0" width="9" height="9"/>"#
            .to_owned();
    for level in 1..9 {
        let uses = format!("<use href=\"#a{}\"/>", level - 1).repeat(10);
        svg.push_str(&format!("<g id=\"a{level}\">{uses}</g>"));
    }
    svg.push_str("</defs><use href=\"#a8\"/></svg>");
    svg.into_bytes()
}

#[tokio::test]
async fn two_administrators_do_not_undo_each_other() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    send(&mut admin, &world, &[("revision", "0"), ("accent", "#7a1712")], None).await;
    for stale in ["0", "9", "x", ""] {
        let page = send(&mut admin, &world, &[("revision", stale), ("accent", "#036")], None).await;
        assert_eq!(page.status, 422, "{stale}");
        page.assert_text("Somebody else changed the look");
        assert_eq!(page.form("Save the look").value("Colour of headings, links and buttons"), "#036");
    }
    let page = send(&mut admin, &world, &[("revision", "1"), ("accent", "#036")], None).await;
    assert_eq!(page.status, 303);
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    assert_eq!(author.get(&world.trust.path("brand")).await.status, 403);
}

#[tokio::test]
async fn a_broken_logo_in_the_database_stops_no_document() {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let issued = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let advert = site.db_published(&world.trust, &world.trust.first, &issued, |_| {}).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    send(&mut admin, &world, &[("revision", "0"), ("alt", "x")], Some(MARK.as_bytes())).await;
    for broken in ["'no picture'::bytea", "substring(logo for 60)"] {
        let sql = format!("update employer_brand set logo = {broken}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&site.db).await.unwrap();
        for kind in ["pdf", "docx", "txt"] {
            let file = site.browser().get(&format!("/jobs/{advert}/pack?as={kind}")).await;
            assert_eq!(file.status, 200, "{broken} {kind}");
        }
    }
}
