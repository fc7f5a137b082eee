//! What answers would change in a draft: which clauses come, which go, which stay; and the draft afterwards.

use std::collections::BTreeSet;

use super::{Answers, Placed, When, called_for};
use crate::domain::content::{Body, Content, Item, SectionKind};
use crate::domain::ids::{ClauseId, ItemId};

/// A clause with the edition of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryClause {
    pub id: ClauseId,
    pub name: String,
    pub edition: i32,
    pub heading: String,
    pub text: String,
    pub when: Vec<When>,
}

/// A clause that stands in the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub item: ItemId,
    pub heading: String,
}

/// A clause that stays although the answers don't ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Its words are the profile's own: a person decides.
    Overridden(Line),
    /// Placed by hand.
    ByHand(Line),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub added: Vec<LibraryClause>,
    pub removed: Vec<Line>,
    pub stays: Vec<Line>,
    pub kept: Vec<Kept>,
}

impl Plan {
    /// What those answers would change. Clauses that nothing places by itself are never taken out.
    pub fn of(content: &Content, library: &[LibraryClause], answers: &Answers) -> Plan {
        let mut plan = Plan::default();
        let mut standing = BTreeSet::new();
        for item in content.all_items() {
            let Body::Clause { heading, placed: Some(placed) } = &item.body else { continue };
            standing.insert(placed.clause);
            let line = Line { item: item.id, heading: heading.clone() };
            let clause = library.iter().find(|clause| clause.id == placed.clause);
            match clause.map(|clause| (clause.when.is_empty(), called_for(&clause.when, answers))) {
                Some((_, true)) => plan.stays.push(line),
                Some((true, false)) | None => plan.kept.push(Kept::ByHand(line)),
                Some((false, false)) if placed.is_overridden() => plan.kept.push(Kept::Overridden(line)),
                Some((false, false)) => plan.removed.push(line),
            }
        }
        let missing = |clause: &&LibraryClause| called_for(&clause.when, answers) && !standing.contains(&clause.id);
        plan.added = library.iter().filter(missing).cloned().collect();
        plan
    }

    pub fn changes_nothing(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    /// The draft with the plan carried out: what comes stands at the end of the section for clauses. `items` has an
    /// identity for each that comes. None where there is no such section.
    pub fn carried_out(&self, content: &Content, items: &[ItemId]) -> Option<Content> {
        let mut after = content.clone();
        let gone: BTreeSet<ItemId> = self.removed.iter().map(|line| line.item).collect();
        for section in &mut after.sections {
            section.items.retain(|item| !gone.contains(&item.id));
        }
        if !self.added.is_empty() {
            let section = after.sections.iter_mut().rfind(|section| section.kind == SectionKind::Clauses)?;
            section.items.extend(self.added.iter().zip(items).map(|(clause, id)| place_one(clause, *id)));
        }
        Some(after)
    }
}

/// The line that stands for a clause.
pub fn place_one(clause: &LibraryClause, id: ItemId) -> Item {
    let placed = Some(Placed::new(clause.id, clause.edition));
    Item::new(id, clause.text.clone(), Body::Clause { heading: clause.heading.clone(), placed })
}
