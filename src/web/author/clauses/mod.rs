//! The library of standard clauses: everybody on the staff reads it, HR authors for the whole employer and
//! administrators keep it, and a second person approves each new text.

mod change;
mod compare;
mod decide;
mod file;
mod impact;
mod list;
mod new;
mod propose;
mod read;
mod retire;
mod rollout;

use time::Date;

use crate::db::{ClauseHead, StaffVisit, Tx};
use crate::domain::clause::{ClauseEntry, EditionEntry, When};
use crate::domain::ids::{ClauseId, MembershipId};
use crate::domain::sharing::Shareable;
use crate::domain::text::{one_line, parse_date};
use crate::error::AppError;
use crate::policy::{Denied, Granted, act};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Gate};
use crate::web::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/clauses", list::page)
        .page("/staff/{employer}/clauses.csv", file::file)
        .page("/staff/{employer}/clauses/new", new::form)
        .action("/staff/{employer}/clauses/new", new::make)
        .page("/staff/{employer}/clauses/{clause}", read::page)
        .page("/staff/{employer}/clauses/{clause}/change", change::form)
        .action("/staff/{employer}/clauses/{clause}/change", change::change)
        .page("/staff/{employer}/clauses/{clause}/compare", compare::page)
        .page("/staff/{employer}/clauses/{clause}/propose", propose::form)
        .action("/staff/{employer}/clauses/{clause}/propose", propose::propose)
        .action("/staff/{employer}/clauses/{clause}/decide", decide::decide)
        .action("/staff/{employer}/clauses/{clause}/retire", retire::retire)
        .page("/staff/{employer}/clauses/{clause}/impact", impact::page)
        .page("/staff/{employer}/clauses/{clause}/rollout", rollout::page)
        .action("/staff/{employer}/clauses/{clause}/rollout", rollout::start)
}

/// The parts of a clause's address: employer and number.
pub type AtClause = axum::extract::Path<(String, String)>;

/// The constraint that two clauses of one name break.
const NAME_TAKEN: &str = "clause_name";

/// Leave to change the library.
pub fn granted<G: Gate<Who = StaffVisit>>(me: &As<G>, name: &str) -> Result<Granted<act::ChangeClauses>, Denied> {
    me.leave(if name.is_empty() { "Standard clauses".to_owned() } else { Shareable::Clause.named(name) })
}

/// The clause that an address names.
pub async fn find<G: Gate<Who = StaffVisit>>(tx: &mut Tx, me: &As<G>, clause: &str) -> Result<ClauseHead, AppError> {
    let id = clause.parse().map(ClauseId).map_err(|_| AppError::NotFound)?;
    tx.clause(&me.scope(), id).await?.ok_or(AppError::NotFound)
}

/// What was typed of the clause itself, and the form with what is wrong with it.
fn typed_head(submitted: &Submitted, keepers: &[(MembershipId, String)]) -> (ClauseEntry, Form) {
    let mut form = Form::again(submitted);
    let owner = submitted.raw("owner").parse().ok().map(MembershipId);
    let known = owner.filter(|id| keepers.iter().any(|(keeper, _)| keeper == id));
    if known.is_none() {
        form.problem("owner", "Choose who looks after it");
    }
    let entry = ClauseEntry {
        name: one_line(submitted.raw("name")),
        owner: known,
        legal_basis: submitted.line("legal_basis"),
        when: submitted.all("when").into_iter().filter_map(When::parse).collect(),
        review_on: day(submitted, &mut form, "review_on"),
    };
    for (field, problem) in entry.problems() {
        form.problem(field, problem);
    }
    (entry, form)
}

/// A day that may be left out; what can't be read is a problem of its field.
fn day(submitted: &Submitted, form: &mut Form, field: &'static str) -> Option<Date> {
    let typed = submitted.line(field);
    let day = parse_date(&typed);
    if day.is_none() && !typed.is_empty() {
        form.problem(field, "Write the date like 28 January 2026");
    }
    day
}

/// What was typed of a text; none where its first day can't be read. Problems go to the form.
fn typed_edition(
    submitted: &Submitted,
    before: Option<(&str, &str)>,
    today: Date,
    form: &mut Form,
) -> Option<EditionEntry> {
    let from = day(submitted, form, "effective_from");
    if submitted.line("effective_from").is_empty() {
        form.problem("effective_from", "Say from which day it holds");
    }
    let entry = EditionEntry {
        heading: submitted.line("heading"),
        text: submitted.text("text"),
        note: submitted.text("note"),
        effective_from: from.unwrap_or(today),
        expires_on: day(submitted, form, "expires_on"),
    };
    for (field, problem) in entry.problems(before, today) {
        form.problem(field, problem);
    }
    from.map(|_| entry)
}

/// Whom a form offers as the one who looks after a clause.
fn keeper_choices(keepers: &[(MembershipId, String)]) -> Vec<Choice> {
    let none = Choice::new("", "Choose somebody");
    std::iter::once(none).chain(keepers.iter().map(|(id, name)| Choice::new(id, name))).collect()
}

fn when_choices() -> Vec<Choice> {
    When::ALL.iter().map(|when| Choice::new(when.word(), when.label())).collect()
}

/// `Every post`, `Driving; Money`, or that it is placed by hand.
pub fn when_in_words(when: &[When]) -> String {
    match when.is_empty() {
        true => "By hand".to_owned(),
        false => when.iter().map(|when| when.label()).collect::<Vec<_>>().join("; "),
    }
}

/// Days within which something is said to be expiring.
pub const SOON: time::Duration = time::Duration::days(90);
