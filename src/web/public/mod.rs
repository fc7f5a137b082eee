//! What everybody sees: the start, the jobs, and how the server is.

mod health;
mod home;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes.page("/", home::home).page("/health/live", health::live).page("/health/ready", health::ready)
}
