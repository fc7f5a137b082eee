//! Every text of the sections with its path in the result, such as `sections/3/categories/0/criteria/2`.

use crate::documents::extract::result::{CriteriaCategory, Duty, DutyGroup, Paragraph, Section};

/// A text and where it stands.
#[derive(Debug, Clone)]
pub struct Spot {
    pub path: String,
    pub text: String,
}

/// All texts in document order, headings included.
pub fn spots(sections: &[Section]) -> Vec<Spot> {
    let mut out = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        self::section(&mut out, &format!("sections/{index}"), section);
    }
    out.retain(|spot| !spot.text.is_empty());
    out
}

fn push(out: &mut Vec<Spot>, path: String, text: &str) {
    out.push(Spot { path, text: text.to_owned() });
}

fn paragraphs(out: &mut Vec<Spot>, path: &str, list: &[Paragraph]) {
    for (at, paragraph) in list.iter().enumerate() {
        push(out, format!("{path}/{at}"), &paragraph.text);
    }
}

fn section(out: &mut Vec<Spot>, path: &str, section: &Section) {
    push(out, path.to_owned(), heading(section));
    match section {
        Section::Prose { paragraphs: list, .. } | Section::OrganisationChart { paragraphs: list, .. } => {
            paragraphs(out, &format!("{path}/paragraphs"), list);
        }
        Section::Duties { groups, .. } => {
            each(groups, |at, group| duty_group(out, &format!("{path}/groups/{at}"), group))
        }
        Section::Criteria { categories, .. } => {
            each(categories, |at, own| category(out, &format!("{path}/categories/{at}"), own));
        }
        Section::Terms { rows, .. } => each(rows, |at, row| push(out, format!("{path}/rows/{at}"), &row.text)),
        Section::Demands { rows, .. } => each(rows, |at, row| {
            push(out, format!("{path}/rows/{at}"), &row.demand);
            push(out, format!("{path}/rows/{at}"), row.examples.as_deref().unwrap_or_default());
        }),
        Section::Factors { rows, .. } => each(rows, |at, row| push(out, format!("{path}/rows/{at}"), &row.text)),
        Section::Clauses { clauses, .. } => each(clauses, |at, clause| {
            push(out, format!("{path}/clauses/{at}"), clause.heading.as_deref().unwrap_or_default());
            push(out, format!("{path}/clauses/{at}"), &clause.text);
        }),
    }
}

fn each<T>(list: &[T], mut visit: impl FnMut(usize, &T)) {
    for (at, item) in list.iter().enumerate() {
        visit(at, item);
    }
}

fn heading(section: &Section) -> &str {
    let heading = match section {
        Section::Prose { heading, .. }
        | Section::Duties { heading, .. }
        | Section::Criteria { heading, .. }
        | Section::Terms { heading, .. }
        | Section::Demands { heading, .. }
        | Section::Factors { heading, .. }
        | Section::Clauses { heading, .. }
        | Section::OrganisationChart { heading, .. } => heading,
    };
    heading.as_deref().unwrap_or_default()
}

fn duty_group(out: &mut Vec<Spot>, path: &str, group: &DutyGroup) {
    push(out, path.to_owned(), group.heading.as_deref().unwrap_or_default());
    push(out, path.to_owned(), group.lead_in.as_deref().unwrap_or_default());
    duties(out, &format!("{path}/duties"), &group.duties);
    paragraphs(out, &format!("{path}/after"), &group.after);
}

fn category(out: &mut Vec<Spot>, path: &str, category: &CriteriaCategory) {
    push(out, path.to_owned(), category.heading.as_deref().unwrap_or_default());
    each(&category.criteria, |at, criterion| push(out, format!("{path}/criteria/{at}"), &criterion.text));
}

fn duties(out: &mut Vec<Spot>, path: &str, list: &[Duty]) {
    for (at, duty) in list.iter().enumerate() {
        push(out, format!("{path}/{at}"), &duty.text);
        duties(out, &format!("{path}/{at}/children"), &duty.children);
    }
}
