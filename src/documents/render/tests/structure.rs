//! What a PDF tells those who don't see it: its tags, its bookmarks, and the order of its words.

use std::path::Path;
use std::sync::LazyLock;

use pdf_extract::{Dictionary, Document as Pdf, Object};

use super::sample;
use crate::documents::render::paper::Audience;
use crate::documents::render::pdf::{Fonts, pdf};
use crate::documents::render::sheet::{Block, Family, Line, Sheet, sheet};
use crate::domain::content::{Body, Content, Importance, Item};
use crate::domain::ids::ItemId;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("static")));

fn made(content: &Content, family: Family) -> (Sheet, Vec<u8>) {
    let details = sample::details();
    let sheet = sheet(&sample::edition(&details, content), Audience::Staff, family);
    let bytes = pdf(&sheet, &FONTS).unwrap().bytes;
    (sheet, bytes)
}

fn dictionary<'a>(pdf: &'a Pdf, object: &'a Object) -> Option<&'a Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}

/// A text of a PDF: UTF-16 where it says so, else letters that are the same in ASCII.
fn text(object: &Object) -> String {
    match object.as_str() {
        Ok([0xfe, 0xff, rest @ ..]) => {
            let units: Vec<u16> = rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        Ok(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        Err(_) => String::new(),
    }
}

/// A tag with what stands below it.
struct Tag {
    name: String,
    title: String,
    below: Vec<Tag>,
}

impl Tag {
    fn of(pdf: &Pdf, object: &Object) -> Option<Tag> {
        let own = dictionary(pdf, object)?;
        let name = String::from_utf8(own.get(b"S").ok()?.as_name().ok()?.to_vec()).ok()?;
        let title = own.get(b"T").map(text).unwrap_or_default();
        Some(Tag { name, title, below: own.get(b"K").map(|below| Tag::list(pdf, below)).unwrap_or_default() })
    }

    fn list(pdf: &Pdf, object: &Object) -> Vec<Tag> {
        match pdf.dereference(object).unwrap().1 {
            Object::Array(all) => all.iter().filter_map(|one| Tag::of(pdf, one)).collect(),
            _ => Tag::of(pdf, object).into_iter().collect(),
        }
    }

    fn root(pdf: &Pdf) -> Tag {
        let root = dictionary(pdf, pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap()).unwrap();
        Tag { name: String::new(), title: String::new(), below: Tag::list(pdf, root.get(b"K").unwrap()) }
    }

    /// Itself and all below it, in the order in which they are read out.
    fn all(&self) -> Vec<&Tag> {
        [self].into_iter().chain(self.below.iter().flat_map(Tag::all)).collect()
    }

    fn named(&self, name: &str) -> Vec<&Tag> {
        self.all().into_iter().filter(|tag| tag.name == name).collect()
    }
}

/// Level and words of every bookmark.
fn bookmarks(pdf: &Pdf) -> Vec<(usize, String)> {
    fn below(pdf: &Pdf, over: &Dictionary, level: usize, out: &mut Vec<(usize, String)>) {
        let mut next = over.get(b"First").ok();
        while let Some(own) = next.and_then(|own| dictionary(pdf, own)) {
            out.push((level, text(own.get(b"Title").unwrap())));
            below(pdf, own, level + 1, out);
            next = own.get(b"Next").ok();
        }
    }
    let mut out = Vec::new();
    below(pdf, dictionary(pdf, pdf.catalog().unwrap().get(b"Outlines").unwrap()).unwrap(), 1, &mut out);
    out
}

/// Level and words of every heading, as the sheet has them.
fn headings(sheet: &Sheet) -> Vec<(usize, String)> {
    let shown = |line: &Line| format!("{} {}", line.number.shown(), line.text()).trim().to_owned();
    let heading = |block: &Block| match block {
        Block::Title(line) => Some((1, shown(line))),
        Block::Heading { level, line } => Some((usize::from(*level), shown(line))),
        _ => None,
    };
    sheet.blocks.iter().filter_map(heading).collect()
}

#[test]
fn headings_are_tags_and_bookmarks_in_their_order() {
    for family in Family::ALL {
        let (sheet, bytes) = made(&sample::content(), *family);
        let pdf = Pdf::load_mem(&bytes).unwrap();
        let wanted = headings(&sheet);
        let level = |tag: &&Tag| tag.name.strip_prefix('H').and_then(|level| level.parse::<usize>().ok());
        let root = Tag::root(&pdf);
        let tagged: Vec<(usize, String)> =
            root.all().into_iter().filter_map(|tag| Some((level(&tag)?, tag.title.clone()))).collect();
        assert_eq!(tagged, wanted, "{family:?}");
        assert_eq!(bookmarks(&pdf), wanted, "{family:?}");
    }
}

#[test]
fn tables_and_lists_are_tagged_as_what_they_are() {
    for family in Family::ALL {
        let (sheet, bytes) = made(&sample::content(), *family);
        let pdf = Pdf::load_mem(&bytes).unwrap();
        let root = Tag::root(&pdf);
        let columns: Vec<usize> = sheet
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Table(table) => Some(table.columns.len()),
                _ => None,
            })
            .collect();
        let facts = sheet.blocks.iter().filter(|block| matches!(block, Block::Facts(_))).count();
        let tables = root.named("Table");
        assert_eq!(tables.len(), columns.len() + facts, "{family:?}");
        let heads = root.named("THead");
        let named: Vec<usize> =
            heads.iter().map(|head| head.below[0].below.iter().filter(|one| one.name == "TH").count()).collect();
        assert_eq!(named, columns, "{family:?}: a header cell a column");
        let with_label = |row: &&&Tag| row.below.iter().map(|one| one.name.as_str()).eq(["TH", "TD"]);
        let labelled = tables.iter().filter(|table| table.below.iter().all(|row| row.name == "TR"));
        assert!(
            labelled.flat_map(|table| table.below.iter().collect::<Vec<_>>()).all(|row| with_label(&&row)),
            "{family:?}"
        );
        let entries = root.named("LI");
        assert!(entries.len() >= 8 && entries.iter().all(|entry| entry.below.iter().any(|one| one.name == "LBody")));
    }
}

#[test]
fn words_stand_in_reading_order() {
    let content = sample::content();
    let (_, bytes) = made(&content, Family::Own);
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let read = plain(&pdf_extract::extract_text_from_mem(&bytes).unwrap());
    let mut at = 0;
    for item in content.all_items() {
        let own = plain(&item.text);
        let found = read[at..].find(&own);
        at += found.unwrap_or_else(|| panic!("“{}” stands after what it comes before", item.text)) + own.len();
    }
}

#[test]
fn every_page_of_a_table_has_its_header() {
    let mut content = sample::content();
    let criterion = |n: i64| {
        let body =
            Body::Criterion { importance: Importance::Essential, subheading: String::new(), assessment: Vec::new() };
        Item::new(ItemId(2_000 + n), format!("Knows thing {n}."), body)
    };
    content.sections[4].items[0].children = (0..120).map(criterion).collect();
    for family in [Family::Own, Family::CouncilPost, Family::CouncilAssessed] {
        let pages = pdf_extract::extract_text_from_mem_by_pages(&made(&content, family).1).unwrap();
        let with: Vec<&String> = pages.iter().filter(|page| page.contains("Knows thing")).collect();
        assert!(with.len() >= 3, "{family:?}");
        for page in with {
            let (header, first) = (page.find("Assessed by"), page.find("Knows thing"));
            assert!(header.is_some() && header < first, "{family:?}: {page}");
        }
    }
}
