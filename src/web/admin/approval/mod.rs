//! The routes to approval: which steps a version takes, of whom each is asked, and who would get a draft as things are.

mod fields;
mod form;
mod list;
mod try_out;

use super::super::routes::Routes;
use crate::db::{MemberFilter, MemberState, Tx};
use crate::error::AppError;
use crate::web::form::Choice;
use crate::web::gate::{Admins, As};

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/routes", list::page_of)
        .page("/staff/{employer}/routes/try", try_out::page_of)
        .page("/staff/{employer}/routes/new", form::new)
        .action("/staff/{employer}/routes/new", form::add)
        .page("/staff/{employer}/routes/{route}", form::open)
        .action("/staff/{employer}/routes/{route}", form::change)
        .action("/staff/{employer}/routes/{route}/retire", form::retire)
}

/// The most people that a step's form offers by name.
const MOST_PEOPLE: i64 = 500;

/// Everybody active, by name.
async fn people(me: &As<Admins>, tx: &mut Tx) -> Result<Vec<Choice>, AppError> {
    let filter = MemberFilter { words: String::new(), state: Some(MemberState::Active) };
    let people = tx.members(&me.scope(), &filter, None, MOST_PEOPLE).await?;
    Ok(people.iter().map(|person| Choice::new(person.id, &person.name)).collect())
}
