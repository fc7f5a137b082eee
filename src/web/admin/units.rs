//! The tree of units with their managers.

use askama::Template;
use axum::response::Response;

use super::unit_choices::in_tree_order;
use crate::error::AppError;
use crate::web::gate::{Admins, As};
use crate::web::page::Frame;

#[derive(Template)]
#[template(path = "admin/units.html")]
struct UnitsPage {
    frame: Frame,
    rows: Vec<Row>,
    new: String,
}

/// A unit, and how the nested lists open before it and close after it.
struct Row {
    href: String,
    name: String,
    manager: String,
    opens: bool,
    /// Items below it follow.
    stays_open: bool,
    /// One entry for each list that ends after it.
    closes: Vec<()>,
}

pub async fn page(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.all_units(&me.scope()).await?;
    let ordered = in_tree_order(&units);
    let depth_after = |index: usize| ordered.get(index + 1).map_or(0, |(depth, _)| *depth);
    let rows = ordered.iter().enumerate().map(|(index, (depth, unit))| Row {
        href: me.paths().unit(unit.id),
        name: unit.name.clone(),
        manager: unit.manager.as_ref().map_or_else(|| "nobody yet".to_owned(), |(_, name)| name.clone()),
        opens: index > 0 && *depth > ordered[index - 1].0,
        stays_open: depth_after(index) > *depth,
        closes: vec![(); depth.saturating_sub(depth_after(index))],
    });
    crate::web::page::page(&UnitsPage {
        frame: me.frame("Units").crumb("Settings", me.paths().settings()),
        rows: rows.collect(),
        new: me.paths().new_unit(),
    })
}
