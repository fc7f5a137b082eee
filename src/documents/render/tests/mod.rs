//! What leaves the house, tried on a version with every kind of section and on versions made at random.

mod made;
mod pdf;
mod round_trip;
pub mod sample;
