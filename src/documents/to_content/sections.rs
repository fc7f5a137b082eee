//! Sections and items, kind by kind.

use super::Count;
use crate::documents::extract::result::{
    AssessmentMethod, Clause, CriteriaCategory, Criterion, Demand, Duty, DutyGroup, Factor, Importance as Read,
    LabelledText, Paragraph, Section as ReadSection,
};
use crate::domain::content::{Assessment, Body, Importance, Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::text::{one_line, tidy};

/// A row of details without a field of their own.
pub(super) fn detail(count: &mut Count, (label, text): (String, String)) -> Item {
    item(count, &text, None, Body::Detail { label })
}

pub(super) fn section(count: &mut Count, read: &ReadSection) -> Section {
    let id = SectionId(count.next());
    let (kind, heading, items) = match read {
        ReadSection::Prose { heading, paragraphs } => (SectionKind::Prose, heading, each(count, paragraphs, paragraph)),
        ReadSection::OrganisationChart { heading, paragraphs } => {
            (SectionKind::OrganisationChart, heading, each(count, paragraphs, paragraph))
        }
        ReadSection::Duties { heading, groups } => {
            (SectionKind::Duties, heading, groups.iter().flat_map(|read| group(count, read)).collect())
        }
        ReadSection::Criteria { heading, categories } => {
            (SectionKind::Criteria, heading, categories.iter().flat_map(|read| category(count, read)).collect())
        }
        ReadSection::Terms { heading, rows } => (SectionKind::Terms, heading, each(count, rows, term)),
        ReadSection::Demands { heading, rows } => (SectionKind::Demands, heading, each(count, rows, demand)),
        ReadSection::Factors { heading, rows } => (SectionKind::Factors, heading, each(count, rows, factor)),
        ReadSection::Clauses { heading, clauses } => (SectionKind::Clauses, heading, each(count, clauses, clause)),
    };
    Section { id, kind, heading: line(heading), revision: 1, items }
}

fn each<T>(count: &mut Count, read: &[T], make: fn(&mut Count, &T) -> Item) -> Vec<Item> {
    read.iter().map(|one| make(count, one)).collect()
}

/// A group with a heading is an item with its duties below it; without one they stand in the section itself.
fn group(count: &mut Count, read: &DutyGroup) -> Vec<Item> {
    let over =
        read.heading.as_deref().map(|heading| item(count, &one_line(heading), number(&read.number), Body::Group));
    let mut below = Vec::new();
    if let Some(lead_in) = &read.lead_in {
        below.push(item(count, lead_in, None, Body::Paragraph));
    }
    below.extend(read.duties.iter().map(|read| duty(count, read)));
    below.extend(each(count, &read.after, paragraph));
    under(over, below, number(&read.number))
}

fn category(count: &mut Count, read: &CriteriaCategory) -> Vec<Item> {
    let over =
        read.heading.as_deref().map(|heading| item(count, &one_line(heading), number(&read.number), Body::Category));
    let below = each(count, &read.criteria, criterion);
    under(over, below, number(&read.number))
}

/// Puts items below their heading; without one, its number goes to the first that has none.
fn under(over: Option<Item>, mut below: Vec<Item>, number: Option<String>) -> Vec<Item> {
    match over {
        Some(over) => vec![Item { children: below, ..over }],
        None => {
            if let Some(first) = below.iter_mut().find(|item| item.number.is_none()) {
                first.number = number;
            }
            below
        }
    }
}

fn duty(count: &mut Count, read: &Duty) -> Item {
    let made = item(count, &read.text, number(&read.number), Body::Duty(read.work.clone()));
    Item { sure: read.sure, children: each(count, &read.children, duty), ..made }
}

fn criterion(count: &mut Count, read: &Criterion) -> Item {
    let importance = match read.importance {
        Read::Essential => Importance::Essential,
        Read::Desirable => Importance::Desirable,
    };
    let assessment = read.assessment.iter().copied().map(assessment).collect();
    let body = Body::Criterion { importance, subheading: line(&read.subheading), assessment };
    Item { sure: read.sure, ..item(count, &read.text, number(&read.number), body) }
}

fn assessment(read: AssessmentMethod) -> Assessment {
    match read {
        AssessmentMethod::Application => Assessment::Application,
        AssessmentMethod::Interview => Assessment::Interview,
        AssessmentMethod::Test => Assessment::Test,
        AssessmentMethod::Certificate => Assessment::Certificate,
        AssessmentMethod::Presentation => Assessment::Presentation,
        AssessmentMethod::References => Assessment::References,
        AssessmentMethod::AssessmentCentre => Assessment::AssessmentCentre,
        AssessmentMethod::Other => Assessment::Other,
    }
}

fn paragraph(count: &mut Count, read: &Paragraph) -> Item {
    item(count, &read.text, number(&read.number), Body::Paragraph)
}

fn term(count: &mut Count, read: &LabelledText) -> Item {
    item(count, &read.text, None, Body::Term { label: one_line(&read.label) })
}

fn demand(count: &mut Count, read: &Demand) -> Item {
    let examples = read.examples.as_deref().map(tidy).unwrap_or_default();
    let body = Body::Demand { present: read.present, frequency: line(&read.frequency), examples };
    item(count, &read.demand, None, body)
}

fn factor(count: &mut Count, read: &Factor) -> Item {
    let body = Body::FactorLevel { factor: one_line(&read.factor), level: one_line(&read.level) };
    item(count, &read.text, None, body)
}

fn clause(count: &mut Count, read: &Clause) -> Item {
    item(count, &read.text, number(&read.number), Body::clause(line(&read.heading)))
}

fn item(count: &mut Count, text: &str, number: Option<String>, body: Body) -> Item {
    Item { number, ..Item::new(ItemId(count.next()), tidy(text), body) }
}

fn number(read: &Option<String>) -> Option<String> {
    read.as_deref().map(one_line).filter(|number| !number.is_empty())
}

fn line(read: &Option<String>) -> String {
    read.as_deref().map(one_line).unwrap_or_default()
}
