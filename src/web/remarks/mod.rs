//! Remarks: comments and suggestions beside the lines of a version, on every page that shows one.
//!
//! Pages hold a [`Notes`] and ask it beside each line. What must not be here: whether a suggestion fits (`domain`), and
//! what a version's pages show otherwise.

mod accept;
mod accept_section;
mod again;
mod comment;
mod decide;
mod desk;
mod list;
mod notes;
mod open;
mod place;
mod proposed;
mod reject;
mod resolve;
mod revise;
mod suggest;
mod take_in;
mod thread;
mod withdraw;

pub use notes::{Notes, counted};
pub use open::{Asked, Open, What};
pub use place::{Back, Spot};

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/remarks", list::list)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/comments", comment::add)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/edit", revise::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/edit", revise::revise)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/withdraw", revise::withdraw)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/resolve", resolve::resolve)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/reopen", resolve::reopen)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/suggestions", suggest::add)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}", decide::page)
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}/withdraw",
            withdraw::withdraw,
        )
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}/accept",
            accept::accept,
        )
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}/reject",
            reject::reject,
        )
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/suggestions/accept",
            accept_section::accept,
        )
}
