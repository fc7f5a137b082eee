//! The original line by line on one side, where each line went on the other, linked both ways.
//!
//! The original is read again for it, in a child process like the first time: nothing of it is kept twice.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::lines::parts;
use super::{AtDocument, load};
use crate::db::Document;
use crate::documents::extract::result::Reason;
use crate::documents::to_content::to_content;
use crate::documents::trace::{LINES, trace};
use crate::domain::text::count;
use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page, see_other_noting};

#[derive(Template)]
#[template(path = "author/import/beside.html")]
struct BesidePage {
    frame: Frame,
    file_name: String,
    report: String,
    lines: Vec<OriginalLine>,
    places: Vec<Placed>,
    /// The lines are those before the tracked changes.
    before: bool,
    /// Said where there are more lines than are shown.
    cut: String,
}

/// A line of the original, with the places that its words went to.
struct OriginalLine {
    text: String,
    to: Vec<usize>,
    is_unsure: bool,
}

/// Something that was read, with the lines of the original that it came from.
struct Placed {
    text: String,
    place: String,
    is_unsure: bool,
    from: Vec<usize>,
}

pub async fn read(me: As<StaffOnly>, Path((_, number)): AtDocument) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let document = load(&mut tx, &me.scope(), &number).await?;
    let bytes = tx.original(&document).await?;
    // Reading takes time: no transaction is open meanwhile.
    drop(tx);
    let report = me.paths().document(document.id);
    // the draft begins with what stood there before the tracked changes
    let before = document.changed.is_some();
    let lines = match me.app.extractor.lines(&bytes, before).await {
        Ok(lines) => lines,
        Err(refusal) => return Ok(see_other_noting(report, &refusal.to_string())),
    };
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    let mut places = places(&document);
    let texts: Vec<String> = places.iter().map(|place| place.text.clone()).collect();
    let traced = trace(&lines, &texts);
    for (line, to) in traced.iter().enumerate() {
        for place in to {
            places[*place].from.push(line);
        }
    }
    let cut = match lines.len() > LINES {
        true => format!("The first {LINES} of {} are shown.", count(lines.len(), "line", "lines")),
        false => String::new(),
    };
    let unsure = |to: &Vec<usize>| to.iter().any(|place| places[*place].is_unsure);
    let shown = lines.into_iter().zip(traced).map(|(text, to)| OriginalLine {
        is_unsure: to.is_empty() || unsure(&to),
        text,
        to,
    });
    let shown = shown.collect();
    page(&BesidePage {
        frame: me
            .frame(format!("{} line by line", document.file_name))
            .crumb("Import", me.paths().import())
            .crumb(&document.file_name, report.clone()),
        file_name: document.file_name,
        report,
        before,
        lines: shown,
        places,
        cut,
    })
}

/// Everything that was read, in the order of the report: details, sections, lines without a place, labels.
fn places(document: &Document) -> Vec<Placed> {
    let placed = |text: String, place: String, is_unsure| Placed { text, place, is_unsure, from: Vec::new() };
    let made = to_content(&document.chosen(), &document.grades, None);
    let mut out = Vec::new();
    for part in parts(&made, &document.grades) {
        out.extend(part.lines.into_iter().map(|line| placed(line.from.join(" "), line.to, !line.is_sure)));
    }
    out.extend(
        made.content
            .sections
            .iter()
            .filter(|section| !section.heading.is_empty())
            .map(|section| placed(section.heading.clone(), "Heading of a section".to_owned(), false)),
    );
    out.extend(document.extract.unplaced.iter().map(|rest| {
        let (why, is_unsure) = match rest.reason {
            Reason::Repeat => ("Not placed: printed twice", false),
            Reason::Debris => ("Not placed: left behind by a word processor", false),
            Reason::Uncertain => ("Not placed: no place was certain enough", true),
            Reason::PageFurniture => ("Not placed: a running head, foot or page number", false),
        };
        placed(rest.text.clone(), why.to_owned(), is_unsure)
    }));
    // the same label often stands in the document many times
    let labels = document.extract.labels.iter().map(|label| (label.text.as_str(), label.used_as.as_str()));
    let labels: BTreeMap<&str, &str> = labels.collect();
    out.extend(labels.into_iter().map(|(text, used)| placed(text.to_owned(), format!("Used up as {used}"), false)));
    out
}

impl BesidePage {
    /// The place of a line's words, for the link to it.
    fn place(&self, at: &usize) -> &str {
        self.places.get(*at).map_or("", |place| place.place.as_str())
    }
}
