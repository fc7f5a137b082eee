//! The paragraphs of the main text with the names of their styles, for reading our own files back. What a paragraph
//! says is gathered exactly as everywhere else.

use std::collections::HashMap;

use super::super::super::blocks::{Marker, Place};
use super::super::super::refusal::Refusal;
use super::super::Changes;
use super::super::line::{Dress, Line};
use super::super::xml::Element;
use super::package::Package;
use super::paragraph::runs_on;
use super::story::Story;

/// One paragraph, wherever it stands in the main text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyledLine {
    /// The style's name as the file gives it; empty where the paragraph names none.
    pub style: String,
    /// 1 to 9 for a heading.
    pub heading: Option<u8>,
    /// As Word counts it.
    pub counted: Option<String>,
    /// Typed before the text, in a character style of its own.
    pub typed: Option<String>,
    pub text: String,
    /// What was put in to explain short forms, in a character style of its own: no part of the text.
    pub explained: String,
    /// The paragraph itself was deleted by a tracked change.
    pub removed: bool,
}

/// The names of our character styles.
#[derive(Debug, Clone, Copy)]
pub struct CharacterStyles<'a> {
    pub number: &'a str,
    pub explanation: &'a str,
}

/// All paragraphs in reading order, if any style's name begins with `prefix` (in lower case). `own` names
/// our character styles.
pub fn read(
    bytes: &[u8],
    changes: Changes,
    prefix: &str,
    own: CharacterStyles<'_>,
) -> Result<Option<Vec<StyledLine>>, Refusal> {
    let mut package = Package::open(bytes, changes)?;
    let names = package.related("styles")?.map(|(_, root)| names(&root)).unwrap_or_default();
    if !names.values().any(|name| name.to_lowercase().starts_with(prefix)) {
        return Ok(None);
    }
    let document = package.main()?;
    let body = document.child("body").ok_or(Refusal::Damaged("its main part has no text body"))?;
    let mut story = Story::open(&mut package)?;
    story.place = Place::Body;
    let mut lines = Vec::new();
    walk(&mut story, body, &names, own, &mut lines)?;
    Ok(Some(lines))
}

fn names(root: &Element) -> HashMap<String, String> {
    root.elements()
        .filter(|element| element.name() == "style")
        .filter_map(|style| {
            Some((style.attribute("styleId")?.to_owned(), style.child_attribute("name", "val")?.to_owned()))
        })
        .collect()
}

fn walk(
    story: &mut Story<'_, '_>,
    parent: &Element,
    names: &HashMap<String, String>,
    own: CharacterStyles<'_>,
    out: &mut Vec<StyledLine>,
) -> Result<(), Refusal> {
    for child in parent.elements() {
        match child.name() {
            "p" => out.push(paragraph(story, child, names, own)?),
            "sectPr" | "sdtPr" | "sdtEndPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" => {}
            _ => walk(story, child, names, own, out)?,
        }
    }
    Ok(())
}

fn paragraph(
    story: &mut Story<'_, '_>,
    element: &Element,
    names: &HashMap<String, String>,
    own: CharacterStyles<'_>,
) -> Result<StyledLine, Refusal> {
    let properties = element.child("pPr");
    let style = properties.and_then(|own| own.child_attribute("pStyle", "val"));
    let look = story.styles.paragraph(style).clone();
    let counted = story.list_marker(&look, properties).and_then(|(marker, _)| match marker {
        Marker::Number(number) => Some(number),
        Marker::Bullet(_) => None,
    });
    let (mut typed, mut line, mut explained) = (Line::default(), Line::default(), Line::default());
    for child in element.elements() {
        let style = if child.name() == "r" { names_style(child, names) } else { None };
        let is = |name: &str| style.is_some_and(|style| style.eq_ignore_ascii_case(name));
        let into = match (is(own.number), is(own.explanation)) {
            (true, _) => &mut typed,
            (false, true) => &mut explained,
            (false, false) => &mut line,
        };
        story.one(child, into, Dress::default())?;
    }
    Ok(StyledLine {
        style: style.and_then(|id| names.get(id)).cloned().unwrap_or_default(),
        heading: look.heading,
        counted,
        typed: Some(typed.text.trim().to_owned()).filter(|typed| !typed.is_empty()),
        text: line.text.trim().to_owned(),
        explained: explained.text.trim().to_owned(),
        removed: runs_on(properties),
    })
}

fn names_style<'n>(run: &Element, names: &'n HashMap<String, String>) -> Option<&'n str> {
    names.get(run.child("rPr")?.child_attribute("rStyle", "val")?).map(String::as_str)
}
