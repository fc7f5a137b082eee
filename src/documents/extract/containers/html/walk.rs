//! The walk over blocks, and what it carries along.

use super::super::super::blocks::{AsideKind, Block, Document, Marker, Place};
use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::super::line::Line;
use super::super::page::{Page, Shape};
use super::inline::Dress;
use super::lists::List;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "main",
    "nav",
    "p",
    "section",
    "summary",
    "caption",
    "menu",
    "search",
    "optgroup",
    "option",
    "textarea",
    "button",
];

/// Elements that a browser shows no words of.
const SILENT: &[&str] = &[
    "head", "script", "style", "template", "noscript", "iframe", "audio", "video", "object", "canvas", "title", "meta",
    "link", "datalist", "col", "colgroup",
];

/// Where the walk is and what it has found.
pub struct Walk {
    pub page: Page,
    pub line: Line,
    pub lists: Vec<List>,
    heading: Option<u8>,
    /// The marker of the list item that is open, until its first paragraph takes it.
    pub marker: Option<(Marker, u8)>,
    pub inserted: usize,
    pub linked: usize,
    pub deleted: Option<String>,
    /// Text of a marker that Word typed into the page for its lists.
    pub typed: Option<String>,
    pub typed_level: u8,
}

impl Walk {
    pub fn new() -> Self {
        Self {
            page: Page::new(),
            line: Line::default(),
            lists: Vec::new(),
            heading: None,
            marker: None,
            inserted: 0,
            linked: 0,
            deleted: None,
            typed: None,
            typed_level: 0,
        }
    }

    pub fn finish(mut self) -> Result<Document, Refusal> {
        self.end_line()?;
        Ok(self.page.finish())
    }

    pub fn children(&mut self, node: NodeRef<'_, Node>, dress: &Dress, depth: usize) -> Result<(), Refusal> {
        if depth > limits::HTML_DEPTH {
            return Err(Refusal::TooDeep);
        }
        for child in node.children() {
            match child.value() {
                Node::Text(text) => self.text(text, dress)?,
                Node::Element(element) => self.element(child, element, dress, depth + 1)?,
                Node::Document
                | Node::Fragment
                | Node::Doctype(_)
                | Node::Comment(_)
                | Node::ProcessingInstruction(_) => {}
            }
        }
        Ok(())
    }

    fn element(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        around: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        let name = element.name();
        if SILENT.contains(&name) || is_hidden(element) {
            return Ok(());
        }
        let dress = &around.within(element);
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line()?;
                let outer = self.heading.replace(name.as_bytes()[1] - b'0');
                let walked = self.children(node, dress, depth);
                let ended = self.end_line();
                self.heading = outer;
                walked.and(ended)
            }
            "ul" | "ol" | "menu" | "dir" => self.list(node, element, dress, depth),
            "li" => self.list_item(node, element, dress, depth),
            "table" => self.table(node, dress, depth),
            "dl" => self.labels(node, dress, depth),
            "hr" => self.end_line(),
            _ if BLOCKS.contains(&name) => self.block(node, element, dress, depth),
            _ => self.inline(node, element, dress, depth),
        }
    }

    fn block(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        self.end_line()?;
        self.typed_level = super::lists::typed_level(element);
        let outer = self.page.place;
        match (element.name(), element.attr("role")) {
            ("nav", _) | (_, Some("navigation" | "banner")) => self.page.turn_to(Place::Header),
            ("footer", _) | (_, Some("contentinfo")) => self.page.turn_to(Place::Footer),
            _ => {}
        }
        let walked = self.children(node, dress, depth);
        let ended = self.end_line();
        if self.page.place != outer {
            self.page.turn_to(outer);
        }
        // an empty paragraph is a blank line on the page; other empty blocks are not
        walked.and(ended)
    }

    /// Ends the paragraph that is being gathered.
    pub fn end_line(&mut self) -> Result<(), Refusal> {
        let empty = self.line.text.is_empty() && self.line.asides.is_empty() && self.typed.is_none();
        if empty {
            return Ok(());
        }
        let line = std::mem::take(&mut self.line);
        let typed = self.typed.take().and_then(|text| super::lists::typed_marker(&text));
        let typed = typed.map(|marker| (marker, self.typed_level));
        let marker = if line.text.trim().is_empty() { None } else { typed.or_else(|| self.marker.take()) };
        self.page.place(line, Shape { heading: self.heading, marker })
    }

    /// Walks the inside of a cell, where lists and headings are its own.
    pub fn inner(&mut self, nodes: &[NodeRef<'_, Node>], dress: &Dress, depth: usize) -> Result<Vec<Block>, Refusal> {
        let line = std::mem::take(&mut self.line);
        let (lists, heading, marker) = (std::mem::take(&mut self.lists), self.heading.take(), self.marker.take());
        self.page.open(self.page.place)?;
        let walked = nodes.iter().try_for_each(|node| self.children(*node, dress, depth));
        let ended = self.end_line();
        let blocks = self.page.close();
        (self.line, self.lists, self.heading, self.marker) = (line, lists, heading, marker);
        walked.and(ended).map(|()| blocks)
    }

    pub fn picture(&mut self, element: &Element) {
        let said = ["alt", "title", "aria-label"].into_iter().find_map(|name| element.attr(name));
        let description = said.unwrap_or_default().trim().to_owned();
        // an empty alternative says that the picture means nothing
        if element.attr("alt") != Some("") {
            self.line.asides.push(AsideKind::Picture { description });
        }
    }
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    element.attr("hidden").is_some() || style.contains("display:none") || style.contains("mso-hide:all")
}
