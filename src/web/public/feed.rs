//! Any search as a feed for news readers (Atom, RFC 4287).

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use time::OffsetDateTime;

use super::asked::{tidied, understood};
use crate::clock::start_of_day;
use crate::db::{JobRow, JobSort};
use crate::domain::text::{iso_moment, one_line, shortened};
use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::kept::kept;
use crate::web::paths;

/// The newest jobs of a feed; a reader that asks once a day misses few.
const ENTRIES: i64 = 50;
/// So much of the short text stands in an entry, in characters.
const SUMMARY: usize = 300;

#[derive(Template)]
#[template(path = "public/feed.xml", escape = "html")]
struct Feed {
    title: String,
    here: String,
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    link: String,
    title: String,
    employer: String,
    published: String,
    updated: String,
    summary: String,
}

pub async fn read(me: As<Anyone>, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, AppError> {
    let here = tidied(&asked);
    let site = &me.app.config.public_url;
    let mut tx = me.begin().await?;
    // The same for everybody: what is for an employer's own staff is not sent out.
    let search = understood(&mut tx, here, None, me.now).await?;
    let rows = tx.find_jobs(&search.filter, JobSort::Newest, 0, ENTRIES, me.now).await?;
    let changed = rows.iter().map(|row| row.changed_at.max(row.opened_at)).max();
    let words = [search.here.words.as_str(), search.here.place.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let feed = Feed {
        title: if words.is_empty() { "Jobs".to_owned() } else { format!("Jobs: {}", words.join(", ")) },
        here: format!("{site}{}", search.here.feed()),
        page: format!("{site}{}", search.here.page()),
        updated: moment(changed.unwrap_or_else(|| start_of_day(me.today()))),
        entries: rows.iter().map(|row| entry(site, row)).collect(),
    };
    let body = feed.render()?;
    Ok(kept(&me, StatusCode::OK, "application/atom+xml; charset=utf-8", body, changed))
}

fn entry(site: &str, row: &JobRow) -> Entry {
    let place = row.locations.lines().next().unwrap_or_default();
    let text = shortened(&one_line(&row.short_text), SUMMARY);
    let facts = [row.salary.as_str(), row.grade.as_str(), place, text.as_str()];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    Entry {
        link: format!("{site}{}", paths::job(row.id)),
        title: plain(&row.title),
        employer: plain(&row.employer),
        published: moment(row.opened_at),
        updated: moment(row.changed_at.max(row.opened_at)),
        summary: plain(&facts.join(". ")),
    }
}

fn moment(at: OffsetDateTime) -> String {
    iso_moment(at.to_utc().into())
}

/// Without the control characters that XML can't hold.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
