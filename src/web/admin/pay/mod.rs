//! Pay as administrators keep it: grades that are added, renamed, ended and paid anew, and the terms of a scheme.
//! Awards, which change many grades at once, are under the author's pages.

mod fields;
mod grade;
mod new_grade;
mod terms;

use super::subject;
use crate::domain::pay::Grade;
use crate::error::AppError;
use crate::policy::{Denied, Granted, act, grant};
use crate::web::gate::{Admins, As};
use crate::web::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/pay/grades/new", new_grade::form)
        .action("/staff/{employer}/pay/grades/new", new_grade::add)
        .page("/staff/{employer}/pay/grades/{grade}", grade::form)
        .action("/staff/{employer}/pay/grades/{grade}", grade::change)
        .action("/staff/{employer}/pay/grades/{grade}/figures", grade::pay)
        .page("/staff/{employer}/pay/terms", terms::form)
        .action("/staff/{employer}/pay/terms", terms::add)
}

fn granted(me: &As<Admins>, name: &str) -> Result<Granted<act::ChangeGrades>, Denied> {
    grant::<act::ChangeGrades>(&me.actor(), subject(me, me.employer(), name), me.now)
}

/// The grade that an address names.
fn named(grades: &[Grade], id: &str) -> Result<Grade, AppError> {
    grades.iter().find(|grade| grade.id.to_string() == id).cloned().ok_or(AppError::NotFound)
}
