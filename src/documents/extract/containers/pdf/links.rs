//! Links of the pages: where they lead. Their words are read like all others; the target stands beside the text.

use super::super::super::blocks::{Aside, AsideKind, Document};
use super::super::super::limits;
use pdf_extract::{Dictionary, Document as Pdf, Object};

/// Longest address that is told.
const ADDRESS: usize = 2_000;

/// The addresses of web and mail links, page by page.
pub fn targets(pdf: &Pdf) -> Vec<String> {
    let pages = pdf.get_pages().into_values().take(limits::PDF_PAGES);
    let marks = pages.filter_map(|page| pdf.get_dictionary(page).ok()).flat_map(|page| annotations(pdf, page));
    let mut targets: Vec<String> = Vec::new();
    for target in marks.filter_map(|mark| target(pdf, mark)).take(limits::COMMENTS) {
        // a link over two lines is two marks with one address
        if targets.last() != Some(&target) {
            targets.push(target);
        }
    }
    targets
}

/// Puts the targets beside the text of a document.
pub fn note(document: &mut Document, targets: Vec<String>) {
    let aside = |target: String| {
        let text = target.trim_start_matches("mailto:").to_owned();
        Aside { block: None, paragraph: String::new(), kind: AsideKind::Link { text, target } }
    };
    document.asides.extend(targets.into_iter().map(aside));
}

fn annotations<'p>(pdf: &'p Pdf, page: &'p Dictionary) -> Vec<&'p Dictionary> {
    let list = page.get(b"Annots").ok().and_then(|list| resolved(pdf, list).as_array().ok());
    list.into_iter().flatten().filter_map(|mark| resolved(pdf, mark).as_dict().ok()).collect()
}

fn target(pdf: &Pdf, mark: &Dictionary) -> Option<String> {
    let action = resolved(pdf, mark.get(b"A").ok()?).as_dict().ok()?;
    let address = resolved(pdf, action.get(b"URI").ok()?).as_str().ok()?;
    let address: String = String::from_utf8_lossy(address).chars().filter(|c| !c.is_control()).take(ADDRESS).collect();
    (!address.trim().is_empty()).then_some(address)
}

/// What a reference leads to; itself where it leads nowhere.
fn resolved<'p>(pdf: &'p Pdf, object: &'p Object) -> &'p Object {
    pdf.dereference(object).map_or(object, |(_, found)| found)
}
