//! An advert as applicants read it, and what its page says once it is over.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use time::Date;

use super::card::{JobCard, is_soon};
use crate::clock::london_date;
use crate::db::{JobFilter, JobSort, PublicAdvert, Tx};
use crate::documents::render::{AdvertPaper, Apply, advert as render};
use crate::domain::advert::{Standing, days_left};
use crate::domain::content::Content;
use crate::domain::ids::AdvertId;
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page};
use crate::web::paths;

/// How many other jobs of the employer a page offers that is over.
const OTHERS: i64 = 5;

#[derive(Template)]
#[template(path = "public/job.html")]
struct JobPage {
    frame: Frame,
    advert: PublicAdvert,
    paper: AdvertPaper,
    standing: Standing,
    others: Vec<JobCard>,
    today: Date,
}

pub async fn read(me: As<Anyone>, Path(advert): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let reader = me.visitor().map(|visitor| visitor.person.id);
    let advert = load(&mut tx, &advert, reader, me.now).await?;
    let standing = advert.standing(me.now);
    let (content, others) = match standing {
        Standing::Open => (tx.content(advert.employer, advert.version).await?, Vec::new()),
        // Who applied still prepares for the interview with the description.
        Standing::Closed => (tx.content(advert.employer, advert.version).await?, others(&me, &mut tx, &advert).await?),
        Standing::Withdrawn => (Content::default(), others(&me, &mut tx, &advert).await?),
        Standing::Draft | Standing::Ready | Standing::Scheduled => return Err(AppError::NotFound),
    };
    let paper = render(&advert.vacancy, &content);
    let frame = me
        .frame(format!("{}, {}", advert.vacancy.title, advert.vacancy.employer))
        .crumb("Jobs", paths::JOBS)
        .crumb(&advert.vacancy.employer, paths::employer(&advert.employer_slug));
    page(&JobPage { frame, advert, paper, standing, others, today: me.today() })
}

/// Loads the advert that an address names, where the public may know of it.
pub async fn load(
    tx: &mut Tx,
    advert: &str,
    reader: Option<crate::domain::ids::PersonId>,
    now: time::OffsetDateTime,
) -> Result<PublicAdvert, AppError> {
    let id = advert.parse().map(AdvertId).map_err(|_| AppError::NotFound)?;
    tx.public_advert(id, reader, now).await?.ok_or(AppError::NotFound)
}

/// Other open jobs of the same employer.
async fn others(me: &As<Anyone>, tx: &mut Tx, advert: &PublicAdvert) -> Result<Vec<JobCard>, AppError> {
    let filter = JobFilter { employer: Some(advert.employer_slug.clone()), ..JobFilter::default() };
    let rows = tx.find_jobs(&filter, JobSort::Newest, 0, OTHERS, me.now).await?;
    Ok(rows.into_iter().map(|row| JobCard::new(row, me.today())).collect())
}

impl JobPage {
    fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    fn is_withdrawn(&self) -> bool {
        self.standing == Standing::Withdrawn
    }

    fn closes_on(&self) -> Option<Date> {
        self.advert.vacancy.text.closes_on
    }

    fn closes(&self) -> String {
        self.closes_on().map(long_date).unwrap_or_default()
    }

    fn days_left(&self) -> String {
        self.closes_on().map(|day| days_left(self.today, day)).unwrap_or_default()
    }

    fn is_soon(&self) -> bool {
        self.closes_on().is_some_and(|day| is_soon(self.today, day))
    }

    /// When it was withdrawn, and why.
    fn withdrawn(&self) -> Option<(String, &str)> {
        let (at, reason) = self.advert.withdrawn.as_ref()?;
        Some((long_date(london_date(*at)), reason))
    }

    /// The employer's page for applications, where that is the way.
    fn apply_link(&self) -> Option<(&str, &str)> {
        match &self.paper.apply {
            Apply::Link { href, site } => Some((href, site)),
            Apply::Email(_) | Apply::Text(_) => None,
        }
    }

    /// The pack or the advert as a file.
    fn file(&self, what: &str, kind: &str) -> String {
        paths::job_file(self.advert.id, what, kind)
    }

    fn save(&self) -> String {
        paths::job_act(self.advert.id, "save")
    }

    fn unsave(&self) -> String {
        paths::job_act(self.advert.id, "unsave")
    }

    fn sign_in(&self) -> String {
        paths::sign_in_and_return(&paths::job(self.advert.id))
    }
}
