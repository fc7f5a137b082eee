//! The paper: a version's content as its reader meets it, numbered and in order, for one audience.
//!
//! Only the sheet is made from this; every writer works from that one.

use std::collections::BTreeMap;

use crate::domain::content::{Body, Content, Importance, Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::organisation::Chart;
use crate::domain::template::{Printing, TemplateSection};
use crate::domain::terms::SchemeTerms;

/// Who reads. Factor levels, demands and organisation charts are for staff; so are further details, which hold what an
/// imported document said of another vacancy: its closing date, its contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Staff,
    Public,
}

#[derive(Debug, Clone)]
pub struct Paper {
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub id: SectionId,
    pub kind: SectionKind,
    /// What the document prints, or the kind's own name where it prints none; plain text needs no such name.
    pub heading: String,
    /// Whether the document prints that heading itself.
    pub is_named: bool,
    pub body: PartBody,
}

#[derive(Debug, Clone)]
pub enum PartBody {
    Paragraphs(Vec<Item>),
    Duties(Vec<Group>),
    Criteria(Vec<Category>),
    /// Terms and further details: label and text.
    Rows(Vec<Row>),
    Demands(Vec<Demand>),
    Factors(Vec<Factor>),
    Clauses(Vec<Clause>),
    /// The terms of the pay scheme, where the author wrote none.
    SchemeTerms(SchemeTerms),
    /// The chart that reporting lines make, where the author drew none.
    Reporting(Chart),
}

/// Duties under a heading, or those before any.
#[derive(Debug, Clone)]
pub struct Group {
    pub heading: Option<Item>,
    pub number: String,
    /// Paragraphs and duties in their order; a paragraph has no number.
    pub duties: Vec<Duty>,
}

#[derive(Debug, Clone)]
pub struct Duty {
    pub item: Item,
    pub number: String,
    pub is_paragraph: bool,
    pub children: Vec<Duty>,
}

/// Criteria under a heading, or those before any.
#[derive(Debug, Clone)]
pub struct Category {
    pub heading: Option<Item>,
    pub criteria: Vec<Criterion>,
}

#[derive(Debug, Clone)]
pub struct Criterion {
    pub item: Item,
    pub importance: Importance,
    /// Printed above it where it differs from the one before.
    pub subheading: String,
    /// `Application, Interview`
    pub assessed_by: String,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub item: Item,
    pub label: String,
}

#[derive(Debug, Clone)]
pub struct Demand {
    pub item: Item,
    /// `Yes`, `No` or `Not said`.
    pub present: &'static str,
    pub frequency: String,
    pub examples: String,
}

#[derive(Debug, Clone)]
pub struct Factor {
    pub item: Item,
    pub factor: String,
    pub level: String,
}

#[derive(Debug, Clone)]
pub struct Clause {
    pub item: Item,
    pub heading: String,
}

/// The paper of a version for that audience. What its template says of a section goes before what is usual for its kind.
pub fn paper(content: &Content, audience: Audience, printing: &Printing) -> Paper {
    // Staff see that nothing is written yet; a heading over nothing tells the public nothing.
    let shown = |section: &&Section| match audience {
        Audience::Staff => !(section.items.is_empty() && printing.is_optional(section.id)),
        Audience::Public => {
            let usual = || TemplateSection::usually_for_applicants(section.kind);
            printing.for_applicants(section.id).unwrap_or_else(usual) && !section.items.is_empty()
        }
    };
    let parts = content.sections.iter().filter(shown).map(part).collect();
    Paper { parts }
}

fn part(section: &Section) -> Part {
    let items = &section.items;
    let body = match section.kind {
        SectionKind::Prose | SectionKind::OrganisationChart => PartBody::Paragraphs(items.clone()),
        SectionKind::Duties => PartBody::Duties(groups(items)),
        SectionKind::Criteria => PartBody::Criteria(categories(items)),
        SectionKind::Details | SectionKind::Terms => PartBody::Rows(items.iter().filter_map(row).collect()),
        SectionKind::Demands => PartBody::Demands(items.iter().filter_map(demand).collect()),
        SectionKind::Factors => PartBody::Factors(items.iter().filter_map(factor).collect()),
        SectionKind::Clauses => PartBody::Clauses(items.iter().filter_map(clause).collect()),
    };
    Part {
        id: section.id,
        kind: section.kind,
        heading: heading(section).to_owned(),
        is_named: !section.heading.is_empty(),
        body,
    }
}

fn heading(section: &Section) -> &str {
    match (section.kind, section.heading.is_empty()) {
        (SectionKind::Prose, true) => "",
        (_, _) => crate::domain::checks::name(section),
    }
}

/// The number that each line of a section prints, by its item: what an author sees is what a reader can name.
pub fn numbers(section: &Section) -> BTreeMap<ItemId, String> {
    fn below(duties: &[Duty], out: &mut BTreeMap<ItemId, String>) {
        for duty in duties.iter().filter(|duty| !duty.is_paragraph) {
            out.insert(duty.item.id, duty.number.clone());
            below(&duty.children, out);
        }
    }
    let mut out = BTreeMap::new();
    if section.kind == SectionKind::Duties {
        for group in groups(&section.items) {
            out.extend(group.heading.map(|heading| (heading.id, group.number)));
            below(&group.duties, &mut out);
        }
    }
    out
}

/// Items between groups make groups without a heading, which count on.
fn groups(items: &[Item]) -> Vec<Group> {
    let mut groups = Vec::new();
    let (mut headed, mut loose) = (0, 0);
    for run in items.chunk_by(|one, next| !is_group(one) && !is_group(next)) {
        match run {
            [item] if is_group(item) => {
                headed += 1;
                let number = item.number.clone().unwrap_or_else(|| format!("{headed}"));
                let prefix = number.trim_end_matches('.').to_owned();
                let below = duties(&item.children, &prefix, 0);
                let heading = Some(Item { children: Vec::new(), ..item.clone() });
                groups.push(Group { heading, number: prefix, duties: below });
            }
            run => {
                groups.push(Group { heading: None, number: String::new(), duties: duties(run, "", loose) });
                loose += run.iter().filter(|item| !matches!(item.body, Body::Paragraph)).count();
            }
        }
    }
    if groups.is_empty() {
        groups.push(Group { heading: None, number: String::new(), duties: Vec::new() });
    }
    groups
}

fn is_group(item: &Item) -> bool {
    matches!(item.body, Body::Group)
}

/// Numbers as printed; otherwise counted: `3`, `2.3` in the second group, letters below.
fn duties(items: &[Item], prefix: &str, before: usize) -> Vec<Duty> {
    let mut count = before;
    items
        .iter()
        .map(|item| {
            let is_paragraph = matches!(item.body, Body::Paragraph);
            count += usize::from(!is_paragraph);
            let counted = match prefix.is_empty() {
                true => count.to_string(),
                false => format!("{prefix}.{count}"),
            };
            let number = match (is_paragraph, &item.number) {
                (true, _) => String::new(),
                (false, Some(printed)) => printed.trim_end_matches(['.', ')']).to_owned(),
                (false, None) => counted,
            };
            let children = item.children.iter().enumerate().map(|(n, child)| lettered(n, child)).collect();
            Duty { item: Item { children: Vec::new(), ..item.clone() }, number, is_paragraph, children }
        })
        .collect()
}

fn lettered(n: usize, item: &Item) -> Duty {
    let letter = char::from(b'a' + (n % 26) as u8).to_string();
    let number = item.number.as_deref().map_or(letter, |printed| printed.trim_end_matches(['.', ')']).to_owned());
    let children = item.children.iter().enumerate().map(|(n, child)| lettered(n, child)).collect();
    Duty { item: Item { children: Vec::new(), ..item.clone() }, number, is_paragraph: false, children }
}

/// As with duties: criteria between categories stand under none.
fn categories(items: &[Item]) -> Vec<Category> {
    let is_category = |item: &Item| matches!(item.body, Body::Category);
    let runs = items.chunk_by(|one, next| !is_category(one) && !is_category(next));
    let category = |run: &[Item]| match run {
        [item] if is_category(item) => {
            let heading = Some(Item { children: Vec::new(), ..item.clone() });
            Category { heading, criteria: criteria(&item.children) }
        }
        run => Category { heading: None, criteria: criteria(run) },
    };
    runs.map(category).collect()
}

fn criteria(items: &[Item]) -> Vec<Criterion> {
    let mut above = String::new();
    let mut criteria = Vec::new();
    for item in items {
        if let Body::Criterion { importance, subheading, assessment } = &item.body {
            let printed = if *subheading == above { String::new() } else { subheading.clone() };
            above.clone_from(subheading);
            let methods: Vec<&str> = assessment.iter().map(|method| method.label()).collect();
            let assessed_by = methods.join(", ");
            criteria.push(Criterion { item: item.clone(), importance: *importance, subheading: printed, assessed_by });
        }
    }
    criteria
}

fn row(item: &Item) -> Option<Row> {
    match &item.body {
        Body::Term { label } | Body::Detail { label } => Some(Row { item: item.clone(), label: label.clone() }),
        Body::Paragraph
        | Body::Group
        | Body::Duty(_)
        | Body::Category
        | Body::Criterion { .. }
        | Body::Demand { .. }
        | Body::FactorLevel { .. }
        | Body::Clause { .. } => None,
    }
}

fn demand(item: &Item) -> Option<Demand> {
    let Body::Demand { present, frequency, examples } = &item.body else { return None };
    let present = match present {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "Not said",
    };
    Some(Demand { item: item.clone(), present, frequency: frequency.clone(), examples: examples.clone() })
}

fn factor(item: &Item) -> Option<Factor> {
    let Body::FactorLevel { factor, level } = &item.body else { return None };
    Some(Factor { item: item.clone(), factor: factor.clone(), level: level.clone() })
}

fn clause(item: &Item) -> Option<Clause> {
    let Body::Clause { heading, .. } = &item.body else { return None };
    Some(Clause { item: item.clone(), heading: heading.clone() })
}

/// A text's lines: items keep typed line breaks.
pub fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_are_numbered_as_printed_or_by_counting() {
        let mut group = Item::new(ItemId(1), "Stock", Body::Group);
        group.children = vec![
            Item::new(ItemId(2), "You will:", Body::Paragraph),
            Item::new(ItemId(3), "Count it.", Body::duty()),
            Item { number: Some("9.4)".into()), ..Item::new(ItemId(4), "Order it.", Body::duty()) },
        ];
        group.children[1].children = vec![Item::new(ItemId(5), "Weekly.", Body::duty())];
        let groups = groups(&[Item::new(ItemId(6), "Greet.", Body::duty()), group]);
        let numbers: Vec<&str> = groups.iter().flat_map(|g| &g.duties).map(|duty| duty.number.as_str()).collect();
        assert_eq!(numbers, ["1", "", "1.1", "9.4"]);
        assert_eq!(groups[1].duties[1].children[0].number, "a");
    }

    #[test]
    fn duties_between_groups_keep_their_place_and_count_on() {
        let (duty, group) =
            (|n| Item::new(ItemId(n), "Do it.", Body::duty()), Item::new(ItemId(9), "Stock", Body::Group));
        let groups = groups(&[duty(1), group, duty(2), duty(3)]);
        let shown: Vec<(bool, Vec<&str>)> = groups
            .iter()
            .map(|group| (group.heading.is_some(), group.duties.iter().map(|duty| duty.number.as_str()).collect()))
            .collect();
        assert_eq!(shown, [(false, vec!["1"]), (true, vec![]), (false, vec!["2", "3"])]);
    }

    #[test]
    fn the_public_does_not_see_factor_levels_or_further_details() {
        let item = || Item::new(ItemId(1), "Words.", Body::Paragraph);
        let section =
            |kind| Section { id: SectionId(1), kind, heading: String::new(), revision: 1, items: vec![item()] };
        let mut content = Content { sections: SectionKind::ALL.iter().map(|kind| section(*kind)).collect() };
        assert_eq!(paper(&content, Audience::Staff, Printing::none()).parts.len(), 9);
        let public = paper(&content, Audience::Public, Printing::none()).parts;
        assert_eq!(public.len(), 5);
        assert!(public.iter().all(|part| part.kind != SectionKind::Details), "an old closing date stays inside");
        content.sections.iter_mut().for_each(|section| section.items.clear());
        assert_eq!(paper(&content, Audience::Staff, Printing::none()).parts.len(), 9);
        assert_eq!(
            paper(&content, Audience::Public, Printing::none()).parts.len(),
            0,
            "nothing under a heading is nothing to read"
        );
    }
}
