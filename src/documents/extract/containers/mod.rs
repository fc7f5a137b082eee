//! One reader a file format, each from bytes to neutral blocks. None of them knows what a job description is.
//!
//! A new format adds its folder here, its arm in `read` and its bytes in `sniff`.

pub mod archive;
mod docx;
mod grid;
mod html;
mod line;
mod lines;
mod markdown;
pub mod markers;
mod number_format;
mod odt;
mod page;
mod pdf;
mod rtf;
mod shape;
mod symbols;
mod text;
mod xml;

use super::blocks::Document;
use super::refusal::Refusal;
use super::sniff::MediaType;

pub use docx::styled::{CharacterStyles, StyledLine};

/// How tracked changes are read: as if all were accepted, or as if none had been made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    Accepted,
    Rejected,
}

/// The styled lines of a Word file, if its styles have names that begin so.
pub fn styled(
    bytes: &[u8],
    changes: Changes,
    prefix: &str,
    own: CharacterStyles<'_>,
) -> Result<Option<Vec<StyledLine>>, Refusal> {
    docx::styled::read(bytes, changes, prefix, own)
}

/// Whether the tracked changes of such files can be taken back.
pub fn rejects(media_type: MediaType) -> bool {
    match media_type {
        MediaType::Docx | MediaType::Odt | MediaType::Rtf => true,
        MediaType::PlainText | MediaType::Markdown | MediaType::Pdf | MediaType::Html => false,
    }
}

/// Reads the blocks of a document whose type is known.
pub fn read(media_type: MediaType, bytes: &[u8], changes: Changes) -> Result<Document, Refusal> {
    match media_type {
        MediaType::Docx => docx::read(bytes, changes),
        MediaType::PlainText => text::read(bytes, false),
        MediaType::Markdown => text::read(bytes, true),
        MediaType::Odt => odt::read(bytes, changes),
        MediaType::Rtf => rtf::read(bytes, changes),
        MediaType::Pdf => pdf::read(bytes),
        MediaType::Html => html::read(bytes),
    }
}
