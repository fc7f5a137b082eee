//! What HR administrators do: people and their roles, units and their managers, and the record of every act.

mod approval;
mod audit;
mod audit_file;
mod brand;
mod invite;
mod mail;
mod member;
mod member_state;
mod new_unit;
mod pay;
mod people;
mod roles;
mod settings;
mod sharing;
mod unit;
mod unit_choices;
mod units;

pub use people::role_in_words;

use super::gate::{Admins, As};
use super::routes::Routes;
use super::upload::LARGEST_UPLOAD;
use crate::policy::Subject;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/settings", settings::show)
        .area(approval::routes)
        .area(pay::routes)
        .area(sharing::routes)
        .page("/staff/{employer}/people", people::page)
        .page("/staff/{employer}/people/invite", invite::form)
        .action("/staff/{employer}/people/invite", invite::invite)
        .page("/staff/{employer}/people/{member}", member::page)
        .action("/staff/{employer}/people/{member}/invite-again", invite::again)
        .action("/staff/{employer}/people/{member}/roles/give", roles::give)
        .action("/staff/{employer}/people/{member}/roles/take", roles::take)
        .action("/staff/{employer}/people/{member}/deactivate", member_state::deactivate)
        .action("/staff/{employer}/people/{member}/reactivate", member_state::reactivate)
        .page("/staff/{employer}/units", units::page)
        .page("/staff/{employer}/units/new", new_unit::form)
        .action("/staff/{employer}/units/new", new_unit::add)
        .page("/staff/{employer}/units/{unit}", unit::form)
        .action("/staff/{employer}/units/{unit}", unit::change)
        .page("/staff/{employer}/brand", brand::form)
        .upload("/staff/{employer}/brand", brand::change, LARGEST_UPLOAD)
        .page("/staff/{employer}/mail", mail::page)
        .action("/staff/{employer}/mail/{mail}/retry", mail::retry)
        .page("/staff/{employer}/audit", audit::page)
        .page("/staff/{employer}/audit.csv", audit_file::file)
}

/// Something of this employer, for `policy::grant`.
fn subject<Id>(me: &As<Admins>, id: Id, name: &str) -> Subject<Id> {
    me.kept_for_all(id, name)
}
