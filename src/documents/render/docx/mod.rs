//! Sheets as Word files: real headings, lists, table headers and document properties, in styles that a person can
//! restyle. Our own writer: the parts are few, their order is laid down, and what is written is what `extract` reads back.
//!
//! Every line has the paragraph style of its role, so that a file which comes back is read exactly; an item's identity
//! also travels as a bookmark.

mod body;
mod logo;
mod numbers;
mod parts;
mod styles;
mod xml;

use std::io::{Cursor, Write};

use time::OffsetDateTime;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::sheet::Sheet;
pub use styles::{BREAK, COLUMN, GLOSS, NUMBER, Styled, UNGROUPED, styled};

/// The media type of a .docx file.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Under whose name, and when, the marks of a comparison stand as tracked changes.
#[derive(Debug, Clone)]
pub struct Reviser {
    pub name: String,
    pub at: OffsetDateTime,
}

/// The bytes of a .docx. `now` stands in its properties.
pub fn docx(sheet: &Sheet, reviser: &Reviser, now: OffsetDateTime) -> std::io::Result<Vec<u8>> {
    let (document, numbering) = body::document(sheet, reviser);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    if let Some(logo) = &sheet.head.look.logo {
        // It is packed already.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file("word/media/logo.png", stored)?;
        zip.write_all(&logo.png)?;
    }
    for (name, xml) in [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::properties(&sheet.head, now)),
        ("docProps/app.xml", parts::APPLICATION.to_owned()),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", parts::document_relations(sheet.head.look.logo.is_some())),
        ("word/styles.xml", styles::part(sheet.head.size, &sheet.head.look.accent)),
        ("word/numbering.xml", numbering),
        ("word/settings.xml", parts::settings()),
        ("word/header1.xml", parts::header(&sheet.head)),
        ("word/footer1.xml", parts::footer(&sheet.head)),
    ] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(xml.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
