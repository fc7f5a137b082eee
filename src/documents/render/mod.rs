//! A version on its way out: content to one neutral sheet, the sheet to HTML, PDF, Word and text. Nothing here reads the
//! database.

mod advert;
mod calendar;
pub mod docx;
mod for_applicants;
mod given;
mod html;
mod job_posting;
pub mod json;
mod paper;
pub mod pdf;
mod plain;
pub mod printer;
pub mod sheet;

pub use advert::{AdvertFact, AdvertPaper, Apply, Block, Contact, advert, blocks};
pub use calendar::{Entry, calendar};
pub use for_applicants::Essential;
pub use html::{Beside, Html};
pub use job_posting::{About, job_posting, within_page};
pub use paper::{Audience, lines, numbers};
pub use plain::text;

#[cfg(test)]
mod tests;
