//! Sheets as PDF: tagged, with a title, a language, headings, lists and table headers, held to PDF/UA-1.
//!
//! Typesetting takes tens of milliseconds of a processor: callers keep it off the threads that answer requests.

mod world;

use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::sheet::Sheet;
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

/// A PDF file, and whether it holds to PDF/UA-1.
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// What keeps it from PDF/UA-1; it is still tagged.
    pub short_of_standard: Option<String>,
}

pub fn pdf(sheet: &Sheet, fonts: &Fonts) -> Result<Pdf, PdfError> {
    if fonts.is_empty() {
        return Err(PdfError::NoFonts);
    }
    let data = serde_json::to_string(sheet).map_err(|error| PdfError::Failed(error.to_string()))?;
    let data = fonts.spelled_out(&data);
    let made = Print::new(fonts, data).ok_or(PdfError::NoFonts).and_then(|print| set(&print));
    comemo::evict(KEPT);
    made
}

fn set(print: &Print<'_>) -> Result<Pdf, PdfError> {
    let document: PagedDocument = typst::compile(print).output.map_err(|errors| failed(&errors))?;
    let pages = document.pages().len();
    let strict =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| PdfError::Failed(error.message().to_string()))?;
    match typst_pdf::pdf(&document, &PdfOptions { standards: strict, ..PdfOptions::default() }) {
        Ok(bytes) => Ok(Pdf { bytes, pages, short_of_standard: None }),
        // A document that its reader can open is worth more than none: tagged all the same, and said in the log.
        Err(errors) => {
            let bytes = typst_pdf::pdf(&document, &PdfOptions::default()).map_err(|errors| failed(&errors))?;
            Ok(Pdf { bytes, pages, short_of_standard: Some(said(&errors)) })
        }
    }
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
