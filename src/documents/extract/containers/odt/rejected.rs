//! A text as it was before its tracked changes: what they added is taken out, and what they deleted stands again.
//!
//! Insertions are marked at both ends, across paragraphs if need be; a deletion is one mark, and its words stand in the
//! list at the head of the text.

use super::super::xml::{Element, Node};
use std::collections::HashMap;

/// Takes every tracked change of the text back.
pub fn reject(body: &mut Element) {
    let mut changes = Changes::default();
    for node in &mut body.children {
        if let Node::Element(list) = node
            && list.name() == "tracked-changes"
        {
            changes.gather(std::mem::take(&mut list.children));
        }
    }
    body.children = changes.blocks(std::mem::take(&mut body.children));
}

#[derive(Default)]
struct Changes {
    /// What each deletion took away; an insertion took nothing.
    regions: HashMap<String, Vec<Element>>,
    /// Insertions that are open around the walk.
    open: Vec<String>,
}

impl Changes {
    fn gather(&mut self, regions: Vec<Node>) {
        for region in elements(regions) {
            let Some(id) = region.attribute("id").map(str::to_owned) else { continue };
            let kind = elements(region.children).find(|kind| matches!(kind.name(), "insertion" | "deletion"));
            let Some(kind) = kind else { continue };
            let is_deletion = kind.name() == "deletion";
            let gone = elements(kind.children).filter(|own| is_deletion && own.name() != "change-info").collect();
            self.regions.insert(id, gone);
        }
    }

    /// Blocks one after the other. A paragraph that begins inside an insertion goes on the one in which that began.
    fn blocks(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::new();
        let mut runs_on = false;
        for node in nodes {
            let Node::Element(mut element) = node else {
                out.extend(Some(node).filter(|_| self.open.is_empty()));
                continue;
            };
            let inside = !self.open.is_empty();
            if self.mark(&element) {
                continue;
            }
            if !is_paragraph(&element) {
                element.children = self.blocks(std::mem::take(&mut element.children));
                out.extend((!inside || !element.children.is_empty()).then_some(Node::Element(element)));
                continue;
            }
            let mut made = self.paragraph(element);
            if inside && runs_on && !made.is_empty() {
                let rest = made.remove(0).children;
                match out.last_mut() {
                    Some(Node::Element(before)) if is_paragraph(before) => before.children.extend(rest),
                    Some(_) | None => {}
                }
            } else if inside {
                made.retain(|paragraph| !paragraph.children.is_empty());
            }
            runs_on = !self.open.is_empty() && (runs_on && inside || !made.is_empty());
            out.extend(made.into_iter().map(Node::Element));
        }
        out
    }

    /// A paragraph, or as many as it was before a deletion that joined them.
    fn paragraph(&mut self, mut paragraph: Element) -> Vec<Element> {
        let mut out = Vec::new();
        for node in std::mem::take(&mut paragraph.children) {
            let gone = match &node {
                Node::Element(mark) if mark.name() == "change" => self.gone(mark),
                Node::Element(_) | Node::Text(_) => Vec::new(),
            };
            let several = gone.len() > 1;
            for (at, mut piece) in gone.into_iter().enumerate() {
                if at > 0 || !is_paragraph(&piece) {
                    out.push(std::mem::replace(&mut paragraph, Element::named("p")));
                }
                if is_paragraph(&piece) {
                    let words = std::mem::take(&mut piece.children);
                    if at > 0 {
                        paragraph = piece;
                    }
                    paragraph.children.extend(words);
                } else {
                    out.push(piece);
                }
            }
            if !several {
                self.inline(node, &mut paragraph.children);
            }
        }
        out.push(paragraph);
        out
    }

    /// What stands inside a paragraph.
    fn inline(&mut self, node: Node, out: &mut Vec<Node>) {
        match node {
            Node::Element(element) if self.mark(&element) || element.name() == "change" => {}
            Node::Element(mut element) => {
                let inside = !self.open.is_empty();
                let children = std::mem::take(&mut element.children);
                let held = !children.is_empty();
                for child in children {
                    self.inline(child, &mut element.children);
                }
                if !(inside && (!held || element.children.is_empty())) {
                    out.push(Node::Element(element));
                }
            }
            Node::Text(_) if !self.open.is_empty() => {}
            text @ Node::Text(_) => out.push(text),
        }
    }

    fn gone(&mut self, mark: &Element) -> Vec<Element> {
        mark.attribute("change-id").and_then(|id| self.regions.get_mut(id)).map(std::mem::take).unwrap_or_default()
    }

    /// Takes the begin or end of an insertion.
    fn mark(&mut self, mark: &Element) -> bool {
        let Some(id) = mark.attribute("change-id") else { return false };
        match mark.name() {
            "change-start" => self.open.extend(self.regions.contains_key(id).then(|| id.to_owned())),
            "change-end" => self.open.retain(|open| open != id),
            _ => return false,
        }
        true
    }
}

fn is_paragraph(element: &Element) -> bool {
    matches!(element.name(), "p" | "h")
}

fn elements(nodes: Vec<Node>) -> impl Iterator<Item = Element> {
    nodes.into_iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}
