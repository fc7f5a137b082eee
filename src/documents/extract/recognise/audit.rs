//! The promise, checked: every word of the source is in the result as often as in the source, and none besides.
//!
//! The ledger makes it true; this proves it from the outside, from the blocks and the finished result alone.

use super::ledger::words;
use super::walk;
use crate::documents::extract::blocks::{Block, BlockKind, Document, Marker};
use crate::documents::extract::result::{Criterion, Details, Duty, Extract, Paragraph, Section};
use std::collections::BTreeMap;

/// Words that are lost or invented.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Differences {
    pub lost: Vec<String>,
    pub invented: Vec<String>,
}

impl Differences {
    pub fn is_empty(&self) -> bool {
        self.lost.is_empty() && self.invented.is_empty()
    }
}

/// How often the source has each word: what `details` may copy.
#[derive(Debug)]
pub struct Stock(BTreeMap<String, usize>);

impl Stock {
    pub fn of(document: &Document) -> Stock {
        Stock(count(source_texts(&document.blocks)))
    }

    /// Whether the details hold no word more often than the source.
    pub fn covers(&self, details: &Details) -> bool {
        count(detail_texts(details)).iter().all(|(word, times)| self.0.get(word).is_some_and(|have| have >= times))
    }
}

/// Compares a result with its source, word by word.
pub fn compare(document: &Document, extract: &Extract) -> Differences {
    let source = count(source_texts(&document.blocks));
    let placed = count(placed_texts(extract));
    let details = count(detail_texts(&extract.details));
    let mut out = Differences::default();
    for (word, times) in &source {
        let held = placed.get(word).copied().unwrap_or(0) + details.get(word).copied().unwrap_or(0);
        for _ in held..*times {
            out.lost.push(word.clone());
        }
    }
    for bag in [&placed, &details] {
        for (word, times) in bag {
            for _ in source.get(word).copied().unwrap_or(0)..*times {
                out.invented.push(word.clone());
            }
        }
    }
    out
}

fn count(texts: Vec<String>) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for word in texts.iter().flat_map(|text| words(text)) {
        *out.entry(word).or_default() += 1;
    }
    out
}

/// Every text of the blocks, numbers and typed bullets among them.
pub fn source_texts(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { number, text, .. } => out.extend(number.iter().chain([text]).cloned()),
            BlockKind::Paragraph { text, .. } => out.push(text.clone()),
            BlockKind::ListItem { marker: Marker::Bullet(mark) | Marker::Number(mark), text, .. } => {
                out.extend([mark.clone(), text.clone()])
            }
            BlockKind::Table(table) => {
                out.extend(table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| source_texts(&cell.blocks)))
            }
        }
    }
    out
}

/// Everything in sections, labels and what was set aside.
fn placed_texts(extract: &Extract) -> Vec<String> {
    let mut out: Vec<String> = walk::spots(&extract.sections).into_iter().map(|spot| spot.text).collect();
    for section in &extract.sections {
        beside_texts(section, &mut out);
    }
    out.extend(extract.labels.iter().map(|label| label.text.clone()));
    out.extend(extract.unplaced.iter().map(|rest| rest.text.clone()));
    out
}

/// Numbers, labels, levels and subheadings, which the walk leaves out.
fn beside_texts(section: &Section, out: &mut Vec<String>) {
    let numbers = |list: &[Paragraph]| list.iter().filter_map(|paragraph| paragraph.number.clone()).collect::<Vec<_>>();
    match section {
        Section::Prose { paragraphs, .. } | Section::OrganisationChart { paragraphs, .. } => {
            out.extend(numbers(paragraphs))
        }
        Section::Duties { groups, .. } => {
            for group in groups {
                out.extend(group.number.clone());
                out.extend(numbers(&group.after));
                duty_numbers(&group.duties, out);
            }
        }
        Section::Criteria { categories, .. } => {
            for category in categories {
                out.extend(category.number.clone());
                criterion_texts(&category.criteria, out);
            }
        }
        Section::Terms { rows, .. } => out.extend(rows.iter().map(|row| row.label.clone())),
        Section::Demands { rows, .. } => out.extend(rows.iter().filter_map(|row| row.frequency.clone())),
        Section::Factors { rows, .. } => {
            out.extend(rows.iter().flat_map(|row| [row.factor.clone(), row.level.clone()]))
        }
        Section::Clauses { clauses, .. } => out.extend(clauses.iter().filter_map(|clause| clause.number.clone())),
    }
}

fn duty_numbers(duties: &[Duty], out: &mut Vec<String>) {
    for duty in duties {
        out.extend(duty.number.clone());
        duty_numbers(&duty.children, out);
    }
}

fn criterion_texts(criteria: &[Criterion], out: &mut Vec<String>) {
    for criterion in criteria {
        out.extend(criterion.number.iter().chain(&criterion.subheading).cloned());
    }
}

/// The details but dates and the pay scheme, whose words stand elsewhere.
fn detail_texts(details: &Details) -> Vec<String> {
    let own = [
        &details.title,
        &details.employer,
        &details.grade,
        &details.salary,
        &details.hours,
        &details.contract,
        &details.working_pattern,
        &details.location,
        &details.directorate,
        &details.service,
        &details.reports_to,
        &details.responsible_for,
        &details.post_numbers,
        &details.reference,
    ];
    let mut out: Vec<String> = own.into_iter().filter_map(Clone::clone).collect();
    if let Some(contact) = &details.contact {
        out.extend([&contact.name, &contact.email, &contact.phone].into_iter().filter_map(Clone::clone));
    }
    out.extend(details.other.iter().flat_map(|row| [row.label.clone(), row.text.clone()]));
    out
}
