//! How long somebody takes to decide: the median of working days, and what waits longest.

use std::collections::BTreeMap;

use super::ids::MembershipId;

/// What is known of one person, in working days.
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
pub fn of_each(
    decided: impl Iterator<Item = (MembershipId, u32)>,
    waiting: impl Iterator<Item = (MembershipId, u32)>,
) -> Vec<(MembershipId, Pace)> {
    let mut each: BTreeMap<MembershipId, Pace> = BTreeMap::new();
    for (who, days) in decided {
        each.entry(who).or_default().decided.push(days);
    }
    for (who, days) in waiting {
        each.entry(who).or_default().waiting.push(days);
    }
    let mut each: Vec<_> = each.into_iter().collect();
    each.sort_by_key(|(who, pace)| (std::cmp::Reverse((pace.oldest(), pace.median())), *who));
    each
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_order() {
        let pace = |decided: &[u32]| Pace { decided: decided.to_vec(), waiting: Vec::new() }.median();
        assert_eq!([pace(&[]), pace(&[7]), pace(&[9, 1, 2]), pace(&[1, 2])], [None, Some(7), Some(2), Some(2)]);
        let who = |id| MembershipId(id);
        let each =
            of_each([(who(1), 3), (who(2), 9), (who(1), 5)].into_iter(), [(who(1), 4), (who(3), 12)].into_iter());
        assert_eq!(each.iter().map(|(who, _)| who.0).collect::<Vec<_>>(), [3, 1, 2]);
        assert_eq!(each[1].1, Pace { decided: vec![3, 5], waiting: vec![4] });
    }
}
