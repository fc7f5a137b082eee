//! A version on its way out: content to one neutral paper, paper to HTML. Nothing here reads the database.

mod advert;
mod paper;

pub use advert::{AdvertFact, AdvertPaper, Apply, Block, Contact, advert, blocks};
pub use paper::{
    Audience, Category, Clause, Criterion, Demand, Duty, Factor, Group, Paper, Part, PartBody, Row, lines, paper,
};
