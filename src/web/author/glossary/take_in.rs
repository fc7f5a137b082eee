//! Taking in a table from a spreadsheet: all of it, or none and every line that stands in the way.

use std::collections::BTreeMap;

use axum::response::Response;

use super::{granted, list};
use crate::domain::glossary::{Entry, MOST_ENTRIES};
use crate::domain::text::count;
use crate::error::AppError;
use crate::web::form::Form;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::see_other_saying;
use crate::web::upload::{FIELD, Upload};

/// Lines of a refused file that are named.
const NAMED: usize = 10;

pub async fn take_in(me: As<StaffOnly>, upload: Upload) -> Result<Response, AppError> {
    let granted = granted(&me)?;
    let mut tx = me.begin().await?;
    let rows = tx.glossary(&me.scope()).await?;
    let read = match upload {
        Upload::File { bytes, .. } => read(&bytes),
        Upload::Nothing => Err(vec!["Choose the file first".to_owned()]),
        Upload::TooLarge => Err(vec!["The file is larger than 1 MB, which is the most".to_owned()]),
    };
    let read = read.and_then(|entries| {
        let new = entries.iter().filter(|entry| rows.iter().all(|row| row.entry.short != entry.short)).count();
        match rows.len() + new > MOST_ENTRIES {
            true => Err(vec![format!(
                "With it the list would hold {} entries; {MOST_ENTRIES} is the most",
                rows.len() + new
            )]),
            false => Ok(entries),
        }
    });
    match read {
        Ok(entries) => {
            let taken = tx.take_in_glossary(&granted, &entries).await?;
            tx.commit().await?;
            let said = format!(
                "{} added, {} changed from the file",
                count(taken.added, "short form", "short forms"),
                taken.changed
            );
            Ok(see_other_saying(me.paths().glossary(), &said))
        }
        Err(problems) => {
            let mut form = Form::empty();
            for problem in problems.iter().take(NAMED) {
                form.problem(FIELD, problem);
            }
            if problems.len() > NAMED {
                form.problem(FIELD, format!("And {} more lines", problems.len() - NAMED));
            }
            list::show(&me, rows, form)
        }
    }
}

/// The entries of a table with the columns short form, meaning and note; a first line with headings is left out.
fn read(bytes: &[u8]) -> Result<Vec<Entry>, Vec<String>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| vec!["The file is no text in UTF-8: save it as “CSV UTF-8” and choose it again".to_owned()])?;
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut entries, mut lines, mut problems) = (Vec::new(), BTreeMap::new(), Vec::new());
    for (n, row) in rows.records().enumerate() {
        let Ok(row) = row else {
            problems.push(format!("Line {} can't be read as a row of a table", n + 1));
            continue;
        };
        let cell = |at: usize| row.get(at).map(unquoted).unwrap_or_default();
        let entry = Entry::new(cell(0), cell(1), cell(2));
        if entry == Entry::default() || n == 0 && entry.short.eq_ignore_ascii_case(super::file::HEADINGS[0]) {
            continue;
        }
        problems.extend(entry.problems().into_iter().map(|(_, problem)| format!("Line {}: {problem}", n + 1)));
        if let Some(before) = lines.insert(entry.short.clone(), n + 1) {
            problems.push(format!("Lines {before} and {} both have {}", n + 1, entry.short));
        }
        entries.push(entry);
    }
    if entries.is_empty() && problems.is_empty() {
        problems
            .push("The file holds no short forms: it needs a column with them and one with their meanings".to_owned());
    }
    if problems.is_empty() { Ok(entries) } else { Err(problems) }
}

/// Our own file puts an apostrophe before what a spreadsheet would run.
fn unquoted(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_with_and_without_headings() {
        let mdt = Entry::new("MDT", "multidisciplinary team", "");
        assert_eq!(
            read(b"\xef\xbb\xbfShort form,Meaning,Note\r\nMDT,multidisciplinary team,\r\n\r\n"),
            Ok(vec![mdt.clone()])
        );
        assert_eq!(read(b"MDT,multidisciplinary team"), Ok(vec![mdt]));
    }

    #[test]
    fn every_line_in_the_way_is_named() {
        let problems = read(b"MDT,team\nabc,x\nMDT,other\nDBS,\n").unwrap_err();
        assert_eq!(
            problems,
            [
                "Line 2: A short form has a capital letter and no brackets",
                "Lines 1 and 3 both have MDT",
                "Line 4: Type what it stands for",
            ]
        );
        assert_eq!(read(b"\xff\xfe").unwrap_err().len(), 1);
        assert_eq!(read(b"").unwrap_err().len(), 1);
    }
}
