//! Clauses and templates between two employers: one's administrator offers and withdraws, the other's takes or declines.

mod answer;
mod offer;

use crate::domain::ids::{ClauseId, TemplateId};
use crate::domain::sharing::Shareable;
use crate::web::paths::Employer;
use crate::web::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/shared", answer::page)
        .action("/staff/{employer}/shared", answer::answer)
        .page("/staff/{employer}/share/{kind}/{thing}", offer::form)
        .action("/staff/{employer}/share/{kind}/{thing}", offer::offer)
        .action("/staff/{employer}/share/{kind}/{thing}/withdraw", offer::withdraw)
}

/// The page of a thing of that kind.
fn page_of(paths: Employer<'_>, kind: Shareable, id: i64) -> String {
    match kind {
        Shareable::Clause => paths.clause(ClauseId(id)),
        Shareable::Template => paths.template(TemplateId(id)),
    }
}
