//! Pay: what the grades pay, and awards that change it. Everybody on the staff reads the tables; administrators, and
//! authors for the whole employer, take in and apply awards.

mod apply;
mod award;
mod effects_file;
mod grades;
mod take_in;

use time::OffsetDateTime;

use crate::db::{PayAward, PayTarget, StaffVisit, Tx};
use crate::domain::ids::PayAwardId;
use crate::domain::pay::{Award, Day, Effect, Grade, with_award};
use crate::error::AppError;
use crate::policy::{Denied, Granted, act};
use crate::web::gate::{As, Gate};
use crate::web::routes::Routes;

/// In bytes: some thousand lines of the longest kind, and room for the form around them.
const LARGEST_FILE: usize = 2 * 1024 * 1024;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/pay", grades::page)
        .upload("/staff/{employer}/pay/file", take_in::take_in, LARGEST_FILE)
        .page("/staff/{employer}/pay/{award}", award::page)
        .action("/staff/{employer}/pay/{award}/apply", apply::apply)
        .page("/staff/{employer}/pay/{award}/effects.csv", effects_file::download)
}

fn granted<G: Gate<Who = StaffVisit>>(me: &As<G>) -> Result<Granted<act::ChangePay>, Denied> {
    me.leave("Pay")
}

/// The award that an address names.
async fn load<G: Gate<Who = StaffVisit>>(me: &As<G>, tx: &mut Tx, award: &str) -> Result<PayAward, AppError> {
    let id = award.parse().map(PayAwardId).map_err(|_| AppError::NotFound)?;
    tx.pay_awards(&me.scope(), Some(id)).await?.pop().ok_or(AppError::NotFound)
}

/// The grades of one scheme.
fn of_scheme(grades: Vec<Grade>, scheme: &str) -> Vec<Grade> {
    grades.into_iter().filter(|grade| grade.pay_scheme == scheme).collect()
}

/// What an award that is not applied yet would change, were it applied now: each draft and open advert with its pay
/// before and after, on the award's first day or today.
async fn effects(
    tx: &mut Tx,
    award: &PayAward,
    (grades, figures): (&[Grade], &Award),
    (day, now): (Day, OffsetDateTime),
) -> Result<Vec<(PayTarget, Effect)>, AppError> {
    let after = with_award(grades, figures, now);
    let targets = tx.pay_targets(award.employer, &award.pay_scheme, now).await?;
    let effect = |target: PayTarget| {
        let effect = target.effect((grades, &after), day)?;
        Some((target, effect))
    };
    Ok(targets.into_iter().filter_map(effect).collect())
}
