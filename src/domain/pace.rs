//! How long deciding takes: the median of working days, and what waits longest; of each person, group or step.

use std::collections::BTreeMap;

use super::worded::worded;

worded! {
    /// Those of whom steps are asked, as they are compared with each other.
    Takers {
        Managers = "manager", "Hiring managers";
        Panel = "panel", "Job evaluation panel members";
        Authors = "author", "HR authors";
        Admins = "admin", "HR administrators";
        Named = "person", "People whom a route names";
        Guests = "guest", "Guests";
    }
}

/// What is known of one, in working days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    pub decided: Vec<u32>,
    pub waiting: Vec<u32>,
}

impl Pace {
    /// The middle one; of two in the middle their mean, rounded up.
    pub fn median(&self) -> Option<u32> {
        let mut days = self.decided.clone();
        days.sort_unstable();
        let middle = days.len() / 2;
        match days.len() {
            0 => None,
            number if number.is_multiple_of(2) => Some((days[middle - 1] + days[middle]).div_ceil(2)),
            _odd => Some(days[middle]),
        }
    }

    pub fn oldest(&self) -> Option<u32> {
        self.waiting.iter().max().copied()
    }
}

/// The pace of each, whoever has waiting longest first, then the slowest.
pub fn of_each<K: Ord + Copy>(
    decided: impl Iterator<Item = (K, u32)>,
    waiting: impl Iterator<Item = (K, u32)>,
) -> Vec<(K, Pace)> {
    let mut each: BTreeMap<K, Pace> = BTreeMap::new();
    for (which, days) in decided {
        each.entry(which).or_default().decided.push(days);
    }
    for (which, days) in waiting {
        each.entry(which).or_default().waiting.push(days);
    }
    let mut each: Vec<_> = each.into_iter().collect();
    each.sort_by_key(|(which, pace)| (std::cmp::Reverse((pace.oldest(), pace.median())), *which));
    each
}

/// Where reviews are held up: what takes longest in the middle, where that is told from more than one, or has waited longest.
pub fn slowest<K: Copy>(each: &[(K, Pace)]) -> Option<(K, u32)> {
    let known = each.iter().filter_map(|(which, pace)| pace.median().map(|days| (*which, days)));
    // Of equal ones the first, which has something waiting longer.
    known.reduce(|one, other| if other.1 > one.1 { other } else { one }).filter(|(_, days)| *days > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_order() {
        let pace = |decided: &[u32]| Pace { decided: decided.to_vec(), waiting: Vec::new() }.median();
        assert_eq!([pace(&[]), pace(&[7]), pace(&[9, 1, 2]), pace(&[1, 2])], [None, Some(7), Some(2), Some(2)]);
        let each = of_each([(1, 3), (2, 9), (1, 5)].into_iter(), [(1, 4), (3, 12)].into_iter());
        assert_eq!(each.iter().map(|(who, _)| *who).collect::<Vec<_>>(), [3, 1, 2]);
        assert_eq!(each[1].1, Pace { decided: vec![3, 5], waiting: vec![4] });
        assert_eq!(slowest(&each), Some((2, 9)), "what waits has no middle yet");
        let same = of_each([(1, 3), (2, 3)].into_iter(), [(2, 1)].into_iter());
        assert_eq!(slowest(&same), Some((2, 3)), "of two alike the one that waits");
        assert_eq!(slowest(&of_each([(1, 0)].into_iter(), [].into_iter())), None);
    }
}
