//! Making a clause: what is kept of it, and its first text, which then waits for its approval.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::propose::tell;
use super::{NAME_TAKEN, granted, keeper_choices, typed_edition, typed_head, when_choices};
use crate::db::DbError;
use crate::domain::clause::MOST_CLAUSES;
use crate::domain::ids::MembershipId;
use crate::domain::text::iso_date;
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_saying};

#[derive(Template)]
#[template(path = "author/clauses/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    keepers: Vec<Choice>,
    whens: Vec<Choice>,
    at: String,
    back: String,
}

fn show(me: &As<Keepers>, keepers: &[(MembershipId, String)], form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let back = me.paths().clauses();
    page_with(
        status,
        &NewPage {
            frame: me.frame("Add a clause").crumb("Standard clauses", back.clone()),
            form,
            keepers: keeper_choices(keepers),
            whens: when_choices(),
            at: me.paths().new_clause(),
            back,
        },
    )
}

pub async fn form(me: As<Keepers>) -> Result<Response, AppError> {
    granted(&me, "")?;
    let keepers = me.begin().await?.clause_keepers(&me.scope()).await?;
    let form = Form::filled([
        ("owner", me.staff().membership.to_string()),
        ("effective_from", iso_date(me.today())),
        ("note", "New clause.".to_owned()),
    ]);
    show(&me, &keepers, form)
}

pub async fn make(me: As<Keepers>, submitted: Submitted) -> Result<Response, AppError> {
    let granted = granted(&me, &submitted.line("name"))?;
    let mut tx = me.begin().await?;
    let keepers = tx.clause_keepers(&me.scope()).await?;
    let (head, mut form) = typed_head(&submitted, &keepers);
    let edition = typed_edition(&submitted, None, me.today(), &mut form);
    if tx.clauses(&me.scope(), me.today()).await?.len() >= MOST_CLAUSES {
        form.problem("name", format!("The library holds {MOST_CLAUSES} clauses, which is the most"));
    }
    let Some(edition) = edition.filter(|_| !form.has_errors()) else { return show(&me, &keepers, form) };
    let id = match tx.add_clause(&granted, &head).await {
        Ok(id) => id,
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            form.problem("name", "There is a clause of that name: change it, or choose another name");
            return show(&me, &keepers, form);
        }
        Err(error) => return Err(error.into()),
    };
    tx.propose_edition(&granted, id, &edition).await?;
    tell(&me, &mut tx, (id, &head.name), &edition.note).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().clause(id), "Added. Its text holds as soon as a second person has approved it."))
}
