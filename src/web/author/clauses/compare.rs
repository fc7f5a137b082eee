//! Two texts of a clause, the changed words marked.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::read::holds;
use super::{AtClause, find};
use crate::db::EditionRow;
use crate::domain::diff::{Stretch, marked};
use crate::error::AppError;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page as shown};

/// The two numbers; without the first it is the one before the second.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "author/clauses/compare.html")]
struct ComparePage {
    frame: Frame,
    form: Form,
    name: String,
    old: (i32, String),
    new: (i32, String),
    heading: Vec<Stretch>,
    words: Vec<Stretch>,
    choices: Vec<Choice>,
    at: String,
}

pub async fn page(
    me: As<StaffOnly>,
    Path((_, clause)): AtClause,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    let editions = tx.clause_editions(&me.scope(), head.id).await?;
    let numbered = |number: i32| editions.iter().find(|edition| edition.number == number);
    let new = asked.to.parse().ok().and_then(numbered).or(editions.first()).ok_or(AppError::NotFound)?;
    let before = editions.iter().find(|edition| edition.number < new.number);
    let old = asked.from.parse().ok().and_then(numbered).or(before).unwrap_or(new);
    let choice =
        |edition: &EditionRow| Choice::new(edition.number, format!("Text {}, {}", edition.number, holds(edition)));
    shown(&ComparePage {
        frame: me
            .frame("Compare texts")
            .crumb("Standard clauses", me.paths().clauses())
            .crumb(head.entry.name.clone(), me.paths().clause(head.id)),
        form: Form::filled([("from", old.number.to_string()), ("to", new.number.to_string())]),
        name: head.entry.name.clone(),
        old: (old.number, holds(old)),
        new: (new.number, holds(new)),
        heading: marked(&old.heading, &new.heading),
        words: marked(&old.text, &new.text),
        choices: editions.iter().map(choice).collect(),
        at: me.paths().clause_act(head.id, "compare"),
    })
}
