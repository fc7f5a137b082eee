//! Messages of the way to approval: what, why you, and where to go.

use crate::domain::ids::MembershipId;

/// A message to a member of staff; the outbox knows the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToMember {
    pub to: MembershipId,
    pub subject: String,
    pub body: String,
}

/// Asks the approver to look and decide. `link` is absolute.
pub fn review_requested(to: MembershipId, title: &str, from: &str, note: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("To approve: {title}"),
        body: format!(
            "{from} asks you to review the job profile “{title}”, because you approve for its unit.\n\n\
             What changed, in their words:\n{note}\n\n\
             Read it, see every change marked, and decide here:\n{link}\n"
        ),
    }
}

/// Tells the submitter what is asked of them.
pub fn changes_requested(to: MembershipId, title: &str, from: &str, reason: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("Changes requested: {title}"),
        body: format!(
            "{from} has read “{title}” and asks for changes before it can be approved:\n\n{reason}\n\n\
             The draft is open for editing again:\n{link}\n"
        ),
    }
}

/// Tells the submitter that the version can be issued.
pub fn approved(to: MembershipId, title: &str, from: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("Approved: {title}"),
        body: format!("{from} approved “{title}”. You can issue it now:\n{link}\n"),
    }
}

/// Asks somebody to look at what came into force without an approval.
pub fn issued_in_emergency(to: MembershipId, title: &str, from: &str, reason: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("Issued without approval: {title}"),
        body: format!(
            "{from} issued the job profile “{title}” in an emergency, without approval.\n\nWhy: {reason}\n\n\
             Look at it, and record that you did, here:\n{link}\n"
        ),
    }
}

/// Tells somebody that a task is theirs now.
pub fn task_given(to: MembershipId, title: &str, from: &str, reason: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("To approve: {title}"),
        body: format!(
            "{from} gave you the review of the job profile “{title}”.\n\nWhy: {reason}\n\n\
             Read it, see every change marked, and decide here:\n{link}\n"
        ),
    }
}
