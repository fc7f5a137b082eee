//! The draft as the editor shows it: every item a line with its acts, whatever its kind.

use std::collections::BTreeMap;

use crate::documents::render::numbers;
use crate::domain::checks::{self, Place, Problem};
use crate::domain::content::{Body, Content, Item, ItemKind, Section};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::template::{Fitted, Need};
use crate::domain::{shape, work};
use crate::web::form::Choice;

/// What stands open as a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Nothing,
    Item(ItemId),
    /// A section's heading.
    Section(SectionId),
    /// A new item of that kind: after an item, below one, or at the end of the section.
    New {
        section: SectionId,
        kind: ItemKind,
        after: Option<ItemId>,
        under: Option<ItemId>,
    },
}

pub struct EditSection {
    pub id: SectionId,
    pub heading: String,
    /// What is in the way of sending, line by line.
    pub to_do: Vec<(ItemId, String)>,
    pub revision: i32,
    pub is_first: bool,
    pub is_last: bool,
    pub lines: Vec<EditLine>,
    /// So long that its lines show their acts only where they stand open.
    pub compact: bool,
    /// Kinds that "add" offers at its end.
    pub takes: &'static [ItemKind],
    pub heading_is_open: bool,
    /// A form for a new item stands at its end.
    pub new_at_end: bool,
    pub problems: usize,
    /// How many of its lines wait to be confirmed.
    pub unsure: usize,
    /// How much of the time its duties account for, in words; nothing where no duty says.
    pub time: String,
    pub too_much_time: bool,
    /// The section itself is in the way of submitting.
    pub problem: Option<String>,
    pub stands: Stands,
}

/// What the template says of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// Its author's own, to name, move and delete.
    Free,
    /// A place of the template, whose heading and order it keeps.
    Placed(Need),
    /// Kept from an earlier template, with the sections of its kind that it could go into.
    Kept(Vec<Choice>),
}

pub struct EditLine {
    pub item: Item,
    pub depth: usize,
    pub number: String,
    /// The term's label, the factor, the clause's heading.
    pub label: String,
    /// What the kind adds, in words: `Essential · Application, Interview`.
    pub meta: String,
    /// What a screen reader is told a button is about: `duty 1.2`.
    pub about: String,
    /// What it stands under, as script names it: `section-12`, `item-34`.
    pub under: String,
    /// Among its siblings, from 1.
    pub position: usize,
    pub is_first: bool,
    pub is_last: bool,
    pub is_open: bool,
    /// The line before is of its kind, so that the two can be one.
    pub merges: bool,
    /// The form for a new item stands after this line.
    pub new_after: bool,
    /// Kinds that may be added below it.
    pub takes: &'static [ItemKind],
    pub problem: Option<String>,
}

impl EditLine {
    pub fn takes_words(&self) -> String {
        kinds(self.takes)
    }

    /// The first words, for script to say.
    pub fn words(&self) -> String {
        checks::opening(&self.item)
    }

    pub fn is_heading(&self) -> bool {
        shape::is_heading(self.item.kind())
    }

    /// It stands for a standard clause, with words of its own.
    pub fn is_overridden(&self) -> bool {
        matches!(&self.item.body, Body::Clause { placed: Some(placed), .. } if placed.is_overridden())
    }

    pub fn lines(&self) -> Vec<&str> {
        crate::documents::render::lines(&self.item.text)
    }
}

/// The words of kinds, as script reads them.
fn kinds(kinds: &[ItemKind]) -> String {
    kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" ")
}

impl EditSection {
    /// It holds clauses, which come from the library.
    pub fn is_of_clauses(&self) -> bool {
        self.takes == [ItemKind::Clause]
    }

    pub fn takes_words(&self) -> String {
        kinds(self.takes)
    }

    pub fn is_free(&self) -> bool {
        self.stands == Stands::Free
    }

    /// Nobody but the template writes here.
    pub fn is_locked(&self) -> bool {
        self.stands == Stands::Placed(Need::Locked)
    }

    /// Where it could go, where it has no place any more.
    pub fn kept(&self) -> Option<&[Choice]> {
        match &self.stands {
            Stands::Kept(places) => Some(places),
            Stands::Free | Stands::Placed(_) => None,
        }
    }

    /// The section's state in the list at the side.
    pub fn state(&self) -> String {
        match (&self.stands, self.lines.is_empty()) {
            (Stands::Kept(_), _) => return "to place".to_owned(),
            (Stands::Placed(Need::Locked), _) => return "fixed".to_owned(),
            (Stands::Placed(Need::Optional), true) => return "optional".to_owned(),
            (Stands::Placed(Need::Required | Need::Optional) | Stands::Free, _) => {}
        }
        match (self.lines.is_empty(), self.problems) {
            (true, _) => "empty".to_owned(),
            (false, 0) => "has text".to_owned(),
            (false, n) => format!("{n} to do"),
        }
    }
}

/// Lines of a section that show all their acts: beyond, a page would be too heavy for a phone.
const MOST_WITH_ACTS: usize = 400;

pub fn sections(content: &Content, problems: &[Problem], open: Open, template: Option<&Fitted>) -> Vec<EditSection> {
    let last = content.sections.len().saturating_sub(1);
    content
        .sections
        .iter()
        .enumerate()
        .map(|(n, section)| {
            let lines = lines(section, problems, open);
            let of_section = problems.iter().find(|problem| problem.place == Place::Section(section.id));
            let time = work::accounted_for(section);
            EditSection {
                time: time.map(work::in_words).unwrap_or_default(),
                too_much_time: time.is_some_and(|time| time > 100),
                id: section.id,
                heading: checks::name(section).to_owned(),
                to_do: lines.iter().filter_map(|line| line.problem.clone().map(|text| (line.item.id, text))).collect(),
                revision: section.revision,
                is_first: n == 0,
                is_last: n == last,
                compact: lines.len() > MOST_WITH_ACTS,
                takes: shape::section_takes(section.kind),
                heading_is_open: open == Open::Section(section.id),
                new_at_end: new_at_end(section, open),
                problems: lines.iter().filter(|line| line.problem.is_some()).count()
                    + usize::from(of_section.is_some()),
                unsure: lines.iter().filter(|line| !line.item.sure).count(),
                problem: of_section.map(|problem| problem.text.clone()),
                stands: stands(section, content, template),
                lines,
            }
        })
        .collect()
}

fn stands(section: &Section, content: &Content, template: Option<&Fitted>) -> Stands {
    let Some(template) = template else { return Stands::Free };
    if template.is_kept(section.id) {
        let places = places_for(section, content, template).into_iter();
        return Stands::Kept(places.map(|to| Choice::new(to.id, checks::name(to))).collect());
    }
    template.of(section.id).map_or(Stands::Free, |place| Stands::Placed(place.need))
}

/// The places of the template that take what a kept section holds.
pub fn places_for<'a>(kept: &Section, content: &'a Content, template: &Fitted) -> Vec<&'a Section> {
    let takes = |to: &&Section| to.kind == kept.kind && template.of(to.id).is_some_and(|place| !place.is_locked());
    content.sections.iter().filter(takes).collect()
}

fn new_at_end(section: &Section, open: Open) -> bool {
    match open {
        Open::New { section: id, after: None, under: None, .. } => id == section.id,
        Open::New { .. } | Open::Nothing | Open::Item(_) | Open::Section(_) => false,
    }
}

fn lines(section: &Section, problems: &[Problem], open: Open) -> Vec<EditLine> {
    let mut lines = Vec::new();
    let under = format!("section-{}", section.id);
    let numbers = numbers(section);
    add_lines((&section.items, &under), (0, ""), &numbers, problems, open, &mut lines);
    lines
}

fn add_lines(
    (items, under): (&[Item], &str),
    (depth, above): (usize, &str),
    numbers: &BTreeMap<ItemId, String>,
    problems: &[Problem],
    open: Open,
    lines: &mut Vec<EditLine>,
) {
    for (n, item) in items.iter().enumerate() {
        let number = numbers.get(&item.id).cloned().unwrap_or_default();
        let named = in_full(above, &number);
        let at = lines.len();
        lines.push(EditLine {
            depth,
            label: label(&item.body).to_owned(),
            meta: meta(&item.body),
            about: about(item, &named, n + 1),
            under: under.to_owned(),
            position: n + 1,
            is_first: n == 0,
            is_last: n + 1 == items.len(),
            is_open: open == Open::Item(item.id),
            merges: n > 0 && items[n - 1].kind() == item.kind(),
            new_after: false,
            takes: shape::item_takes(item.kind()),
            problem: problems.iter().find(|one| one.place == Place::Item(item.id)).map(|one| one.text.clone()),
            item: item.clone(),
            number,
        });
        let below = format!("item-{}", item.id);
        add_lines((&item.children, &below), (depth + 1, &named), numbers, problems, open, lines);
        if new_comes_after(item.id, open) {
            let last = lines.len() - 1;
            lines[last.max(at)].new_after = true;
        }
    }
}

fn new_comes_after(item: ItemId, open: Open) -> bool {
    match open {
        Open::New { after: Some(after), .. } => after == item,
        Open::New { after: None, under: Some(under), .. } => under == item,
        Open::New { after: None, under: None, .. } | Open::Nothing | Open::Item(_) | Open::Section(_) => false,
    }
}

/// A letter alone names no line: `2.1 a`.
fn in_full(above: &str, number: &str) -> String {
    match number.chars().all(|c| c.is_ascii_alphabetic()) && !number.is_empty() && !above.is_empty() {
        true => format!("{above} {number}"),
        false => number.to_owned(),
    }
}

pub fn label(body: &Body) -> &str {
    match body {
        Body::Term { label } | Body::Detail { label } => label,
        Body::FactorLevel { factor, .. } => factor,
        Body::Clause { heading, .. } => heading,
        Body::Paragraph
        | Body::Group
        | Body::Duty(_)
        | Body::Category
        | Body::Criterion { .. }
        | Body::Demand { .. } => "",
    }
}

pub fn meta(body: &Body) -> String {
    match body {
        Body::Criterion { importance, subheading, assessment } => {
            let how: Vec<&str> = assessment.iter().map(|method| method.label()).collect();
            let how = match how.is_empty() {
                true => "how assessed is not said".to_owned(),
                false => how.join(", "),
            };
            let under = if subheading.is_empty() { String::new() } else { format!("Under {subheading} · ") };
            format!("{under}{} · {how}", importance.label())
        }
        Body::Demand { present, frequency, examples } => {
            let said = match present {
                Some(true) => "Yes",
                Some(false) => "No",
                None => "Yes or no is not said",
            };
            [said, frequency, examples].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        Body::FactorLevel { level, .. } => format!("Level {level}"),
        Body::Duty(work) => work.in_words(),
        Body::Paragraph
        | Body::Group
        | Body::Category
        | Body::Term { .. }
        | Body::Clause { placed: None, .. }
        | Body::Detail { .. } => String::new(),
        Body::Clause { placed: Some(placed), .. } => match placed.is_overridden() {
            true => format!("Standard clause with words of its own: {}", placed.reason),
            false => "Standard clause: the text of the day".to_owned(),
        },
    }
}

fn about(item: &Item, number: &str, nth: usize) -> String {
    let kind = item.kind().label().to_lowercase();
    match number.is_empty() {
        true => format!("{kind} {nth}, {}", checks::opening(item)),
        false => format!("{kind} {number}"),
    }
}
