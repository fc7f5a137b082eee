//! The employer's adverts, each with where it stands.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use time::Date;

use crate::db::{AdvertFilter, AdvertRow};
use crate::domain::advert::{Audience, Standing};
use crate::domain::text::{count, long_date, profile_reference};
use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;

const PAGE: i64 = 20;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "author/adverts/list.html")]
struct ListPage<'a> {
    frame: Frame,
    paths: paths::Employer<'a>,
    rows: Vec<AdvertRow>,
    standing: Option<Standing>,
    total: i64,
    page: i64,
    today: Date,
}

pub async fn list(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let standing = Standing::parse(&asked.state);
    let number = asked.page.parse::<i64>().unwrap_or(1).clamp(1, 5_000);
    let filter = AdvertFilter { standing, offset: (number - 1) * PAGE };
    let mut tx = me.begin().await?;
    let (rows, total) = tx.adverts(&me.scope(), &filter, PAGE, me.now).await?;
    page(&ListPage {
        frame: me.frame("Adverts"),
        paths: me.paths(),
        rows,
        standing,
        total,
        page: number,
        today: me.today(),
    })
}

impl ListPage<'_> {
    fn count(&self) -> String {
        let adverts = count(self.total as usize, "advert", "adverts");
        match self.standing {
            None => format!("{adverts}, the latest made first."),
            Some(standing) => format!("{adverts}: {}.", standing.label().to_lowercase()),
        }
    }

    fn facts(&self, row: &AdvertRow) -> String {
        let waits = row.waits_for.as_ref().map(|name| format!("waits for {name}")).unwrap_or_default();
        let readers = readers(row, self.today);
        let reference = profile_reference(row.profile_number);
        let facts = [row.reference.clone(), reference, row.unit.clone(), waits, readers, dates(row)];
        facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn href(&self, row: &AdvertRow) -> String {
        self.paths.advert(row.id)
    }

    /// Each way to narrow the list: label, address, and whether it is the one that is shown.
    fn filters(&self) -> Vec<(String, String, bool)> {
        let all = std::iter::once(None).chain(Standing::ALL.iter().copied().map(Some));
        all.map(|one| {
            let label = one.map_or("All", Standing::label).to_lowercase();
            (label, self.paths.adverts_page(one, 1), one == self.standing)
        })
        .collect()
    }

    fn earlier(&self) -> Option<String> {
        (self.page > 1).then(|| self.paths.adverts_page(self.standing, self.page - 1))
    }

    fn later(&self) -> Option<String> {
        (self.page * PAGE < self.total).then(|| self.paths.adverts_page(self.standing, self.page + 1))
    }
}

fn readers(row: &AdvertRow, today: Date) -> String {
    match (row.audience, row.held_until) {
        (Audience::Internal, _) => "own staff only".to_owned(),
        (Audience::Public, Some(day)) if day >= today => format!("for own staff until {}", long_date(day)),
        (Audience::Public, _) => String::new(),
    }
}

fn dates(row: &AdvertRow) -> String {
    let closes = row.closes_on.map(long_date);
    match (row.standing, row.opens_on.map(long_date), closes) {
        (Standing::Scheduled, Some(opens), Some(closes)) => format!("opens {opens}, closes {closes}"),
        (Standing::Closed, _, Some(closes)) => format!("closed {closes}"),
        (Standing::Draft | Standing::Ready | Standing::Scheduled | Standing::Open, _, Some(closes)) => {
            format!("closes {closes}")
        }
        (Standing::Withdrawn, _, Some(_)) | (_, _, None) => String::new(),
    }
}
