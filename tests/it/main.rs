//! Stories through the whole portal: the real router, a real Postgres, a clock that stands until a story moves it.
//!
//! Run with `scripts/with-postgres.sh cargo test --test it`, or with `DATABASE_URL` naming a server on which databases
//! may be made.

mod support;

mod adverts;
mod errors;
mod harness;
mod jobs;
mod signing_in;
