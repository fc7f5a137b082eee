//! The compared document, section by section and line by line: what is there now, and in its old place what is gone.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{facts, gone};
use super::joins::join;
use super::moves::{moved, moved_sections};
use super::tree::{Placed, Tree};
use super::words::{Marker, Stretch};
use super::{Fate, Line, Moved, SectionChange};
use crate::domain::checks;
use crate::domain::content::{Content, Item, Section};
use crate::domain::ids::{ItemId, SectionId};

/// The two sides, and what stands elsewhere than before.
struct Sides<'a> {
    old: Tree<'a>,
    new: Tree<'a>,
    moved: BTreeSet<ItemId>,
    moved_sections: BTreeSet<SectionId>,
}

pub(super) fn sections(marker: &mut Marker, old: &Content, new: &Content) -> Vec<SectionChange> {
    let (old, new) = (Tree::of(old), Tree::of(new));
    let sides = Sides { moved: moved(&old, &new), moved_sections: moved_sections(&old, &new), old, new };
    let mut gone = Gone::of(marker, &sides);
    let mut changes = gone.sections.remove(&None).unwrap_or_default();
    for section in &sides.new.content.sections {
        let change = section_change(marker, &sides, section, &mut gone);
        changes.push(change);
        changes.extend(gone.sections.remove(&Some(section.id)).unwrap_or_default());
    }
    join(&sides.old, &sides.new, &mut changes);
    changes
}

fn section_change(marker: &mut Marker, sides: &Sides<'_>, section: &Section, gone: &mut Gone) -> SectionChange {
    let old = sides.old.section(section.id);
    let mut lines = gone.lines.remove(&(section.id, None)).unwrap_or_default();
    for item in section.all_items() {
        if let Some(placed) = sides.new.get(item.id) {
            lines.push(line(marker, sides, placed));
        }
        lines.extend(gone.lines.remove(&(section.id, Some(item.id))).unwrap_or_default());
    }
    let heading = old.map_or("", |(_, old)| &old.heading);
    SectionChange {
        section: section.id,
        kind: section.kind,
        fate: match old {
            None => Fate::Added,
            Some((_, old)) if old.heading != section.heading => Fate::Reworded,
            Some(_) => Fate::Unchanged,
        },
        moved: sides
            .moved_sections
            .contains(&section.id)
            .then(|| Moved { from: after(sides.old.content, section.id), to: after(sides.new.content, section.id) }),
        heading: marker.words(heading, &section.heading),
        lines,
    }
}

/// Where a section stands, in words.
fn after(content: &Content, id: SectionId) -> String {
    let at = content.sections.iter().position(|section| section.id == id).unwrap_or_default();
    match at.checked_sub(1) {
        None => "the beginning".to_owned(),
        Some(before) => format!("after “{}”", checks::name(&content.sections[before])),
    }
}

fn line(marker: &mut Marker, sides: &Sides<'_>, placed: &Placed<'_>) -> Line {
    let item = placed.item;
    let before = sides.old.get(item.id);
    let old = before.map(|before| before.item);
    let words = marker.marked(old.map_or("", |old| &old.text), &item.text);
    let facts = facts(old, item);
    let changed = words.iter().any(Stretch::changed) || facts.iter().any(super::Fact::changed);
    let fate = match old {
        None => Fate::Added,
        Some(old) if changed || old.kind() != item.kind() => Fate::Reworded,
        Some(_) => Fate::Unchanged,
    };
    let moved = before.filter(|_| sides.moved.contains(&item.id)).map(|before| from_to(before, placed));
    Line { item: item.id, kind: item.kind(), depth: placed.depth, fate, moved, joined: None, words, facts }
}

/// Two groups may have one name, and then their sections tell them apart. Within one group the neighbours tell: places
/// by number change with every line that comes or goes.
fn from_to(before: &Placed<'_>, after: &Placed<'_>) -> Moved {
    if before.parent() == after.parent() {
        return Moved { from: before.behind(), to: after.behind() };
    }
    let (from, to) = (before.under(), after.under());
    if from != to {
        return Moved { from, to };
    }
    let with = |placed: &Placed<'_>, under: String| format!("{under} ({})", checks::name(placed.section));
    Moved { from: with(before, from), to: with(after, to) }
}

/// What the new side does not hold, by what it comes after: the nearest before it that stayed in its place.
struct Gone {
    lines: BTreeMap<(SectionId, Option<ItemId>), Vec<Line>>,
    sections: BTreeMap<Option<SectionId>, Vec<SectionChange>>,
}

impl Gone {
    fn of(marker: &mut Marker, sides: &Sides<'_>) -> Self {
        let mut gone = Gone { lines: BTreeMap::new(), sections: BTreeMap::new() };
        let mut previous = None;
        for section in &sides.old.content.sections {
            let lines = gone.lines_of(marker, sides, section);
            match sides.new.section(section.id) {
                Some(_) if sides.moved_sections.contains(&section.id) => {}
                Some(_) => previous = Some(section.id),
                None => gone.sections.entry(previous).or_default().push(SectionChange {
                    section: section.id,
                    kind: section.kind,
                    fate: Fate::Removed,
                    moved: None,
                    heading: marker.words(&section.heading, ""),
                    lines,
                }),
            }
        }
        gone
    }

    /// Keeps the lines that are gone from a section that stands, and answers those of one that is gone itself.
    fn lines_of(&mut self, marker: &mut Marker, sides: &Sides<'_>, section: &Section) -> Vec<Line> {
        let stands = sides.new.section(section.id).is_some();
        let (mut after, mut left) = (None, Vec::new());
        for item in section.all_items() {
            match (sides.new.get(item.id), stands) {
                (Some(placed), _) if placed.section.id == section.id && !sides.moved.contains(&item.id) => {
                    after = Some(item.id);
                }
                (Some(_), _) => {}
                (None, true) => {
                    self.lines.entry((section.id, after)).or_default().push(removed(marker, sides, item));
                }
                (None, false) => left.push(removed(marker, sides, item)),
            }
        }
        left
    }
}

fn removed(marker: &mut Marker, sides: &Sides<'_>, item: &Item) -> Line {
    Line {
        item: item.id,
        kind: item.kind(),
        depth: sides.old.get(item.id).map_or(0, |placed| placed.depth),
        fate: Fate::Removed,
        moved: None,
        joined: None,
        words: marker.marked(&item.text, ""),
        facts: gone(item),
    }
}
