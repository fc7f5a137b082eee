//! What everybody sees: the start, the jobs, and how the server is.

mod ask;
mod asked;
mod brand;
mod calendar;
mod card;
mod employer;
mod feed;
mod head;
mod health;
mod home;
mod job;
mod job_file;
mod jobs;
mod loosen;
mod place;
mod robots;
mod save;
mod self_check;
mod statements;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/", home::home)
        .page("/accessibility", statements::accessibility)
        .page("/privacy", statements::privacy)
        .page("/cookies", statements::cookies)
        .page("/jobs", jobs::search)
        .page("/jobs.atom", feed::read)
        .page("/jobs/in", place::list)
        .page("/jobs/in/{place}", place::read)
        .page("/jobs/{advert}", job::read)
        .page("/jobs/{advert}/self-check", self_check::form)
        .action("/jobs/{advert}/self-check", self_check::check)
        .page("/jobs/{advert}/ask", ask::form)
        .action("/jobs/{advert}/ask", ask::send)
        .page("/jobs/{advert}/asked", ask::sent)
        .page("/jobs/{advert}/dates.ics", calendar::dates)
        .page("/jobs/{advert}/pack", job_file::whole)
        .page("/jobs/{advert}/advert", job_file::alone)
        .action("/jobs/{advert}/save", save::save)
        .action("/jobs/{advert}/unsave", save::unsave)
        .page("/employers/{slug}", employer::read)
        .page("/employers/{slug}/logo.png", brand::logo)
        .page("/employers/{slug}/colours.css", brand::colours)
        .page("/robots.txt", robots::robots)
        .page("/sitemap.xml", robots::index)
        .page("/sitemaps/{part}", robots::part)
        .page("/health/live", health::live)
        .page("/health/ready", health::ready)
}
