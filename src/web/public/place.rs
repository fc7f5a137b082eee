//! Jobs by place: a page for each town, and the list of those with jobs near them.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::asked::USUAL_DISTANCE;
use super::card::JobCard;
use super::head::PublicHead;
use crate::db::{JobFilter, JobSort, MOST_COUNTED};
use crate::domain::places::miles;
use crate::domain::text::grouped;
use crate::error::AppError;
use crate::reference::places::{Town, town, towns};
use crate::web::gate::{Anyone, As};
use crate::web::kept::public_page;
use crate::web::page::Frame;
use crate::web::paths::{self, Jobs};

/// How many jobs the page shows before it leads on to the search.
const SHOWN: i64 = 20;
/// How many other towns it names.
const NEIGHBOURS: usize = 6;

#[derive(Template)]
#[template(path = "public/place.html")]
struct PlacePage {
    frame: Frame,
    head: PublicHead,
    town: &'static Town,
    cards: Vec<JobCard>,
    total: i64,
}

#[derive(Template)]
#[template(path = "public/places.html")]
struct PlacesPage {
    frame: Frame,
    head: PublicHead,
    /// Name, address and number of jobs.
    towns: Vec<(String, String, String)>,
}

pub async fn read(me: As<Anyone>, Path(place): Path<String>) -> Result<Response, AppError> {
    let town = town(&place).ok_or(AppError::NotFound)?;
    let near = town.place.within(USUAL_DISTANCE as f64);
    let filter = JobFilter { near: Some(near), ..JobFilter::default() };
    let mut tx = me.begin().await?;
    let rows = tx.find_jobs(&filter, JobSort::Distance, 0, SHOWN, me.now).await?;
    let total = tx.count_jobs(&filter, me.now).await?;
    let title = format!("Jobs in and near {}", town.place.name);
    let description = format!("Public-sector jobs within {USUAL_DISTANCE} miles of {}.", town.place.name);
    let head = PublicHead {
        is_indexed: total > 0,
        ..PublicHead::new(&me, &paths::jobs_in(&town.slug), title.clone(), description)
    };
    let frame = me.frame(title).crumb("Jobs", paths::JOBS).crumb("Jobs by place", paths::JOBS_BY_PLACE);
    let cards = rows.into_iter().map(|row| JobCard::new(row, me.today())).collect();
    public_page(&me, StatusCode::OK, &PlacePage { frame, head, town, cards, total })
}

pub async fn list(me: As<Anyone>) -> Result<Response, AppError> {
    let positions = me.begin().await?.open_positions(me.now).await?;
    let count = |town: &Town| {
        let here = (town.place.latitude, town.place.longitude);
        let near = positions.iter().filter(|(lat, lon, _)| miles(here, (*lat, *lon)) <= USUAL_DISTANCE as f64);
        near.map(|(_, _, jobs)| jobs).sum::<i64>()
    };
    let all = towns().iter().map(|town| (town.place.name.clone(), paths::jobs_in(&town.slug), count(town)));
    let head = PublicHead::new(&me, paths::JOBS_BY_PLACE, "Jobs by place".into(), "Public-sector jobs by town.".into());
    let frame = me.frame("Jobs by place").crumb("Jobs", paths::JOBS);
    let said = |jobs: i64| if jobs == 1 { "1 job".to_owned() } else { format!("{} jobs", grouped(jobs)) };
    let towns = all.filter(|(_, _, jobs)| *jobs > 0).map(|(name, there, jobs)| (name, there, said(jobs))).collect();
    public_page(&me, StatusCode::OK, &PlacesPage { frame, head, towns })
}

impl PlacePage {
    fn count(&self) -> String {
        let place = format!("within {USUAL_DISTANCE} miles");
        match self.total {
            0 => format!("No job is open {place} at present."),
            1 => format!("1 job is open {place}."),
            more if more > MOST_COUNTED => format!("More than 1,000 jobs are open {place}."),
            some => format!("{some} jobs are open {place}."),
        }
    }

    /// The search at this place, to narrow it.
    fn search(&self) -> String {
        Jobs { place: self.town.place.name.clone(), ..Jobs::default() }.page()
    }

    fn wider(&self) -> String {
        Jobs { place: self.town.place.name.clone(), within: 30, ..Jobs::default() }.page()
    }

    /// The nearest other towns.
    fn neighbours(&self) -> Vec<(&'static str, String)> {
        let here = (self.town.place.latitude, self.town.place.longitude);
        let far = |town: &Town| miles(here, (town.place.latitude, town.place.longitude));
        let mut others: Vec<&'static Town> = towns().iter().filter(|town| town.slug != self.town.slug).collect();
        others.sort_by(|one, other| far(one).total_cmp(&far(other)));
        let near = others.into_iter().take(NEIGHBOURS);
        near.map(|town| (town.place.name.as_str(), paths::jobs_in(&town.slug))).collect()
    }
}
