//! Pages for people without an account who were asked to take a step of a review: a secret link, a code that shows the
//! address is theirs, and then the version with one decision. Nothing is decided by opening a link.

mod code;
mod decide;
pub mod invite;
mod link;

pub use code::{digits, hashed};
pub use link::{PASS_COOKIE, hidden};

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/guest/{token}", link::page_of)
        .action("/guest/{token}/code", code::send)
        .action("/guest/{token}/enter", code::enter)
        .action("/guest/{token}/done", decide::done)
        .action("/guest/{token}/changes", decide::changes)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/review/guest", invite::again)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/review/guest-end", invite::end)
}
