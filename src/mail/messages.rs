//! What mail about accounts says: short plain text, with what it is about, why it came to this person, and by when to act.
//!
//! Links are absolute: callers make them with `Config::link` from a path of `web::paths`.

use time::OffsetDateTime;

use crate::clock::london_moment;
use crate::db::Message;

/// The person a message is for.
#[derive(Debug, Clone, Copy)]
pub struct To<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

fn message(to: To<'_>, subject: String, paragraphs: &[String]) -> Message {
    let body = format!("Hello {},\n\n{}\n\nRolebook\n", to.name, paragraphs.join("\n\n"));
    Message { to: to.email.to_owned(), subject, body }
}

fn link(sentence: &str, link: &str) -> String {
    format!("{sentence}\n{link}")
}

fn until(ends: OffsetDateTime) -> String {
    format!("The link works once, until {}.", london_moment(ends))
}

/// Somebody new, or somebody who has no password yet, is asked to join an employer's staff.
pub fn invitation(to: To<'_>, employer: &str, inviter: &str, address: &str, ends: OffsetDateTime) -> Message {
    message(
        to,
        format!("Your invitation to Rolebook at {employer}"),
        &[
            format!("{inviter} invites you to Rolebook, where {employer} keeps its job profiles."),
            link("Choose a password to begin:", address),
            until(ends),
            format!("You get this because {inviter} gave this address for you. If you did not expect it, do nothing."),
        ],
    )
}

/// Somebody who has an account is asked whether they join one more employer's staff.
pub fn invitation_to_join(to: To<'_>, employer: &str, inviter: &str, address: &str, ends: OffsetDateTime) -> Message {
    message(
        to,
        format!("{employer} invites you in Rolebook"),
        &[
            format!("{inviter} invites you to the job profiles of {employer}, with the account that you have."),
            link("Say yes or no here; until then nothing changes:", address),
            until(ends),
            format!(
                "You get this because {inviter} gave this address for you. If you did not expect it, decline or do nothing."
            ),
        ],
    )
}

pub fn password_reset(to: To<'_>, address: &str, ends: OffsetDateTime) -> Message {
    message(
        to,
        "Choose a new password for Rolebook".into(),
        &[
            "Somebody asked for a new password for your account.".into(),
            link("If that was you, choose it here:", address),
            until(ends),
            "If it was not you, do nothing: your password stays as it is.".into(),
        ],
    )
}

/// So that a change of password that was not theirs is noticed.
pub fn password_changed(to: To<'_>, at: OffsetDateTime, reset_address: &str) -> Message {
    message(
        to,
        "Your password for Rolebook was changed".into(),
        &[
            format!("Your password was changed on {}, and you were signed out everywhere else.", london_moment(at)),
            link("If that was not you, choose another password straight away:", reset_address),
        ],
    )
}

pub fn confirm_address(to: To<'_>, address: &str, ends: OffsetDateTime) -> Message {
    message(
        to,
        "Confirm your address for Rolebook".into(),
        &[
            link("Confirm that this address is yours, and your account is ready:", address),
            until(ends),
            "You get this because somebody made an account with this address. If it was not you, do nothing: the \
             account stays shut, and is deleted after 30 days."
                .into(),
        ],
    )
}

/// The answer to a sign-up with an address that has an account, told to its owner alone.
pub fn already_registered(to: To<'_>, sign_in: &str, reset: &str) -> Message {
    message(
        to,
        "You have an account at Rolebook already".into(),
        &[
            "Somebody asked to make an account with this address, but it has one already. Nothing was changed.".into(),
            link("If that was you, sign in:", sign_in),
            link("If you don't remember your password, choose a new one:", reset),
        ],
    )
}

pub fn account_deleted(to: To<'_>) -> Message {
    message(
        to,
        "Your account at Rolebook is deleted".into(),
        &["Your account and the adverts that you saved are deleted. This is the last message to this address.".into()],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_message_says_what_why_and_until_when() {
        let to = To { name: "Sam Okoro", email: "sam@marlowe.example" };
        let at = datetime!(2026-07-22 09:00 UTC);
        let message = invitation(to, "Marlowe", "Jo Blackwood", "https://rolebook.example/invitation/abc", at);
        assert_eq!(message.to, "sam@marlowe.example");
        for part in [
            "Hello Sam Okoro,",
            "Jo Blackwood invites you",
            "\nhttps://rolebook.example/invitation/abc\n",
            "22 July 2026, 10:00am",
        ] {
            assert!(message.body.contains(part), "{part} is not in {}", message.body);
        }
    }
}
