//! What leaves the house, tried on a version with every kind of section and on versions made at random.

mod given;
mod html;
mod libreoffice;
mod made;
mod order;
mod pdf;
mod python_docx;
mod reworked;
mod round_trip;
pub mod sample;
mod structure;
mod whole;
mod word;
