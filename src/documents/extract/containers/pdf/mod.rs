//! PDF with a text layer: glyphs and ruled lines with their positions in, blocks in reading order out.
//!
//! A PDF knows no words, lines, paragraphs or tables; all are read back from positions. `glyphs` takes what the page
//! draws (through `pdf-extract`, for its fonts and encodings), `lines` makes lines of glyphs, `rules` and `cells` find
//! ruled tables, `tables` makes grids of them, `columns` reads one after the other, `paragraphs` joins lines, `hyphens` undoes hyphens at line ends, `edges` takes running heads and page
//! numbers out of the text, `layout` puts it all in order. `check` refuses what would never end, `widths` puts right how fonts
//! state theirs, `links` tells where links lead.

mod cells;
mod check;
mod columns;
mod edges;
mod glyphs;
mod hyphens;
mod layout;
mod lines;
mod links;
mod paragraphs;
mod rules;
mod tables;
mod widths;

use super::super::blocks::Document;
use super::super::refusal::Refusal;
use glyphs::{Drawing, Sheet};
use pdf_extract::{Document as Pdf, OutputError, output_doc};
use std::panic::{AssertUnwindSafe, catch_unwind};

const DAMAGED: Refusal = Refusal::Damaged("its pages can't be drawn");

/// Reads the pages in order.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    // the libraries stop on what they don't expect, which in a file of another's making is no bug of ours
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(bytes)));
    let (sheets, targets) = drawn.unwrap_or(Err(DAMAGED))?;
    let mut document = layout::document(sheets)?;
    links::note(&mut document, targets);
    Ok(document)
}

/// What the pages draw, and where their links lead.
fn draw(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<String>), Refusal> {
    let mut pdf = Pdf::load_mem(bytes).map_err(|_| Refusal::Damaged("its list of parts can't be read"))?;
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Err(Refusal::PasswordProtected);
    }
    check::check(&pdf)?;
    widths::write_out(&mut pdf);
    let mut drawing = Drawing::default();
    let drawn = output_doc(&pdf, &mut drawing);
    if drawing.is_full() {
        return Err(Refusal::TooMuchText);
    }
    match drawn {
        Ok(()) => Ok((drawing.sheets, links::targets(&pdf))),
        Err(OutputError::PdfError(_) | OutputError::FormatError(_) | OutputError::IoError(_)) => Err(DAMAGED),
    }
}
