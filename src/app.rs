//! The state that every request shares, and the router that `main` and the tests both call.

use std::sync::Arc;

use axum::Router;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Database;
use crate::documents::extract::child::Children;
use crate::pages::Pages;
use crate::views::Views;
use crate::web::assets::Assets;
use crate::web::{protect, routes};

#[derive(Clone)]
pub struct App {
    pub database: Database,
    pub clock: Clock,
    pub config: Arc<Config>,
    pub assets: Arc<Assets>,
    /// Reads documents in child processes, which are this same program; all requests share its turns.
    pub extractor: Children,
    /// How often adverts were looked at, until a job writes it down.
    pub views: Views,
    /// Finished pages of adverts.
    pub pages: Pages,
}

impl App {
    /// Everything that answers requests, with its protection around it.
    pub fn router(self) -> Router {
        protect::around(routes::routes().into_router(), &self).with_state(self)
    }
}
