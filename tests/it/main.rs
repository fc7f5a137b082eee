//! Stories through the whole portal: the real router, a real Postgres, a clock that stands until a story moves it.
//!
//! Run with `scripts/with-postgres.sh cargo test --test it`, or with `DATABASE_URL` naming a server on which databases
//! may be made.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a story may stop on what can't happen")]

mod support;

mod access;
mod accounts;
mod adverts;
mod architecture;
mod at_once;
mod backup;
mod brand;
mod clauses;
mod clicks;
mod command_line;
mod comparing;
mod crawl;
mod crawl_staff;
mod dates_of_issue;
mod demo;
mod duty_work;
mod editing;
mod editing_acts;
mod editing_bad_input;
mod editing_gaps;
mod editing_here;
mod editing_history;
mod editing_keys;
mod editing_late;
mod editing_paste;
mod editing_together;
mod employers;
mod errors;
mod glossary;
mod harness;
mod imports;
mod issuing;
mod jobs;
mod known_edits;
mod library;
mod life_line;
mod mail;
mod mail_many;
mod mail_times;
mod my_work;
mod on_leave;
mod paper;
mod pay;
mod people_admin;
mod plans;
mod private_postgres;
mod remarks;
mod reviewing;
mod said_of_itself;
mod schema;
mod search;
mod serving;
mod session_end;
mod signing_in;
mod site_data;
mod statements;
mod structure;
mod templates;
mod two_servers;
mod units_and_audit;
mod ways;
mod weight;
mod workflow;
