//! Styled lines, one after the other, into sections and items.

use super::Collected;
use super::facts::{self, Fact};
use crate::documents::extract::containers::StyledLine;
use crate::documents::extract::result::{Details, Label, Reason, Unplaced};
use crate::documents::render::docx::{BREAK, COLUMN, Styled, UNGROUPED, styled};
use crate::documents::render::sheet::Role;
use crate::domain::content::{Assessment, Body, Content, Importance, Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::work::Work;

#[derive(Default)]
pub(super) struct Collector {
    details: Details,
    sections: Vec<Open>,
    labels: Vec<Label>,
    unplaced: Vec<Unplaced>,
    /// The label whose value comes next.
    fact: Option<String>,
    /// What criteria stand under.
    subheading: String,
    /// What comes next stands under no group or category.
    ungrouped: bool,
    /// The number and heading of a clause whose text comes next.
    clause: Option<(Option<String>, String)>,
}

/// A section while it is gathered; its kind is that of its items.
struct Open {
    heading: String,
    kind: Option<SectionKind>,
    items: Vec<Item>,
}

impl Collector {
    pub(super) fn finish(mut self) -> Collected {
        self.end_clause();
        let section = |open: Open| Section {
            id: SectionId(0),
            kind: open.kind.unwrap_or(SectionKind::Prose),
            heading: open.heading,
            revision: 1,
            items: open.items,
        };
        // Further details have a heading of their own wherever they are read.
        let named = self.sections.iter().filter(|open| open.kind == Some(SectionKind::Details));
        let named: Vec<String> = named.map(|open| open.heading.clone()).collect();
        named.iter().for_each(|heading| self.label(heading, "heading"));
        let content = Content { sections: self.sections.into_iter().map(section).collect() };
        Collected { details: self.details, content, labels: self.labels, unplaced: self.unplaced }
    }

    pub(super) fn line(&mut self, line: &StyledLine) {
        let text = line.text.as_str();
        if line.style.eq_ignore_ascii_case(BREAK) {
            return self.section("");
        }
        if line.style.eq_ignore_ascii_case(UNGROUPED) {
            self.subheading.clear();
            self.ungrouped = true;
            return;
        }
        if line.style.eq_ignore_ascii_case(COLUMN) {
            return self.label(text, "column heading");
        }
        match styled(&line.style) {
            Some(own) => self.own(own, line),
            None if text.is_empty() => {}
            None => self.strange(line),
        }
    }

    fn own(&mut self, own: Styled, line: &StyledLine) {
        self.label(&line.explained, "explanation of a short form");
        if own.role != Role::Clause {
            self.end_clause();
        }
        let text = line.text.as_str();
        match own.role {
            Role::Title => self.details.title = Some(text.to_owned()).filter(|title| !title.is_empty()),
            Role::About => self.label(text, "document head"),
            Role::DetailLabel => self.fact = Some(text.to_owned()),
            Role::Detail => self.fact(text),
            Role::SectionHeading => self.section(text),
            Role::SectionName => {
                self.label(text, "heading");
                self.section("");
            }
            Role::Nothing(kind) => {
                self.label(text, "empty section");
                self.in_section(kind);
            }
            Role::Needed => self.label(text, "importance"),
            Role::Words => self.strange(line),
            // Of the scheme and of reporting lines: it is worked out again.
            Role::GivenHeading | Role::GivenLabel | Role::Given | Role::GivenPost => {
                self.label(text, "worked out from the scheme and reporting lines");
            }
            Role::Paragraph => self.item(SectionKind::Prose, Body::Paragraph, line),
            Role::Post => self.item(SectionKind::OrganisationChart, Body::Paragraph, line),
            Role::Group | Role::Duty | Role::DutyParagraph => self.duty(own, line),
            Role::Category | Role::Subheading | Role::NoSubheading | Role::Criterion(_) | Role::AssessedBy => {
                self.criteria(own, line);
            }
            Role::TermLabel => self.item(SectionKind::Terms, Body::Term { label: text.to_owned() }, &blank(line)),
            Role::RowLabel => self.item(SectionKind::Details, Body::Detail { label: text.to_owned() }, &blank(line)),
            Role::Term => self.more(SectionKind::Terms, line),
            Role::Row => self.more(SectionKind::Details, line),
            Role::Work => self.work(text),
            Role::Demand | Role::Present | Role::Frequency | Role::Examples => self.demand(own.role, line),
            Role::Factor | Role::Level | Role::Why => self.factor(own.role, line),
            Role::ClauseHeading => self.clause = Some((line.typed.clone().or(line.counted.clone()), text.to_owned())),
            Role::Clause => self.clause(line),
        }
    }

    fn label(&mut self, text: &str, used_as: &str) {
        if !text.is_empty() {
            self.labels.push(Label { text: text.to_owned(), used_as: used_as.to_owned() });
        }
    }

    fn fact(&mut self, text: &str) {
        let label = self.fact.take().unwrap_or_default();
        match facts::place(&mut self.details, &label, text) {
            Fact::Field => self.label(&label, "label"),
            Fact::Record => {
                self.label(&label, "label");
                self.label(text, "record of the version");
            }
            Fact::Other => {}
        }
    }

    fn section(&mut self, heading: &str) {
        self.end_clause();
        self.subheading.clear();
        self.ungrouped = false;
        self.sections.push(Open { heading: heading.to_owned(), kind: None, items: Vec::new() });
    }

    /// The section that is open, if it takes items of this kind; else a new one.
    fn in_section(&mut self, kind: SectionKind) -> &mut Vec<Item> {
        let fits = self.sections.last().is_some_and(|open| open.kind.is_none_or(|own| own == kind));
        if !fits {
            self.sections.push(Open { heading: String::new(), kind: Some(kind), items: Vec::new() });
        }
        let last = self.sections.len() - 1;
        self.sections[last].kind = Some(kind);
        &mut self.sections[last].items
    }

    /// An item that stands directly in its section.
    fn item(&mut self, kind: SectionKind, body: Body, line: &StyledLine) {
        let item = item(body, line);
        self.in_section(kind).push(item);
    }

    /// A further line of the last item's text.
    fn more(&mut self, kind: SectionKind, line: &StyledLine) {
        if let Some(last) = self.in_section(kind).last_mut() {
            add_line(&mut last.text, &line.text);
        } else if !line.text.is_empty() {
            self.unplaced.push(Unplaced { text: line.text.clone(), reason: Reason::Uncertain });
        }
    }

    fn duty(&mut self, own: Styled, line: &StyledLine) {
        // Counted by us: it will be counted again, and is no part of the version.
        if let Some(counted) = line.counted.as_deref().filter(|_| !own.as_numbered) {
            self.label(counted, "number");
        }
        let typed = line.typed.clone();
        let number = match own.role {
            Role::Duty if !own.as_numbered => None,
            Role::Duty => typed.or(line.counted.clone()),
            _ => typed,
        };
        let body = match own.role {
            Role::Group => Body::Group,
            Role::DutyParagraph => Body::Paragraph,
            _ => Body::duty(),
        };
        let item = Item { number, sure: !own.to_confirm, ..item(body, &blank_number(line)) };
        let ungrouped = std::mem::take(&mut self.ungrouped);
        let items = self.in_section(SectionKind::Duties);
        let in_group =
            own.role != Role::Group && !ungrouped && items.last().is_some_and(|last| matches!(last.body, Body::Group));
        let last = items.len().saturating_sub(1);
        let below = if in_group { &mut items[last].children } else { items };
        deepest(below, own.depth).push(item);
    }

    /// How often the duty before is done, and what else is known of it.
    fn work(&mut self, text: &str) {
        fn last(items: &mut [Item]) -> Option<&mut Item> {
            let item = items.last_mut()?;
            match item.children.is_empty() {
                true => Some(item),
                false => last(&mut item.children),
            }
        }
        self.label(text, "frequency, time and systems of a duty");
        if let (Some(read), Some(item)) = (Work::read(text), last(self.in_section(SectionKind::Duties)))
            && let Body::Duty(work) = &mut item.body
        {
            *work = read;
        }
    }

    fn criteria(&mut self, own: Styled, line: &StyledLine) {
        let text = line.text.as_str();
        match own.role {
            Role::Category => {
                self.ungrouped = false;
                self.subheading.clear();
                self.item(SectionKind::Criteria, Body::Category, line);
            }
            Role::Subheading => text.clone_into(&mut self.subheading),
            Role::NoSubheading => {
                self.label(text, "heading");
                self.subheading.clear();
            }
            Role::Criterion(importance) => {
                let body = Body::Criterion { importance, subheading: self.subheading.clone(), assessment: Vec::new() };
                let item = Item { sure: !own.to_confirm, ..item(body, line) };
                self.criteria_below().push(item);
            }
            _ => self.assessed(text),
        }
    }

    fn criteria_below(&mut self) -> &mut Vec<Item> {
        let ungrouped = std::mem::take(&mut self.ungrouped);
        let items = self.in_section(SectionKind::Criteria);
        let below = !ungrouped && items.last().is_some_and(|last| matches!(last.body, Body::Category));
        let last = items.len().saturating_sub(1);
        if below { &mut items[last].children } else { items }
    }

    fn assessed(&mut self, text: &str) {
        self.label(text, "assessment");
        let said = text.strip_prefix("Assessed by: ").unwrap_or(text);
        if let Some(Item { body: Body::Criterion { assessment, .. }, .. }) = self.criteria_below().last_mut() {
            assessment.extend(said.split(", ").filter_map(method));
        }
    }

    fn demand(&mut self, role: Role, line: &StyledLine) {
        let text = line.text.as_str();
        if role == Role::Demand {
            let body = Body::Demand { present: None, frequency: String::new(), examples: String::new() };
            return self.item(SectionKind::Demands, body, line);
        }
        if role == Role::Present {
            self.label(text, "present");
        }
        if let Some(Item { body: Body::Demand { present, frequency, examples }, .. }) =
            self.in_section(SectionKind::Demands).last_mut()
        {
            match role {
                Role::Present if text.eq_ignore_ascii_case("yes") => *present = Some(true),
                Role::Present if text.eq_ignore_ascii_case("no") => *present = Some(false),
                Role::Frequency => add_line(frequency, text),
                Role::Examples => add_line(examples, text),
                _ => {}
            }
        }
    }

    fn factor(&mut self, role: Role, line: &StyledLine) {
        if role == Role::Factor {
            let body = Body::FactorLevel { factor: line.text.clone(), level: String::new() };
            return self.item(SectionKind::Factors, body, &blank(line));
        }
        if let Some(last) = self.in_section(SectionKind::Factors).last_mut() {
            match (&mut last.body, role) {
                (Body::FactorLevel { level, .. }, Role::Level) => add_line(level, &line.text),
                _ => add_line(&mut last.text, &line.text),
            }
        }
    }

    fn clause(&mut self, line: &StyledLine) {
        let (number, heading) = self.clause.take().unwrap_or_default();
        let own = line.typed.clone();
        let item = Item { number: number.or(own), ..item(Body::clause(heading), &blank_number(line)) };
        self.in_section(SectionKind::Clauses).push(item);
    }

    /// A clause's heading under which nothing stands any more.
    fn end_clause(&mut self) {
        if let Some((number, heading)) = self.clause.take() {
            let item = Item { number, ..Item::new(ItemId(0), "", Body::clause(heading)) };
            self.in_section(SectionKind::Clauses).push(item);
        }
    }

    /// A line that a person added in a style of their own: a guess, by what stands around it.
    fn strange(&mut self, line: &StyledLine) {
        self.end_clause();
        if line.heading.is_some_and(|level| level <= 1) {
            return self.section(&line.text);
        }
        let Some(open) = self.sections.last() else {
            self.unplaced.push(Unplaced { text: line.text.clone(), reason: Reason::Uncertain });
            return;
        };
        let kind = open.kind.unwrap_or(SectionKind::Prose);
        let heading = line.heading.is_some();
        let plain = Styled { role: Role::Duty, depth: 0, as_numbered: true, to_confirm: true };
        match kind {
            SectionKind::Prose | SectionKind::OrganisationChart => self.item(kind, Body::Paragraph, line),
            SectionKind::Duties if heading => self.duty(Styled { role: Role::Group, ..plain }, line),
            SectionKind::Duties => self.duty(plain, line),
            SectionKind::Criteria if heading => self.criteria(Styled { role: Role::Category, ..plain }, line),
            SectionKind::Criteria => {
                self.criteria(Styled { role: Role::Criterion(Importance::Essential), ..plain }, line);
            }
            SectionKind::Clauses => self.clause(line),
            SectionKind::Details | SectionKind::Terms | SectionKind::Demands | SectionKind::Factors => {
                self.more(kind, line);
            }
        }
    }
}

fn item(body: Body, line: &StyledLine) -> Item {
    Item { number: line.typed.clone(), ..Item::new(ItemId(0), line.text.clone(), body) }
}

/// The line without its words, which went into a label.
fn blank(line: &StyledLine) -> StyledLine {
    StyledLine { text: String::new(), ..line.clone() }
}

fn blank_number(line: &StyledLine) -> StyledLine {
    StyledLine { typed: None, counted: None, ..line.clone() }
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// The list in which a duty of this depth stands.
fn deepest(items: &mut Vec<Item>, depth: usize) -> &mut Vec<Item> {
    let is_duty = items.last().is_some_and(|last| matches!(last.body, Body::Duty(_)));
    match depth {
        0 => items,
        _ if !is_duty => items,
        deeper => {
            let last = items.len() - 1;
            deepest(&mut items[last].children, deeper - 1)
        }
    }
}

/// A method of assessment, in words or by its letter.
fn method(said: &str) -> Option<Assessment> {
    let letter = match said {
        "A" => Some(Assessment::Application),
        "I" => Some(Assessment::Interview),
        "T" => Some(Assessment::Test),
        "C" => Some(Assessment::Certificate),
        "P" => Some(Assessment::Presentation),
        "R" => Some(Assessment::References),
        "AC" => Some(Assessment::AssessmentCentre),
        "O" => Some(Assessment::Other),
        _ => None,
    };
    letter.or_else(|| Assessment::ALL.iter().copied().find(|one| one.label().eq_ignore_ascii_case(said.trim())))
}
