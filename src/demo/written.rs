//! The content of a version as the files write it, and what becomes of it: items with identities.

use serde::Deserialize;

use crate::domain::content::{self, Assessment, Body, Importance, Item, SectionKind};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, SectionId};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    pub details: DetailsBox,
    pub sections: Vec<Section>,
}

/// The box at the head of the document; the grade stands with the profile.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailsBox {
    pub title: String,
    pub hours: String,
    pub contract: String,
    pub working_pattern: String,
    pub location: String,
    pub directorate: String,
    pub service: String,
    pub reports_to: String,
    pub responsible_for: String,
    #[serde(default)]
    pub other: Vec<Labelled>,
}

#[derive(Debug, Deserialize)]
pub struct Section {
    pub key: String,
    pub heading: String,
    #[serde(flatten)]
    pub body: SectionBody,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SectionBody {
    Prose { paragraphs: Vec<Paragraph> },
    Duties { groups: Vec<Group> },
    Criteria { categories: Vec<Category> },
    Terms { rows: Vec<Labelled> },
    Demands { rows: Vec<Demand> },
    Factors { rows: Vec<Factor> },
    Clauses { clauses: Vec<Clause> },
    OrganisationChart { paragraphs: Vec<Paragraph> },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    pub key: String,
    pub number: Option<String>,
    pub text: String,
}

/// Duties under a heading; without one they stand in the section itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub key: String,
    pub number: Option<String>,
    pub heading: Option<String>,
    pub lead_in: Option<String>,
    pub duties: Vec<Duty>,
    pub after: Vec<Paragraph>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    pub key: String,
    pub number: Option<String>,
    pub text: String,
    pub sure: bool,
    pub children: Vec<Duty>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub key: String,
    pub number: Option<String>,
    pub heading: String,
    pub criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub key: String,
    pub number: Option<String>,
    pub text: String,
    pub subheading: Option<String>,
    pub importance: Importance,
    pub assessment: Vec<Assessment>,
    pub sure: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    pub key: String,
    pub label: String,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    pub key: String,
    pub demand: String,
    pub present: Option<bool>,
    pub frequency: Option<String>,
    pub examples: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    pub key: String,
    pub factor: String,
    pub level: String,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub key: String,
    pub number: Option<String>,
    pub heading: String,
    pub text: String,
}

impl Content {
    /// The details, on top of those that the profile gives all its versions.
    pub fn details(&self, shared: Details) -> Details {
        let written = &self.details;
        Details {
            title: written.title.clone(),
            hours: written.hours.clone(),
            contract: written.contract.clone(),
            working_pattern: written.working_pattern.clone(),
            location: written.location.clone(),
            directorate: written.directorate.clone(),
            service: written.service.clone(),
            reports_to: written.reports_to.clone(),
            responsible_for: written.responsible_for.clone(),
            ..shared
        }
    }

    /// The keys of everything that needs an identity.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        self.sections(&mut |key| {
            keys.push(key.to_owned());
            0
        });
        keys
    }

    /// The sections, with the identities that `id` has for their keys.
    pub fn sections(&self, id: &mut dyn FnMut(&str) -> i64) -> content::Content {
        let mut sections = Vec::new();
        if !self.details.other.is_empty() {
            let items = labelled(&self.details.other, id, |label| Body::Detail { label });
            sections.push(section(id("further-details"), SectionKind::Details, "", items));
        }
        for written in &self.sections {
            let (kind, items) = written.body.items(id);
            sections.push(section(id(&written.key), kind, &written.heading, items));
        }
        content::Content { sections }
    }

    /// Something in it was read with a guess, as from an imported document.
    pub fn is_read_with_a_guess(&self) -> bool {
        self.sections(&mut |_| 0).all_items().iter().any(|item| !item.sure)
    }
}

impl SectionBody {
    fn items(&self, id: &mut dyn FnMut(&str) -> i64) -> (SectionKind, Vec<Item>) {
        match self {
            SectionBody::Prose { paragraphs: written } => (SectionKind::Prose, paragraphs(written, id)),
            SectionBody::OrganisationChart { paragraphs: written } => {
                (SectionKind::OrganisationChart, paragraphs(written, id))
            }
            SectionBody::Duties { groups } => {
                (SectionKind::Duties, groups.iter().flat_map(|group| group.items(id)).collect())
            }
            SectionBody::Criteria { categories } => {
                (SectionKind::Criteria, categories.iter().map(|category| category.item(id)).collect())
            }
            SectionBody::Terms { rows } => (SectionKind::Terms, labelled(rows, id, |label| Body::Term { label })),
            SectionBody::Demands { rows } => (SectionKind::Demands, rows.iter().map(|row| row.item(id)).collect()),
            SectionBody::Factors { rows } => (SectionKind::Factors, rows.iter().map(|row| row.item(id)).collect()),
            SectionBody::Clauses { clauses } => {
                (SectionKind::Clauses, clauses.iter().map(|clause| clause.item(id)).collect())
            }
        }
    }
}

fn section(id: i64, kind: SectionKind, heading: &str, items: Vec<Item>) -> content::Section {
    content::Section { id: SectionId(id), kind, heading: heading.to_owned(), revision: 1, items }
}

fn item(id: i64, number: &Option<String>, text: &str, body: Body) -> Item {
    Item { number: number.clone(), ..Item::new(ItemId(id), text, body) }
}

fn paragraphs(written: &[Paragraph], id: &mut dyn FnMut(&str) -> i64) -> Vec<Item> {
    written.iter().map(|one| item(id(&one.key), &one.number, &one.text, Body::Paragraph)).collect()
}

fn labelled(rows: &[Labelled], id: &mut dyn FnMut(&str) -> i64, body: fn(String) -> Body) -> Vec<Item> {
    rows.iter().map(|row| item(id(&row.key), &None, &row.text, body(row.label.clone()))).collect()
}

impl Group {
    fn items(&self, id: &mut dyn FnMut(&str) -> i64) -> Vec<Item> {
        let mut items = Vec::new();
        if let Some(lead_in) = &self.lead_in {
            items.push(item(id(&format!("{}/lead-in", self.key)), &None, lead_in, Body::Paragraph));
        }
        items.extend(self.duties.iter().map(|duty| duty.item(id)));
        items.extend(paragraphs(&self.after, id));
        match &self.heading {
            None => items,
            Some(heading) => {
                vec![Item { children: items, ..item(id(&self.key), &self.number, heading, Body::Group) }]
            }
        }
    }
}

impl Duty {
    fn item(&self, id: &mut dyn FnMut(&str) -> i64) -> Item {
        let children = self.children.iter().map(|child| child.item(id)).collect();
        Item { sure: self.sure, children, ..item(id(&self.key), &self.number, &self.text, Body::duty()) }
    }
}

impl Category {
    fn item(&self, id: &mut dyn FnMut(&str) -> i64) -> Item {
        let children = self.criteria.iter().map(|criterion| criterion.item(id)).collect();
        Item { children, ..item(id(&self.key), &self.number, &self.heading, Body::Category) }
    }
}

impl Criterion {
    fn item(&self, id: &mut dyn FnMut(&str) -> i64) -> Item {
        let mut assessment = self.assessment.clone();
        // As the database orders them.
        assessment.sort_by_key(|method| method.word());
        let subheading = self.subheading.clone().unwrap_or_default();
        let body = Body::Criterion { importance: self.importance, subheading, assessment };
        Item { sure: self.sure, ..item(id(&self.key), &self.number, &self.text, body) }
    }
}

impl Demand {
    fn item(&self, id: &mut dyn FnMut(&str) -> i64) -> Item {
        let frequency = self.frequency.clone().unwrap_or_default();
        let examples = self.examples.clone().unwrap_or_default();
        item(id(&self.key), &None, &self.demand, Body::Demand { present: self.present, frequency, examples })
    }
}

impl Factor {
    fn item(&self, id: &mut dyn FnMut(&str) -> i64) -> Item {
        let body = Body::FactorLevel { factor: self.factor.clone(), level: self.level.clone() };
        item(id(&self.key), &None, &self.text, body)
    }
}

impl Clause {
    fn item(&self, id: &mut dyn FnMut(&str) -> i64) -> Item {
        item(id(&self.key), &self.number, &self.text, Body::clause(self.heading.clone()))
    }
}
