//! A document's bytes in, its structure out: container → neutral blocks → recognisers → `result::Extract`.
//!
//! Containers know nothing of job descriptions, recognisers know nothing of files, and nothing here knows of
//! people or the database. Everything is bounded by `limits`; a file that can't be read is a `refusal::Refusal`.

pub mod blocks;
pub mod bundle;
pub mod child;
mod containers;
pub mod limits;
pub mod recognise;
pub mod refusal;
pub mod result;
mod sniff;
#[cfg(test)]
mod tests;
mod words;

use super::render::docx;
use super::render::json::{self, VersionFile};
use blocks::{Block, BlockKind, Document, Marker};
use containers::Changes;
use refusal::Refusal;
use result::{Extract, Source};
use sha2::{Digest, Sha256};
pub use sniff::MediaType;

/// Reads one document. `name` is only reported; the type is found from the bytes. What we wrote ourselves is read
/// exactly.
pub fn extract(bytes: &[u8], name: &str) -> Result<Extract, Refusal> {
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let source = |media_type: &str, words| Source {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        sha256: sha256.clone(),
        words,
    };
    if let Some(file) = VersionFile::read(bytes) {
        return Ok(recognise::own::version(&file, source(json::MEDIA_TYPE, 0)));
    }
    let (media_type, document) = read_blocks(bytes)?;
    let words = words::count(&document);
    let source = |words| source(media_type.name(), words);
    let mut extract = understood(bytes, media_type, Changes::Accepted, &document, source(words))?;
    if !extract.tracked.is_empty() && containers::rejects(media_type) {
        let before = containers::read(media_type, bytes, Changes::Rejected)?;
        let had = words::count(&before);
        if words::check(&before).is_ok() && had.saturating_mul(LEAST_BEFORE) >= words {
            let before = understood(bytes, media_type, Changes::Rejected, &before, source(had))?;
            extract.before = Some(Box::new(before));
        }
    }
    Ok(extract)
}

/// One word in so many has to have been there before the tracked changes. Where there was less, the document was written
/// while changes were tracked: there is nothing that they would change.
const LEAST_BEFORE: usize = 4;

/// Structure of blocks; what we wrote ourselves is read by its styles.
fn understood(
    bytes: &[u8],
    media_type: MediaType,
    changes: Changes,
    document: &Document,
    source: Source,
) -> Result<Extract, Refusal> {
    let ours = match media_type == MediaType::Docx {
        true => containers::styled(bytes, changes, OUR_STYLES, OUR_CHARACTERS)?,
        false => None,
    };
    Ok(match ours {
        Some(lines) => recognise::own::read(document, &lines, source),
        None => recognise::recognise(document, source),
    })
}

/// How the names of the styles begin that our own Word files have.
const OUR_STYLES: &str = "rolebook ";
const OUR_CHARACTERS: containers::CharacterStyles<'_> =
    containers::CharacterStyles { number: docx::NUMBER, explanation: docx::GLOSS };

/// The first half of `extract`: what the page shows, before anyone asks what it means.
pub fn read_blocks(bytes: &[u8]) -> Result<(MediaType, Document), Refusal> {
    let media_type = sniff::sniff(bytes)?;
    let document = containers::read(media_type, bytes, Changes::Accepted)?;
    words::check(&document)?;
    Ok((media_type, document))
}

/// A line's typed bullet or number, and the rest of it.
pub fn typed_marker(line: &str) -> Option<(Marker, &str)> {
    containers::markers::split(line)
}

/// The lines of a document as they stand on its pages, markers and numbers with them, tables cell by cell. `before`: as
/// they stood before its tracked changes, where those can be taken back.
pub fn lines(bytes: &[u8], before: bool) -> Result<Vec<String>, Refusal> {
    let (media_type, mut document) = read_blocks(bytes)?;
    if before && containers::rejects(media_type) {
        document = containers::read(media_type, bytes, Changes::Rejected)?;
    }
    let mut lines = Vec::new();
    gather_lines(&document.blocks, &mut lines);
    Ok(lines)
}

fn gather_lines(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { number: Some(number), text, .. } => lines.push(format!("{number} {text}")),
            BlockKind::Heading { number: None, text, .. } | BlockKind::Paragraph { text, .. } => {
                lines.push(text.clone())
            }
            BlockKind::ListItem { marker: Marker::Bullet(marker) | Marker::Number(marker), text, .. } => {
                lines.push(format!("{marker} {text}"));
            }
            BlockKind::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| gather_lines(&cell.blocks, lines));
            }
        }
    }
}
