//! Who takes a step: the one who is asked, or whoever stands in; never somebody with a hand in the text.

use time::Date;

use super::{Asked, Group, StepKind};
use crate::domain::away::{self, Absence, Decider, Why, decider};
use crate::domain::ids::MembershipId;

/// Somebody active whose role covers the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: MembershipId,
    pub groups: Vec<Group>,
}

/// What is known when people are looked for. The members come in order: nearest to the unit first.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub members: &'a [Member],
    pub absences: &'a [Absence],
    /// Who sent, edited or proposed it.
    pub had_a_hand: &'a [MembershipId],
    pub unit_manager: Option<MembershipId>,
}

/// Who gets a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    To {
        who: MembershipId,
        /// Who was asked first and is away.
        instead_of: Option<MembershipId>,
    },
    /// Asked, away, and nobody stands in: it lies with them, and administrators hear of it.
    Stuck { who: MembershipId, why: Why },
    /// There is nobody whom it could be given to.
    Nobody,
}

/// Those who may take a step, the one first who takes it unless another is chosen.
pub fn candidates(kind: StepKind, asked: &Asked, known: Known<'_>) -> Vec<MembershipId> {
    let may = |member: &&Member| {
        kind.needs().is_none_or(|group| member.groups.contains(&group)) && !known.had_a_hand.contains(&member.id)
    };
    let group = match asked {
        Asked::Group(group) => Some(*group),
        Asked::UnitManager => Some(Group::Managers),
        Asked::Person(_) => None,
        Asked::Guest { .. } => return Vec::new(),
    };
    let fits = |member: &&Member| group.is_none_or(|group| member.groups.contains(&group));
    let mut found: Vec<MembershipId> = known.members.iter().filter(may).filter(fits).map(|member| member.id).collect();
    let first = match asked {
        Asked::Person(person) => Some(*person),
        // The manager of the unit is the nearest manager there is.
        Asked::UnitManager | Asked::Group(Group::Managers) => known.unit_manager,
        Asked::Group(Group::Authors | Group::Panel | Group::Admins) | Asked::Guest { .. } => None,
    };
    match asked {
        Asked::Person(person) => found.retain(|id| id == person),
        Asked::UnitManager | Asked::Group(_) | Asked::Guest { .. } => {
            found.sort_by_key(|id| Some(*id) != first);
        }
    }
    found
}

/// Who gets a step on that day, where `chosen` was picked for it.
pub fn cast(kind: StepKind, asked: &Asked, chosen: Option<MembershipId>, known: Known<'_>, day: Date) -> Cast {
    let may = candidates(kind, asked, known);
    let asked_first = chosen.filter(|chosen| may.contains(chosen)).or(may.first().copied());
    // Somebody who left or lost the role since they were asked: another of those who may by what the step asks.
    let anybody = || candidates(kind, &fallback(kind, asked), known).first().copied();
    let Some(who) = asked_first.or_else(anybody) else { return Cast::Nobody };
    let able: Vec<MembershipId> = known
        .members
        .iter()
        .filter(|member| kind.needs().is_none_or(|group| member.groups.contains(&group)))
        .map(|member| member.id)
        .collect();
    let row = away::Known { absences: known.absences, may_decide: &able, had_a_hand: known.had_a_hand };
    match decider(who, day, row) {
        Decider::Asked => Cast::To { who, instead_of: None },
        Decider::Instead(other) => Cast::To { who: other, instead_of: Some(who) },
        Decider::Nobody(why) => Cast::Stuck { who, why },
    }
}

/// Where the person of a step can't take it: a manager of the unit, or of the panel where it is evaluated.
fn fallback(kind: StepKind, asked: &Asked) -> Asked {
    match asked {
        Asked::Person(_) => Asked::Group(kind.needs().unwrap_or(Group::Managers)),
        Asked::UnitManager | Asked::Group(_) | Asked::Guest { .. } => asked.clone(),
    }
}
