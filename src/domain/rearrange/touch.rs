//! What an act touched, and taking it back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::loose::{Loose, Under, flat};
use crate::domain::content::{Content, Item};
use crate::domain::ids::{ItemId, SectionId};

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub section: SectionId,
    pub parent: Option<ItemId>,
    /// Among its siblings, from 1.
    pub position: usize,
}

/// An item as it stood on one side of an act, without what was below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// None where the act left it in its place, though others came or went around it.
    pub place: Option<Place>,
    pub item: Item,
}

/// An item that an act added, removed, moved or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    pub id: ItemId,
    pub before: Option<Standing>,
    pub after: Option<Standing>,
}

/// Why an act can't be taken back; each is a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CantUndo {
    #[error("It was changed again since: undo the later change first")]
    Changed,
    #[error("It was deleted since: put it back first")]
    Gone,
    #[error("It was moved again since: undo the later move first")]
    Moved,
    #[error("It stands in the draft again already")]
    Stands,
    #[error("Something was added below it since: move or delete that first")]
    HasMore,
    #[error("The place where it stood is gone: put that back first")]
    PlaceGone,
    #[error("There is nothing to undo: the draft is as it was before")]
    Nothing,
}

impl Place {
    pub fn under(&self) -> Under {
        self.parent.map_or(Under::Section(self.section), Under::Item)
    }
}

type Stood<'a> = BTreeMap<ItemId, (Place, &'a Item)>;

fn standings(content: &Content) -> Stood<'_> {
    fn below<'a>(section: SectionId, parent: Option<ItemId>, items: &'a [Item], out: &mut Stood<'a>) {
        for (n, item) in items.iter().enumerate() {
            out.insert(item.id, (Place { section, parent, position: n + 1 }, item));
            below(section, Some(item.id), &item.children, out);
        }
    }
    let mut out = BTreeMap::new();
    for section in &content.sections {
        below(section.id, None, &section.items, &mut out);
    }
    out
}

/// Every item that differs between two contents: what was removed in the old order, then the rest in the new.
pub fn touches(before: &Content, after: &Content) -> Vec<Touch> {
    let (old, new) = (standings(before), standings(after));
    let moved = moved(&old, &new);
    let at = |(place, item): &(Place, &Item), placed: bool| {
        Some(Standing { place: placed.then_some(*place), item: flat(item) })
    };
    let removed = before.all_items().into_iter().filter(|item| !new.contains_key(&item.id));
    let mut touches: Vec<Touch> =
        removed.map(|item| Touch { id: item.id, before: at(&old[&item.id], true), after: None }).collect();
    for item in after.all_items() {
        let (id, now) = (item.id, &new[&item.id]);
        let touch = match old.get(&id) {
            None => Touch { id, before: None, after: at(now, true) },
            Some(then) => {
                let placed = moved.contains(&id);
                if !placed && then.1.says_the_same(item) && then.1.sure == item.sure {
                    continue;
                }
                Touch { id, before: at(then, placed), after: at(now, placed) }
            }
        };
        touches.push(touch);
    }
    touches
}

/// Items under something else than before, and those outside the longest run of siblings that kept their order.
fn moved(old: &Stood, new: &Stood) -> BTreeSet<ItemId> {
    let mut moved = BTreeSet::new();
    let mut siblings: BTreeMap<Under, Vec<(usize, usize, ItemId)>> = BTreeMap::new();
    for (id, (place, _)) in new {
        let Some((before, _)) = old.get(id) else { continue };
        match before.under() == place.under() {
            true => siblings.entry(place.under()).or_default().push((place.position, before.position, *id)),
            false => {
                moved.insert(*id);
            }
        }
    }
    for run in siblings.values_mut() {
        run.sort_unstable();
        let steady = longest_rising(run);
        moved.extend(run.iter().map(|(_, _, id)| *id).filter(|id| !steady.contains(id)));
    }
    moved
}

/// The members of a longest run in which the second number rises, by patience sorting.
fn longest_rising(run: &[(usize, usize, ItemId)]) -> BTreeSet<ItemId> {
    let mut tops: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(run.len());
    for (n, (_, rank, _)) in run.iter().enumerate() {
        let pile = tops.partition_point(|top| run[*top].1 < *rank);
        below.push(pile.checked_sub(1).map(|before| tops[before]));
        match tops.get_mut(pile) {
            Some(top) => *top = n,
            None => tops.push(n),
        }
    }
    std::iter::successors(tops.last().copied(), |at| below[*at]).map(|at| run[at].2).collect()
}

/// Takes back what an act did.
///
/// # Errors
/// Somebody changed, moved or deleted since what it touched.
pub fn undo(content: &Content, touches: &[Touch]) -> Result<Content, CantUndo> {
    let now = standings(content);
    let added: BTreeSet<ItemId> = touches.iter().filter(|touch| touch.before.is_none()).map(|touch| touch.id).collect();
    let lifted: BTreeSet<ItemId> = touches.iter().filter(|touch| was_moved(touch)).map(|touch| touch.id).collect();
    for touch in touches {
        check(touch, &now, &added, &lifted)?;
    }
    let mut loose = Loose::of(content);
    loose.take_out(&added);
    loose.take_out(&lifted);
    for id in &added {
        loose.items.remove(id);
        loose.under.remove(&Under::Item(*id));
    }
    put_back(&mut loose, touches)?;
    let restored = loose.bind().map_err(|refusal| match refusal {
        Refusal::BelowItself => CantUndo::Moved,
        other => {
            debug_assert!(!matches!(other, Refusal::Gone));
            CantUndo::PlaceGone
        }
    })?;
    match restored == *content {
        true => Err(CantUndo::Nothing),
        false => Ok(restored),
    }
}

/// Words and places as they were, each place filled in the order of its positions.
fn put_back(loose: &mut Loose, touches: &[Touch]) -> Result<(), CantUndo> {
    let mut places: Vec<(Under, usize, ItemId)> = Vec::new();
    for touch in touches {
        let Some(before) = &touch.before else { continue };
        match loose.items.get_mut(&touch.id) {
            Some(item) if reworded(touch) => {
                *item = Item { revision: item.revision, ..before.item.clone() };
            }
            Some(_) => {}
            None => {
                loose.items.insert(touch.id, before.item.clone());
            }
        }
        if let Some(place) = &before.place {
            places.push((place.under(), place.position, touch.id));
        }
    }
    places.sort_unstable();
    for (under, position, id) in places {
        if !loose.stands(under) {
            return Err(CantUndo::PlaceGone);
        }
        loose.put(under, position.saturating_sub(1), id);
    }
    Ok(())
}

fn was_moved(touch: &Touch) -> bool {
    let placed = |side: &Option<Standing>| side.as_ref().is_some_and(|standing| standing.place.is_some());
    placed(&touch.before) && placed(&touch.after)
}

fn reworded(touch: &Touch) -> bool {
    match (&touch.before, &touch.after) {
        (Some(before), Some(after)) => !before.item.says_the_same(&after.item) || before.item.sure != after.item.sure,
        (Some(_), None) | (None, Some(_)) | (None, None) => false,
    }
}

fn check(touch: &Touch, now: &Stood, added: &BTreeSet<ItemId>, lifted: &BTreeSet<ItemId>) -> Result<(), CantUndo> {
    match (&touch.before, &touch.after, now.get(&touch.id)) {
        (None, None, _) => Ok(()),
        (_, Some(_), None) => Err(CantUndo::Gone),
        (Some(_), None, Some(_)) => Err(CantUndo::Stands),
        (Some(_), None, None) => Ok(()),
        (None, Some(after), Some((_, item))) => {
            let leaves = |child: &Item| added.contains(&child.id) || lifted.contains(&child.id);
            match (after.item.says_the_same(item), item.children.iter().all(leaves)) {
                (false, _) => Err(CantUndo::Changed),
                (true, false) => Err(CantUndo::HasMore),
                (true, true) => Ok(()),
            }
        }
        (Some(_), Some(after), Some((place, item))) => {
            if reworded(touch) && !after.item.says_the_same(item) {
                return Err(CantUndo::Changed);
            }
            match &after.place {
                Some(stood) if stood.under() != place.under() => Err(CantUndo::Moved),
                Some(_) | None => Ok(()),
            }
        }
    }
}
