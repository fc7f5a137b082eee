//! The workflow of a version: which event leads from which state to which, and every reason why not.
//!
//! Pure: who acts, when, and what the checks found come in; the next state or the refusals go out. Whether a person
//! has the *role* for an event is the business of `policy`; four eyes over recorded people is decided here.

mod steps;

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
    /// As a sentence says it: "this version is …".
    pub fn said(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::InReview => "in review",
            Self::ChangesRequested => "back with its author for changes",
            Self::Approved => "approved",
            Self::Issued => "issued",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
            Self::Discarded => "discarded",
        }
    }

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
        /// Whose suggestions were accepted into it.
        proposers: Vec<MembershipId>,
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
        proposers: Vec<MembershipId>,
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
    #[error("This version is {} now, so that is no longer possible", .0.said())]
    WrongState(StateName),
    #[error("Only the person who was asked to approve this version can decide on it")]
    NotTheApprover,
    #[error("You sent this version for review, so somebody else has to decide on it")]
    OwnSubmission,
    #[error("You edited this version, so somebody else has to approve it")]
    OwnEdit,
    #[error("You proposed words that were accepted into this version, so somebody else has to approve it")]
    OwnProposal,
    #[error("The person you chose edited this version, so they can't approve it: choose somebody else")]
    ApproverEdited,
    #[error("The person you chose proposed words that were accepted into this version: choose somebody else")]
    ApproverProposed,
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
            Event::Submit { problems, approver, editors, proposers } => {
                self.submitted(problems, approver, (&editors, &proposers), act)
            }
            Event::Recall { administrator } => self.recalled(administrator, act),
            Event::RequestChanges { approver, reason } => self.sent_back(approver, reason, act),
            Event::Approve { approver, editors, proposers } => self.approved(approver, (&editors, &proposers), act),
            Event::Issue { problems, effective_from, today } => self.issued(problems, effective_from, today, act),
            Event::IssueDue { today } => self.issued_on_its_date(today, act.at),
            Event::Supersede => self.superseded(act.at),
            Event::Withdraw { reason } => self.withdrawn(reason, act),
            Event::Discard => self.discarded(act),
            Event::Restore => self.restored(act.at),
            Event::EmergencyIssue { problems, reason, today } => self.issued_in_emergency(problems, reason, today, act),
        }
    }

    /// Who sent it for review and when, while it is there.
    pub fn sent(&self) -> Option<Act> {
        match self {
            State::InReview { submitted } => Some(*submitted),
            State::Draft
            | State::ChangesRequested { .. }
            | State::Approved { .. }
            | State::Issued(_)
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => None,
        }
    }

    fn refused<T>(&self) -> Result<T, Vec<Refusal>> {
        Err(vec![Refusal::WrongState(self.name())])
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
