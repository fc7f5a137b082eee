//! Lists: markers as a browser prints them, and those that Word types into the pages that it saves.

use super::super::super::blocks::Marker;
use super::super::super::refusal::Refusal;
use super::super::number_format;
use super::super::shape::printed_marker;
use super::inline::Dress;
use super::walk::Walk;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// A list that is open.
pub struct List {
    /// How it numbers; none for bullets.
    format: Option<&'static str>,
    next: u32,
}

impl Walk {
    pub fn list(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        self.end_line()?;
        let format = (element.name() == "ol").then(|| match element.attr("type") {
            Some("a") => "lowerLetter",
            Some("A") => "upperLetter",
            Some("i") => "lowerRoman",
            Some("I") => "upperRoman",
            Some(_) | None => "decimal",
        });
        let start = element.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        self.lists.push(List { format, next: start });
        // a list as the first thing of an item prints the item's own marker on no line
        self.marker = None;
        let walked = self.children(node, dress, depth);
        let ended = self.end_line();
        self.lists.pop();
        walked.and(ended)
    }

    pub fn list_item(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        self.end_line()?;
        let level = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(8).min(8);
        let value = element.attr("value").and_then(|value| value.parse().ok());
        let marker = match self.lists.last_mut() {
            Some(List { format: Some(format), next }) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(1);
                Marker::Number(format!("{}.", number_format::format(number, format)))
            }
            Some(List { format: None, .. }) | None => Marker::Bullet("•".to_owned()),
        };
        self.marker = Some((marker, level));
        let walked = self.children(node, dress, depth);
        let ended = self.end_line();
        self.marker = None;
        walked.and(ended)
    }
}

/// Word puts the marker of a list that it can't write as one into a span of its own.
pub fn is_typed_marker(element: &Element) -> bool {
    word_style(element).is_some_and(|style| style.starts_with("ignore"))
}

/// The depth of such a paragraph in its list, from 0.
pub fn typed_level(element: &Element) -> u8 {
    let style = word_style(element).unwrap_or_default();
    let level = style.split("level").nth(1).and_then(|rest| rest.split(' ').next());
    level.and_then(|level| level.parse::<u8>().ok()).and_then(|level| level.checked_sub(1)).unwrap_or(0).min(8)
}

fn word_style(element: &Element) -> Option<String> {
    let style = element.attr("style")?.to_ascii_lowercase();
    let rest = style.split("mso-list:").nth(1)?;
    rest.split(';').next().map(|value| value.trim().to_owned())
}

/// The marker in such a span; letters of picture fonts are bullets.
pub fn typed_marker(text: &str) -> Option<Marker> {
    match text.trim() {
        "·" | "§" | "Ø" | "v" | "ü" => Some(Marker::Bullet("•".to_owned())),
        text => printed_marker(text),
    }
}
