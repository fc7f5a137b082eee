//! Clauses between two employers: one's administrator offers and withdraws, the other's takes or declines.

mod answer;
mod offer;

use super::subject;
use crate::web::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/clauses/shared", answer::page)
        .action("/staff/{employer}/clauses/shared", answer::answer)
        .page("/staff/{employer}/clauses/{clause}/share", offer::form)
        .action("/staff/{employer}/clauses/{clause}/share", offer::offer)
        .action("/staff/{employer}/clauses/{clause}/withdraw", offer::withdraw)
}
