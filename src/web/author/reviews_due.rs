//! Profiles whose review is due, directorate by directorate, on a page and as a file.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use time::{Date, Duration};

use crate::db::DueReview;
use crate::domain::text::{count, iso_date, long_date, profile_reference};
use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::{paths, spreadsheet};

/// How far ahead the list can look, in days.
const AHEAD: i64 = 60;
/// More than any employer has profiles.
const MOST: i64 = 20_000;
/// Rows on the page; the file has all.
const SHOWN: usize = 200;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A directorate's number; all of them where it is none.
    #[serde(default)]
    unit: String,
    /// `ahead` for what is due in the next weeks too.
    #[serde(default)]
    show: String,
}

struct Entry {
    href: String,
    title: String,
    facts: String,
    state: &'static str,
}

/// One directorate with what is due in it.
struct Group {
    id: i64,
    name: String,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "author/reviews_due.html")]
struct DuePage {
    frame: Frame,
    count: String,
    groups: Vec<Group>,
    /// Label, address, and whether it is what is shown.
    directorates: Vec<(String, String, bool)>,
    spans: Vec<(String, String, bool)>,
    file: String,
    more: usize,
}

impl Asked {
    fn by(&self, today: Date) -> Date {
        // What is due today is not late yet.
        if self.show == "ahead" { today + Duration::days(AHEAD) } else { today - Duration::days(1) }
    }

    fn holds(&self, due: &DueReview) -> bool {
        self.unit.parse::<i64>().map_or(true, |unit| due.directorate.0 == unit)
    }

    fn query(&self, unit: &str, show: &str) -> String {
        let fields = [("unit", unit), ("show", show)].into_iter().filter(|(_, value)| !value.is_empty());
        let fields: Vec<String> = fields.map(|(name, value)| format!("{name}={}", paths::query_value(value))).collect();
        if fields.is_empty() { String::new() } else { format!("?{}", fields.join("&")) }
    }
}

pub async fn list(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let all = me.begin().await?.reviews_due(&me.scope(), asked.by(me.today()), MOST).await?;
    let found: Vec<&DueReview> = all.iter().filter(|due| asked.holds(due)).collect();
    let here = me.paths().reviews_due();
    let mut directorates =
        vec![("all".to_owned(), format!("{here}{}", asked.query("", &asked.show)), asked.unit.is_empty())];
    for pair in all.chunk_by(|one, next| one.directorate == next.directorate) {
        let (id, number) = (pair[0].directorate.to_string(), pair.len());
        let label = format!("{} ({number})", pair[0].directorate_name);
        directorates.push((label, format!("{here}{}", asked.query(&id, &asked.show)), asked.unit == id));
    }
    let span = |label: &str, show: &str| {
        (label.to_owned(), format!("{here}{}", asked.query(&asked.unit, show)), asked.show == show)
    };
    page(&DuePage {
        frame: me.frame("Reviews due").crumb("Profiles", me.paths().profiles()),
        count: match asked.show.as_str() {
            "ahead" => format!(
                "{} for review by {}.",
                count(found.len(), "job profile is due", "job profiles are due"),
                long_date(asked.by(me.today()))
            ),
            _ => format!("{} overdue for review.", count(found.len(), "job profile is", "job profiles are")),
        },
        groups: groups(&found[..found.len().min(SHOWN)], me.paths(), me.today()),
        directorates,
        spans: vec![span("overdue", ""), span(&format!("and the next {AHEAD} days"), "ahead")],
        file: format!("{here}.csv{}", asked.query(&asked.unit, &asked.show)),
        more: found.len().saturating_sub(SHOWN),
    })
}

fn groups(found: &[&DueReview], paths: paths::Employer<'_>, today: Date) -> Vec<Group> {
    let entry = |due: &&DueReview| Entry {
        href: paths.profile(due.number).page(),
        title: if due.title.is_empty() { "Untitled job".to_owned() } else { due.title.clone() },
        facts: [
            profile_reference(due.number),
            due.unit.clone(),
            due.owner.clone(),
            format!("{} {}", if due.review_date < today { "was due" } else { "due" }, long_date(due.review_date)),
        ]
        .join(" · "),
        state: if due.review_date < today { "Overdue" } else { "" },
    };
    found
        .chunk_by(|one, next| one.directorate == next.directorate)
        .map(|group| Group {
            id: group[0].directorate.0,
            name: group[0].directorate_name.clone(),
            entries: group.iter().map(entry).collect(),
        })
        .collect()
}

pub async fn file(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let all = me.begin().await?.reviews_due(&me.scope(), asked.by(me.today()), MOST).await?;
    let headings = ["Reference", "Title", "Directorate", "Unit", "Owner", "Review date"];
    let rows = all.into_iter().filter(|due| asked.holds(due)).map(|due| {
        let (reference, date) = (profile_reference(due.number), iso_date(due.review_date));
        [reference, due.title, due.directorate_name, due.unit, due.owner, date]
    });
    spreadsheet::download("reviews-due.csv", headings, rows)
}
