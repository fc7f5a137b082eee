//! Tests of the containers, on documents of our own wording that are made in memory.

mod changes;
mod child;
mod every_container;
mod fields;
mod hostile;
mod hostile_times;
mod html;
mod large;
mod lists;
mod look;
mod markdown;
mod marks;
mod mutation;
mod odt;
mod pdf;
mod pdfs;
mod pieces;
mod plain_text;
mod result_format;
mod rtf;
mod stories;
mod support;
mod tables;
mod types;
mod word;
