//! The table of routes. `Routes` is the only caller of axum's `Router::route`, and takes gated handlers alone.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{get, post};

use super::gate::{As, Gate};
use crate::app::App;

/// The argument list of a handler that begins with a gate. Implemented for axum's own argument tuples; a handler
/// without a gate has no implementation, and so no route.
pub trait Gated {
    const GATE: &'static str;
}

macro_rules! gated {
    ($($argument:ident),*) => {
        impl<M, G: Gate, $($argument),*> Gated for (M, As<G>, $($argument),*) {
            const GATE: &'static str = G::NAME;
        }
    };
}

gated!();
gated!(A);
gated!(A, B);
gated!(A, B, C);

/// A row of the table, for the access test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub gate: &'static str,
}

#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    rows: Vec<Row>,
}

#[allow(clippy::disallowed_methods, reason = "this is the one place that adds routes")]
impl Routes {
    /// A page: looks, never changes anything.
    pub fn page<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Gated + 'static,
    {
        self.rows.push(Row { method: "GET", path, gate: T::GATE });
        self.router = self.router.route(path, get(handler));
        self
    }

    /// An act: a posted form.
    pub fn action<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Gated + 'static,
    {
        self.rows.push(Row { method: "POST", path, gate: T::GATE });
        self.router = self.router.route(path, post(handler));
        self
    }

    /// An act that takes a file of up to `most` bytes.
    pub fn upload<H, T>(mut self, path: &'static str, handler: H, most: usize) -> Self
    where
        H: Handler<T, App>,
        T: Gated + 'static,
    {
        self.rows.push(Row { method: "POST", path, gate: T::GATE });
        self.router = self.router.route(path, post(handler).layer(axum::extract::DefaultBodyLimit::max(most)));
        self
    }

    /// Adds the rows of one area.
    pub fn area(self, add: impl FnOnce(Routes) -> Routes) -> Self {
        add(self)
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn into_router(self) -> Router<App> {
        self.router
    }
}

/// The whole table, an area a line; each area lists its own rows.
pub fn routes() -> Routes {
    Routes::default()
        .area(super::public::routes)
        .area(super::account::routes)
        .area(super::author::routes)
        .area(super::manager::routes)
        .area(super::review::routes)
        .area(super::guest::routes)
        .area(super::remarks::routes)
        .area(super::admin::routes)
        .area(super::demonstration::routes)
}
