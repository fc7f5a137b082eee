//! What people do with their own account: making one, signing in and out, passwords, what is kept, and its end.

mod confirm;
mod data;
mod delete;
mod invitation;
mod link_ended;
mod mail;
mod name;
mod new_password;
mod not_saved;
mod overview;
mod password;
mod password_reset;
mod saved;
mod session_start;
mod sign_in;
mod sign_out;
mod sign_up;
mod stay;

pub use not_saved::{LARGEST as LARGEST_CARRIED, NotSaved};
pub use sign_in::{SignInPage, network};

use super::routes::Routes;
use crate::domain::ids::PersonId;
use crate::policy::{Person, Subject};

/// A person's own account, for `policy::grant`.
fn own(person: &Person) -> Subject<PersonId> {
    Subject {
        id: person.id,
        employer: None,
        unit: None,
        person: Some(person.id),
        profile: None,
        name: person.name.clone(),
    }
}

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/sign-in", sign_in::form)
        .action("/sign-in", sign_in::sign_in)
        .action("/sign-out", sign_out::sign_out)
        .action("/session/stay", stay::stay)
        .page("/sign-up", sign_up::form)
        .action("/sign-up", sign_up::sign_up)
        .page("/sign-up/sent", sign_up::sent)
        .page("/confirm/{token}", confirm::form)
        .action("/confirm/{token}", confirm::confirm)
        .page("/invitation/{token}", invitation::form)
        .action("/invitation/{token}", invitation::accept)
        .page("/password-reset", password_reset::form)
        .action("/password-reset", password_reset::ask)
        .page("/password-reset/sent", password_reset::sent)
        .page("/password-reset/{token}", new_password::form)
        .action("/password-reset/{token}", new_password::choose)
        .page("/account", overview::page)
        .page("/account/name", name::form)
        .action("/account/name", name::change)
        .page("/account/mail", mail::form)
        .action("/account/mail", mail::change)
        .page("/account/password", password::form)
        .action("/account/password", password::change)
        .page("/account/data", data::page)
        .page("/account/data.json", data::file)
        .page("/account/delete", delete::form)
        .action("/account/delete", delete::delete)
        .action("/account/saved/{advert}/remove", saved::remove)
}
