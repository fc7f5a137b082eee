//! An advert as applicants read it, and what its page says once it is over.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use time::{Date, OffsetDateTime};

use super::card::{JobCard, is_soon};
use super::head::PublicHead;
use crate::clock::{london_date, london_offset};
use crate::db::{Changed, JobFilter, JobSort, PublicAdvert, Tx};
use crate::documents::render::{About, AdvertPaper, Apply, advert as render, job_posting, within_page};
use crate::domain::advert::{Audience, ChangedHow, Source, Standing, days_left, is_program};
use crate::domain::content::Content;
use crate::domain::ids::{AdvertId, PersonId};
use crate::domain::places::Near;
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::pages::Key;
use crate::reference::places::of_lines;
use crate::views::View;
use crate::web::gate::{Anyone, As};
use crate::web::kept::{finished, finished_page, public_page};
use crate::web::page::Frame;
use crate::web::paths;

/// How many other jobs a page offers.
const OTHERS: i64 = 5;

#[derive(Template)]
#[template(path = "public/job.html")]
struct JobPage {
    frame: Frame,
    head: PublicHead,
    advert: PublicAdvert,
    paper: AdvertPaper,
    standing: Standing,
    others: Vec<JobCard>,
    today: Date,
    has_essentials: bool,
}

pub async fn read(me: As<Anyone>, Path(advert): Path<String>) -> Result<Response, AppError> {
    let pages = &me.app.pages;
    let key = advert.parse().ok().map(|id| Key { advert: AdvertId(id), squeezed: me.told().squeezed });
    let key = key.filter(|_| me.is_anybody());
    if let Some((key, page)) = key.and_then(|key| Some((key, pages.get(key, me.now)?))) {
        count(&me, key.advert);
        return Ok(finished_page(&me, StatusCode::OK, page));
    }
    // Taken before the database is asked: what changes from now on makes the page void.
    let ticket = key.zip(pages.ticket(me.now));
    let mut tx = me.begin().await?;
    let reader = me.visitor().map(|visitor| visitor.person.id);
    let advert = load(&mut tx, &advert, reader, me.now).await?;
    let standing = advert.standing(me.now);
    let (content, status) = match standing {
        // Who applied still prepares for the interview with the description.
        Standing::Open | Standing::Closed => (tx.content(advert.employer, advert.version).await?, StatusCode::OK),
        Standing::Withdrawn => (Content::default(), StatusCode::GONE),
        Standing::Draft | Standing::Ready | Standing::Scheduled => return Err(AppError::NotFound),
    };
    let others = others(&me, &mut tx, &advert).await?;
    count(&me, advert.id);
    let paper = render(&advert.vacancy, &content);
    let frame = me
        .frame(format!("{}, {}", advert.vacancy.title, advert.vacancy.employer))
        .crumb("Jobs", paths::JOBS)
        .crumb(&advert.vacancy.employer, paths::employer(&advert.employer_slug));
    let head = head(&me, &advert, &paper, standing);
    let has_essentials = !paper.essentials.is_empty();
    let page = JobPage { frame, head, advert, paper, standing, others, today: me.today(), has_essentials };
    let Some((key, ticket)) = ticket.filter(|_| status == StatusCode::OK && page.advert.is_public) else {
        return public_page(&me, status, &page);
    };
    let page = finished(&me, page.render()?);
    pages.put(ticket, key, page.clone());
    Ok(finished_page(&me, status, page))
}

/// Loads the advert that an address names, where this reader may know of it.
pub async fn load(
    tx: &mut Tx,
    advert: &str,
    reader: Option<PersonId>,
    now: OffsetDateTime,
) -> Result<PublicAdvert, AppError> {
    let id = advert.parse().map(AdvertId).map_err(|_| AppError::NotFound)?;
    tx.public_advert(id, reader, now).await?.ok_or(AppError::NotFound)
}

/// About as far as somebody looks who reads an advert there, in miles.
const NEAR_BY: f64 = 25.0;

/// Around the first place of an advert.
pub fn near_by(advert: &PublicAdvert) -> Option<Near> {
    of_lines(&advert.vacancy.text.locations).first().map(|place| place.within(NEAR_BY))
}

/// Other open jobs with a like title; where there is none, of the same employer.
async fn others(me: &As<Anyone>, tx: &mut Tx, advert: &PublicAdvert) -> Result<Vec<JobCard>, AppError> {
    let near = near_by(advert);
    let to = (advert.id, advert.vacancy.title.as_str(), near.as_ref());
    let rows = tx.similar_jobs(to, advert.employer, OTHERS, me.now).await?;
    Ok(rows.into_iter().map(|row| JobCard::new(row, me.today())).collect())
}

/// A reader is counted; staff with a place here and programs are not.
fn count(me: &As<Anyone>, advert: AdvertId) {
    let is_staff = me.visitor().is_some_and(|visitor| !visitor.employers.is_empty());
    if is_staff || is_program(&me.told().agent) {
        return;
    }
    let source = Source::of(me.told().referer.as_deref(), &me.app.config.public_url);
    me.app.views.count(View { advert, day: me.today(), source });
}

fn head(me: &As<Anyone>, advert: &PublicAdvert, paper: &AdvertPaper, standing: Standing) -> PublicHead {
    let site = &me.app.config.public_url;
    let employer_page = format!("{site}{}", paths::employer(&advert.employer_slug));
    let (opened, closes) = advert.window;
    let with_logo = advert.brand.as_ref().filter(|brand| brand.logo.is_some());
    let logo = with_logo.map(|brand| format!("{site}{}", brand.address(&advert.employer_slug)));
    let about = About {
        vacancy: &advert.vacancy,
        paper,
        posted: london_date(advert.public_at.unwrap_or(opened)),
        window: advert.window,
        closing_offset: london_offset(closes),
        employer_page: &employer_page,
        logo: logo.as_deref(),
    };
    let posting = (standing == Standing::Open && advert.is_public).then(|| job_posting(&about)).flatten();
    let text = &advert.vacancy.text;
    let facts = [text.salary_text.as_str(), text.locations.lines().next().unwrap_or_default()];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let words = if paper.headline.is_empty() { String::new() } else { format!("{}. ", paper.headline) };
    let title = format!("{}, {}", advert.vacancy.title, advert.vacancy.employer);
    let description = format!("{words}{}", facts.join(", "));
    PublicHead {
        is_indexed: standing == Standing::Open && advert.is_public,
        json_ld: posting.as_ref().map(within_page),
        ..PublicHead::new(me, &paths::job(advert.id), title, description)
    }
    .with_logo(me, &advert.employer_slug, advert.brand.as_ref())
}

impl JobPage {
    fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    fn is_withdrawn(&self) -> bool {
        self.standing == Standing::Withdrawn
    }

    fn is_internal(&self) -> bool {
        self.advert.vacancy.text.offer.audience == Audience::Internal
    }

    /// The last day of a redeployment hold that has not ended.
    fn held_until(&self) -> Option<String> {
        let day = self.advert.vacancy.text.offer.redeployment_until?;
        (!self.is_internal() && !self.advert.is_public).then(|| long_date(day))
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

    fn posted(&self) -> String {
        long_date(london_date(self.advert.public_at.unwrap_or(self.advert.window.0)))
    }

    /// When it was withdrawn, and why.
    fn withdrawn(&self) -> Option<(String, &str)> {
        let (at, reason) = self.advert.withdrawn.as_ref()?;
        Some((long_date(london_date(*at)), reason))
    }

    /// Why it closed before its day, where it did.
    fn closed_early(&self) -> Option<&str> {
        let early = |change: &&Changed| change.kind == ChangedHow::ClosedEarly;
        self.advert.changes.iter().find(early).map(|change| change.what.as_str())
    }

    /// What changed since it was posted: day, kind and words.
    fn changes(&self) -> Vec<(String, &'static str, &str)> {
        let said = |change: &'_ Changed| (long_date(london_date(change.at)), change.kind.label());
        let changes = self.advert.changes.iter();
        changes.map(|change| (said(change).0, said(change).1, change.what.as_str())).collect()
    }

    /// The employer's page for applications, where that is the way.
    fn apply_link(&self) -> Option<(&str, &str)> {
        match &self.paper.apply {
            Apply::Link { href, site } => Some((href, site)),
            Apply::Email(_) | Apply::Text(_) => None,
        }
    }

    fn act(&self, act: &str) -> String {
        paths::job_act(self.advert.id, act)
    }

    /// The pack or the advert as a file.
    fn file(&self, what: &str, kind: &str) -> String {
        paths::job_file(self.advert.id, what, kind)
    }

    fn by_mail(&self) -> String {
        paths::mail_about(&self.head.title, &self.head.canonical)
    }

    fn sign_in(&self) -> String {
        paths::sign_in_and_return(&paths::job(self.advert.id))
    }

    fn sign_up(&self) -> String {
        paths::sign_up_and_return(&paths::job(self.advert.id))
    }

    fn all(&self) -> String {
        paths::Jobs { employer: self.advert.employer_slug.clone(), ..paths::Jobs::default() }.page()
    }
}

/// The newest open jobs of an employer.
pub async fn of_employer(
    me: &As<Anyone>,
    tx: &mut Tx,
    slug: String,
    most: i64,
) -> Result<(Vec<JobCard>, JobFilter), AppError> {
    let reader = me.visitor().map(|visitor| visitor.person.id);
    let filter = JobFilter { employer: Some(slug), reader, ..JobFilter::default() };
    let rows = tx.find_jobs(&filter, JobSort::Newest, 0, most, me.now).await?;
    Ok((rows.into_iter().map(|row| JobCard::new(row, me.today())).collect(), filter))
}
