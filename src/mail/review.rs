//! Messages of the way to approval: what, why you, and where to go.

use crate::domain::ids::MembershipId;
use crate::domain::route::StepKind;

/// A message to a member of staff; the outbox knows the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToMember {
    pub to: MembershipId,
    pub subject: String,
    pub body: String,
}

/// A review that somebody is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub kind: StepKind,
    pub title: &'a str,
    pub from: &'a str,
    pub note: &'a str,
    /// The largest changes, each in a line.
    pub largest: &'a [String],
    /// `due by Friday 4 December`; empty where no day was set.
    pub due: &'a str,
    /// Why it comes to them and not to the one who was asked: a sentence, or nothing.
    pub because: &'a str,
    /// Absolute.
    pub link: &'a str,
}

/// Asks the approver to look and decide.
pub fn review_requested(to: MembershipId, asked: Asked<'_>) -> ToMember {
    let Asked { kind, title, from, note, largest, due, because, link } = asked;
    let changes = changes(largest);
    let why = match because.is_empty() {
        true => why_you(kind).to_owned(),
        false => format!("in somebody else’s place: {because}"),
    };
    ToMember {
        to,
        subject: subject(kind.asks(), title, due),
        body: format!(
            "{from} asks you to review the job profile “{title}”, {why}.{}\n\n\
             What changed, in their words:\n{note}\n\n{changes}\
             Read it, see every change marked, and decide here:\n{link}\n",
            by(due)
        ),
    }
}

/// The largest changes as a paragraph of their own, or nothing.
pub fn changes(largest: &[String]) -> String {
    match largest {
        [] => String::new(),
        largest => format!("The largest changes:\n{}\n\n", largest.join("\n")),
    }
}

/// What a message is about that is not the first about it.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub title: &'a str,
    /// The largest changes, each in a line.
    pub largest: &'a [String],
    /// `due by Friday 4 December`; empty where no day was set.
    pub due: &'a str,
    /// Absolute.
    pub link: &'a str,
}

impl About<'_> {
    /// How such a message ends: what changed, and where it is decided.
    fn end(&self) -> String {
        let decide = format!("Read it, see every change marked, and decide here:\n{}\n", self.link);
        format!("{}{decide}", changes(self.largest))
    }
}

/// Why it comes to them, as a sentence goes on.
fn why_you(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Approve => "because you approve for its unit",
        StepKind::Review => "to say what you think of it before it is approved",
        StepKind::Evaluate => "to evaluate the job",
        StepKind::Agree => "to say whether you agree to it",
        StepKind::Acknowledge => "to read it and say that you did",
    }
}

/// `To approve: Porter, due by Friday 4 December`
pub fn subject(what: &str, title: &str, due: &str) -> String {
    match due.is_empty() {
        true => format!("{what}: {title}"),
        false => format!("{what}: {title}, {due}"),
    }
}

/// Tells administrators, as subject and text, that a review sits with somebody who is away and nobody stands in.
pub fn waits_for_nobody(title: &str, why: &str, link: &str) -> (String, String) {
    let body = format!(
        "The review of the job profile “{title}” waits, and nobody can decide on it: {why}.\n\n\
         Give it to somebody who can:\n{link}\n"
    );
    (format!("Nobody to decide: {title}"), body)
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
pub fn approved(to: MembershipId, title: &str, (from, note): (&str, &str), link: &str) -> ToMember {
    let note = match note.is_empty() {
        true => String::new(),
        false => format!("They say:\n{note}\n\n"),
    };
    ToMember {
        to,
        subject: format!("Approved: {title}"),
        body: format!(
            "{from} gave the last decision on “{title}”, and it is approved. {note}You can issue it now:\n{link}\n"
        ),
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

/// Tells somebody that a review takes another course: `what` is a sentence without its end.
pub fn steered(to: MembershipId, title: &str, (by, what): (&str, &str), reason: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("The review of {title}: {what}"),
        body: format!(
            "In the review of the job profile “{title}”, {by} did this: {what}.\n\nWhy: {reason}\n\nIt is here:\n{link}\n"
        ),
    }
}

/// Tells somebody who was asked at the same time that nothing waits for them any more.
pub fn no_longer_asked(to: MembershipId, title: &str, by: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("Nothing to decide for now: {title}"),
        body: format!(
            "{by} asked for changes to the job profile “{title}” before it can be approved. You have nothing to do until it \
             comes back to you.\n\nIt is here:\n{link}\n"
        ),
    }
}

/// Tells somebody that a task is theirs now.
pub fn task_given(to: MembershipId, about: About<'_>, (from, reason): (&str, &str)) -> ToMember {
    let About { title, due, .. } = about;
    ToMember {
        to,
        subject: subject("To decide", title, due),
        body: format!(
            "{from} gave you the review of the job profile “{title}”.{}\n\nWhy: {reason}\n\n{}",
            by(due),
            about.end()
        ),
    }
}

/// Tells somebody that what they had is somebody else's now.
pub fn task_taken(to: MembershipId, title: &str, (by, instead): (&str, &str), reason: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("No longer yours to decide: {title}"),
        body: format!(
            "{by} gave the review of the job profile “{title}” to {instead}. You have nothing more to do.\n\n\
             Why: {reason}\n\nYou can read it here:\n{link}\n"
        ),
    }
}

/// Tells the sender who decides now.
pub fn passed_on(to: MembershipId, title: &str, (from, instead): (&str, &str), reason: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("{instead} decides now: {title}"),
        body: format!(
            "{from} gave the review of the job profile “{title}” to {instead}.\n\nWhy: {reason}\n\n\
             You have nothing to do. It is here:\n{link}\n"
        ),
    }
}

/// Tells whoever stands in that a review is theirs: `whose` is who was asked, and why it is not with them.
pub fn came_to_you(to: MembershipId, about: About<'_>, whose: (&str, &str)) -> ToMember {
    let (asked, because) = whose;
    let About { title, due, .. } = about;
    ToMember {
        to,
        subject: subject("To decide", title, due),
        body: format!(
            "What waits for {asked} on the job profile “{title}” is yours to decide now: {because}, and you stand in.\
             {}\n\nIt stays with you when {asked} is back.\n\n{}",
            by(due),
            about.end()
        ),
    }
}

/// Tells somebody who is away who has their review now.
pub fn went_to(to: MembershipId, title: &str, instead: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("While you are away: {title}"),
        body: format!(
            "{instead} decides on the job profile “{title}” in your place, because you are away. It stays with them when \
             you are back.\n\nYou can read it here:\n{link}\n"
        ),
    }
}

/// Reminds somebody of what waits for them.
pub fn reminder(to: MembershipId, about: About<'_>, given: &str) -> ToMember {
    let About { title, due, .. } = about;
    ToMember {
        to,
        subject: subject("Reminder, to decide", title, due),
        body: format!(
            "The job profile “{title}” has waited for you since {given}.{}\n\n\
             If you can’t decide on it, say so there, and somebody else does.\n\n{}",
            by(due),
            about.end()
        ),
    }
}

/// Tells administrators, as subject and text, that a review is later than the employer allows.
pub fn late(title: &str, who: &str, (since, due): (&str, &str), link: &str) -> (String, String) {
    let body = format!(
        "The review of the job profile “{title}” has waited for {who} since {since}. It is {due}, and {who} was reminded.\n\n\
         Speak to them, or give it to somebody else:\n{link}\n"
    );
    (subject("Waits too long", title, due), body)
}

/// Tells somebody that they decide for a person who is away.
pub fn stands_in(to: MembershipId, who: &str, days: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("You decide for {who} {days}"),
        body: format!(
            "{who} is away {days}, and you decide instead. What waits for them comes to you in that time, each with a \
             message, and stays with you until you have decided.\n\n\
             What waits for you is here:\n{link}\n"
        ),
    }
}

/// Tells somebody that an administrator said that they are away.
pub fn set_away(to: MembershipId, by: &str, days: &str, instead: &str, link: &str) -> ToMember {
    ToMember {
        to,
        subject: format!("{by} noted that you are away {days}"),
        body: format!(
            "{by} noted that you are away {days}. {instead} decides instead of you.\n\n\
             If that is not right, end it here:\n{link}\n"
        ),
    }
}

/// What a message that tells of another's end begins with.
pub const GIVEN_UP: &str = "Mail given up";

/// Tells administrators, as subject and text, that a message did not arrive and is not tried again.
pub fn given_up((to, about): (&str, &str), error: &str, link: &str) -> (String, String) {
    let body = format!(
        "A message to {to} could not be sent, and is not tried again: “{about}”.\n\nThe last error: {error}\n\n\
         See what waits, and have it tried again, here:\n{link}\n"
    );
    (format!("{GIVEN_UP}: {about}"), body)
}

/// ` It is due by Friday 4 December.`
pub fn by(due: &str) -> String {
    if due.is_empty() { String::new() } else { format!(" It is {due}.") }
}
