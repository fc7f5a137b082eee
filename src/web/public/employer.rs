//! An employer's public page: who they are, and their open jobs.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::card::JobCard;
use super::head::PublicHead;
use super::job::of_employer;
use crate::db::{MOST_COUNTED, PublicEmployer};
use crate::documents::render::{Block, blocks};
use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::kept::public_page;
use crate::web::page::Frame;
use crate::web::paths;

/// How many jobs the page shows before it leads on to the search.
const SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "public/employer.html")]
struct EmployerPage {
    frame: Frame,
    head: PublicHead,
    employer: PublicEmployer,
    about: Vec<Block>,
    cards: Vec<JobCard>,
    total: i64,
}

pub async fn read(me: As<Anyone>, Path(slug): Path<String>) -> Result<Response, AppError> {
    if !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return Err(AppError::NotFound);
    }
    let mut tx = me.begin().await?;
    let employer = tx.public_employer(&slug).await?.ok_or(AppError::NotFound)?;
    let (cards, filter) = of_employer(&me, &mut tx, slug, SHOWN).await?;
    let total = tx.count_jobs(&filter, me.now).await?;
    let frame = me.frame(employer.name.clone()).crumb("Jobs", paths::JOBS);
    let about = blocks(&employer.description);
    let description = employer.description.lines().next().unwrap_or_default().to_owned();
    let head = PublicHead::new(&me, &paths::employer(&employer.slug), employer.name.clone(), description).with_logo(
        &me,
        &employer.slug,
        employer.brand.as_ref(),
    );
    public_page(&me, StatusCode::OK, &EmployerPage { frame, head, employer, about, cards, total })
}

impl EmployerPage {
    fn count(&self) -> String {
        match self.total {
            0 => "No job is open here at present.".to_owned(),
            1 => "1 job is open.".to_owned(),
            more if more > MOST_COUNTED => "More than 1,000 jobs are open.".to_owned(),
            some => format!("{some} jobs are open."),
        }
    }

    /// The search, where there are more than the page shows.
    fn all(&self) -> Option<String> {
        let search = paths::Jobs { employer: self.employer.slug.clone(), ..paths::Jobs::default() };
        (self.total > SHOWN).then(|| search.page())
    }
}
