//! Styles: what a paragraph or span inherits through its chain of parents.

use super::super::super::limits;
use super::super::xml::Element;
use std::collections::HashMap;

/// The named and automatic styles of both parts, by family and name.
#[derive(Default)]
pub struct Styles {
    own: HashMap<(String, String), Style>,
}

/// What one style says itself.
#[derive(Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    hidden: Option<bool>,
    list: Option<String>,
    outline: Option<u8>,
    font: Option<String>,
}

/// What a style and its ancestors say together.
#[derive(Debug, Clone, Default)]
pub struct Look {
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    pub list: Option<String>,
    pub heading: Option<u8>,
    pub font: Option<String>,
}

impl Styles {
    /// Reads the styles of these parts; later ones win.
    pub fn parse(roots: &[&Element]) -> Self {
        let mut styles = Self::default();
        for root in roots {
            let groups = ["styles", "automatic-styles"].into_iter().filter_map(|name| root.child(name));
            for style in groups.flat_map(Element::elements) {
                let family = style.attribute("family").unwrap_or_default().to_owned();
                let name = match (style.name(), style.attribute("name")) {
                    ("style", Some(name)) => name.to_owned(),
                    ("default-style", _) => String::new(),
                    _ => continue,
                };
                styles.own.insert((family, name), Style::parse(style));
            }
        }
        styles
    }

    /// The look of a paragraph or text style; of the family's default where no name is given.
    pub fn look(&self, family: &str, name: Option<&str>) -> Look {
        let mut look = Look::default();
        let mut next = name.map(str::to_owned);
        // the bound ends chains that run in a circle
        for _ in 0..limits::STYLE_CHAIN {
            let Some(name) = next else { break };
            let heading = if family == "paragraph" { named_heading(&name) } else { None };
            let Some(style) = self.own.get(&(family.to_owned(), name)) else {
                look.heading = look.heading.or(heading);
                break;
            };
            look.add(style);
            look.heading = look.heading.or(heading);
            next = style.parent.clone();
        }
        if let Some(style) = self.own.get(&(family.to_owned(), String::new())) {
            look.add(style);
        }
        look
    }

    /// The look of a span: what its own styles say, nothing where they leave it to the text around it.
    pub fn look_of_span(&self, span: &Element) -> Look {
        let mut look = Look::default();
        let mut next = span.attribute("style-name").map(str::to_owned);
        for _ in 0..limits::STYLE_CHAIN {
            let Some(style) = next.and_then(|name| self.own.get(&("text".to_owned(), name))) else { break };
            look.add(style);
            next = style.parent.clone();
        }
        look
    }
}

impl Look {
    fn add(&mut self, style: &Style) {
        self.bold = self.bold.or(style.bold);
        self.hidden = self.hidden.or(style.hidden);
        self.heading = self.heading.or(style.outline);
        if self.list.is_none() {
            self.list.clone_from(&style.list);
        }
        if self.font.is_none() {
            self.font.clone_from(&style.font);
        }
    }
}

impl Style {
    fn parse(style: &Element) -> Self {
        let text = style.child("text-properties");
        let says = |name: &str| text.and_then(|text| text.attribute(name));
        Self {
            parent: style.attribute("parent-style-name").map(str::to_owned),
            bold: says("font-weight").map(|weight| weight == "bold" || weight.parse::<u32>().is_ok_and(|w| w >= 600)),
            hidden: says("display").map(|display| display == "none"),
            list: style.attribute("list-style-name").map(str::to_owned),
            outline: style.attribute("default-outline-level").and_then(|level| level.parse().ok()),
            font: says("font-name").or_else(|| says("font-family")).map(str::to_owned),
        }
    }
}

/// Titles are headings by their names alone; numbered headings say their level where they stand.
fn named_heading(name: &str) -> Option<u8> {
    match name {
        "Title" => Some(1),
        "Subtitle" => Some(2),
        _ => None,
    }
}
