//! The steps of an advert's life: which leads where, and every reason why not.

use std::collections::BTreeSet;

use time::Date;

use super::{AdvertState, FieldProblem, Standing, Window};
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
    /// What is published changes, and its readers are told what.
    Correct {
        standing: Standing,
        problems: Vec<FieldProblem>,
        what: &'a str,
    },
    /// It stays open until a later day.
    Extend {
        standing: Standing,
        from: Option<Date>,
        to: Option<Date>,
        /// What the later day does to the others.
        problems: Vec<FieldProblem>,
        what: &'a str,
    },
    /// It closes now, as its readers were told that it may.
    CloseEarly {
        standing: Standing,
        announced: bool,
        what: &'a str,
    },
    /// Nobody could read it yet: it goes back to be written.
    Unschedule {
        standing: Standing,
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
    #[error("This advert is {} now, so that is no longer possible", .0.label().to_lowercase())]
    WrongStanding(Standing),
    #[error("Say what changed and why, in a sentence that applicants read")]
    WhatMissing,
    #[error("Choose a closing date that is later than the present one")]
    NotLater,
    #[error(
        "Applicants were not told that it may close early, so it stays open until its day: withdraw it if you must"
    )]
    NotAnnounced,
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
            Step::Correct { standing, problems, what } => {
                let mut refusals = stands(standing, &[Standing::Scheduled, Standing::Open]);
                refusals.extend(problems.into_iter().map(Refusal::Problem));
                refusals.extend(what.is_empty().then_some(Refusal::WhatMissing));
                self.unless(&[AdvertState::Published], refusals, AdvertState::Published)
            }
            Step::Extend { standing, from, to, problems, what } => {
                let mut refusals = stands(standing, &[Standing::Scheduled, Standing::Open]);
                match to.is_none() || to <= from {
                    true => refusals.push(Refusal::NotLater),
                    false => refusals.extend(problems.into_iter().map(Refusal::Problem)),
                }
                refusals.extend(what.is_empty().then_some(Refusal::WhatMissing));
                self.unless(&[AdvertState::Published], refusals, AdvertState::Published)
            }
            Step::CloseEarly { standing, announced, what } => {
                let mut refusals = stands(standing, &[Standing::Open]);
                refusals.extend((!announced).then_some(Refusal::NotAnnounced));
                refusals.extend(what.is_empty().then_some(Refusal::WhatMissing));
                self.unless(&[AdvertState::Published], refusals, AdvertState::Published)
            }
            Step::Unschedule { standing } => {
                let refusals = stands(standing, &[Standing::Scheduled]);
                self.unless(&[AdvertState::Published], refusals, AdvertState::Draft)
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

/// None where the advert stands as the step needs.
fn stands(standing: Standing, needed: &[Standing]) -> Vec<Refusal> {
    Vec::from_iter((!needed.contains(&standing)).then_some(Refusal::WrongStanding(standing)))
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
    fn what_is_published_changes_only_while_it_makes_sense() {
        use Standing::{Closed, Open, Scheduled};
        let published = AdvertState::Published;
        let day = |n| Date::from_ordinal_date(2026, n).ok();
        let table = [(Scheduled, [true, true, false, true]), (Open, [true, true, true, false]), (Closed, [false; 4])];
        for (standing, expected) in table {
            let steps = [
                Step::Correct { standing, problems: Vec::new(), what: "The salary" },
                Step::Extend { standing, from: day(40), to: day(41), problems: Vec::new(), what: "More time" },
                Step::CloseEarly { standing, announced: true, what: "Enough people applied" },
                Step::Unschedule { standing },
            ];
            for (step, expected) in steps.into_iter().zip(expected) {
                assert_eq!(published.after(step.clone()).is_ok(), expected, "{step:?}");
                assert!(AdvertState::Draft.after(step).is_err());
            }
        }
        let unannounced = published.after(Step::CloseEarly { standing: Open, announced: false, what: "Enough" });
        assert_eq!(unannounced, Err(vec![Refusal::NotAnnounced]));
        let extend = |to, problems| Step::Extend { standing: Open, from: day(40), to: day(to), problems, what: "" };
        let past = ("interviews_on", "Interviews are before".to_owned());
        let earlier = published.after(extend(40, vec![past.clone()]));
        assert_eq!(earlier, Err(vec![Refusal::NotLater, Refusal::WhatMissing]));
        let past_interviews = published.after(extend(50, vec![past.clone()]));
        assert_eq!(past_interviews, Err(vec![Refusal::Problem(past), Refusal::WhatMissing]));
    }

    #[test]
    fn nothing_is_published_that_would_be_closed_at_once() {
        let publish = AdvertState::Ready.after(Step::Publish { problems: Vec::new(), window: None });
        assert_eq!(publish, Err(vec![Refusal::TooLate]));
    }
}
