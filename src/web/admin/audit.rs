//! The record of every act, newest first.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use crate::clock::london_moment;
use crate::db::{AuditFilter, AuditRow};
use crate::domain::ids::PersonId;
use crate::error::AppError;
use crate::policy::Action;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Admins, As};
use crate::web::page::Frame;

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
    before: Option<i64>,
}

impl Asked {
    pub fn filter(&self) -> AuditFilter {
        AuditFilter {
            person: self.person.parse().ok().map(PersonId),
            action: Action::parse(&self.action),
            before: self.before,
        }
    }

    /// The filter as a query, without the page.
    fn query(&self) -> String {
        let filter = self.filter();
        let person = filter.person.map_or_else(String::new, |person| person.to_string());
        format!("?person={person}&action={}", filter.action.map_or("", Action::word))
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
        frame: me.frame("Audit"),
        form: Form::filled([("person", asked.person.clone()), ("action", asked.action.clone())]),
        people: with_all("Everybody", people.iter().map(|(id, name)| Choice::new(id, name))),
        actions: with_all("Everything", actions()),
        rows: rows.into_iter().map(shown).collect(),
        here: paths.audit(),
        file: format!("{}{}", paths.audit_file(), asked.query()),
        next: last.map(|last| format!("{}{}&before={last}", paths.audit(), asked.query())),
        most: super::audit_file::MOST,
    })
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

/// `reason: wrong band; from: Draft`
pub fn facts(facts: &[(String, String)]) -> String {
    facts.iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("; ")
}
