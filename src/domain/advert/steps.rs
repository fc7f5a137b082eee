//! The steps of an advert's life: which leads where, and every reason why not.

use std::collections::BTreeSet;

use super::{AdvertState, FieldProblem, Window};
use crate::domain::ids::MembershipId;

/// Something that happens to an advert, with what the decision needs to know.
#[derive(Debug, Clone)]
pub enum Step<'a> {
    /// The text changes; a confirmation was for the text as it stood, so it goes.
    Edit,
    /// The hiring manager is asked to confirm the text.
    Ask {
        problems: Vec<FieldProblem>,
    },
    Confirm {
        by: MembershipId,
        asked: Option<MembershipId>,
        writers: &'a BTreeSet<MembershipId>,
    },
    /// The hiring manager sends it back to its writer.
    Return {
        by: MembershipId,
        asked: Option<MembershipId>,
        remark: &'a str,
    },
    Publish {
        problems: Vec<FieldProblem>,
        window: Option<Window>,
    },
    Withdraw {
        reason: &'a str,
    },
}

/// Why a step is refused, in the words that the page shows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This advert is {} now, so that is no longer possible", .0.label().to_lowercase())]
    WrongState(AdvertState),
    #[error("Nobody is asked to confirm this text at present: it changed, or it was decided on already")]
    NotAsked,
    #[error("Only the hiring manager who was asked can decide on this text")]
    NotTheOneAsked,
    #[error("You wrote on this text, so somebody else has to confirm it")]
    OwnText,
    #[error("Say what has to change: the remark goes to the writer")]
    RemarkMissing,
    #[error("Say why: the reason stays in the record and applicants read it")]
    ReasonMissing,
    #[error("The closing date has passed")]
    TooLate,
    #[error("{}", .0.1)]
    Problem(FieldProblem),
}

impl AdvertState {
    /// The state after the step, or every reason why there is none.
    pub fn after(self, step: Step<'_>) -> Result<AdvertState, Vec<Refusal>> {
        match step {
            Step::Edit => self.unless(&[AdvertState::Draft, AdvertState::Ready], Vec::new(), AdvertState::Draft),
            Step::Ask { problems } => {
                let refusals = problems.into_iter().map(Refusal::Problem).collect();
                self.unless(&[AdvertState::Draft], refusals, AdvertState::Draft)
            }
            Step::Confirm { by, asked, writers } => {
                let mut refusals = decides(by, asked);
                refusals.extend(writers.contains(&by).then_some(Refusal::OwnText));
                self.unless(&[AdvertState::Draft], refusals, AdvertState::Ready)
            }
            Step::Return { by, asked, remark } => {
                let mut refusals = decides(by, asked);
                refusals.extend(remark.is_empty().then_some(Refusal::RemarkMissing));
                self.unless(&[AdvertState::Draft], refusals, AdvertState::Draft)
            }
            Step::Publish { problems, window } => {
                let mut refusals: Vec<Refusal> = problems.into_iter().map(Refusal::Problem).collect();
                refusals.extend((refusals.is_empty() && window.is_none()).then_some(Refusal::TooLate));
                self.unless(&[AdvertState::Ready], refusals, AdvertState::Published)
            }
            Step::Withdraw { reason } => {
                let refusals = Vec::from_iter(reason.is_empty().then_some(Refusal::ReasonMissing));
                let from = [AdvertState::Draft, AdvertState::Ready, AdvertState::Published];
                self.unless(&from, refusals, AdvertState::Withdrawn)
            }
        }
    }

    fn unless(self, from: &[AdvertState], refusals: Vec<Refusal>, next: AdvertState) -> Result<Self, Vec<Refusal>> {
        match (from.contains(&self), refusals.is_empty()) {
            (false, _) => Err(vec![Refusal::WrongState(self)]),
            (true, false) => Err(refusals),
            (true, true) => Ok(next),
        }
    }
}

fn decides(by: MembershipId, asked: Option<MembershipId>) -> Vec<Refusal> {
    match asked {
        None => vec![Refusal::NotAsked],
        Some(asked) if asked != by => vec![Refusal::NotTheOneAsked],
        Some(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    /// The state after each step that nothing else stands against; none where the state refuses it.
    #[test]
    fn every_step_from_every_state() {
        let manager = MembershipId(2);
        let writers = BTreeSet::from([MembershipId(1)]);
        let window = Some((datetime!(2026-01-01 0:00 UTC), datetime!(2026-02-01 0:00 UTC)));
        let steps = [
            Step::Edit,
            Step::Ask { problems: Vec::new() },
            Step::Confirm { by: manager, asked: Some(manager), writers: &writers },
            Step::Return { by: manager, asked: Some(manager), remark: "Too long" },
            Step::Publish { problems: Vec::new(), window },
            Step::Withdraw { reason: "Filled" },
        ];
        use AdvertState::{Draft, Published, Ready, Withdrawn};
        let table = [
            (Draft, [Some(Draft), Some(Draft), Some(Ready), Some(Draft), None, Some(Withdrawn)]),
            (Ready, [Some(Draft), None, None, None, Some(Published), Some(Withdrawn)]),
            (Published, [None, None, None, None, None, Some(Withdrawn)]),
            (Withdrawn, [None; 6]),
        ];
        for (state, expected) in table {
            for (step, expected) in steps.iter().zip(expected) {
                assert_eq!(state.after(step.clone()).ok(), expected, "{step:?} from {state:?}");
            }
        }
    }

    #[test]
    fn only_the_one_who_was_asked_decides_and_never_a_writer() {
        let (writer, manager) = (MembershipId(1), MembershipId(2));
        let writers = BTreeSet::from([writer]);
        let confirm = |by, asked| AdvertState::Draft.after(Step::Confirm { by, asked, writers: &writers });
        assert_eq!(confirm(manager, None), Err(vec![Refusal::NotAsked]));
        assert_eq!(confirm(MembershipId(3), Some(manager)), Err(vec![Refusal::NotTheOneAsked]));
        assert_eq!(confirm(writer, Some(writer)), Err(vec![Refusal::OwnText]));
        let returned = AdvertState::Draft.after(Step::Return { by: manager, asked: Some(manager), remark: "" });
        assert_eq!(returned, Err(vec![Refusal::RemarkMissing]));
    }

    #[test]
    fn nothing_is_published_that_would_be_closed_at_once() {
        let publish = AdvertState::Ready.after(Step::Publish { problems: Vec::new(), window: None });
        assert_eq!(publish, Err(vec![Refusal::TooLate]));
    }
}
