//! Parts of a paper as blocks.

use super::criteria::criteria;
use super::family::Family;
use super::lists::duties;
use super::marks::Pen;
use super::{Block, Column, Entry, Fact, Line, Number, Posts, Role, Row, Table};
use crate::documents::render::paper::{Clause, Demand, Factor, Part, PartBody, Row as PaperRow};
use crate::domain::content::{Item, SectionKind};
use crate::domain::organisation::Chart;
use crate::domain::template::Printing;
use crate::domain::terms::SchemeTerms;

/// The parts in the order of the family; in that of their template where it is of that family itself.
pub fn parts(mut parts: Vec<Part>, pen: &Pen<'_>, family: Family, printing: &Printing) -> Vec<Block> {
    if printing.style.map(Family::of) != Some(family) {
        family.order(&mut parts);
    }
    let own = |part: Part| {
        let mut blocks = one(&part, pen, family);
        if printing.is_bulleted(part.id) {
            blocks.iter_mut().for_each(without_numbers);
        }
        blocks
    };
    parts.into_iter().flat_map(own).collect()
}

/// What we would count is not numbered; what its source numbered stays so.
fn without_numbers(block: &mut Block) {
    fn plain(line: &mut Line) {
        if matches!(line.number, Number::Counted(_)) {
            line.number = Number::None;
        }
    }
    fn below(entry: &mut Entry) {
        plain(&mut entry.line);
        entry.children.iter_mut().for_each(below);
    }
    match block {
        Block::Heading { line, .. } | Block::Text(line) => plain(line),
        Block::List(entries) => entries.iter_mut().for_each(below),
        Block::Part { .. }
        | Block::Title(_)
        | Block::Facts(_)
        | Block::Table(_)
        | Block::Chart(_)
        | Block::Posts(_)
        | Block::Break
        | Block::Ungrouped
        | Block::NewPage => {}
    }
}

fn one(part: &Part, pen: &Pen<'_>, family: Family) -> Vec<Block> {
    let mut blocks = vec![Block::Part { section: part.id, kind: part.kind }, heading(part, pen, family)];
    let below = match &part.body {
        PartBody::Paragraphs(items) if part.kind == SectionKind::OrganisationChart => chart(items, pen),
        PartBody::Paragraphs(items) => paragraphs(items, pen),
        PartBody::Duties(groups) => duties(groups, pen),
        PartBody::Criteria(categories) => criteria(categories, &part.heading, pen, family),
        PartBody::Rows(rows) => self::rows(rows, part.kind, pen),
        PartBody::Demands(rows) => demands(rows, &part.heading, pen),
        PartBody::Factors(rows) => factors(rows, &part.heading, pen),
        PartBody::Clauses(list) => clauses(list, pen),
        PartBody::SchemeTerms(terms) => scheme_terms(terms, part),
        PartBody::Reporting(chart) => reporting(chart, part),
    };
    match below.is_empty() {
        true => blocks.push(Block::Text(Line::new(Role::Nothing(part.kind), "Nothing is written here yet."))),
        false => blocks.extend(below),
    }
    blocks
}

fn heading(part: &Part, pen: &Pen<'_>, family: Family) -> Block {
    let words = pen.heading(part.id, &part.heading);
    if words.is_empty() {
        return Block::Break;
    }
    if part.is_given() {
        return Block::Heading { level: 2, line: Line::new(Role::GivenHeading, &part.heading) };
    }
    let role = if part.is_named { Role::SectionHeading } else { Role::SectionName };
    let words = match (part.is_named, family.section_name(part.kind)) {
        (false, Some(name)) => super::run(name),
        (true, _) | (false, None) => words,
    };
    Block::Heading { level: 2, line: Line::of(role, words) }
}

/// The line of an item itself.
pub(super) fn line(role: Role, item: &Item, pen: &Pen<'_>) -> Line {
    let number = Number::printed(item.number.as_ref());
    Line {
        item: Some(item.id.0),
        number,
        note: pen.note(item.id),
        unsure: !item.sure,
        ..Line::of(role, pen.text(item))
    }
}

/// A fact beside an item's words.
pub(super) fn beside(role: Role, item: &Item, label: &str, value: &str, pen: &Pen<'_>) -> Line {
    Line::of(role, pen.fact(item.id, label, value))
}

fn paragraphs(items: &[Item], pen: &Pen<'_>) -> Vec<Block> {
    items.iter().map(|item| Block::Text(line(Role::Paragraph, item, pen))).collect()
}

fn chart(items: &[Item], pen: &Pen<'_>) -> Vec<Block> {
    match items.is_empty() {
        true => Vec::new(),
        false => vec![Block::Chart(items.iter().map(|item| line(Role::Post, item, pen)).collect())],
    }
}

fn rows(rows: &[PaperRow], kind: SectionKind, pen: &Pen<'_>) -> Vec<Block> {
    let (label, value) = match kind == SectionKind::Terms {
        true => (Role::TermLabel, Role::Term),
        false => (Role::RowLabel, Role::Row),
    };
    let fact = |row: &PaperRow| Fact {
        label: beside(label, &row.item, "Label", &row.label, pen),
        value: line(value, &row.item, pen),
    };
    match rows.is_empty() {
        true => Vec::new(),
        false => vec![Block::Facts(rows.iter().map(fact).collect())],
    }
}

/// What stands under a given part as a whole. Where the author has such a section it says that it holds nothing, so
/// that a file which comes back has that section again.
fn about(part: &Part, words: &str) -> Line {
    Line::new(if part.is_given() { Role::Given } else { Role::Nothing(part.kind) }, words)
}

fn scheme_terms(terms: &SchemeTerms, part: &Part) -> Vec<Block> {
    let fact = |(label, text): &(String, String)| Fact {
        label: Line::new(Role::GivenLabel, label),
        value: Line::new(Role::Given, text),
    };
    vec![Block::Facts(terms.lines.iter().map(fact).collect()), Block::Text(about(part, &terms.source))]
}

fn reporting(chart: &Chart, part: &Part) -> Vec<Block> {
    let lines = chart.posts().into_iter().map(|(level, post, _)| (level, Line::new(Role::GivenPost, post)));
    vec![Block::Posts(Posts {
        places: chart.places(),
        size: chart.size(),
        lines: lines.collect(),
        words: about(part, &chart.in_words()),
    })]
}

fn table(caption: &str, columns: &[(&'static str, u8)], rows: Vec<Row>) -> Vec<Block> {
    let columns = columns.iter().map(|(heading, share)| Column { heading, share: *share }).collect();
    match rows.is_empty() {
        true => Vec::new(),
        false => vec![Block::Table(Table { caption: caption.to_owned(), columns, rows })],
    }
}

fn demands(demands: &[Demand], caption: &str, pen: &Pen<'_>) -> Vec<Block> {
    let row = |demand: &Demand| {
        let item = &demand.item;
        let mut more = Vec::new();
        for (role, label, value) in
            [(Role::Frequency, "How often", &demand.frequency), (Role::Examples, "Examples", &demand.examples)]
        {
            let line = beside(role, item, label, value, pen);
            if !line.words.is_empty() {
                more.push(line);
            }
        }
        let present = beside(Role::Present, item, "Present", demand.present, pen);
        Row::Cells(vec![vec![line(Role::Demand, item, pen)], vec![present], more])
    };
    table(
        caption,
        &[("Demand", 10), ("In this job", 4), ("How often, and examples", 12)],
        demands.iter().map(row).collect(),
    )
}

/// Why a factor has its level stands beside it, where anybody wrote that.
fn factors(factors: &[Factor], caption: &str, pen: &Pen<'_>) -> Vec<Block> {
    let row = |factor: &Factor| {
        let item = &factor.item;
        let why = line(Role::Why, item, pen);
        let name = beside(Role::Factor, item, "Factor", &factor.factor, pen);
        let name = Line { item: why.item, note: why.note, ..name };
        let level = beside(Role::Level, item, "Level", &factor.level, pen);
        vec![vec![name], vec![level], vec![Line { item: None, note: "", ..why }]]
    };
    let mut rows: Vec<Vec<Vec<Line>>> = factors.iter().map(row).collect();
    let mut columns = vec![("Factor", 6), ("Level", 3), ("Why", 11)];
    if rows.iter().flatten().flatten().all(|line| line.role != Role::Why || line.words.is_empty()) {
        columns.truncate(2);
        rows.iter_mut().for_each(|cells| cells.truncate(2));
    }
    table(caption, &columns, rows.into_iter().map(Row::Cells).collect())
}

fn clauses(clauses: &[Clause], pen: &Pen<'_>) -> Vec<Block> {
    clauses.iter().flat_map(|clause| one_clause(clause, pen)).collect()
}

/// A clause's number stands before its heading where there is one.
fn one_clause(clause: &Clause, pen: &Pen<'_>) -> Vec<Block> {
    let mut text = line(Role::Clause, &clause.item, pen);
    let heading = beside(Role::ClauseHeading, &clause.item, "Heading", &clause.heading, pen);
    if heading.words.is_empty() {
        return vec![Block::Text(text)];
    }
    let number = std::mem::replace(&mut text.number, Number::None);
    vec![
        Block::Heading { level: 3, line: Line { number, note: text.note, ..heading } },
        Block::Text(Line { note: "", ..text }),
    ]
}
