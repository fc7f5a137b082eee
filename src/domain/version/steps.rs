//! The steps themselves: one function an event, every state named.

use time::{Date, OffsetDateTime};

use super::{Act, Approval, Authority, Issue, KEPT_AFTER_DISCARD, Refusal, Scheduled, State};
use crate::domain::checks::Problem;
use crate::domain::ids::MembershipId;

impl State {
    pub(super) fn submitted(
        self,
        problems: Vec<Problem>,
        approver: MembershipId,
        (editors, proposers): (&[MembershipId], &[MembershipId]),
        act: Act,
    ) -> Result<State, Vec<Refusal>> {
        match self {
            State::Draft | State::ChangesRequested { .. } => {
                let mut refusals: Vec<Refusal> = problems.into_iter().map(Refusal::Problem).collect();
                refusals.extend((approver == act.by).then_some(Refusal::ApproverSubmits));
                let edited = editors.contains(&approver);
                refusals.extend((approver != act.by && edited).then_some(Refusal::ApproverEdited));
                let proposed = proposers.contains(&approver);
                refusals.extend((approver != act.by && !edited && proposed).then_some(Refusal::ApproverProposed));
                unless(refusals, State::InReview { submitted: act })
            }
            State::InReview { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn recalled(self, administrator: bool, act: Act) -> Result<State, Vec<Refusal>> {
        match self {
            State::InReview { submitted } if administrator || submitted.by == act.by => Ok(State::Draft),
            State::InReview { .. } => Err(vec![Refusal::NotTheSubmitter]),
            State::Draft
            | State::ChangesRequested { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn sent_back(self, approver: MembershipId, reason: String, act: Act) -> Result<State, Vec<Refusal>> {
        match self {
            State::InReview { submitted } => {
                let mut refusals = decides(submitted, approver, act);
                refusals.extend(reason.is_empty().then_some(Refusal::ReasonMissing));
                unless(refusals, State::ChangesRequested { requested: act, reason })
            }
            State::Draft
            | State::ChangesRequested { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn approved(
        self,
        approver: MembershipId,
        (editors, proposers): (&[MembershipId], &[MembershipId]),
        act: Act,
    ) -> Result<State, Vec<Refusal>> {
        match self {
            State::InReview { submitted } => {
                let mut refusals = decides(submitted, approver, act);
                let edited = editors.contains(&act.by);
                refusals.extend(edited.then_some(Refusal::OwnEdit));
                refusals.extend((!edited && proposers.contains(&act.by)).then_some(Refusal::OwnProposal));
                unless(refusals, State::Approved { approval: Approval { submitted, approved: act }, scheduled: None })
            }
            State::Draft
            | State::ChangesRequested { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn issued(
        self,
        problems: Vec<Problem>,
        effective_from: Date,
        today: Date,
        act: Act,
    ) -> Result<State, Vec<Refusal>> {
        match self {
            State::Approved { approval, .. } => {
                let refusals = problems.into_iter().map(Refusal::Problem).collect();
                let next = match effective_from > today {
                    true => {
                        let scheduled = Some(Scheduled { on: effective_from, by: act.by });
                        State::Approved { approval, scheduled }
                    }
                    false => {
                        State::Issued(Issue { authority: Authority::Approval(approval), issued: act, effective_from })
                    }
                };
                unless(refusals, next)
            }
            State::Draft
            | State::InReview { .. }
            | State::ChangesRequested { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn issued_on_its_date(self, today: Date, at: OffsetDateTime) -> Result<State, Vec<Refusal>> {
        match self {
            State::Approved { approval, scheduled: Some(Scheduled { on, by }) } if on <= today => {
                let issued = Act { by, at };
                Ok(State::Issued(Issue { authority: Authority::Approval(approval), issued, effective_from: on }))
            }
            State::Approved { .. } => Err(vec![Refusal::NotDueYet]),
            State::Draft
            | State::InReview { .. }
            | State::ChangesRequested { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    /// Never validates: a rule written later must not keep two versions in force.
    pub(super) fn superseded(self, at: OffsetDateTime) -> Result<State, Vec<Refusal>> {
        match self {
            State::Issued(issue) => Ok(State::Superseded { issue, at }),
            State::Draft
            | State::InReview { .. }
            | State::ChangesRequested { .. }
            | State::Approved { .. }
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn withdrawn(self, reason: String, act: Act) -> Result<State, Vec<Refusal>> {
        match self {
            State::Approved { .. } if reason.is_empty() => Err(vec![Refusal::ReasonMissing]),
            State::Approved { approval, .. } => Ok(State::Withdrawn { approval, withdrawn: act, reason }),
            State::Draft
            | State::InReview { .. }
            | State::ChangesRequested { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn discarded(self, act: Act) -> Result<State, Vec<Refusal>> {
        match self {
            State::Draft | State::ChangesRequested { .. } => Ok(State::Discarded { discarded: act }),
            State::InReview { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }

    pub(super) fn restored(self, at: OffsetDateTime) -> Result<State, Vec<Refusal>> {
        match self {
            State::Discarded { discarded } if at - discarded.at > KEPT_AFTER_DISCARD => {
                Err(vec![Refusal::DiscardedTooLongAgo])
            }
            State::Discarded { .. } => Ok(State::Draft),
            State::Draft
            | State::InReview { .. }
            | State::ChangesRequested { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. } => self.refused(),
        }
    }

    pub(super) fn issued_in_emergency(
        self,
        problems: Vec<Problem>,
        reason: String,
        today: Date,
        act: Act,
    ) -> Result<State, Vec<Refusal>> {
        match self {
            State::Draft | State::InReview { .. } | State::ChangesRequested { .. } | State::Approved { .. } => {
                let mut refusals: Vec<Refusal> = problems.into_iter().map(Refusal::Problem).collect();
                refusals.extend(reason.is_empty().then_some(Refusal::ReasonMissing));
                let authority = Authority::Emergency { reason };
                unless(refusals, State::Issued(Issue { authority, issued: act, effective_from: today }))
            }
            State::Issued(_) | State::Superseded { .. } | State::Withdrawn { .. } | State::Discarded { .. } => {
                self.refused()
            }
        }
    }
}

impl State {
    /// A guest asks for changes. A guest has no place on the staff, so whoever sent it stands for them in the state; the
    /// decision itself names the guest, and so does the reason.
    pub fn sent_back_by_guest(self, reason: String, at: OffsetDateTime) -> Result<State, Vec<Refusal>> {
        match self {
            State::InReview { .. } if reason.is_empty() => Err(vec![Refusal::ReasonMissing]),
            State::InReview { submitted } => {
                Ok(State::ChangesRequested { requested: Act { by: submitted.by, at }, reason })
            }
            State::Draft
            | State::ChangesRequested { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => self.refused(),
        }
    }
}

/// What both decisions ask of the person who takes them.
fn decides(submitted: Act, approver: MembershipId, act: Act) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    refusals.extend((approver != act.by).then_some(Refusal::NotTheApprover));
    refusals.extend((submitted.by == act.by).then_some(Refusal::OwnSubmission));
    refusals
}

fn unless(refusals: Vec<Refusal>, next: State) -> Result<State, Vec<Refusal>> {
    match refusals.is_empty() {
        true => Ok(next),
        false => Err(refusals),
    }
}
