//! The list, with its filters.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use time::Date;

use super::{SOON, granted, when_in_words};
use crate::db::ClauseRow;
use crate::domain::text::{count, long_date};
use crate::error::AppError;
use crate::policy::Role;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page as shown};
use crate::web::paths::query_value;

/// The conditions, as the address holds them; what can't be read is left out.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    owner: String,
}

impl Asked {
    /// Whether the list that was asked for has that row.
    pub fn wants(&self, row: &ClauseRow, today: Date) -> bool {
        let owner = self.owner.is_empty() || row.head.entry.owner.is_some_and(|owner| owner.to_string() == self.owner);
        owner
            && match self.show.as_str() {
                "expiring" => !row.head.retired && needs_a_look(row, today),
                "proposed" => row.proposed,
                "retired" => row.head.retired,
                _ => !row.head.retired,
            }
    }

    pub fn query(&self) -> String {
        let fields = [("show", &self.show), ("owner", &self.owner)].into_iter().filter(|(_, value)| !value.is_empty());
        fields.map(|(name, value)| format!("{name}={}", query_value(value))).collect::<Vec<_>>().join("&")
    }
}

/// It ends or is due for review within 90 days, or did already, or nothing holds today.
fn needs_a_look(row: &ClauseRow, today: Date) -> bool {
    let soon = today + SOON;
    row.edition.is_none()
        || row.expires_on.is_some_and(|last| last <= soon)
        || row.head.entry.review_on.is_some_and(|day| day <= soon)
}

struct Row {
    href: String,
    name: String,
    /// What has to be done about it, if anything.
    alert: String,
    owner: String,
    placed: String,
    review: String,
    used: String,
}

#[derive(Template)]
#[template(path = "author/clauses/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    count: String,
    shows: Vec<Choice>,
    owners: Vec<Choice>,
    may_change: bool,
    at: String,
    new: String,
    file: String,
    filtered: bool,
    /// What others share, for administrators; empty for others.
    shared: String,
}

pub async fn page(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let all = me.begin().await?.clauses(&me.scope(), me.today()).await?;
    let mut owners: Vec<(String, String)> =
        all.iter().filter_map(|row| Some((row.head.entry.owner?.to_string(), row.head.owner.clone()))).collect();
    owners.sort_by(|one, other| one.1.cmp(&other.1));
    owners.dedup();
    let rows: Vec<Row> =
        all.into_iter().filter(|row| asked.wants(row, me.today())).map(|row| shown_row(&me, row)).collect();
    let query = asked.query();
    let file = me.paths().clauses_csv();
    let shows = [
        ("", "In use"),
        ("expiring", "Ending or due for review"),
        ("proposed", "Waiting for approval"),
        ("retired", "Taken out"),
    ];
    shown(&ListPage {
        frame: me.frame("Standard clauses").crumb("Profiles", me.paths().profiles()),
        count: count(rows.len(), "clause", "clauses"),
        rows,
        shows: shows.map(|(value, text)| Choice::new(value, text)).to_vec(),
        owners: std::iter::once(Choice::new("", "Anybody"))
            .chain(owners.into_iter().map(|(id, name)| Choice::new(id, name)))
            .collect(),
        may_change: granted(&me, "").is_ok(),
        at: me.paths().clauses(),
        new: me.paths().new_clause(),
        file: if query.is_empty() { file } else { format!("{file}?{query}") },
        filtered: !query.is_empty(),
        shared: if me.staff().has(Role::Admin) { me.paths().shared() } else { String::new() },
        form: Form::filled([("show", asked.show), ("owner", asked.owner)]),
    })
}

fn shown_row(me: &As<StaffOnly>, row: ClauseRow) -> Row {
    Row {
        href: me.paths().clause(row.head.id),
        alert: alert(&row, me.today()),
        owner: if row.head.owner.is_empty() { "Nobody yet".to_owned() } else { row.head.owner },
        placed: when_in_words(&row.head.entry.when),
        review: row.head.entry.review_on.map_or_else(|| "–".to_owned(), long_date),
        used: row.profiles.to_string(),
        name: row.head.entry.name,
    }
}

/// The one thing that its keeper has to know first.
pub fn alert(row: &ClauseRow, today: Date) -> String {
    match (row.expires_on, row.head.entry.review_on) {
        _ if row.head.retired => "Taken out".to_owned(),
        _ if row.proposed => "New text waits for approval".to_owned(),
        _ if row.edition.is_none() => "No text holds today".to_owned(),
        (Some(last), _) if last < today => format!("Expired on {}", long_date(last)),
        (Some(last), _) if last <= today + SOON => format!("Ends on {}", long_date(last)),
        (_, Some(day)) if day < today => "Review overdue".to_owned(),
        (_, Some(day)) if day <= today + SOON => format!("Review by {}", long_date(day)),
        (_, _) => String::new(),
    }
}
