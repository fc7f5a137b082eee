//! What `make bench` runs: each budget that the portal keeps, measured on the release build, one row each.
//!
//! Prints one table, and writes the same as `bench.json` into the target folder. Postgres and the program share the
//! machine's cores, as they do on a small server. Ends with an error where a budget is not kept.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop on what can't happen")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the time")]

mod comparing;
mod document;
mod editing;
#[path = "../src/documents/extract/tests/pieces.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod pieces;
mod printing;
mod reading;
mod rolling;
mod row;
mod site;
#[path = "../tests/it/support/mod.rs"]
mod support;
#[path = "../src/documents/extract/tests/word.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod word;

use row::Row;

fn main() -> std::process::ExitCode {
    // Cargo hands on its own flags beside the name that is wanted.
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--") && !word.is_empty()).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut rows: Vec<Row> = Vec::new();
    if is_wanted("diff") {
        rows.push(comparing::diff());
    }
    if is_wanted("editor page") || is_wanted("compare page") || is_wanted("decision page") {
        rows.extend(runtime.block_on(editing::pages()).into_iter().filter(|row| is_wanted(&row.name)));
    }
    if is_wanted("statements") {
        rows.extend(runtime.block_on(editing::statements()));
    }
    if is_wanted("read a five-page Word file") || is_wanted("memory, 1,000 Word files") {
        rows.extend(reading::alone());
    }
    if is_wanted("rolebook extract, a file") {
        rows.extend(reading::beside_pandoc());
    }
    if is_wanted("PDF") || is_wanted("Word file") {
        rows.extend(printing::files().into_iter().filter(|row| is_wanted(&row.name)));
    }
    if is_wanted("memory after") {
        rows.push(printing::memory());
    }
    if is_wanted("at once") {
        rows.extend(runtime.block_on(printing::at_once()));
    }
    if is_wanted("pay award over") {
        rows.extend(runtime.block_on(rolling::award()));
    }
    if is_wanted("clause in 1,000 profiles") {
        rows.extend(runtime.block_on(rolling::clause()));
    }
    if is_wanted("template of 3,000 drafts") {
        rows.extend(runtime.block_on(rolling::template()));
    }
    if site::NAMES.iter().any(|name| is_wanted(name)) {
        rows.extend(runtime.block_on(site::rows(is_wanted)));
    }
    row::print(&rows);
    row::write(&rows);
    match rows.iter().all(Row::holds) {
        true => std::process::ExitCode::SUCCESS,
        false => std::process::ExitCode::FAILURE,
    }
}
