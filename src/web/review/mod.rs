//! Reviewing: what changed, and the decision. Managers come here from a message, often on a phone.

pub(super) mod answers;
mod approve;
mod away;
mod board;
mod by_link;
pub(super) mod changes;
mod choose;
mod compare;
mod decide;
pub(super) mod finish;
mod fold;
mod impact;
mod jump;
pub(super) mod largest;
mod looked;
mod not_me;
mod overrides;
mod pace;
pub(super) mod plan;
mod reassign;
mod request_changes;
mod settings;
mod steer;
pub(super) mod steps;
pub(super) mod way;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/compare", compare::compare)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/compare-with", choose::choose)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/review", steps::page_of)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/review/skip", steer::skip_form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/review/skip", steer::skip)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/review/jump", jump::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/review/jump", jump::jump)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/review/restart", steer::restart_form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/review/restart", steer::restart)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/review/cancel", steer::cancel_form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/review/cancel", steer::cancel)
        .page("/staff/{employer}/away", away::mine)
        .action("/staff/{employer}/away", away::set_mine)
        .action("/staff/{employer}/away/{absence}/end", away::end_mine)
        .page("/staff/{employer}/people/{member}/away", away::of)
        .action("/staff/{employer}/people/{member}/away", away::set_of)
        .action("/staff/{employer}/people/{member}/away/{absence}/end", away::end_of)
        .page("/staff/{employer}/reviews", board::board)
        .page("/staff/{employer}/reviews.csv", board::file)
        .page("/staff/{employer}/reviews/settings", settings::form)
        .action("/staff/{employer}/reviews/settings", settings::change)
        .page("/decide/{token}", by_link::page_of)
        .action("/decide/{token}/code", by_link::send)
        .action("/decide/{token}/enter", by_link::enter)
        .page("/decided", by_link::decided)
        .page("/staff/{employer}/tasks/{task}", decide::task)
        .action("/staff/{employer}/tasks/{task}/approve", approve::approve)
        .action("/staff/{employer}/tasks/{task}/complete", approve::complete)
        .action("/staff/{employer}/tasks/{task}/request-changes", request_changes::request)
        .action("/staff/{employer}/tasks/{task}/looked", looked::looked)
        .page("/staff/{employer}/tasks/{task}/not-me", not_me::form)
        .action("/staff/{employer}/tasks/{task}/not-me", not_me::pass_on)
        .page("/staff/{employer}/tasks/{task}/reassign", reassign::form)
        .action("/staff/{employer}/tasks/{task}/reassign", reassign::reassign)
}
