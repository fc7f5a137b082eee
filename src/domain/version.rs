//! The workflow of a version: which event leads from which state to which, and every reason why not.
//!
//! Pure: who acts, when, and what the checks found come in; the next state or the refusals go out. Whether a person
//! has the *role* for an event is the business of `policy`; four eyes over recorded people is decided here.

use time::{Date, OffsetDateTime};

use super::checks::Problem;
use super::ids::MembershipId;
use super::worded::worded;

worded! {
    /// A state without its facts: the word in the database, the tag on the page.
    StateName {
        Draft = "draft", "Draft";
        InReview = "in_review", "In review";
        ChangesRequested = "changes_requested", "Changes requested";
        Approved = "approved", "Approved";
        Issued = "issued", "Issued";
        Superseded = "superseded", "Superseded";
        Withdrawn = "withdrawn", "Withdrawn";
        Discarded = "discarded", "Discarded";
    }
}

impl StateName {
    /// Content may change.
    pub fn is_editable(self) -> bool {
        match self {
            Self::Draft | Self::ChangesRequested => true,
            Self::InReview | Self::Approved | Self::Issued | Self::Superseded | Self::Withdrawn | Self::Discarded => {
                false
            }
        }
    }

    /// On its way to being issued; a profile has at most one such version.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::InReview | Self::ChangesRequested | Self::Approved => true,
            Self::Issued | Self::Superseded | Self::Withdrawn | Self::Discarded => false,
        }
    }
}

/// Who did something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    pub by: MembershipId,
    pub at: OffsetDateTime,
}

/// An approval stays with the version for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    pub submitted: Act,
    pub approved: Act,
}

/// A date on which the version issues itself, and who set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduled {
    pub on: Date,
    pub by: MembershipId,
}

/// On whose word a version came into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    Approval(Approval),
    Emergency { reason: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub authority: Authority,
    pub issued: Act,
    pub effective_from: Date,
}

/// Each state holds its people and times: an approved version without an approver can't be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Draft,
    InReview { submitted: Act },
    ChangesRequested { requested: Act, reason: String },
    Approved { approval: Approval, scheduled: Option<Scheduled> },
    Issued(Issue),
    Superseded { issue: Issue, at: OffsetDateTime },
    Withdrawn { approval: Approval, withdrawn: Act, reason: String },
    Discarded { discarded: Act },
}

/// Something that happens to a version, with what the decision needs to know.
#[derive(Debug, Clone)]
pub enum Event {
    Submit {
        problems: Vec<Problem>,
        approver: MembershipId,
        editors: Vec<MembershipId>,
    },
    Recall {
        administrator: bool,
    },
    RequestChanges {
        approver: MembershipId,
        reason: String,
    },
    Approve {
        approver: MembershipId,
        editors: Vec<MembershipId>,
    },
    /// `problems` include a missing basis of the grade.
    Issue {
        problems: Vec<Problem>,
        effective_from: Date,
        today: Date,
    },
    /// The day that was set has come.
    IssueDue {
        today: Date,
    },
    Supersede,
    Withdraw {
        reason: String,
    },
    Discard,
    Restore,
    EmergencyIssue {
        problems: Vec<Problem>,
        reason: String,
        today: Date,
    },
}

worded! {
    /// An event without its facts, for records and the golden table.
    EventName {
        Submit = "submit", "Submit";
        Recall = "recall", "Recall";
        RequestChanges = "request_changes", "Request changes";
        Approve = "approve", "Approve";
        Issue = "issue", "Issue";
        IssueDue = "issue_due", "Issue on its date";
        Supersede = "supersede", "Supersede";
        Withdraw = "withdraw", "Withdraw";
        Discard = "discard", "Discard";
        Restore = "restore", "Restore";
        EmergencyIssue = "emergency_issue", "Emergency issue";
    }
}

/// Why an event is refused, in the words that the page shows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This version is {} now, so that is no longer possible", .0.label().to_lowercase())]
    WrongState(StateName),
    #[error("Only the person who was asked to approve this version can decide on it")]
    NotTheApprover,
    #[error("You sent this version for review, so somebody else has to decide on it")]
    OwnSubmission,
    #[error("You edited this version, so somebody else has to approve it")]
    OwnEdit,
    #[error("The person you chose edited this version, so they can't approve it: choose somebody else")]
    ApproverEdited,
    #[error("Choose somebody else: you can't approve what you send for review")]
    ApproverSubmits,
    #[error("Say why: the reason stays in the record and reaches those it concerns")]
    ReasonMissing,
    #[error("Only the person who sent it for review, or an administrator, can recall it")]
    NotTheSubmitter,
    #[error("Discarded versions are kept for 90 days, and this one is older")]
    DiscardedTooLongAgo,
    #[error("The date of issue has not come yet")]
    NotDueYet,
    #[error("{}", .0.text)]
    Problem(Problem),
}

/// Discarded versions can be restored for this long.
pub const KEPT_AFTER_DISCARD: time::Duration = time::Duration::days(90);

impl State {
    pub fn name(&self) -> StateName {
        match self {
            State::Draft => StateName::Draft,
            State::InReview { .. } => StateName::InReview,
            State::ChangesRequested { .. } => StateName::ChangesRequested,
            State::Approved { .. } => StateName::Approved,
            State::Issued(_) => StateName::Issued,
            State::Superseded { .. } => StateName::Superseded,
            State::Withdrawn { .. } => StateName::Withdrawn,
            State::Discarded { .. } => StateName::Discarded,
        }
    }

    /// The state after the event, or every reason why there is none.
    pub fn after(self, event: Event, act: Act) -> Result<State, Vec<Refusal>> {
        match event {
            Event::Submit { problems, approver, editors } => self.submitted(problems, approver, &editors, act),
            Event::Recall { administrator } => self.recalled(administrator, act),
            Event::RequestChanges { approver, reason } => self.sent_back(approver, reason, act),
            Event::Approve { approver, editors } => self.approved(approver, &editors, act),
            Event::Issue { problems, effective_from, today } => self.issued(problems, effective_from, today, act),
            Event::IssueDue { today } => self.issued_on_its_date(today, act.at),
            Event::Supersede => self.superseded(act.at),
            Event::Withdraw { reason } => self.withdrawn(reason, act),
            Event::Discard => self.discarded(act),
            Event::Restore => self.restored(act.at),
            Event::EmergencyIssue { problems, reason, today } => self.issued_in_emergency(problems, reason, today, act),
        }
    }

    fn refused<T>(&self) -> Result<T, Vec<Refusal>> {
        Err(vec![Refusal::WrongState(self.name())])
    }

    fn submitted(
        self,
        problems: Vec<Problem>,
        approver: MembershipId,
        editors: &[MembershipId],
        act: Act,
    ) -> Result<State, Vec<Refusal>> {
        match self {
            State::Draft | State::ChangesRequested { .. } => {
                let mut refusals: Vec<Refusal> = problems.into_iter().map(Refusal::Problem).collect();
                refusals.extend((approver == act.by).then_some(Refusal::ApproverSubmits));
                refusals.extend((approver != act.by && editors.contains(&approver)).then_some(Refusal::ApproverEdited));
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

    fn recalled(self, administrator: bool, act: Act) -> Result<State, Vec<Refusal>> {
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

    fn sent_back(self, approver: MembershipId, reason: String, act: Act) -> Result<State, Vec<Refusal>> {
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

    fn approved(self, approver: MembershipId, editors: &[MembershipId], act: Act) -> Result<State, Vec<Refusal>> {
        match self {
            State::InReview { submitted } => {
                let mut refusals = decides(submitted, approver, act);
                refusals.extend(editors.contains(&act.by).then_some(Refusal::OwnEdit));
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

    fn issued(
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

    fn issued_on_its_date(self, today: Date, at: OffsetDateTime) -> Result<State, Vec<Refusal>> {
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
    fn superseded(self, at: OffsetDateTime) -> Result<State, Vec<Refusal>> {
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

    fn withdrawn(self, reason: String, act: Act) -> Result<State, Vec<Refusal>> {
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

    fn discarded(self, act: Act) -> Result<State, Vec<Refusal>> {
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

    fn restored(self, at: OffsetDateTime) -> Result<State, Vec<Refusal>> {
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

    fn issued_in_emergency(
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

impl Event {
    pub fn name(&self) -> EventName {
        match self {
            Event::Submit { .. } => EventName::Submit,
            Event::Recall { .. } => EventName::Recall,
            Event::RequestChanges { .. } => EventName::RequestChanges,
            Event::Approve { .. } => EventName::Approve,
            Event::Issue { .. } => EventName::Issue,
            Event::IssueDue { .. } => EventName::IssueDue,
            Event::Supersede => EventName::Supersede,
            Event::Withdraw { .. } => EventName::Withdraw,
            Event::Discard => EventName::Discard,
            Event::Restore => EventName::Restore,
            Event::EmergencyIssue { .. } => EventName::EmergencyIssue,
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
