//! What everybody sees: the start, the jobs, and how the server is.

mod health;
mod home;
mod statements;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/", home::home)
        .page("/accessibility", statements::accessibility)
        .page("/privacy", statements::privacy)
        .page("/health/live", health::live)
        .page("/health/ready", health::ready)
}
