//! The life-line of a version: what happened to it, who did it, and when.

use time::OffsetDateTime;

use crate::clock::{london_date, london_time};
use crate::db::{Decided, Version};
use crate::domain::text::long_date;
use crate::domain::version::{Authority, State};

/// A step of the life-line.
pub struct Moment {
    pub text: String,
    pub when: String,
    /// A note or a reason, in the person's own words.
    pub remark: String,
    pub is_ahead: bool,
}

pub fn when(at: OffsetDateTime) -> String {
    format!("{}, {}", long_date(london_date(at)), london_time(at))
}

pub fn life_line(version: &Version, decisions: &[Decided]) -> Vec<Moment> {
    let history = &version.history;
    let mut moments = vec![done(format!("Started by {}", history.creator), history.created_at, "")];
    for decided in decisions {
        moments.push(done(format!("Sent for review by {}", decided.submitter), decided.submitted_at, &decided.note));
        if let Some((label, reason, by, at)) = &decided.decision {
            moments.push(done(format!("{label} by {by}"), *at, reason));
        }
    }
    moments.extend(now(version));
    moments
}

/// What the state itself adds: what is awaited, or how the version ended.
fn now(version: &Version) -> Vec<Moment> {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    match &version.state {
        State::Draft | State::ChangesRequested { .. } => Vec::new(),
        State::InReview { .. } => version
            .open_task
            .iter()
            .map(|task| {
                ahead(format!("Waiting for {} to decide", task.assignee), format!("since {}", when(task.created_at)))
            })
            .collect(),
        State::Approved { scheduled: Some(scheduled), .. } => {
            vec![ahead("Issues itself".to_owned(), format!("on {}", long_date(scheduled.on)))]
        }
        State::Approved { scheduled: None, .. } => vec![ahead("To be issued".to_owned(), String::new())],
        State::Issued(issue) => vec![issued(name(&version.history.issuer), issue)],
        State::Superseded { issue, at } => {
            vec![issued(name(&version.history.issuer), issue), done("Superseded by a later version".into(), *at, "")]
        }
        State::Withdrawn { withdrawn, reason, .. } => vec![done("Withdrawn".into(), withdrawn.at, reason)],
        State::Discarded { discarded } => vec![done("Discarded".into(), discarded.at, "")],
    }
}

fn issued(by: String, issue: &crate::domain::version::Issue) -> Moment {
    let remark = match &issue.authority {
        Authority::Approval(_) => format!("In force from {}", long_date(issue.effective_from)),
        Authority::Emergency { reason } => format!("Without approval, in an emergency: {reason}"),
    };
    done(format!("Issued by {by}"), issue.issued.at, &remark)
}

fn done(text: String, at: OffsetDateTime, remark: &str) -> Moment {
    Moment { text, when: when(at), remark: remark.to_owned(), is_ahead: false }
}

fn ahead(text: String, when: String) -> Moment {
    Moment { text, when, remark: String::new(), is_ahead: true }
}
