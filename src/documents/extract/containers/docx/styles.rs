//! Styles: what a paragraph or run inherits through its chain of `basedOn`.

use super::super::super::limits;
use super::super::xml::Element;
use super::{is_on, switch};
use std::collections::HashMap;

/// The styles of a document, by their ids.
#[derive(Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
    bold: bool,
}

/// What one style says itself; none where it leaves it to the style it is based on.
#[derive(Default)]
struct Style {
    based_on: Option<String>,
    name: String,
    outline: Option<u8>,
    bold: Option<bool>,
    hidden: Option<bool>,
    list: Option<String>,
    list_level: Option<usize>,
}

/// What a style and its ancestors say together.
#[derive(Default)]
pub struct Look {
    /// 1 to 9 for a heading.
    pub heading: Option<u8>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    /// The id of a numbering, and the style that names it.
    pub list: Option<String>,
    pub list_style: Option<String>,
    pub list_level: Option<usize>,
}

impl Styles {
    /// Reads the root of the styles part.
    pub fn parse(root: &Element) -> Self {
        let mut styles = Self::default();
        let defaults = root.find("rPrDefault").and_then(|defaults| defaults.child("rPr"));
        styles.bold = switch(defaults, "b").unwrap_or(false);
        for style in root.elements().filter(|element| element.name() == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let is_default = matches!(style.attribute("default"), Some("1" | "true" | "on"));
            if is_default && style.attribute("type") == Some("paragraph") {
                styles.default_paragraph = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), Style::parse(style));
        }
        styles
    }

    /// What a paragraph of this style looks like; of the default style where it names none.
    pub fn paragraph(&self, id: Option<&str>) -> Look {
        let mut look = self.look(id.or(self.default_paragraph.as_deref()));
        look.bold = look.bold.or(Some(self.bold));
        look
    }

    /// What a run of this style looks like.
    pub fn run(&self, id: Option<&str>) -> Look {
        self.look(id)
    }

    /// The numbering that a list style names.
    pub fn list(&self, id: &str) -> Option<&str> {
        self.by_id.get(id)?.list.as_deref()
    }

    fn look(&self, id: Option<&str>) -> Look {
        let mut look = Look::default();
        let mut next = id;
        // the bound ends chains that run in a circle
        for _ in 0..limits::STYLE_CHAIN {
            let Some((id, style)) = next.and_then(|id| Some((id, self.by_id.get(id)?))) else { break };
            look.heading = look.heading.or(style.heading());
            look.bold = look.bold.or(style.bold);
            look.hidden = look.hidden.or(style.hidden);
            if look.list.is_none() && style.list.is_some() {
                look.list.clone_from(&style.list);
                look.list_style = Some(id.to_owned());
            }
            look.list_level = look.list_level.or(style.list_level);
            next = style.based_on.as_deref();
        }
        // the outline's level 10 is body text
        look.heading = look.heading.filter(|level| (1..=9).contains(level));
        look
    }
}

impl Style {
    fn parse(style: &Element) -> Self {
        let paragraph = style.child("pPr");
        let run = style.child("rPr");
        let list = paragraph.and_then(|properties| properties.child("numPr"));
        Self {
            based_on: style.child_attribute("basedOn", "val").map(str::to_owned),
            name: style.child_attribute("name", "val").unwrap_or_default().to_lowercase(),
            outline: outline(paragraph),
            bold: switch(run, "b"),
            hidden: run.and_then(|run| run.child("vanish")).map(is_on),
            list: list.and_then(|list| list.child_attribute("numId", "val")).map(str::to_owned),
            list_level: list.and_then(|list| list.child_attribute("ilvl", "val")).and_then(|level| level.parse().ok()),
        }
    }

    fn heading(&self) -> Option<u8> {
        let named = match self.name.as_str() {
            "title" => Some(1),
            "subtitle" => Some(2),
            name => name.strip_prefix("heading ").and_then(|level| level.parse().ok()),
        };
        self.outline.or(named)
    }
}

/// The outline level among paragraph properties, counted from 1; 10 is body text.
pub fn outline(properties: Option<&Element>) -> Option<u8> {
    let level: u8 = properties?.child_attribute("outlineLvl", "val")?.parse().ok()?;
    level.checked_add(1)
}
