//! What is kept of a clause beside its text: no part of any document, so one person changes it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{AtClause, NAME_TAKEN, find, granted, keeper_choices, typed_head, when_choices};
use crate::db::{ClauseHead, DbError};
use crate::domain::ids::MembershipId;
use crate::domain::text::iso_date;
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_saying};

#[derive(Template)]
#[template(path = "author/clauses/change.html")]
struct ChangePage {
    frame: Frame,
    form: Form,
    name: String,
    revision: i32,
    keepers: Vec<Choice>,
    whens: Vec<Choice>,
    at: String,
    back: String,
}

fn show(
    me: &As<Keepers>,
    head: &ClauseHead,
    keepers: &[(MembershipId, String)],
    form: Form,
) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let back = me.paths().clause(head.id);
    page_with(
        status,
        &ChangePage {
            frame: me
                .frame("Change the facts")
                .crumb("Standard clauses", me.paths().clauses())
                .crumb(head.entry.name.clone(), back.clone()),
            form,
            name: head.entry.name.clone(),
            revision: head.revision,
            keepers: keeper_choices(keepers),
            whens: when_choices(),
            at: me.paths().clause_act(head.id, "change"),
            back,
        },
    )
}

pub async fn form(me: As<Keepers>, axum::extract::Path((_, clause)): AtClause) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    granted(&me, &head.entry.name)?;
    let keepers = tx.clause_keepers(&me.scope()).await?;
    let entry = &head.entry;
    let mut form = Form::filled([
        ("name", entry.name.clone()),
        ("owner", entry.owner.map(|owner| owner.to_string()).unwrap_or_default()),
        ("legal_basis", entry.legal_basis.clone()),
        ("review_on", entry.review_on.map(iso_date).unwrap_or_default()),
    ]);
    for when in &entry.when {
        form.set("when", when.word());
    }
    show(&me, &head, &keepers, form)
}

pub async fn change(
    me: As<Keepers>,
    axum::extract::Path((_, clause)): AtClause,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    let granted = granted(&me, &head.entry.name)?;
    let revision: i32 = submitted.number("revision")?;
    let keepers = tx.clause_keepers(&me.scope()).await?;
    let (entry, mut form) = typed_head(&submitted, &keepers);
    if let Some(giver) = head.words_of() {
        for (field, typed, theirs) in
            [("name", &entry.name, &head.entry.name), ("legal_basis", &entry.legal_basis, &head.entry.legal_basis)]
        {
            if typed != theirs {
                form.problem(field, format!("This is for {giver} to say, whose clause it is: it reads “{theirs}”"));
            }
        }
    }
    if form.has_errors() {
        return show(&me, &head, &keepers, form);
    }
    let back = me.paths().clause(head.id);
    match tx.change_clause(&granted, (head.id, revision), &entry).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(back, "Saved"))
        }
        Err(DbError::Stale) if head.entry == entry => Ok(see_other_saying(back, "Saved")),
        Err(DbError::Stale) => {
            form.problem(
                "name",
                "Somebody else changed it meanwhile. What you typed is still here: compare, then save again",
            );
            show(&me, &head, &keepers, form)
        }
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            form.problem("name", "There is another clause of that name: choose another");
            show(&me, &head, &keepers, form)
        }
        Err(error) => Err(error.into()),
    }
}
