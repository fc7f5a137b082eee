//! Reviewing: what changed, and the decision. Managers come here from a message, often on a phone.

mod approve;
mod changes;
mod choose;
mod compare;
mod decide;
mod fold;
mod looked;
mod reassign;
mod request_changes;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/compare", compare::compare)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/compare-with", choose::choose)
        .page("/staff/{employer}/tasks/{task}", decide::task)
        .action("/staff/{employer}/tasks/{task}/approve", approve::approve)
        .action("/staff/{employer}/tasks/{task}/request-changes", request_changes::request)
        .action("/staff/{employer}/tasks/{task}/looked", looked::looked)
        .page("/staff/{employer}/tasks/{task}/reassign", reassign::form)
        .action("/staff/{employer}/tasks/{task}/reassign", reassign::reassign)
}
