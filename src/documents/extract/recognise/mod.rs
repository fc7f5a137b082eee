//! Recognisers.
use super::blocks::Document;
use super::result::{Details, Extract, FORMAT, Layout, Source};

pub fn recognise(_document: &Document, source: Source) -> Extract {
    Extract { format: FORMAT.to_owned(), source, layout: Layout::Other, details: Details::default(), sections: vec![], labels: vec![], unplaced: vec![], tracked: vec![], comments: vec![], findings: vec![] }
}
