//! The people on the employer's staff, with their roles in words.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use super::unit_choices::place;
use crate::db::{Member, MemberFilter, MemberState, RoleAt};
use crate::domain::ids::MembershipId;
use crate::domain::text::{count, one_line};
use crate::error::AppError;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Admins, As};
use crate::web::page::Frame;
use crate::web::paths::{self, Employer};

const PAGE: i64 = 25;

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    frame: Frame,
    form: Form,
    states: Vec<Choice>,
    filtered: bool,
    number: i64,
    people: Vec<Row>,
    here: String,
    invite: String,
    units: String,
    next: Option<String>,
}

struct Row {
    href: String,
    name: String,
    facts: String,
    state: &'static str,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    words: String,
    #[serde(default)]
    state: String,
    after: Option<i64>,
}

impl PeoplePage {
    fn number_of_people(&self) -> String {
        count(usize::try_from(self.number).unwrap_or_default(), "person", "people")
    }
}

pub async fn page(me: As<Admins>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let filter = MemberFilter { words: one_line(&asked.words), state: MemberState::parse(&asked.state) };
    let scope = me.scope();
    let mut tx = me.begin().await?;
    let number = tx.count_members(&scope, &filter).await?;
    let mut people = tx.members(&scope, &filter, asked.after.map(MembershipId), PAGE).await?;
    let more = people.len() > PAGE as usize;
    people.truncate(PAGE as usize);
    let last = people.last().filter(|_| more).map(|member| member.id);
    let mut states = vec![Choice::new("", "Everybody")];
    states.extend(MemberState::ALL.iter().map(|state| Choice::new(state.word(), state.label())));
    let paths = me.paths();
    crate::web::page::page(&PeoplePage {
        frame: me.frame("People").crumb("Settings", paths.settings()),
        form: Form::filled([("words", filter.words.clone()), ("state", asked.state)]),
        states,
        filtered: !filter.words.is_empty() || filter.state.is_some(),
        number,
        people: people.into_iter().map(|member| row(paths, member)).collect(),
        here: paths.people(),
        invite: paths.invite(),
        units: paths.units(),
        next: last.map(|last| next(paths, &filter, last)),
    })
}

fn next(paths: Employer<'_>, filter: &MemberFilter, after: MembershipId) -> String {
    let state = filter.state.map_or("", MemberState::word);
    let words = paths::query_value(&filter.words);
    format!("{}?words={words}&state={state}&after={after}", paths.people())
}

fn row(paths: Employer<'_>, member: Member) -> Row {
    Row {
        href: paths.member(member.id),
        facts: format!("{} · {}", in_words(&member.roles), member.email),
        name: member.name,
        state: member.state.label(),
    }
}

/// `HR author for Parks; Hiring manager for the whole employer`
fn in_words(roles: &[RoleAt]) -> String {
    match roles {
        [] => "No role".to_owned(),
        roles => roles.iter().map(role_in_words).collect::<Vec<_>>().join("; "),
    }
}

/// `HR author for Parks and everything below it` would be exact; everybody who gives roles knows the tree.
pub fn role_in_words(held: &RoleAt) -> String {
    format!("{} for {}", held.role.label(), place(held.unit.as_ref().map(|(_, name)| name.as_str())))
}
