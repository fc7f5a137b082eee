//! What is stored about somebody: on a page in words, and as a file to take away.

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::clock::london_moment;
use crate::db::{ActKept, AttemptKind, LinkPurpose, MailTimesKept, RoleHeld, StoredData};
use crate::domain::mail_times::{MailTimes, Quiet};
use crate::error::AppError;
use crate::policy::{Action, Role};
use crate::web::gate::{As, SignedIn};
use crate::web::page::Frame;
use crate::web::paths;

/// Acts on the page; the file has them all.
const SHOWN: i64 = 20;
/// More than anybody does in a working life.
const ALL: i64 = 1_000_000;

#[derive(Template)]
#[template(path = "account/data.html")]
struct DataPage {
    frame: Frame,
    facts: Vec<Fact>,
    parts: Vec<Part>,
    file: &'static str,
}

struct Fact {
    label: &'static str,
    value: String,
}

/// One kind of thing that is stored.
struct Part {
    heading: &'static str,
    why: &'static str,
    lines: Vec<String>,
}

pub async fn page(me: As<SignedIn>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let stored = tx.stored_data(me.who.person.id, SHOWN).await?;
    crate::web::page::page(&DataPage {
        frame: me.frame("What is stored about you").crumb("Your account", paths::ACCOUNT),
        facts: facts(&stored),
        parts: parts(&stored),
        file: paths::ACCOUNT_DATA_FILE,
    })
}

pub async fn file(me: As<SignedIn>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let stored = tx.stored_data(me.who.person.id, ALL).await?;
    let json = serde_json::to_string_pretty(&stored).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut response = json.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"rolebook-account.json\""));
    Ok(response)
}

fn facts(stored: &StoredData) -> Vec<Fact> {
    let confirmed = stored.address_confirmed_at.map_or_else(|| "not yet".to_owned(), london_moment);
    let password = if stored.has_password { "kept as a hash, which can't be read back" } else { "none" };
    vec![
        Fact { label: "Name", value: stored.name.clone() },
        Fact { label: "E-mail address", value: stored.email.clone() },
        Fact { label: "Account made", value: london_moment(stored.account_made_at) },
        Fact { label: "Address confirmed", value: confirmed },
        Fact { label: "Password", value: password.into() },
        Fact { label: "Mail about your work", value: mail_times(stored.mail_times) },
    ]
}

/// As it was chosen; everybody else gets each message at once.
fn mail_times(kept: Option<MailTimesKept>) -> String {
    let times = kept.map_or_else(MailTimes::default, |kept| MailTimes {
        digest: kept.digest_hour,
        quiet: kept.quiet_from.zip(kept.quiet_until).map(|(from, until)| Quiet { from, until }),
    });
    super::mail::in_words(times)
}

fn parts(stored: &StoredData) -> Vec<Part> {
    let sessions = stored.sessions.iter().map(|session| {
        format!("Signed in {}, last seen {}", london_moment(session.signed_in_at), london_moment(session.last_seen_at))
    });
    let links = stored.links.iter().map(|link| {
        let purpose = LinkPurpose::parse(&link.purpose).map_or(link.purpose.as_str(), |purpose| purpose.label());
        format!("{purpose}: sent {}, works until {}", london_moment(link.sent_at), london_moment(link.ends_at))
    });
    let mail = stored.mail.iter().map(|mail| format!("{}, {}", mail.subject, london_moment(mail.written_at)));
    let tries = stored.tries.iter().map(|tried| {
        let kind = AttemptKind::parse(&tried.kind).map_or(tried.kind.as_str(), |kind| kind.label());
        format!("{kind}, {}", london_moment(tried.at))
    });
    let part = |heading, why, lines| Part { heading, why, lines };
    vec![
        part("Roles", "What you may do, and where.", stored.roles.iter().map(role).collect()),
        part("Saved adverts", "Those that you saved.", stored.saved_adverts.clone()),
        part("Browsers signed in", "Forgotten 12 hours after sign-in at the latest.", sessions.collect()),
        part("Links sent to you", "Kept for 30 days after they end.", links.collect()),
        part("Mail sent to you", "The subject is kept for 30 days; the text goes once it is sent.", mail.collect()),
        part("Tries counted", "To stop people who guess passwords. Kept for a day.", tries.collect()),
        part(
            "The record of what you did",
            "Kept with your name for as long as the records of job profiles and accounts are.",
            acts(stored),
        ),
    ]
}

fn role(held: &RoleHeld) -> String {
    let Some(role) = &held.role else { return format!("{}, without a role", held.employer) };
    let label = Role::parse(role).map_or(role.as_str(), |role| role.label());
    match &held.unit {
        Some(unit) => format!("{label} for {unit}, {}", held.employer),
        None => format!("{label}, {}", held.employer),
    }
}

fn acts(stored: &StoredData) -> Vec<String> {
    let mut lines: Vec<String> = stored.acts.iter().map(act).collect();
    let more = stored.number_of_acts - stored.acts.len() as i64;
    if more > 0 {
        lines.push(format!("and {more} earlier, all in the file"));
    }
    lines
}

fn act(act: &ActKept) -> String {
    let at = london_moment(act.at);
    match act.action.as_str() {
        "sign_in" => format!("Signed in, {at}"),
        "sign_up" => format!("Made an account, {at}"),
        "password_reset" => format!("Chose a new password by a link, {at}"),
        "task_link" => format!("Opened a review by the link in a message, {at}"),
        word => {
            let label = Action::parse(word).map_or(word, |action| action.label());
            format!("{label}: {}, {at}", act.subject)
        }
    }
}
