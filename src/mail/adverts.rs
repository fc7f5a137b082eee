//! Mail about adverts: between the one who wrote the text and the hiring manager who confirms it.

use time::Date;

use crate::db::{Message, ToKeepers};
use crate::domain::advert::ChangedHow;
use crate::domain::text::long_date;

/// The advert that a message is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub title: &'a str,
    pub reference: &'a str,
    pub employer: &'a str,
    /// The page to open, as an absolute address.
    pub link: &'a str,
}

impl About<'_> {
    fn named(&self) -> String {
        match self.reference.is_empty() {
            true => self.title.to_owned(),
            false => format!("{} ({})", self.title, self.reference),
        }
    }
}

/// Name and address.
pub type Recipient<'a> = (&'a str, &'a str);

/// The text waits for the hiring manager.
pub fn asked(to: Recipient<'_>, about: About<'_>, asker: &str, opens_on: Option<Date>) -> Message {
    let named = about.named();
    let by = opens_on.map_or_else(String::new, |day| format!(" It is to open on {}.", long_date(day)));
    message(
        to,
        format!("To confirm: the advert for {named}"),
        &[
            &format!("{asker} asks you to confirm the text of the advert for {named} at {}.{by}", about.employer),
            &format!("Read it and decide:\n{}", about.link),
            "You get this because you are named on the advert as its hiring manager.",
        ],
    )
}

/// The hiring manager confirmed the text: it can be published.
pub fn confirmed(to: Recipient<'_>, about: About<'_>, manager: &str) -> Message {
    let named = about.named();
    message(
        to,
        format!("Confirmed: the advert for {named}"),
        &[
            &format!("{manager} confirmed the text of the advert for {named}. It is ready to be published."),
            &format!("Publish it:\n{}", about.link),
            "You get this because you asked for it to be confirmed.",
        ],
    )
}

/// The hiring manager returned the text with a remark.
pub fn returned(to: Recipient<'_>, about: About<'_>, manager: &str, remark: &str) -> Message {
    let named = about.named();
    message(
        to,
        format!("To change: the advert for {named}"),
        &[
            &format!("{manager} read the advert for {named} and asks for a change:"),
            remark,
            &format!("Change it and ask again:\n{}", about.link),
            "You get this because you asked for it to be confirmed.",
        ],
    )
}

/// The advert changed after publishing: to everybody who keeps it.
pub fn changed(about: About<'_>, how: ChangedHow, what: &str) -> ToKeepers {
    let named = about.named();
    let (subject, first) = match how {
        ChangedHow::Corrected => ("Changed", "was changed"),
        ChangedHow::Extended => ("Open for longer", "stays open for longer"),
        ChangedHow::ClosedEarly => ("Closed early", "closed early"),
    };
    let first = format!("The advert for {named} at {}, which you saved, {first}:", about.employer);
    ToKeepers { subject: format!("{subject}: {named}"), body: to_keepers(&first, what, about.link) }
}

/// The advert was withdrawn: to everybody who keeps it.
pub fn withdrawn(about: About<'_>, reason: &str) -> ToKeepers {
    let named = about.named();
    let first = format!("The advert for {named} at {}, which you saved, was withdrawn:", about.employer);
    ToKeepers { subject: format!("Withdrawn: {named}"), body: to_keepers(&first, reason, about.link) }
}

/// What follows the name of somebody who keeps an advert.
fn to_keepers(first: &str, what: &str, link: &str) -> String {
    let why = "You get this because you saved the advert. Take it off your list to get no more.";
    format!(",\n\n{first}\n\n{what}\n\nRead it:\n{link}\n\n{why}\n\nRolebook\n")
}

/// A published advert says something else than its hiring manager confirmed: to them.
pub fn corrected(about: About<'_>, by: &str, changed: &str, what: &str) -> ToKeepers {
    let named = about.named();
    let body = format!(
        ",\n\n{by} corrected the advert for {named}, which you confirmed: {changed}. Applicants are told:\n\n{what}\n\n\
         It is published as it stands now. Where it is not right, ask {by} to correct it again:\n{}\n\n\
         You get this because you are named on the advert as its hiring manager.\n\nRolebook\n",
        about.link
    );
    ToKeepers { subject: format!("Corrected: the advert for {named}"), body }
}

/// Somebody's question about the job, from the form of the advert's page.
pub fn question(to: Recipient<'_>, about: About<'_>, (name, address): Recipient<'_>, question: &str) -> Message {
    let named = about.named();
    message(
        to,
        format!("A question about {named}"),
        &[
            &format!("{name} asks about {named}:"),
            question,
            &format!("Answer this message and it goes to {address}."),
            &format!("The advert:\n{}", about.link),
            "You get this because questions about the advert come to this address. It is not shown to applicants.",
        ],
    )
}

fn message((name, address): Recipient<'_>, subject: String, paragraphs: &[&str]) -> Message {
    let body = format!("Hello {name},\n\n{}\n\nRolebook\n", paragraphs.join("\n\n"));
    Message { to: address.to_owned(), subject, body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_message_says_what_is_wanted_and_why_it_came() {
        let link = "https://rolebook.example/staff/marlowe/adverts/7/confirm";
        let about = About { title: "Library assistant", reference: "MBC-1407", employer: "Marlowe", link };
        let message = asked(("Beth", "beth@marlowe.example"), about, "Rebecca", Some(date!(2026 - 03 - 01)));
        assert_eq!(message.subject, "To confirm: the advert for Library assistant (MBC-1407)");
        for part in ["Hello Beth,", "Rebecca asks you", "open on 1 March 2026", link, "You get this because"] {
            assert!(message.body.contains(part), "{part}");
        }
        let back = returned(("Rebecca", "r@marlowe.example"), about, "Beth", "Say that Saturdays rotate.");
        assert!(back.body.contains("\n\nSay that Saturdays rotate.\n\n"));
    }
}
