//! The employer's own short forms: everybody on the staff reads the list, HR authors and administrators keep it.

mod change;
mod file;
mod list;
mod take_in;

use crate::db::{GlossaryRow, StaffVisit};
use crate::error::AppError;
use crate::policy::{Denied, Granted, act};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Gate};
use crate::web::routes::Routes;

use crate::domain::glossary::Entry;

/// In bytes: a thousand entries of the longest kind, and room for the form around them.
const LARGEST_FILE: usize = 1024 * 1024;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/glossary", list::page)
        .action("/staff/{employer}/glossary", list::add)
        .page("/staff/{employer}/glossary.csv", file::file)
        .upload("/staff/{employer}/glossary/file", take_in::take_in, LARGEST_FILE)
        .page("/staff/{employer}/glossary/{entry}", change::form)
        .action("/staff/{employer}/glossary/{entry}", change::change)
        .action("/staff/{employer}/glossary/{entry}/remove", change::remove)
}

/// The constraint that two entries of one short form break.
const TAKEN: &str = "glossary_entry_employer_id_short_key";

fn granted<G: Gate<Who = StaffVisit>>(me: &As<G>) -> Result<Granted<act::ChangeGlossary>, Denied> {
    me.leave("Glossary")
}

/// What was typed, and the form with what is wrong with it.
fn typed(submitted: &Submitted) -> (Entry, Form) {
    let entry = Entry::new(submitted.raw("short"), submitted.raw("meaning"), submitted.raw("note"));
    let mut form = Form::again(submitted);
    for (field, problem) in entry.problems() {
        form.problem(field, problem);
    }
    (entry, form)
}

/// The entry that an address names.
fn find(rows: Vec<GlossaryRow>, entry: &str) -> Result<GlossaryRow, AppError> {
    let id: i64 = entry.parse().map_err(|_| AppError::NotFound)?;
    rows.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound)
}
