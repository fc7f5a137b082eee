//! Adding a grade: to a scheme that is there, or with a new one.

use askama::Template;
use axum::response::Response;

use super::{fields, granted};
use crate::db::{AddedGrade, DbError};
use crate::domain::pay::{Grade, typed_hours};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};

/// The constraint that two grades with one name break.
pub const NAME_TAKEN: &str = "grade_employer_id_pay_scheme_name_key";

#[derive(Template)]
#[template(path = "admin/pay/new_grade.html")]
struct NewGradePage {
    frame: Frame,
    form: Form,
    schemes: Vec<Choice>,
    places: Vec<Choice>,
    back: String,
}

pub async fn form(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let grades = tx.grades(me.employer()).await?;
    let form = Form::filled([
        ("scheme", grades.last().map(|grade| grade.pay_scheme.clone()).unwrap_or_default()),
        ("after", grades.last().map(|grade| grade.id.to_string()).unwrap_or_default()),
    ]);
    page(&view(&me, form, &grades))
}

pub async fn add(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let grades = tx.grades(me.employer()).await?;
    let mut form = Form::again(&submitted);
    let name = submitted.line("name");
    form.require("name", &name, "Type the grade’s name");
    form.limit("name", &name, LONGEST_LINE);
    let (scheme, week) = scheme(&mut form, &submitted, &grades);
    let wanted = submitted.raw("after");
    let after = grades.iter().find(|grade| grade.id.to_string() == wanted).map(|grade| grade.id);
    if after.is_none() && !wanted.is_empty() {
        form.problem("after", "Choose a grade that is there");
    }
    let pay = fields::pay(&mut form, &submitted, false);
    if form.has_errors() {
        return page_again(&view(&me, form, &grades));
    }
    let new = AddedGrade { pay_scheme: &scheme, week, name: &name, after, pay };
    match tx.add_grade(&granted(&me, &name)?, &new).await {
        Ok(grade) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().pay_grade(grade), &format!("{name} is added to {scheme}")))
        }
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            form.problem("name", format!("{scheme} has a grade with this name already"));
            page_again(&view(&me, form, &grades))
        }
        Err(error) => Err(error.into()),
    }
}

/// The scheme that was chosen, or the new one with its full-time week in hundredths of hours.
fn scheme(form: &mut Form, submitted: &Submitted, grades: &[Grade]) -> (String, i32) {
    let (chosen, new) = (submitted.line("scheme"), submitted.line("new_scheme"));
    if let Some(known) = grades.iter().find(|grade| grade.pay_scheme == if new.is_empty() { &*chosen } else { &*new }) {
        return (known.pay_scheme.clone(), known.week as i32);
    }
    if new.is_empty() {
        form.problem("scheme", "Choose the pay scheme, or name a new one");
    }
    form.limit("new_scheme", &new, LONGEST_LINE);
    let week = typed_hours(&submitted.line("week"));
    if week.is_none() && !new.is_empty() {
        form.problem("week", "Type the hours of a full-time week, such as 37 or 37.5");
    }
    (new, week.unwrap_or_default())
}

fn view(me: &As<Admins>, form: Form, grades: &[Grade]) -> NewGradePage {
    let mut names: Vec<&str> = grades.iter().map(|grade| grade.pay_scheme.as_str()).collect();
    names.dedup();
    let places =
        grades.iter().map(|grade| Choice::new(grade.id, format!("After {}, {}", grade.name, grade.pay_scheme)));
    NewGradePage {
        frame: me.frame("Add a grade").crumb("Profiles", me.paths().profiles()).crumb("Pay", me.paths().pay()),
        form,
        schemes: std::iter::once(Choice::new("", "A new one, named below"))
            .chain(names.iter().map(|name| Choice::new(name, name)))
            .collect(),
        places: std::iter::once(Choice::new("", "First: it is the lowest")).chain(places).collect(),
        back: me.paths().pay(),
    }
}
