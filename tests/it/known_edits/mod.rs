//! Twenty known edits of every sort, and what the comparison says of them: in golden files that people can read.
//!
//! Made in the editor, the comparison names exactly these; made in the file that comes back from Word, at least
//! eighteen, and nothing that was not done.

mod editor;
mod file;

use rolebook::documents::extract::extract;
use rolebook::documents::to_content::{Made, to_content};
use rolebook::domain::content::Content;
use rolebook::domain::details::Details;
use rolebook::domain::diff::{Counts, Listed, compare};

const EDITS: usize = 20;

/// A document of our own wording, as the file holds it.
fn document() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/documents/nhs-job-description.txt");
    std::fs::read_to_string(path).unwrap()
}

fn read(text: &str) -> Made {
    to_content(&extract(text.as_bytes(), "job-description.txt").unwrap(), &[], None)
}

/// The list of changes, and the sentence over it.
fn listed(old: (&Details, &Content), new: (&Details, &Content)) -> (Vec<Listed>, String) {
    let list = compare(old, new, ("", "")).unwrap().list();
    let sentence = Counts::of(&list).in_words();
    (list, sentence)
}

/// `Moved Duty: Chair the weekly store meeting. (from place 3, to place 1)`
fn said(one: &Listed) -> String {
    let note = if one.note.is_empty() { String::new() } else { format!(" ({})", one.note) };
    format!("{} {}{note}", one.mark.label(), one.text)
}
