//! One grade: its name, when it ends, and what it pays from a day on.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::new_grade::NAME_TAKEN;
use super::{fields, granted, named};
use crate::db::{DbError, Tx};
use crate::domain::pay::Grade;
use crate::domain::text::{LONGEST_LINE, iso_date, long_date, parse_date, pounds};
use crate::error::AppError;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};

/// The constraint that two figures of one day break.
const PAID_TAKEN: &str = "grade_amount_pkey";

#[derive(Template)]
#[template(path = "admin/pay/grade.html")]
struct GradePage {
    frame: Frame,
    /// One of the two forms may come back with problems.
    form: Form,
    name: String,
    scheme: String,
    /// From, and what it pays, the newest first.
    figures: Vec<(String, String)>,
    change: String,
    pay: String,
    back: String,
}

type At = Path<(String, String)>;

pub async fn form(me: As<Admins>, Path((_, grade)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let grade = load(&me, &mut tx, &grade).await?;
    show(&me, &grade, filled(&grade))
}

fn filled(grade: &Grade) -> Form {
    Form::filled([
        ("name", grade.name.clone()),
        ("before", grade.name.clone()),
        ("ended_on", grade.ended_on.map(iso_date).unwrap_or_default()),
    ])
}

pub async fn change(me: As<Admins>, Path((_, grade)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let grade = load(&me, &mut tx, &grade).await?;
    let mut form = Form::again(&submitted);
    let (name, typed) = (submitted.line("name"), submitted.line("ended_on"));
    form.require("name", &name, "Type the grade’s name");
    form.limit("name", &name, LONGEST_LINE);
    let ended_on = parse_date(&typed);
    if ended_on.is_none() && !typed.is_empty() {
        form.problem("ended_on", "Write the date like 28 January 2026, or nothing");
    }
    if form.has_errors() {
        return show(&me, &grade, form);
    }
    let before = submitted.line("before");
    match tx.change_grade(&granted(&me, &grade.name)?, (grade.id, &before), &name, ended_on).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().pay_grade(grade.id), &format!("{name} is saved")))
        }
        Err(DbError::Stale) => Ok(see_other_noting(
            me.paths().pay_grade(grade.id),
            &format!("Somebody renamed it to {} meanwhile. Nothing was changed by you", grade.name),
        )),
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            form.problem("name", format!("{} has a grade with this name already", grade.pay_scheme));
            show(&me, &grade, form)
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn pay(me: As<Admins>, Path((_, grade)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let grade = load(&me, &mut tx, &grade).await?;
    let mut form = Form::again(&submitted);
    for (field, value) in filled(&grade).values() {
        form.set(field, value);
    }
    let Some(pay) = fields::pay(&mut form, &submitted, true) else {
        return show(&me, &grade, form);
    };
    let from = long_date(pay.from);
    match tx.pay_grade(&granted(&me, &grade.name)?, (grade.id, &grade.name), &pay).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().pay_grade(grade.id), &format!("Kept: what {} pays from {from}", grade.name)))
        }
        Err(DbError::Constraint(broken)) if broken == PAID_TAKEN => {
            form.problem("from", format!("It has figures from {from} on already, and what was known is never changed"));
            show(&me, &grade, form)
        }
        Err(error) => Err(error.into()),
    }
}

async fn load(me: &As<Admins>, tx: &mut Tx, grade: &str) -> Result<Grade, AppError> {
    named(&tx.grades(me.employer()).await?, grade)
}

fn show(me: &As<Admins>, grade: &Grade, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let figures = grade.amounts.iter().rev().map(|amount| {
        let (low, high) = (pounds(amount.minimum_pence), pounds(amount.maximum_pence));
        (long_date(amount.effective_from), if low == high { low } else { format!("{low} to {high}") })
    });
    let at = me.paths().pay_grade(grade.id);
    page_with(
        status,
        &GradePage {
            frame: me.frame(&grade.name).crumb("Profiles", me.paths().profiles()).crumb("Pay", me.paths().pay()),
            form,
            name: grade.name.clone(),
            scheme: grade.pay_scheme.clone(),
            figures: figures.collect(),
            pay: format!("{at}/figures"),
            change: at,
            back: me.paths().pay(),
        },
    )
}
