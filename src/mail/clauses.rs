//! What is told about standard clauses: a text waits for a second person, was decided on, or took a version back from
//! review.

use super::review::ToMember;
use crate::domain::ids::MembershipId;

/// Asks those who may decide on a proposed text.
pub fn proposed(to: MembershipId, clause: &str, (from, note): (&str, &str), link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("To approve: the standard clause {clause}"),
        body: format!(
            "{from} proposes a new text of the standard clause “{clause}”.\n\nWhat is new, and why: {note}\n\n\
             It holds when a second person approves it. Read it with every change marked, and decide here:\n{link}\n"
        ),
    }
}

/// Tells the proposer what was decided. `reason`: why it was not taken.
pub fn decided(to: MembershipId, clause: &str, (by, reason): (&str, Option<&str>), link: &str) -> ToMember {
    let (what, why) = match reason {
        None => ("Approved", String::new()),
        Some(reason) => ("Not taken", format!("\n\nWhy: {reason}")),
    };
    ToMember {
        to,
        subject: format!("{what}: the standard clause {clause}"),
        body: format!("{by} decided on your text of the standard clause “{clause}”. {what}.{why}\n\n{link}\n"),
    }
}

/// Tells the sender and the approver that a new text took a version back from review.
pub fn recalled(to: MembershipId, title: &str, clause: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("Recalled from review: {title}"),
        body: format!(
            "The standard clause “{clause}” has a new text, so the review of the job profile “{title}” was taken back. \
             It is a draft again and shows the new text; nothing else in it changed. Its author can send it again:\n{link}\n"
        ),
    }
}
