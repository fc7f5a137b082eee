//! Styles: what a paragraph or run inherits through its chain of `basedOn`.

use super::super::super::limits;
use super::super::xml::Element;
use super::numbering_part::LEVELS;
use super::{is_on, switch};
use std::collections::HashMap;

/// The styles of a document, by their ids, each resolved.
#[derive(Default)]
pub struct Styles {
    looks: HashMap<String, Look>,
    default_paragraph: Option<String>,
    /// What text looks like that no style says anything of.
    plain: Look,
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
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// 1 to 9 for a heading.
    pub heading: Option<u8>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    /// The id of a numbering, and the style that names it.
    pub list: Option<String>,
    pub list_style: Option<String>,
    pub list_level: Option<usize>,
    /// How far in Word's own list styles stand: 1 for "List Bullet 2".
    pub list_depth: usize,
}

impl Styles {
    /// Reads the root of the styles part.
    pub fn parse(root: &Element) -> Self {
        let mut styles = Self::default();
        let defaults = root.find("rPrDefault").and_then(|defaults| defaults.child("rPr"));
        styles.plain.bold = switch(defaults, "b");
        let mut own = HashMap::new();
        for style in root.elements().filter(|element| element.name() == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let is_default = matches!(style.attribute("default"), Some("1" | "true" | "on"));
            if is_default && style.attribute("type") == Some("paragraph") {
                styles.default_paragraph = Some(id.to_owned());
            }
            own.insert(id, Style::parse(style));
        }
        styles.looks = own.keys().map(|id| ((*id).to_owned(), look(id, &own))).collect();
        styles
    }

    /// What a paragraph of this style looks like; of the default style where it names none.
    pub fn paragraph(&self, id: Option<&str>) -> &Look {
        let id = id.or(self.default_paragraph.as_deref());
        id.and_then(|id| self.looks.get(id)).unwrap_or(&self.plain)
    }

    /// What a run of this style looks like, if the style is known.
    pub fn run(&self, id: &str) -> Option<&Look> {
        self.looks.get(id)
    }

    /// Whether text is bold where no style says.
    pub fn bold(&self) -> bool {
        self.plain.bold == Some(true)
    }

    /// The numbering that a list style names.
    pub fn list(&self, id: &str) -> Option<&str> {
        self.looks.get(id)?.list.as_deref()
    }
}

/// Follows a style's chain.
fn look(id: &str, own: &HashMap<&str, Style>) -> Look {
    let mut look = Look::default();
    let mut next = Some(id);
    // the bound ends chains that run in a circle
    for _ in 0..limits::STYLE_CHAIN {
        let Some((id, style)) = next.and_then(|id| own.get_key_value(id)) else { break };
        look.heading = look.heading.or(style.heading());
        look.bold = look.bold.or(style.bold);
        look.hidden = look.hidden.or(style.hidden);
        if look.list.is_none() && style.list.is_some() {
            look.list.clone_from(&style.list);
            look.list_style = Some((*id).to_owned());
        }
        look.list_level = look.list_level.or(style.list_level);
        look.list_depth = look.list_depth.max(style.list_depth().unwrap_or(0));
        next = style.based_on.as_deref();
    }
    // the outline's level 10 is body text
    look.heading = look.heading.filter(|level| (1..=9).contains(level));
    look
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

    fn list_depth(&self) -> Option<usize> {
        let rest = self.name.strip_prefix("list bullet ").or_else(|| self.name.strip_prefix("list number "))?;
        rest.parse::<usize>().ok()?.checked_sub(1).filter(|depth| *depth < LEVELS)
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
