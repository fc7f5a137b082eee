//! Word documents (.docx): the package's parts in, blocks in reading order out.
//!
//! `package` finds parts, `styles` and `numbering` resolve what a paragraph looks like, `story` walks blocks,
//! `paragraph` makes one, `runs` walks what is inside it, and `tables`, `drawings`, `fields`, `tracked`, `comments`
//! and `notes` each take one construct. An element that is not known is walked through: its words are kept.

mod comments;
mod drawings;
mod fields;
mod notes;
mod numbering;
mod numbering_part;
mod package;
mod paragraph;
mod rejected;
mod runs;
mod story;
pub mod styled;
mod styles;
mod tables;
mod tracked;

use super::super::blocks::{Document, Place};
use super::super::refusal::Refusal;
use super::Changes;
use super::xml::Element;
use package::Package;
use story::Story;

/// Reads headers, body, notes and footers, in this order.
pub fn read(bytes: &[u8], changes: Changes) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes, changes)?;
    let document = package.main()?;
    let body = document.child("body").ok_or(Refusal::Damaged("its main part has no text body"))?;
    let edges = notes::Edges::of(body);
    let mut story = Story::open(&mut package)?;
    story.edges(&edges.headers, Place::Header)?;
    story.body(body)?;
    story.notes()?;
    story.edges(&edges.footers, Place::Footer)?;
    story.finish()
}

/// Whether a switch such as `w:b` is on: present, and not said to be off.
fn is_on(element: &Element) -> bool {
    !matches!(element.attribute("val"), Some("0" | "false" | "off"))
}

/// A switch among an element's children: none where it is not mentioned.
fn switch(properties: Option<&Element>, name: &str) -> Option<bool> {
    properties?.child(name).map(is_on)
}
