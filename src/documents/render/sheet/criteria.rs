//! The person specification, in the shapes that its readers know.

use std::collections::BTreeSet;

use super::build::{beside, line};
use super::family::{Family, Shape};
use super::marks::Pen;
use super::{Block, Column, Entry, Line, Mark, Role, Row, Run, Table, run};
use crate::documents::render::paper::{Category, Criterion};
use crate::domain::content::{Assessment, Body, Importance};

pub(super) fn criteria(categories: &[Category], caption: &str, pen: &Pen<'_>, family: Family) -> Vec<Block> {
    if categories.iter().all(|category| category.heading.is_none() && category.criteria.is_empty()) {
        return Vec::new();
    }
    let shape = family.shape();
    if shape == Shape::Lists {
        let own =
            |(n, category): (usize, &Category)| lists(category, n > 0 && categories[n - 1].heading.is_some(), pen);
        return categories.iter().enumerate().flat_map(own).collect();
    }
    let columns: &[(&'static str, u8)] = match shape {
        Shape::Rows | Shape::Lists => &[("Criterion", 26), ("Needed", 7), ("Assessed by", 13)],
        Shape::Sides => &[("Essential", 5), ("Desirable", 5)],
        Shape::Ticks => &[("Criterion", 78), ("Essential", 24), ("Desirable", 25), ("Assessed by", 43)],
        Shape::Codes => &[("Criterion", 8), ("E or D", 2), ("Assessed by", 3)],
    };
    let table = |categories: &[Category]| {
        let rows = categories.iter().flat_map(|category| category_rows(category, pen, shape)).collect();
        let columns = columns.iter().map(|(heading, share)| Column { heading, share: *share }).collect();
        Block::Table(Table { caption: caption.to_owned(), columns, rows })
    };
    // Criteria after a category and under none begin a table of their own.
    let tables = categories.chunk_by(|one, next| one.heading.is_none() || next.heading.is_some());
    let mut blocks: Vec<Block> = tables.flat_map(|own| [Block::Ungrouped, table(own)]).skip(1).collect();
    if shape == Shape::Codes {
        blocks.insert(0, Block::Text(Line::new(Role::About, key(categories))));
    }
    blocks
}

fn category_rows(category: &Category, pen: &Pen<'_>, shape: Shape) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    if let Some(heading) = &category.heading {
        rows.push(Row::Over(line(Role::Category, heading, pen)));
    }
    match shape {
        Shape::Sides => rows.extend(sides(category, pen)),
        Shape::Rows | Shape::Ticks | Shape::Codes | Shape::Lists => {
            let mut under = "";
            for criterion in &category.criteria {
                let now = subheading(criterion);
                let ends = now.is_empty() && !under.is_empty();
                under = now;
                rows.push(Row::Cells(cells(criterion, ends, pen, shape)));
            }
        }
    }
    rows
}

/// The subheading that the item stands under; the paper prints it above the first alone.
fn subheading(criterion: &Criterion) -> &str {
    let Body::Criterion { subheading, .. } = &criterion.item.body else { return "" };
    subheading
}

fn methods(criterion: &Criterion) -> &[Assessment] {
    let Body::Criterion { assessment, .. } = &criterion.item.body else { return &[] };
    assessment
}

fn cells(criterion: &Criterion, ends: bool, pen: &Pen<'_>, shape: Shape) -> Vec<Vec<Line>> {
    let item = &criterion.item;
    let mut first = above(criterion, ends, pen);
    first.push(line(Role::Criterion(criterion.importance), item, pen));
    let assessed = assessed(criterion, pen);
    let essential = criterion.importance == Importance::Essential;
    let tick = |on: bool| match on {
        true => vec![Line::new(Role::Needed, "Yes")],
        false => vec![Line::new(Role::Needed, "")],
    };
    match shape {
        Shape::Rows | Shape::Sides | Shape::Lists => {
            vec![
                first,
                vec![beside(Role::Needed, item, "Importance", criterion.importance.label(), pen)],
                vec![assessed],
            ]
        }
        Shape::Ticks => vec![first, tick(essential), tick(!essential), vec![assessed]],
        Shape::Codes => {
            vec![first, vec![Line::new(Role::Needed, if essential { "E" } else { "D" })], vec![coded(criterion)]]
        }
    }
}

fn above(criterion: &Criterion, ends: bool, pen: &Pen<'_>) -> Vec<Line> {
    match (criterion.subheading.is_empty(), ends) {
        (false, _) => vec![beside(Role::Subheading, &criterion.item, "Under", &criterion.subheading, pen)],
        (true, true) => vec![Line::new(Role::NoSubheading, "Other")],
        (true, false) => Vec::new(),
    }
}

fn assessed(criterion: &Criterion, pen: &Pen<'_>) -> Line {
    let line = beside(Role::AssessedBy, &criterion.item, "Assessed by", &criterion.assessed_by, pen);
    match line.words.is_empty() {
        true => Line::new(Role::AssessedBy, "Not said"),
        false => line,
    }
}

/// Two lists below each category, essential first.
fn lists(category: &Category, after_category: bool, pen: &Pen<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if after_category && category.heading.is_none() {
        blocks.push(Block::Ungrouped);
    }
    if let Some(heading) = &category.heading {
        blocks.push(Block::Heading { level: 3, line: line(Role::Category, heading, pen) });
    }
    let level = if category.heading.is_some() { 4 } else { 3 };
    for wanted in Importance::ALL {
        let of = category.criteria.iter().filter(|criterion| criterion.importance == *wanted);
        let entries: Vec<Entry> = of
            .map(|criterion| Entry {
                line: line(Role::Criterion(*wanted), &criterion.item, pen),
                beside: Vec::new(),
                children: Vec::new(),
            })
            .collect();
        if !entries.is_empty() {
            blocks.push(Block::Heading { level, line: Line::new(Role::Needed, wanted.label()) });
            blocks.push(Block::List(entries));
        }
    }
    blocks
}

/// How a criterion is assessed, in letters.
fn coded(criterion: &Criterion) -> Line {
    let codes: Vec<&str> = methods(criterion).iter().map(|method| code(*method)).collect();
    Line::new(Role::AssessedBy, if codes.is_empty() { "Not said".to_owned() } else { codes.join(", ") })
}

fn code(method: Assessment) -> &'static str {
    match method {
        Assessment::Application => "A",
        Assessment::Interview => "I",
        Assessment::Test => "T",
        Assessment::Certificate => "C",
        Assessment::Presentation => "P",
        Assessment::References => "R",
        Assessment::AssessmentCentre => "AC",
        Assessment::Other => "O",
    }
}

/// `Assessed by: Interview`: the label comes and goes with what it stands before.
fn told(methods: Line) -> Line {
    let first = methods.words.first().map_or(Mark::Same, |run| run.mark);
    let mark = if methods.words.iter().all(|run| run.mark == first) { first } else { Mark::Same };
    let label = run("Assessed by: ").into_iter().map(|run| Run { mark, ..run });
    let words = label.chain(methods.words).collect();
    Line::of(Role::AssessedBy, words)
}

/// What the letters mean, of those that are used.
fn key(categories: &[Category]) -> String {
    let used: BTreeSet<Assessment> =
        categories.iter().flat_map(|category| &category.criteria).flat_map(|one| methods(one).to_vec()).collect();
    let letters = used.iter().map(|method| format!("{}: {}.", code(*method), method.label().to_lowercase()));
    ["E: essential.".to_owned(), "D: desirable.".to_owned()].into_iter().chain(letters).collect::<Vec<_>>().join(" ")
}

/// Essential beside desirable, a row a subheading; those under none come first, and so need no heading of their own.
fn sides(category: &Category, pen: &Pen<'_>) -> Vec<Row> {
    let mut under: Vec<&str> = Vec::new();
    for criterion in &category.criteria {
        let own = subheading(criterion);
        if !under.contains(&own) {
            under.push(own);
        }
    }
    under.sort_by_key(|own| !own.is_empty());
    under.into_iter().map(|own| Row::Cells(both_sides(category, own, pen))).collect()
}

/// What stands under one subheading, with how each is assessed below it.
fn both_sides(category: &Category, under: &str, pen: &Pen<'_>) -> Vec<Vec<Line>> {
    let mut named = under.is_empty();
    let of = |wanted: &Importance| {
        let mut lines = Vec::new();
        let own = category.criteria.iter().filter(|one| one.importance == *wanted && subheading(one) == under);
        for criterion in own {
            if !std::mem::replace(&mut named, true) {
                lines.push(beside(Role::Subheading, &criterion.item, "Under", under, pen));
            }
            let own = line(Role::Criterion(*wanted), &criterion.item, pen);
            let below = (!criterion.assessed_by.is_empty()).then(|| told(assessed(criterion, pen)));
            lines.extend([own].into_iter().chain(below));
        }
        lines
    };
    Importance::ALL.iter().map(of).collect()
}
