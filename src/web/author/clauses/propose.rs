//! The next text of a clause, proposed: it holds when a second person has approved it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::{AtClause, find, granted, typed_edition};
use crate::db::{ClauseHead, DbError, EditionRow, Tx};
use crate::domain::clause::{MOST_EDITIONS, in_force};
use crate::domain::ids::ClauseId;
use crate::domain::text::iso_date;
use crate::error::AppError;
use crate::mail::clauses;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};

const WAITS: &str = "A new text waits for its approval already: decide on it first";

#[derive(Template)]
#[template(path = "author/clauses/propose.html")]
struct ProposePage {
    frame: Frame,
    form: Form,
    name: String,
    at: String,
    back: String,
}

fn show(me: &As<Keepers>, head: &ClauseHead, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let back = me.paths().clause(head.id);
    page_with(
        status,
        &ProposePage {
            frame: me
                .frame("Propose a new text")
                .crumb("Standard clauses", me.paths().clauses())
                .crumb(head.entry.name.clone(), back.clone()),
            form,
            name: head.entry.name.clone(),
            at: me.paths().clause_act(head.id, "propose"),
            back,
        },
    )
}

/// The text that holds today, or else the newest that there is.
pub fn current(editions: &[EditionRow], today: time::Date) -> Option<&EditionRow> {
    let holds: Vec<_> = editions.iter().filter_map(EditionRow::holds).collect();
    let number = in_force(&holds, today).map(|now| now.number);
    editions.iter().find(|edition| Some(edition.number) == number).or_else(|| editions.first())
}

pub async fn form(me: As<Keepers>, Path((_, clause)): AtClause) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    granted(&me, &head.entry.name)?;
    let editions = tx.clause_editions(&me.scope(), head.id).await?;
    let now = current(&editions, me.today());
    let form = Form::filled([
        ("heading", now.map(|now| now.heading.clone()).unwrap_or_default()),
        ("text", now.map(|now| now.text.clone()).unwrap_or_default()),
        ("effective_from", iso_date(me.today())),
        ("note", String::new()),
    ]);
    show(&me, &head, form)
}

pub async fn propose(me: As<Keepers>, Path((_, clause)): AtClause, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    let granted = granted(&me, &head.entry.name)?;
    let editions = tx.clause_editions(&me.scope(), head.id).await?;
    let before = current(&editions, me.today()).map(|now| (now.heading.as_str(), now.text.as_str()));
    let mut form = Form::again(&submitted);
    let entry = typed_edition(&submitted, before, me.today(), &mut form);
    if editions.len() >= MOST_EDITIONS {
        form.problem("text", format!("A clause has {MOST_EDITIONS} texts at most: make a new clause of it"));
    }
    let Some(entry) = entry.filter(|_| !form.has_errors()) else { return show(&me, &head, form) };
    let back = me.paths().clause(head.id);
    match tx.propose_edition(&granted, head.id, &entry).await {
        Ok(_) => {
            tell(&me, &mut tx, (head.id, &head.entry.name), &entry.note).await?;
            tx.commit().await?;
        }
        // Of two proposals only the first waits; of two clicks the second finds its own.
        Err(DbError::Constraint(_)) => {
            let same = editions.first().is_some_and(|first| first.text == entry.text && first.heading == entry.heading);
            if same {
                return Ok(see_other_noting(back, "That text is proposed already"));
            }
            form.problem("text", WAITS);
            return show(&me, &head, form);
        }
        Err(DbError::Stale) => {
            let giver = head.words_of().unwrap_or("another employer");
            return Ok(see_other_noting(back, &format!("Its words are those of {giver}: new ones come from there")));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(back, "Proposed. It holds when a second person has approved it."))
}

/// Tells those who may decide, but for the one who proposes.
pub async fn tell(me: &As<Keepers>, tx: &mut Tx, (clause, name): (ClauseId, &str), note: &str) -> Result<(), AppError> {
    let link = me.app.config.link(&me.paths().clause(clause));
    let from = (me.staff().person.name.as_str(), note);
    for to in tx.clause_deciders(&me.scope(), clause).await? {
        if to != me.staff().membership {
            tx.queue_to_member(&clauses::proposed(to, name, from, &link), me.now).await?;
        }
    }
    Ok(())
}
