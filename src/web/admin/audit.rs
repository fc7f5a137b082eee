//! The record of every act, newest first.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use crate::clock::{end_of_day, london_moment, start_of_day};
use crate::db::{AuditFilter, AuditRow};
use crate::domain::ids::PersonId;
use crate::domain::text::{parse_date, parse_profile_reference};
use crate::error::AppError;
use crate::policy::Action;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Admins, As};
use crate::web::page::Frame;
use crate::web::paths::query_value;

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    frame: Frame,
    form: Form,
    people: Vec<Choice>,
    actions: Vec<Choice>,
    rows: Vec<Row>,
    here: String,
    file: String,
    next: Option<String>,
    most: usize,
    filtered: bool,
}

struct Row {
    at: String,
    actor: String,
    action: String,
    subject: String,
    facts: String,
}

/// What the page and the file are asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    person: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    profile: String,
    /// Days in London, both inclusive.
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    before: Option<i64>,
}

impl Asked {
    pub fn filter(&self) -> AuditFilter {
        AuditFilter {
            person: self.person.parse().ok().map(PersonId),
            action: Action::parse(&self.action),
            profile: profile_number(&self.profile),
            from: parse_date(&self.from).map(start_of_day),
            until: parse_date(&self.until).map(end_of_day),
            before: self.before,
        }
    }

    /// The filter as a query, without the page.
    fn query(&self) -> String {
        let fields = self.fields().into_iter().filter(|(_, typed)| !typed.is_empty());
        let said: Vec<_> = fields.map(|(name, typed)| format!("{name}={}", query_value(typed))).collect();
        format!("?{}", said.join("&"))
    }

    fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("person", self.person.as_str()),
            ("action", &self.action),
            ("profile", &self.profile),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }

    /// The form as it was sent; says what of it can't be read, which then filters nothing.
    fn form(&self) -> Form {
        let mut form = Form::filled(self.fields().map(|(name, typed)| (name, typed.to_owned())));
        if !self.profile.trim().is_empty() && profile_number(&self.profile).is_none() {
            form.problem("profile", "Type a reference such as JP-0042");
        }
        for field in ["from", "until"] {
            if !form.value(field).trim().is_empty() && parse_date(form.value(field)).is_none() {
                form.problem(field, "Type a date such as 28 January 2026");
            }
        }
        form
    }
}

pub async fn page(me: As<Admins>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mut rows = tx.audit_trail(me.employer(), &asked.filter(), PAGE).await?;
    let people = tx.staff_names(&me.scope()).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let last = rows.last().filter(|_| more).map(|row| row.id);
    let paths = me.paths();
    crate::web::page::page(&AuditPage {
        frame: me.frame("Audit").crumb("Settings", me.paths().settings()),
        form: asked.form(),
        people: with_all("Everybody", people.iter().map(|(id, name)| Choice::new(id, name))),
        actions: with_all("Everything", actions()),
        rows: rows.into_iter().map(shown).collect(),
        here: paths.audit(),
        file: format!("{}{}", paths.audit_file(), asked.query()),
        next: last.map(|last| format!("{}{}&before={last}", paths.audit(), asked.query())),
        most: super::audit_file::MOST,
        filtered: asked.fields().iter().any(|(_, typed)| !typed.is_empty()),
    })
}

/// `JP-0042`, or the number alone.
fn profile_number(typed: &str) -> Option<i32> {
    parse_profile_reference(typed).or_else(|| typed.trim().parse().ok().filter(|number| *number > 0))
}

/// Acts at an employer; what people do with their own account is recorded outside any.
fn actions() -> impl Iterator<Item = Choice> {
    const OWN: [Action; 3] = [Action::SaveAdvert, Action::ChangeAccount, Action::DeleteAccount];
    let here = Action::ALL.iter().filter(|action| !OWN.contains(action));
    here.map(|action| Choice::new(action.word(), action.label()))
}

fn with_all(all: &str, choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", all)).chain(choices).collect()
}

fn shown(row: AuditRow) -> Row {
    Row {
        at: london_moment(row.at),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        facts: facts(&row.facts),
    }
}

/// `reason: wrong band; from: Draft`; what was left empty is left out.
pub fn facts(facts: &[(String, String)]) -> String {
    let said = facts.iter().filter(|(_, value)| !value.is_empty());
    said.map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("; ")
}
