//! Who decides for somebody on a day: they themselves, or whoever stands in while they are away.
//!
//! Pure: absences, who may decide and who had a hand in the text come in; a person comes out, or why there is nobody.

use time::Date;
use time::macros::date;

use super::ids::MembershipId;
use super::text::long_date;

/// The last day of an absence whose end nobody knows: whoever stands in does so until it is ended.
pub const NO_END: Date = date!(2100 - 12 - 31);

/// Somebody does not decide from one day to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    pub who: MembershipId,
    pub first_day: Date,
    pub last_day: Date,
    pub delegate: Option<MembershipId>,
}

impl Absence {
    pub fn covers(&self, day: Date) -> bool {
        self.first_day <= day && day <= self.last_day
    }
}

/// What is known when somebody is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub absences: &'a [Absence],
    /// Active people with the role for the unit.
    pub may_decide: &'a [MembershipId],
    /// Who sent, edited or proposed it.
    pub had_a_hand: &'a [MembershipId],
}

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// The one who was asked.
    Asked,
    /// Somebody else, because the one who was asked is away.
    Instead(MembershipId),
    /// The one who was asked is away, and nobody stands in.
    Nobody(Why),
}

/// Why nobody stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// That person is away and named nobody.
    NobodyNamed(MembershipId),
    /// Everybody in the row is away, and it leads back to somebody in it.
    Circle,
    /// That person sent it, edited it or proposed words in it.
    HadAHand(MembershipId),
    /// That person is deactivated, or does not decide for the unit.
    MayNot(MembershipId),
}

/// Follows who stands in for whom on that day, until somebody is there.
pub fn decider(asked: MembershipId, day: Date, known: Known<'_>) -> Decider {
    let mut passed = Vec::new();
    let mut at = asked;
    loop {
        let Some(absence) = known.absences.iter().find(|one| one.who == at && one.covers(day)) else {
            return match at {
                at if at == asked => Decider::Asked,
                at if known.had_a_hand.contains(&at) => Decider::Nobody(Why::HadAHand(at)),
                at if !known.may_decide.contains(&at) => Decider::Nobody(Why::MayNot(at)),
                at => Decider::Instead(at),
            };
        };
        passed.push(at);
        match absence.delegate {
            None => return Decider::Nobody(Why::NobodyNamed(at)),
            Some(delegate) if passed.contains(&delegate) => return Decider::Nobody(Why::Circle),
            Some(delegate) => at = delegate,
        }
    }
}

impl Why {
    /// `Daniel Osei had a hand in it`, as the end of a sentence.
    pub fn said(self, name: impl Fn(MembershipId) -> String) -> String {
        match self {
            Why::NobodyNamed(who) => format!("{} named nobody to decide instead", name(who)),
            Why::Circle => "everybody who would decide instead is away too".to_owned(),
            Why::HadAHand(who) => format!("{} sent it, edited it or proposed words in it", name(who)),
            Why::MayNot(who) => format!("{} does not decide for this unit", name(who)),
        }
    }
}

/// `away until 3 March 2027`
pub fn until(last_day: Date) -> String {
    match last_day {
        NO_END => "away until further notice".to_owned(),
        last_day => format!("away until {}", long_date(last_day)),
    }
}

/// `from 3 March 2027 to 12 March 2027`
pub fn days_in_words(first_day: Date, last_day: Date) -> String {
    match last_day {
        NO_END => format!("from {} until further notice", long_date(first_day)),
        last_day => format!("from {} to {}", long_date(first_day), long_date(last_day)),
    }
}

/// `Helen Whitworth is away until 3 March 2027`
pub fn away_until(name: &str, last_day: Date) -> String {
    format!("{name} is {}", until(last_day))
}

/// The longest that somebody may be away at once, in days: a year and a day of grace on both sides.
pub const LONGEST: i64 = 400;

/// What stands in the way of an absence, if anything.
pub fn problem_of(first_day: Date, last_day: Date, today: Date) -> Option<(&'static str, String)> {
    if last_day < first_day {
        return Some(("last_day", "The last day is before the first".to_owned()));
    }
    if last_day < today {
        return Some(("last_day", "The last day has passed: choose today or a later day".to_owned()));
    }
    if last_day != NO_END && (last_day - first_day).whole_days() > LONGEST {
        return Some(("last_day", format!("Choose a last day within {LONGEST} days of the first")));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: Date = date!(2026 - 11 - 23);

    fn member(id: i64) -> MembershipId {
        MembershipId(id)
    }

    fn away(who: i64, delegate: Option<i64>) -> Absence {
        Absence { who: member(who), first_day: DAY, last_day: DAY, delegate: delegate.map(member) }
    }

    fn found(absences: &[Absence], may_decide: &[i64], had_a_hand: &[i64]) -> Decider {
        let members = |ids: &[i64]| ids.iter().map(|id| member(*id)).collect::<Vec<_>>();
        let (may_decide, had_a_hand) = (members(may_decide), members(had_a_hand));
        decider(member(1), DAY, Known { absences, may_decide: &may_decide, had_a_hand: &had_a_hand })
    }

    #[test]
    fn the_row_is_followed_to_somebody_who_is_there_and_may() {
        assert_eq!(found(&[], &[1, 2], &[]), Decider::Asked);
        assert_eq!(found(&[away(1, Some(2))], &[1, 2], &[]), Decider::Instead(member(2)));
        let both = [away(1, Some(2)), away(2, Some(3))];
        assert_eq!(found(&both, &[1, 2, 3], &[]), Decider::Instead(member(3)));
        assert_eq!(found(&both, &[1, 2], &[]), Decider::Nobody(Why::MayNot(member(3))));
        assert_eq!(found(&both, &[1, 2, 3], &[3]), Decider::Nobody(Why::HadAHand(member(3))));
        assert_eq!(found(&[away(1, None)], &[1], &[]), Decider::Nobody(Why::NobodyNamed(member(1))));
        assert_eq!(found(&[away(1, Some(2)), away(2, Some(1))], &[1, 2], &[]), Decider::Nobody(Why::Circle));
        let later = Absence { first_day: date!(2026 - 11 - 24), last_day: date!(2026 - 11 - 30), ..away(1, Some(2)) };
        assert_eq!(found(&[later], &[1, 2], &[]), Decider::Asked);
    }

    #[test]
    fn days_that_make_no_sense_are_refused() {
        let field = |first, last| problem_of(first, last, DAY).map(|(field, _)| field);
        assert_eq!(field(DAY, DAY), None);
        assert_eq!(field(DAY, date!(2026 - 11 - 22)), Some("last_day"));
        assert_eq!(field(date!(2026 - 11 - 01), date!(2026 - 11 - 22)), Some("last_day"));
        assert_eq!(field(DAY, date!(2028 - 11 - 22)), Some("last_day"));
    }

    proptest! {
        #[test]
        fn nobody_decides_who_is_away_or_had_a_hand_or_may_not(
            rows in prop::collection::vec((0..8i64, prop::option::of(0..8i64), -3..3i64, 0..4i64), 0..10),
            may in prop::collection::vec(0..8i64, 0..8),
            hand in prop::collection::vec(0..8i64, 0..4),
            asked in 0..8i64,
        ) {
            let absences: Vec<Absence> = rows.into_iter().map(|(who, delegate, begins, days)| {
                let first_day = DAY + time::Duration::days(begins);
                let delegate = delegate.filter(|delegate| *delegate != who).map(member);
                Absence { who: member(who), first_day, last_day: first_day + time::Duration::days(days), delegate }
            }).collect();
            let (may, hand): (Vec<_>, Vec<_>) = (may.into_iter().map(member).collect(), hand.into_iter().map(member).collect());
            let known = Known { absences: &absences, may_decide: &may, had_a_hand: &hand };
            let is_away = |who| absences.iter().any(|one| one.who == who && one.covers(DAY));
            match decider(member(asked), DAY, known) {
                Decider::Asked => prop_assert!(!is_away(member(asked))),
                Decider::Instead(who) => {
                    prop_assert!(is_away(member(asked)));
                    prop_assert!(who != member(asked) && !is_away(who) && may.contains(&who) && !hand.contains(&who));
                }
                Decider::Nobody(Why::NobodyNamed(who)) => prop_assert!(is_away(who)),
                Decider::Nobody(Why::HadAHand(who)) => prop_assert!(!is_away(who) && hand.contains(&who)),
                Decider::Nobody(Why::MayNot(who)) => prop_assert!(!is_away(who) && !may.contains(&who)),
                Decider::Nobody(Why::Circle) => prop_assert!(is_away(member(asked))),
            }
        }
    }
}
