//! Standard clauses: a heading and the text that every job description of the employer repeats.
//!
//! Fires on parts of general or statutory information and on headings of well-known clauses. A clause's heading may
//! stand on its own line or run into its text before a colon.

use super::desk::Desk;
use super::grids::split_label;
use super::headings::is_title_case;
use super::outline::Part;
use super::paragraphs;
use super::prose;
use super::sheet::Line;
use super::topics;
use crate::documents::extract::result::{Clause, Section};

/// Places a part as clauses.
pub fn place(desk: &mut Desk, part: &Part) {
    let lines = prose::lines(&part.nodes);
    if lines.iter().all(|line| line.head) && lines.is_empty() {
        return prose::label_heading(desk, part);
    }
    for line in &part.heading {
        desk.label_number(line);
    }
    let heading = desk.heading(&part.heading);
    let clauses: Vec<Clause> =
        split(&lines).into_iter().flat_map(|(heads, body)| clause(desk, &heads, &body)).collect();
    desk.sections.push(Section::Clauses { heading, clauses });
}

/// Lines under each heading; headings that follow each other are one.
fn split(lines: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut out: Vec<(Vec<Line>, Vec<Line>)> = vec![(Vec::new(), Vec::new())];
    for line in lines {
        match out.last_mut() {
            Some((heads, body)) if line.head && body.is_empty() && !heads.is_empty() => heads.push(line.clone()),
            Some((_, body)) if !line.head => body.push(line.clone()),
            Some(_) | None => out.push((vec![line.clone()], Vec::new())),
        }
    }
    out.retain(|(heads, body)| !heads.is_empty() || !body.is_empty());
    out
}

/// A clause under its heading; without one, a clause a paragraph.
fn clause(desk: &mut Desk, heads: &[Line], body: &[Line]) -> Vec<Clause> {
    if heads.is_empty() {
        return loose(desk, body);
    }
    let number = heads.first().and_then(|line| desk.number(line));
    for line in heads.iter().skip(1) {
        desk.label_number(line);
    }
    let heading = desk.heading(heads);
    let mut texts = Vec::new();
    for lines in paragraphs::group(body) {
        let number = lines.first().and_then(|line| desk.number(line));
        let text = paragraphs::text(desk, &lines);
        texts.push(number.map_or(text.clone(), |number| format!("{number} {text}")));
    }
    let text = texts.join("\n");
    if text.is_empty() {
        desk.find("empty-section", heading.as_deref().unwrap_or_default(), None, "The heading has no text under it.");
    }
    vec![Clause { heading, number, text }]
}

fn loose(desk: &mut Desk, body: &[Line]) -> Vec<Clause> {
    let mut out: Vec<Clause> = Vec::new();
    for lines in paragraphs::group(body) {
        let number = lines.first().and_then(|line| desk.number(line));
        let (heading, lines) = run_in(desk, &lines);
        let text = paragraphs::text(desk, &lines);
        let follows = heading.is_none() && number.is_none() && lines.first().is_some_and(Line::is_bullet);
        match out.last_mut() {
            // bullets under a clause's lead-in are part of it
            Some(last) if follows && super::sheet::leads_in(&last.text) => last.text = format!("{}\n{text}", last.text),
            Some(last) if follows && last.heading.is_some() && last.text.is_empty() => last.text = text,
            Some(_) | None => out.push(Clause { heading, number, text }),
        }
    }
    out
}

/// A heading that runs into its text: `Confidentiality: you must …`.
fn run_in(desk: &mut Desk, lines: &[Line]) -> (Option<String>, Vec<Line>) {
    let Some(first) = lines.first() else { return (None, Vec::new()) };
    let glued = split_label(&first.piece).or_else(|| split_dash(first));
    let Some((head, rest)) = glued.filter(|(head, _)| {
        topics::is_clause(head.text()) || is_title_case(head.text()) && head.text().split(' ').count() <= 5
    }) else {
        return (None, lines.to_vec());
    };
    let heading = desk.take(&head);
    let mut body = vec![first.with(rest)];
    body.extend(lines.iter().skip(1).cloned());
    body.retain(Line::has_words);
    (Some(heading), body)
}

/// `Confidentiality – you must …`, where the words before the dash name a clause.
fn split_dash(line: &Line) -> Option<(super::ledger::Piece, super::ledger::Piece)> {
    let (at, dash) =
        [" – ", " - ", " — "].iter().filter_map(|dash| line.text().find(dash).map(|at| (at, dash))).min()?;
    let (head, rest) = (line.piece.part(0..at), line.piece.part(at + dash.len()..line.text().len()));
    (head.text().split(' ').count() <= 6 && topics::exact(head.text()) == Some(topics::Topic::Clause))
        .then_some((head, rest))
}
