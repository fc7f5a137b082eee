//! Messages about comments and suggestions: one an act, to those it concerns, with a link to the very place.

use super::review::ToMember;
use crate::domain::ids::MembershipId;

/// What a message is about. The link is absolute and leads to the place.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The job's title.
    pub title: &'a str,
    /// Who did it.
    pub from: &'a str,
    pub link: &'a str,
}

fn message(to: MembershipId, subject: String, said: &str, about: About<'_>) -> ToMember {
    ToMember { to, subject, body: format!("{said}\n\nRead it in its place:\n{}\n", about.link) }
}

/// Somebody was called in a comment.
pub fn mentioned(to: MembershipId, text: &str, about: About<'_>) -> ToMember {
    let About { title, from, .. } = about;
    let said = format!("{from} mentions you in a comment on the job profile “{title}”:\n\n{text}");
    message(to, format!("{from} mentions you: {title}"), &said, about)
}

/// Somebody answered in a thread that this person wrote in.
pub fn answered(to: MembershipId, text: &str, about: About<'_>) -> ToMember {
    let About { title, from, .. } = about;
    let said = format!("{from} answered in a comment of yours on the job profile “{title}”:\n\n{text}");
    message(to, format!("{from} answered: {title}"), &said, about)
}

/// The author of a draft has something to decide. `what` says it in words: `new words for a duty`.
pub fn suggested(to: MembershipId, what: &str, reason: &str, about: About<'_>) -> ToMember {
    let About { title, from, .. } = about;
    let why = if reason.is_empty() { String::new() } else { format!("\n\nWhy, in their words:\n{reason}") };
    let said = format!("{from} suggests {what} in the job profile “{title}”. It is yours to accept or reject.{why}");
    message(to, format!("Suggestion: {title}"), &said, about)
}

/// Words of this person are in the draft now. `count` suggestions were accepted in one act.
pub fn accepted(to: MembershipId, count: usize, about: About<'_>) -> ToMember {
    let About { title, from, .. } = about;
    let what = match count {
        1 => "your suggestion".to_owned(),
        n => format!("{n} of your suggestions"),
    };
    let said = format!(
        "{from} accepted {what} for the job profile “{title}”. Since the words are yours, somebody else approves \
         this version."
    );
    message(to, format!("Suggestion accepted: {title}"), &said, about)
}

pub fn rejected(to: MembershipId, reason: &str, about: About<'_>) -> ToMember {
    let About { title, from, .. } = about;
    let said = format!("{from} did not take your suggestion into the job profile “{title}”. The reason:\n\n{reason}");
    message(to, format!("Suggestion not taken: {title}"), &said, about)
}
