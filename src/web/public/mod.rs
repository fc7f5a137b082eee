//! What everybody sees: the start, the jobs, and how the server is.

mod card;
mod employer;
mod health;
mod home;
mod job;
mod jobs;
mod save;
mod statements;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/", home::home)
        .page("/accessibility", statements::accessibility)
        .page("/privacy", statements::privacy)
        .page("/jobs", jobs::search)
        .page("/jobs/{advert}", job::read)
        .action("/jobs/{advert}/save", save::save)
        .action("/jobs/{advert}/unsave", save::unsave)
        .page("/employers/{slug}", employer::read)
        .page("/health/live", health::live)
        .page("/health/ready", health::ready)
}
