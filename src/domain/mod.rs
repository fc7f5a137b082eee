//! What a job profile is and may become: pure Rust over plain values.
//!
//! No I/O, no clock, no framework: time and people come in as arguments, decisions go out as values.

pub mod advert;
pub mod alike;
pub mod away;
pub mod brand;
pub mod checks;
pub mod clause;
pub mod content;
pub mod details;
pub mod diff;
pub mod form_key;
pub mod given;
pub mod glossary;
pub mod ids;
pub mod impact;
pub mod inline;
pub mod likeness;
pub mod london;
pub mod mail_times;
pub mod matching;
pub mod merge;
pub mod organisation;
pub mod pace;
pub mod pay;
pub mod places;
pub mod rearrange;
pub mod remark;
pub mod reminders;
pub mod route;
pub mod shape;
pub mod sharing;
pub mod suggestion;
pub mod template;
pub mod terms;
pub mod text;
pub mod version;
pub mod worded;
pub mod work;
pub mod working_days;
