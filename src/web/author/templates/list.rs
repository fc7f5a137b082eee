//! The list of templates.

use askama::Template;
use axum::response::Response;

use super::granted;
use crate::db::TemplateRow;
use crate::domain::text::count;
use crate::error::AppError;
use crate::policy::Role;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page as shown};

struct Row {
    href: String,
    name: String,
    state: &'static str,
    sections: String,
    profiles: i64,
    is_default: bool,
}

#[derive(Template)]
#[template(path = "author/templates/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    may_change: bool,
    has_default: bool,
    new: String,
    /// What others share, for administrators; empty for others.
    shared: String,
}

pub async fn page(me: As<StaffOnly>) -> Result<Response, AppError> {
    let rows = me.begin().await?.templates(&me.scope()).await?;
    shown(&ListPage {
        frame: me.frame("Templates").crumb("Profiles", me.paths().profiles()),
        has_default: rows.iter().any(|row| row.head.is_default),
        rows: rows.into_iter().map(|row| one(&me, row)).collect(),
        may_change: granted(&me, "").is_ok(),
        new: me.paths().templates_at("new"),
        shared: if me.staff().has(Role::Admin) { me.paths().shared() } else { String::new() },
    })
}

fn one(me: &As<StaffOnly>, row: TemplateRow) -> Row {
    let state = match (row.head.retired, row.binding, row.is_changing) {
        (true, _, _) => "Out of use",
        (false, None, _) => "Being written, not in use yet",
        (false, Some(_), true) => "In use, and a change is being written",
        (false, Some(_), false) => "In use",
    };
    Row {
        href: me.paths().template(row.head.id),
        name: row.head.name,
        state,
        sections: count(usize::try_from(row.sections).unwrap_or(0), "section", "sections"),
        profiles: row.profiles,
        is_default: row.head.is_default,
    }
}
