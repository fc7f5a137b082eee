//! When mail about one's work comes: each message at once or one a working day, and hours in which nothing comes.

use askama::Template;
use axum::response::Response;

use super::own;
use crate::domain::mail_times::{MailTimes, Quiet};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, SignedIn};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::paths;

/// What is offered to somebody who chose no hour yet.
const USUAL_HOUR: u8 = 8;

#[derive(Template)]
#[template(path = "account/mail.html")]
struct MailPage {
    frame: Frame,
    form: Form,
    ways: Vec<Choice>,
    hours: Vec<Choice>,
    quiet_from: Vec<Choice>,
    quiet_until: Vec<Choice>,
}

/// `8am`, `noon`, `midnight`.
pub fn hour_in_words(hour: u8) -> String {
    match hour {
        0 => "midnight".to_owned(),
        12 => "noon".to_owned(),
        1..=11 => format!("{hour}am"),
        _ => format!("{}pm", hour - 12),
    }
}

/// `One message each working day from 8am; nothing from 10pm to 7am`
pub fn in_words(times: MailTimes) -> String {
    let way = match times.digest {
        Some(hour) => format!("One message each working day, from {}", hour_in_words(hour)),
        None => "Each message at once".to_owned(),
    };
    match times.quiet {
        Some(quiet) => {
            format!("{way}; nothing from {} to {}", hour_in_words(quiet.from), hour_in_words(quiet.until))
        }
        None => way,
    }
}

fn view(me: &As<SignedIn>, form: Form) -> MailPage {
    let hours: Vec<Choice> = (0..24).map(|hour| Choice::new(hour, hour_in_words(hour))).collect();
    let or_none = || std::iter::once(Choice::new("", "No quiet hours")).chain(hours.clone()).collect();
    MailPage {
        frame: me.frame("Mail about your work").crumb("Your account", paths::ACCOUNT),
        form,
        ways: vec![
            Choice::new("at_once", "Each message at once"),
            Choice::new("digest", "One message each working day that tells everything"),
        ],
        quiet_from: or_none(),
        quiet_until: or_none(),
        hours,
    }
}

pub async fn form(me: As<SignedIn>) -> Result<Response, AppError> {
    let times = me.begin().await?.mail_times(me.who.person.id).await?;
    let hour = |hour: Option<u8>| hour.map(|hour| hour.to_string()).unwrap_or_default();
    let form = Form::filled([
        ("way", if times.digest.is_some() { "digest" } else { "at_once" }.to_owned()),
        ("hour", hour(times.digest.or(Some(USUAL_HOUR)))),
        ("quiet_from", hour(times.quiet.map(|quiet| quiet.from))),
        ("quiet_until", hour(times.quiet.map(|quiet| quiet.until))),
    ]);
    page(&view(&me, form))
}

pub async fn change(me: As<SignedIn>, submitted: Submitted) -> Result<Response, AppError> {
    let mut form = Form::again(&submitted);
    let times = read(&submitted, &mut form);
    if form.has_errors() {
        return page_again(&view(&me, form));
    }
    let granted = grant::<act::ChangeAccount>(&me.actor(), own(&me.who.person), me.now)?;
    let mut tx = me.begin().await?;
    tx.change_mail_times(&granted, times).await?;
    tx.commit().await?;
    Ok(see_other_saying(paths::ACCOUNT, &format!("Mail about your work: {}", in_words(times))))
}

fn read(submitted: &Submitted, form: &mut Form) -> MailTimes {
    let hour = |field: &str| submitted.raw(field).parse::<u8>().ok().filter(|hour| *hour < 24);
    let digest = match submitted.raw("way") {
        "at_once" => None,
        "digest" => {
            let at = hour("hour");
            if at.is_none() {
                form.problem("hour", "Choose the hour from which the message comes");
            }
            at
        }
        _ => {
            form.problem("way", "Choose how mail comes");
            None
        }
    };
    let quiet = match (hour("quiet_from"), hour("quiet_until")) {
        (Some(from), Some(until)) if from == until => {
            form.problem("quiet_until", "Choose an end that differs from the beginning");
            None
        }
        (Some(from), Some(until)) => Some(Quiet { from, until }),
        (None, None) => None,
        (Some(_), None) => {
            form.problem("quiet_until", "Choose when the quiet hours end, or no quiet hours for both");
            None
        }
        (None, Some(_)) => {
            form.problem("quiet_from", "Choose when the quiet hours begin, or no quiet hours for both");
            None
        }
    };
    MailTimes { digest, quiet }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        assert_eq!(in_words(MailTimes::default()), "Each message at once");
        let times = MailTimes { digest: Some(12), quiet: Some(Quiet { from: 22, until: 7 }) };
        assert_eq!(in_words(times), "One message each working day, from noon; nothing from 10pm to 7am");
        assert_eq!((hour_in_words(0), hour_in_words(13)), ("midnight".to_owned(), "1pm".to_owned()));
    }
}
