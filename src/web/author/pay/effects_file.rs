//! Everything that an award would change, as a table for a spreadsheet.

use axum::extract::Path;
use axum::response::Response;

use super::{effects, load, of_scheme};
use crate::domain::pay::{Award, Day};
use crate::error::AppError;
use crate::web::gate::{As, Keepers};
use crate::web::spreadsheet;

pub async fn download(me: As<Keepers>, Path((_, award)): Path<(String, String)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let award = load(&me, &mut tx, &award).await?;
    let grades = of_scheme(tx.grades(award.employer).await?, &award.pay_scheme);
    let figures = Award::of(&award.lines, &grades).map_err(|_| {
        AppError::Conflict("This award is applied, or the tables changed since it came: its page says more.".to_owned())
    })?;
    let day = Day::of(me.today().max(award.effective_from));
    let reached = effects(&mut tx, &award, (&grades, &figures), (day, me.now)).await?;
    let rows = reached.into_iter().map(|(target, effect)| [super::award::what(&target), effect.before, effect.after]);
    spreadsheet::download("pay-award.csv", ["Draft or advert", "Before", "After"], rows)
}
