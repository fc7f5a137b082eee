//! Five documents of our own wording, one a layout, against results that a person has read.

use crate::documents::extract::extract;
use std::fs;
use std::path::{Path, PathBuf};

const LAYOUTS: [&str; 5] = [
    "nhs-job-description",
    "nhs-job-advert",
    "council-job-profile-competencies",
    "council-job-profile-assessed",
    "council-post-specification",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the command line prints for a document, with `--pretty`.
fn printed(name: &str) -> String {
    let path = root().join("tests/golden/documents").join(name);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let extract = extract(&bytes, name).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    serde_json::to_string_pretty(&extract).unwrap_or_default() + "\n"
}

#[test]
fn documents_in_the_five_layouts_read_as_they_should() {
    for layout in LAYOUTS {
        let found = printed(&format!("{layout}.txt"));
        let wanted = read(&root().join(format!("tests/golden/documents/{layout}.extract.json")));
        let at = found.lines().zip(wanted.lines()).position(|(found, wanted)| found != wanted);
        assert!(found == wanted, "{layout}: the results differ from line {:?} on", at.map(|at| at + 1));
    }
}

/// Other people's documents stay outside the repository; where they are at hand, every word of them must be kept.
/// Debug builds audit each result, so reading a document is the check.
#[test]
fn shared_documents_keep_every_word() {
    let folder = root().join("../shared/sources");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("shared documents: ../shared/sources is missing, so they were not read");
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if ![".txt", ".docx", ".odt", ".rtf", ".pdf"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let bytes = fs::read(&path).unwrap_or_default();
        let found = extract(&bytes, name).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        let uncertain =
            found.unplaced.iter().filter(|rest| rest.reason == crate::documents::extract::result::Reason::Uncertain);
        assert_eq!(uncertain.count(), 0, "{name}: words without a place");
    }
}
