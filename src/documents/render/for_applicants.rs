//! What makes a job profile an advert's text: plain headings, what is essential first, short forms explained.

use super::advert::Block;
use super::paper::{Duty, Paper, PartBody};
use crate::domain::advert::{Acronyms, Explainer};
use crate::domain::content::{Importance, Item, SectionKind};
use crate::domain::inline::plain;
use crate::domain::template::Printing;

/// Turns an advert's words and the paper behind it around for people outside.
pub fn for_applicants(words: &mut [Block], paper: &mut Paper, printing: &Printing, acronyms: &Acronyms) {
    for part in &mut paper.parts {
        let usual = !printing.names(part.id);
        match part.kind {
            SectionKind::Duties if usual => part.heading = "What you will do".to_owned(),
            SectionKind::Criteria if usual => part.heading = "What you need".to_owned(),
            SectionKind::Duties
            | SectionKind::Criteria
            | SectionKind::Details
            | SectionKind::Prose
            | SectionKind::Terms
            | SectionKind::Demands
            | SectionKind::Factors
            | SectionKind::Clauses
            | SectionKind::OrganisationChart => {}
        }
        if let PartBody::Criteria(categories) = &mut part.body {
            for category in categories {
                category.criteria.sort_by_key(|criterion| criterion.importance != Importance::Essential);
            }
        }
    }
    let whole = whole(words, paper);
    let mut explainer = acronyms.explainer(&whole);
    explain_blocks(words, &mut explainer);
    each_item(paper, &mut |item| item.text = explainer.explain(&item.text));
}

fn explain_blocks(blocks: &mut [Block], explainer: &mut Explainer<'_>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => *text = explainer.explain(text),
            Block::List(entries) => entries.iter_mut().for_each(|entry| *entry = explainer.explain(entry)),
        }
    }
}

/// Everything that is printed as text, to know what its writer explained.
fn whole(words: &[Block], paper: &mut Paper) -> String {
    let mut whole = String::new();
    for block in words {
        match block {
            Block::Paragraph(text) => whole.push_str(text),
            Block::List(entries) => whole.push_str(&entries.join(" ")),
        }
        whole.push('\n');
    }
    each_item(paper, &mut |item| {
        whole.push_str(&item.text);
        whole.push('\n');
    });
    whole
}

/// Every item in the order of reading.
fn each_item(paper: &mut Paper, act: &mut impl FnMut(&mut Item)) {
    for part in &mut paper.parts {
        match &mut part.body {
            PartBody::Paragraphs(items) => items.iter_mut().for_each(&mut *act),
            PartBody::Duties(groups) => {
                groups.iter_mut().flat_map(|group| &mut group.duties).for_each(|duty| each_duty(duty, act));
            }
            PartBody::Criteria(categories) => {
                let criteria = categories.iter_mut().flat_map(|category| &mut category.criteria);
                criteria.for_each(|criterion| act(&mut criterion.item));
            }
            PartBody::Rows(rows) => rows.iter_mut().for_each(|row| act(&mut row.item)),
            PartBody::Clauses(clauses) => clauses.iter_mut().for_each(|clause| act(&mut clause.item)),
            PartBody::Demands(_) | PartBody::Factors(_) | PartBody::SchemeTerms(_) | PartBody::Reporting(_) => {}
        }
    }
}

fn each_duty(duty: &mut Duty, act: &mut impl FnMut(&mut Item)) {
    act(&mut duty.item);
    duty.children.iter_mut().for_each(|child| each_duty(child, act));
}

/// One essential criterion, with how it is assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Essential {
    pub text: String,
    pub assessed_by: String,
}

/// What somebody needs from the first day on, in the order of the paper.
pub fn essentials(paper: &Paper) -> Vec<Essential> {
    let categories = paper.parts.iter().filter_map(|part| match &part.body {
        PartBody::Criteria(categories) => Some(categories),
        PartBody::Paragraphs(_)
        | PartBody::Duties(_)
        | PartBody::Rows(_)
        | PartBody::Demands(_)
        | PartBody::Factors(_)
        | PartBody::Clauses(_)
        | PartBody::SchemeTerms(_)
        | PartBody::Reporting(_) => None,
    });
    let criteria = categories.flatten().flat_map(|category| &category.criteria);
    let essential = criteria.filter(|criterion| criterion.importance == Importance::Essential);
    essential
        .map(|criterion| Essential { text: plain(&criterion.item.text), assessed_by: criterion.assessed_by.clone() })
        .collect()
}
