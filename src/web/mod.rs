//! The web: routes, gates, forms and pages. One folder an area, one file a user action.
//!
//! A handler tells one short story: parse, load, decide, act, respond. No SQL, no rules.

pub mod account;
pub mod admin;
pub mod assets;
pub mod author;
pub mod demonstration;
pub mod file;
mod form;
pub mod gate;
mod guest;
pub mod json;
pub mod kept;
pub mod manager;
mod other_side;
pub mod page;
pub mod paths;
pub mod protect;
pub mod public;
pub mod remarks;
pub mod review;
pub mod routes;
mod seen;
pub mod session;
pub mod signed_out;
pub mod spreadsheet;
mod squeeze;
pub mod upload;
