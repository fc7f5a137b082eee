//! HR authors at work: their tasks, the library, drafts and the way of a version to being issued.

pub mod adverts;
mod version;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes.area(adverts::routes).page("/staff/{employer}/profiles/{profile}/versions/{version}", version::read)
}
