//! Tests of the containers, on documents of our own wording that are made in memory.

mod child;
mod fields;
mod hostile;
mod lists;
mod look;
mod markdown;
mod marks;
mod mutation;
mod plain_text;
mod result_format;
mod stories;
mod support;
mod tables;
mod types;
