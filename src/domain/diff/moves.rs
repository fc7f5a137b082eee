//! Which items and sections stand in another place than before.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Parent, Tree};
use crate::domain::ids::{ItemId, SectionId};

/// Items whose place changed: under another parent, or out of the longest run of siblings that kept their order.
/// What stands below a moved item went with it, and did not move by itself.
pub(super) fn moved(old: &Tree<'_>, new: &Tree<'_>) -> BTreeSet<ItemId> {
    let mut moved = BTreeSet::new();
    let mut siblings: BTreeMap<Parent, Vec<(usize, usize, ItemId)>> = BTreeMap::new();
    for (id, after) in new.items() {
        match old.get(id) {
            Some(before) if before.parent() == after.parent() => {
                siblings.entry(after.parent()).or_default().push((after.order, before.order, id));
            }
            Some(_) => {
                moved.insert(id);
            }
            None => {}
        }
    }
    for (_, mut run) in siblings {
        run.sort();
        let ranks: Vec<usize> = run.iter().map(|(_, before, _)| *before).collect();
        let steady = longest_rising(&ranks);
        moved.extend(run.iter().zip(steady).filter(|(_, steady)| !steady).map(|((_, _, id), _)| *id));
    }
    moved
}

/// Sections out of the longest run that kept its order.
pub(super) fn moved_sections(old: &Tree<'_>, new: &Tree<'_>) -> BTreeSet<SectionId> {
    let places: BTreeMap<SectionId, usize> =
        old.content.sections.iter().enumerate().map(|(n, section)| (section.id, n)).collect();
    let both: Vec<(usize, SectionId)> =
        new.content.sections.iter().filter_map(|section| Some((*places.get(&section.id)?, section.id))).collect();
    let ranks: Vec<usize> = both.iter().map(|(place, _)| *place).collect();
    both.iter().zip(longest_rising(&ranks)).filter(|(_, steady)| !steady).map(|((_, id), _)| *id).collect()
}

/// Marks a longest strictly rising run of the ranks, in n log n: thousands of siblings are no trouble.
fn longest_rising(ranks: &[usize]) -> Vec<bool> {
    // `ends[n]` is where the run of n + 1 ranks ends that ends lowest; `before` leads back along each run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(ranks.len());
    for (here, rank) in ranks.iter().enumerate() {
        let length = ends.partition_point(|end| ranks[*end] < *rank);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = here,
            None => ends.push(here),
        }
    }
    let mut steady = vec![false; ranks.len()];
    let mut at = ends.last().copied();
    while let Some(here) = at {
        steady[here] = true;
        at = before[here];
    }
    steady
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_thousand_turned_around_are_quick() {
        let ranks: Vec<usize> = (0..5_000).rev().collect();
        assert_eq!(longest_rising(&ranks).iter().filter(|steady| **steady).count(), 1);
    }

    /// The length by the plain quadratic way.
    fn plainly(ranks: &[usize]) -> usize {
        let mut best: Vec<usize> = Vec::new();
        for (here, rank) in ranks.iter().enumerate() {
            best.push(1 + (0..here).filter(|there| ranks[*there] < *rank).map(|there| best[there]).max().unwrap_or(0));
        }
        best.into_iter().max().unwrap_or(0)
    }

    proptest::proptest! {
        #[test]
        fn the_run_rises_and_none_is_longer(ranks in proptest::collection::vec(0..40usize, 0..30)) {
            let steady = longest_rising(&ranks);
            let run: Vec<usize> = ranks.iter().zip(&steady).filter(|(_, steady)| **steady).map(|(rank, _)| *rank).collect();
            proptest::prop_assert!(run.windows(2).all(|pair| pair[0] < pair[1]));
            proptest::prop_assert_eq!(run.len(), plainly(&ranks));
        }
    }
}
