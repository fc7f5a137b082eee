//! Sheets as PDF: tagged, with a title, a language, headings, lists and table headers, held to PDF/UA-1 and PDF/A-2a.
//!
//! Typesetting takes tens of milliseconds of a processor: callers keep it off the threads that answer requests.

mod letters;
mod world;

use std::sync::Arc;

use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::sheet::Sheet;
pub use letters::{MOST_NAMED, sentence};
pub use world::Fonts;
use world::Print;

/// Compilations for which the typesetter keeps what it has worked out, so that memory stays flat.
const KEPT: usize = 4;

#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("the typeface for PDFs is not there: run `make assets`")]
    NoFonts,
    #[error("the document could not be set: {0}")]
    Failed(String),
}

/// A PDF file, and whether it holds to PDF/UA-1 and PDF/A-2a.
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// What keeps it from both standards; it is still tagged, and holds to the first where that can be.
    pub short_of_standard: Option<String>,
}

/// To be read by everybody (UA-1), and in fifty years (A-2a); then the first alone, then neither.
const STANDARDS: [&[PdfStandard]; 3] = [&[PdfStandard::Ua_1, PdfStandard::A_2a], &[PdfStandard::Ua_1], &[]];

pub fn pdf(sheet: &Sheet, fonts: &Fonts) -> Result<Pdf, PdfError> {
    if fonts.is_empty() {
        return Err(PdfError::NoFonts);
    }
    let made = printed(sheet, fonts);
    let made = match made {
        // A logo never stands in the way of a document.
        Err(error) if sheet.head.look.logo.is_some() => {
            tracing::warn!("the logo of {} is left out: {error}", sheet.head.employer);
            let mut plain = sheet.clone();
            plain.head.look.logo = None;
            printed(&plain, fonts)
        }
        made => made,
    };
    comemo::evict(KEPT);
    made
}

fn printed(sheet: &Sheet, fonts: &Fonts) -> Result<Pdf, PdfError> {
    let data = letters::set(sheet, fonts).map_err(|error| PdfError::Failed(error.to_string()))?;
    let logo = sheet.head.look.logo.as_ref().map(|logo| Arc::clone(&logo.png));
    Print::new(fonts, data, logo).ok_or(PdfError::NoFonts).and_then(|print| set(&print))
}

fn set(print: &Print<'_>) -> Result<Pdf, PdfError> {
    let document: PagedDocument = typst::compile(print).output.map_err(|errors| failed(&errors))?;
    let pages = document.pages().len();
    let mut short_of_standard = None;
    // A document that its reader can open is worth more than none: tagged all the same, and said in the log.
    for standards in STANDARDS {
        let standards = PdfStandards::new(standards).map_err(|error| PdfError::Failed(error.message().to_string()))?;
        match typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }) {
            Ok(bytes) => return Ok(Pdf { bytes, pages, short_of_standard }),
            Err(errors) => short_of_standard = short_of_standard.or(Some(said(&errors))),
        }
    }
    Err(PdfError::Failed(short_of_standard.unwrap_or_default()))
}

fn failed(errors: &[SourceDiagnostic]) -> PdfError {
    PdfError::Failed(said(errors))
}

fn said(errors: &[SourceDiagnostic]) -> String {
    let said: Vec<String> = errors
        .iter()
        .map(|error| {
            let hints: Vec<&str> = error.hints.iter().map(|hint| hint.v.as_str()).collect();
            format!("{} {}", error.message, hints.join(" "))
        })
        .collect();
    said.join("; ")
}
