//! OpenDocument texts (.odt): the package's two parts in, blocks in reading order out.
//!
//! `styles` resolves what a paragraph looks like, `lists` counts, `story` walks blocks, `inline` what is inside a
//! paragraph, `tables` tables, `marks` tracked changes and comments. An element that is not known is walked through.

mod inline;
mod lists;
mod marks;
mod rejected;
mod story;
mod styles;
mod tables;

use super::super::blocks::{Document, Place};
use super::super::refusal::Refusal;
use super::Changes;
use super::archive::Archive;
use super::xml::{self, Element};
use lists::Lists;
use marks::Marks;
use std::collections::HashSet;
use story::Story;
use styles::Styles;

/// Reads heads, body with its notes, and feet, in this order.
pub fn read(bytes: &[u8], changes: Changes) -> Result<Document, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if is_encrypted(&mut archive)? {
        return Err(Refusal::PasswordProtected);
    }
    let mut content = xml::parse(&archive.read("content.xml")?)?;
    if changes == Changes::Rejected
        && let Some(text) = content.child_mut("body").and_then(|body| body.child_mut("text"))
    {
        rejected::reject(text);
    }
    let common = if archive.has("styles.xml") { Some(xml::parse(&archive.read("styles.xml")?)?) } else { None };
    let body = content.child("body").and_then(|body| body.child("text"));
    let body = body.ok_or(Refusal::Damaged("its content has no text body"))?;
    let roots: Vec<&Element> = common.iter().chain([&content]).collect();
    let edges = common.as_ref().map(|common| pages(common, &content)).unwrap_or_default();
    let mut story = Story::new(Styles::parse(&roots), Lists::parse(&roots), Marks::parse(body));
    for edge in edges.iter().filter(|edge| edge.name().starts_with("header")) {
        story.part(edge, Place::Header)?;
    }
    story.part(body, Place::Body)?;
    story.notes()?;
    for edge in edges.iter().filter(|edge| edge.name().starts_with("footer")) {
        story.part(edge, Place::Footer)?;
    }
    story.finish()
}

/// The manifest names the encryption of each part.
fn is_encrypted(archive: &mut Archive<'_>) -> Result<bool, Refusal> {
    if !archive.has("META-INF/manifest.xml") {
        return Ok(false);
    }
    let manifest = archive.read("META-INF/manifest.xml")?;
    Ok(manifest.windows(15).any(|window| window == b"encryption-data"))
}

/// The heads and feet of the page layouts that the text uses.
fn pages<'e>(common: &'e Element, content: &Element) -> Vec<&'e Element> {
    let masters: Vec<&Element> = common.child("master-styles").into_iter().flat_map(Element::elements).collect();
    let mut wanted: HashSet<String> = HashSet::from(["Standard".to_owned()]);
    for root in [common, content] {
        let styles = ["styles", "automatic-styles"].into_iter().filter_map(|name| root.child(name));
        let named = styles.flat_map(Element::elements).filter_map(|style| style.attribute("master-page-name"));
        wanted.extend(named.filter(|name| !name.is_empty()).map(str::to_owned));
    }
    // a first page names the one that follows it; two rounds are as far as real chains go
    for _ in 0..2 {
        let named = masters.iter().filter(|master| master.attribute("name").is_some_and(|name| wanted.contains(name)));
        let next: Vec<String> =
            named.filter_map(|master| master.attribute("next-style-name")).map(str::to_owned).collect();
        wanted.extend(next);
    }
    let used = masters.into_iter().filter(|master| master.attribute("name").is_some_and(|name| wanted.contains(name)));
    used.flat_map(Element::elements).filter(|edge| edge.attribute("display") != Some("false")).collect()
}
