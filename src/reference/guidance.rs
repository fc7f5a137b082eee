//! Guidance beside the editor: what to keep in mind in each kind of section, and whose advice that follows.

use serde::Deserialize;
use time::Date;

use super::ReferenceError;
use crate::domain::content::SectionKind;
use crate::domain::text::parse_date;

const FILE: &str = "guidance.csv";
const ROWS: &str = include_str!("../../reference/guidance.csv");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    pub kind: SectionKind,
    pub words: String,
    pub source: String,
    pub looked_at: Date,
}

#[derive(Deserialize)]
struct Row {
    section_kind: String,
    words: String,
    source: String,
    looked_at: String,
}

/// All of it, in the order of the file.
///
/// # Errors
/// [`ReferenceError`] where a row of the file can't be read.
pub fn guidance() -> Result<Vec<Guidance>, ReferenceError> {
    let unreadable = |what: String| ReferenceError { file: FILE, what };
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(ROWS.as_bytes());
    reader
        .deserialize::<Row>()
        .map(|row| {
            let row = row.map_err(|error| unreadable(error.to_string()))?;
            let kind = SectionKind::parse(&row.section_kind);
            Ok(Guidance {
                kind: kind.ok_or_else(|| unreadable(format!("no kind of section is {}", row.section_kind)))?,
                looked_at: parse_date(&row.looked_at)
                    .ok_or_else(|| unreadable(format!("no date: {}", row.looked_at)))?,
                words: row.words,
                source: row.source,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_section_has_guidance_with_its_source() {
        let all = guidance().unwrap();
        for kind in SectionKind::ALL {
            assert!(all.iter().any(|one| one.kind == *kind), "{kind:?}");
        }
        assert!(all.iter().all(|one| !one.words.is_empty() && !one.source.is_empty()));
    }
}
