//! The one form that stands open beside a line: a comment, other words for it, or a new line.

use serde::Deserialize;

use super::place::Spot;
use crate::db::Reader;
use crate::domain::content::{Content, ItemKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::shape;
use crate::domain::suggestion::{Place, above};
use crate::web::author::edit::item_form;
use crate::web::form::{Choice, Form};

/// What the address asks to have open: `?comment=item-12`, `?suggest=item-12`, `?add=section-3`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    comment: Option<String>,
    suggest: Option<String>,
    add: Option<String>,
    /// Offers remarks beside every line of a version that is no longer open.
    remarks: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Nothing,
    Comment(Spot),
    Reword(ItemId),
    /// A new line: after an item, or at a section's end.
    Add(Spot),
}

impl Asked {
    pub fn open(&self) -> Open {
        let spot = |word: &Option<String>| word.as_deref().and_then(Spot::parse);
        match (spot(&self.comment), spot(&self.suggest), spot(&self.add)) {
            (Some(spot), _, _) => Open::Comment(spot),
            (None, Some(Spot::Item(item)), _) => Open::Reword(item),
            (None, _, Some(spot)) => Open::Add(spot),
            (None, _, None) => Open::Nothing,
        }
    }

    /// The form offers the people whom a comment can call.
    pub fn wants_people(&self) -> bool {
        self.comment.is_some()
    }

    pub fn wants_remarks(&self) -> bool {
        self.remarks.is_some() || self.open() != Open::Nothing
    }
}

#[derive(Debug, Clone)]
pub struct PersonChoice(pub Choice);

impl PersonChoice {
    pub fn of(reader: &Reader) -> PersonChoice {
        PersonChoice(Choice::new(reader.id, &reader.name))
    }
}

/// The form with what it is filled with.
pub struct OpenForm {
    pub spot: Spot,
    pub what: What,
    pub form: Form,
    people: Vec<Choice>,
    importance: Vec<Choice>,
    assessment: Vec<Choice>,
    present: Vec<Choice>,
}

pub enum What {
    Comment,
    Reword { kind: ItemKind, revision: i32 },
    Add { kind: ItemKind },
}

impl OpenForm {
    /// None where its place is not there.
    pub fn of(open: Open, content: &Content, people: Vec<PersonChoice>) -> Option<OpenForm> {
        let (spot, what, form) = match open {
            Open::Nothing => return None,
            Open::Comment(spot) => (stands(spot, content)?, What::Comment, Form::empty()),
            Open::Reword(id) => {
                let (_, item) = content.item(id)?;
                let what = What::Reword { kind: item.kind(), revision: item.revision };
                (Spot::Item(id), what, item_form::filled(item))
            }
            Open::Add(spot) => {
                let form = Form::filled([("importance", "essential".to_owned()), ("present", "not_said".to_owned())]);
                (spot, What::Add { kind: new_kind(spot, content)? }, form)
            }
        };
        Some(OpenForm::with(spot, what, form, people))
    }

    /// The same with what somebody typed.
    pub fn with(spot: Spot, what: What, form: Form, people: Vec<PersonChoice>) -> OpenForm {
        let nobody = Choice::new("", "Nobody in particular");
        OpenForm {
            spot,
            what,
            form,
            people: std::iter::once(nobody).chain(people.into_iter().map(|person| person.0)).collect(),
            importance: item_form::importance_choices(),
            assessment: item_form::assessment_choices(),
            present: item_form::present_choices(),
        }
    }

    pub fn people(&self) -> &[Choice] {
        &self.people
    }

    pub fn importance(&self) -> &[Choice] {
        &self.importance
    }

    pub fn assessment(&self) -> &[Choice] {
        &self.assessment
    }

    pub fn present(&self) -> &[Choice] {
        &self.present
    }

    pub fn is_for(&self, may_comment: bool, may_suggest: bool) -> bool {
        match self.what {
            What::Comment => may_comment,
            What::Reword { .. } | What::Add { .. } => may_suggest,
        }
    }

    pub fn kind(&self) -> Option<ItemKind> {
        match self.what {
            What::Comment => None,
            What::Reword { kind, .. } | What::Add { kind } => Some(kind),
        }
    }
}

fn stands(spot: Spot, content: &Content) -> Option<Spot> {
    match spot {
        Spot::Version => Some(spot),
        Spot::Section(id) => content.section(id).map(|_| spot),
        Spot::Item(id) => content.item(id).map(|_| spot),
    }
}

/// A line after another is of its kind; the first in a section of the kind that the section holds.
pub fn new_kind(spot: Spot, content: &Content) -> Option<ItemKind> {
    match spot {
        Spot::Version => None,
        Spot::Section(id) => shape::section_takes(content.section(id)?.kind).first().copied(),
        Spot::Item(id) => content.item(id).map(|(_, item)| item.kind()),
    }
}

/// Where a line proposed at that spot is to stand.
pub fn new_place(spot: Spot, content: &Content) -> Option<Place> {
    let end = |section: SectionId| Place { section, after: None, under: None };
    match spot {
        Spot::Version => None,
        Spot::Section(id) => content.section(id).map(|section| end(section.id)),
        Spot::Item(id) => {
            let (section, _) = content.item(id)?;
            let place = Place { after: Some(id), ..end(section.id) };
            Some(Place { under: above(place, content).map(|item| item.id), ..place })
        }
    }
}
