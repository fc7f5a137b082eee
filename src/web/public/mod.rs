//! What everybody sees: the start, the jobs, and how the server is.

mod card;
mod employer;
mod health;
mod home;
mod job;
mod job_file;
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
        .page("/jobs/{advert}/pack", job_file::whole)
        .page("/jobs/{advert}/advert", job_file::alone)
        .action("/jobs/{advert}/save", save::save)
        .action("/jobs/{advert}/unsave", save::unsave)
        .page("/employers/{slug}", employer::read)
        .page("/health/live", health::live)
        .page("/health/ready", health::ready)
}
