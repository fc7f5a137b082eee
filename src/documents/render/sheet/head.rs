//! The head of a document: its title, what it is a version of, and the box of facts.

use time::Date;

use super::family::Family;
use super::marks::Pen;
use super::{Block, Fact, Head, Line, Look, ORDINARY, Role, Sheet, build, gloss};
use crate::documents::render::paper::{Audience, paper};
use crate::domain::advert::Acronyms;
use crate::domain::content::Content;
use crate::domain::details::Details;
use crate::domain::given::Given;
use crate::domain::template::Printing;
use crate::domain::text::long_date;
use crate::domain::version::StateName;

/// A version as a document needs it: everything that a page of it names.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    pub employer: &'a str,
    /// `JP-0042`
    pub reference: &'a str,
    pub number: i32,
    pub state: StateName,
    /// The day from which an issued version holds.
    pub effective: Option<Date>,
    /// The grade as it is printed.
    pub grade: &'a str,
    pub details: &'a Details,
    /// What the grade pays; printed where no salary was typed.
    pub salary: &'a str,
    /// What its author left to others to say.
    pub given: &'a Given,
    pub content: &'a Content,
    /// The employer's own short forms.
    pub glossary: &'a Acronyms,
    /// What its template says of its sections.
    pub printing: &'a Printing,
    /// The day on which the file is made.
    pub today: Date,
}

/// A version as a sheet, for that audience and in the shape of that family.
pub fn sheet(edition: &Edition<'_>, audience: Audience, family: Family) -> Sheet {
    let mut blocks = top(edition, &Pen::default(), family);
    let (content, printing) = (edition.content, edition.printing);
    let own = paper(content, audience, printing).with(edition.given, audience, (content, printing));
    let mut parts = build::parts(own.parts, &Pen::default(), family, edition.printing);
    gloss::explain(&mut parts, edition.glossary);
    blocks.extend(parts);
    Sheet { head: head(edition), blocks }
}

impl Edition<'_> {
    pub fn title(&self) -> &str {
        match self.details.title.is_empty() {
            true => "Untitled job",
            false => &self.details.title,
        }
    }

    /// `JP-0042 version 3`
    pub fn name(&self) -> String {
        format!("{} version {}", self.reference, self.number)
    }

    /// `JP-0042 version 3, in force from 1 April 2026`
    fn standing(&self) -> String {
        let said = match (self.state, self.effective) {
            (StateName::Issued, Some(day)) => format!("issued, in force from {}", long_date(day)),
            (state, _) => state.label().to_lowercase(),
        };
        format!("{}, {said}", self.name())
    }
}

pub(super) fn head(edition: &Edition<'_>) -> Head {
    Head {
        title: edition.title().to_owned(),
        employer: edition.employer.to_owned(),
        about: edition.standing(),
        printed: format!("Printed {}", long_date(edition.today)),
        warning: warning(edition.state).to_owned(),
        size: ORDINARY,
        day: day(edition.today),
        look: Look::default(),
    }
}

pub(super) fn day(date: Date) -> (i32, u8, u8) {
    (date.year(), date.month().into(), date.day())
}

/// What a reader must not take for the version in force.
fn warning(state: StateName) -> &'static str {
    match state {
        StateName::Draft | StateName::ChangesRequested => "Draft",
        StateName::InReview => "Draft, in review",
        StateName::Approved => "Approved, not yet in force",
        StateName::Issued => "",
        StateName::Superseded => "Superseded",
        StateName::Withdrawn => "Withdrawn",
        StateName::Discarded => "Discarded draft",
    }
}

/// Title, state and the facts.
pub(super) fn top(edition: &Edition<'_>, pen: &Pen<'_>, family: Family) -> Vec<Block> {
    let facts = facts(edition, pen, family);
    let mut blocks = vec![
        Block::Text(Line::new(Role::About, edition.employer)),
        Block::Title(Line::of(Role::Title, pen.detail("Title", edition.title()))),
        Block::Text(Line::new(Role::About, edition.standing())),
    ];
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks
}

fn facts(edition: &Edition<'_>, pen: &Pen<'_>, family: Family) -> Vec<Fact> {
    let details = edition.details;
    let basis = details.basis_in_words();
    let mut rows: Vec<(&str, &str)> = vec![("Grade", edition.grade)];
    if details.salary_text.is_empty() {
        rows.push(("Salary", edition.salary));
    }
    rows.extend(details.rows());
    // Told apart from the grade itself: the next reader of the file keeps a profile's own record of it.
    rows.insert(1, ("Grade decided by", &basis));
    if !edition.given.unit.is_empty() {
        rows.push(("Unit", &edition.given.unit));
    }
    family.order_facts(&mut rows);
    let mut facts: Vec<Fact> = rows
        .into_iter()
        .filter(|(label, value)| !value.is_empty() || pen.detail_changed(label))
        .map(|(label, value)| Fact {
            label: Line::new(Role::DetailLabel, family.fact_label(label)),
            value: Line::of(Role::Detail, pen.detail(label, value)),
        })
        .collect();
    for (label, words) in pen.removed_details(&facts.iter().map(|fact| fact.label.text()).collect::<Vec<_>>()) {
        facts.push(Fact { label: Line::new(Role::DetailLabel, label), value: Line::of(Role::Detail, words) });
    }
    facts
}
