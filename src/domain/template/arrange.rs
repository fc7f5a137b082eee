//! Giving every section of a content its place in a layout. Nothing that somebody wrote is lost: a section that finds
//! no place is kept in sight, and every line keeps its identity.

use std::collections::BTreeMap;

use super::{Fitted, Layout, Place, Places, TemplateSection};
use crate::domain::content::{Body, Content, Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};

/// A content in the order of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arranged {
    pub content: Content,
    pub places: Places,
}

/// Whether a section that never had a place stays its author's own, or is shown as one to be placed: what came from a
/// document was written for another paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stray {
    Own,
    Kept,
}

/// Moves a content to a layout, from the template that it has now or from none. `identity` gives fresh identities: one
/// for each new section, and one for each new fixed text.
pub fn arrange(
    content: &Content,
    now: Option<&Fitted>,
    layout: &Layout,
    mut identity: impl FnMut() -> i64,
) -> Arranged {
    let stray = if now.is_some() { Stray::Own } else { Stray::Kept };
    let none = Places::new();
    let places = now.map_or(&none, |now| &now.places);
    let filled = fill(content, now, layout);
    let mut out = Arranged { content: Content::default(), places: Places::new() };
    for place in &layout.sections {
        let section = filled.get(place.slot.as_str()).and_then(|id| content.section(*id));
        let section = match section {
            Some(section) => Section { heading: place.heading.clone(), ..section.clone() },
            None => Section {
                id: SectionId(identity()),
                kind: place.kind,
                heading: place.heading.clone(),
                revision: 1,
                items: Vec::new(),
            },
        };
        let section = if place.is_locked() { fixed(section, place, &mut identity) } else { section };
        out.places.insert(section.id, Place { slot: place.slot.clone(), kept: false });
        out.content.sections.push(section);
    }
    for (at, section) in content.sections.iter().enumerate() {
        if out.places.contains_key(&section.id) {
            continue;
        }
        match (places.get(&section.id), stray) {
            // An empty section of the old template says nothing that could be lost.
            (Some(_), _) | (None, Stray::Kept) if section.items.is_empty() => {}
            (Some(place), _) => keep(&mut out, section, &place.slot),
            (None, Stray::Kept) => keep(&mut out, section, ""),
            (None, Stray::Own) => stay(&mut out.content, &content.sections[..at], section),
        }
    }
    out
}

fn keep(out: &mut Arranged, section: &Section, slot: &str) {
    out.places.insert(section.id, Place { slot: slot.to_owned(), kept: true });
    out.content.sections.push(section.clone());
}

/// A section of the author's own stays behind what it stood behind.
fn stay(out: &mut Content, before: &[Section], section: &Section) {
    let behind = before.iter().rev().find_map(|one| out.sections.iter().position(|placed| placed.id == one.id));
    out.sections.insert(behind.map_or(0, |at| at + 1), section.clone());
}

/// The words of a locked section, in one line that keeps its identity while the words change.
fn fixed(section: Section, place: &TemplateSection, identity: &mut impl FnMut() -> i64) -> Section {
    let item = match section.items.first() {
        Some(item) => {
            Item { text: place.fixed.clone(), number: None, sure: true, children: Vec::new(), ..item.clone() }
        }
        None => Item::new(ItemId(identity()), place.fixed.clone(), Body::Paragraph),
    };
    Section { items: vec![item], ..section }
}

/// Which section fills each place.
type Filled<'a> = BTreeMap<&'a str, SectionId>;

/// First where it stood before, then by its heading, then by what its heading holds, and last where there is only one of a
/// kind on either side.
fn fill<'a>(content: &Content, now: Option<&Fitted>, layout: &'a Layout) -> Filled<'a> {
    let stood = |section: &Section| now.and_then(|now| now.places.get(&section.id)).map(|place| place.slot.as_str());
    let mut filled = Filled::new();
    each_place(content, now, layout, &mut filled, &|section, place| stood(section) == Some(place.slot.as_str()));
    each_place(content, now, layout, &mut filled, &|section, place| {
        is_to_place(section, now) && place.is_called(section.kind, &section.heading)
    });
    each_place(content, now, layout, &mut filled, &|section, place| {
        is_to_place(section, now) && place.is_named_in(section.kind, &section.heading)
    });
    the_only_ones(content, now, layout, &mut filled);
    filled
}

/// Nobody's words make room for a fixed text: only what the template wrote goes on as what it writes.
fn was_locked(section: &Section, now: Option<&Fitted>) -> bool {
    now.and_then(|now| now.of(section.id)).is_some_and(TemplateSection::is_locked)
}

fn each_place<'a>(
    content: &Content,
    now: Option<&Fitted>,
    layout: &'a Layout,
    filled: &mut Filled<'a>,
    test: &dyn Fn(&Section, &TemplateSection) -> bool,
) {
    for place in &layout.sections {
        if filled.contains_key(place.slot.as_str()) {
            continue;
        }
        let fits = |section: &&Section| {
            section.kind == place.kind
                && (!place.is_locked() || was_locked(section, now))
                && !filled.values().any(|id| *id == section.id)
                && test(section, place)
        };
        // Of several the one with text: an empty one says nothing.
        let found = content.sections.iter().filter(fits).min_by_key(|section| section.items.is_empty());
        if let Some(section) = found {
            filled.insert(&place.slot, section.id);
        }
    }
}

/// Text has no such kind: two headings of it are two things.
fn the_only_ones<'a>(content: &Content, now: Option<&Fitted>, layout: &'a Layout, filled: &mut Filled<'a>) {
    for kind in SectionKind::ALL.iter().filter(|kind| **kind != SectionKind::Prose) {
        let mut places = layout
            .sections
            .iter()
            .filter(|place| place.kind == *kind && !place.is_locked() && !filled.contains_key(place.slot.as_str()));
        let mut left = content.sections.iter().filter(|section| {
            section.kind == *kind
                && !section.items.is_empty()
                && is_to_place(section, now)
                && !filled.values().any(|id| *id == section.id)
        });
        if let (Some(place), None, Some(section), None) = (places.next(), places.next(), left.next(), left.next()) {
            let id = section.id;
            filled.insert(&place.slot, id);
        }
    }
}

/// A section that its author made beside a template was meant to stand apart.
fn is_to_place(section: &Section, now: Option<&Fitted>) -> bool {
    now.is_none_or(|now| now.places.contains_key(&section.id))
}
