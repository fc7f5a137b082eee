//! Which items stand in another place than before.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::content::{Content, Item};
use crate::domain::ids::{ItemId, SectionId};

/// Where siblings stand together: a section, and the item above them.
type Under = (SectionId, Option<ItemId>);

/// Items whose place changed: under another parent or in another section, or out of the longest run of siblings
/// that kept their order.
pub(super) fn moved(old: &Content, new: &Content) -> BTreeSet<ItemId> {
    let before = places(old);
    let after = places(new);
    let mut moved = BTreeSet::new();
    let mut siblings: BTreeMap<Under, Vec<(usize, ItemId)>> = BTreeMap::new();
    for (id, place) in &after {
        match before.get(id) {
            Some(old) if old.parent == place.parent => {
                siblings.entry(place.parent).or_default().push((place.order, *id));
            }
            Some(_) => {
                moved.insert(*id);
            }
            None => {}
        }
    }
    for (_, mut run) in siblings {
        run.sort();
        let ranks: Vec<(usize, ItemId)> = run.into_iter().map(|(_, id)| (before[&id].order, id)).collect();
        let steady = longest_rising(&ranks);
        moved.extend(ranks.iter().map(|(_, id)| *id).filter(|id| !steady.contains(id)));
    }
    moved
}

struct Position {
    parent: Under,
    order: usize,
}

fn places(content: &Content) -> BTreeMap<ItemId, Position> {
    fn below(section: SectionId, parent: Option<ItemId>, items: &[Item], out: &mut BTreeMap<ItemId, Position>) {
        for (order, item) in items.iter().enumerate() {
            out.insert(item.id, Position { parent: (section, parent), order });
            below(section, Some(item.id), &item.children, out);
        }
    }
    let mut out = BTreeMap::new();
    for section in &content.sections {
        below(section.id, None, &section.items, &mut out);
    }
    out
}

/// The ids of a longest strictly rising run of ranks (quadratic: siblings are few).
fn longest_rising(ranks: &[(usize, ItemId)]) -> BTreeSet<ItemId> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(ranks.len());
    for (here, (rank, _)) in ranks.iter().enumerate() {
        let before = (0..here).filter(|there| ranks[*there].0 < *rank).max_by_key(|there| best[*there].0);
        best.push((before.map_or(1, |there| best[there].0 + 1), before));
    }
    let mut at = (0..ranks.len()).max_by_key(|here| best[*here].0);
    let mut steady = BTreeSet::new();
    while let Some(here) = at {
        steady.insert(ranks[here].1);
        at = best[here].1;
    }
    steady
}
