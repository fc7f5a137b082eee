//! Comments: their words, and the words that they mark.

use super::super::super::blocks::{AsideKind, Said};
use super::super::super::limits;
use super::super::xml::{Element, Node};
use super::tracked::who_and_when;
use std::collections::BTreeMap;

/// The comments of a document that have not been reported yet.
#[derive(Default)]
pub struct Comments {
    waiting: BTreeMap<String, Comment>,
    /// How many ranges are open and not full.
    open: usize,
}

struct Comment {
    said: Said,
    on: String,
    open: bool,
}

impl Comments {
    /// Reads the root of the comments part, and of the part that says which comments answer which.
    pub fn parse(root: &Element, threads: Option<&Element>) -> Self {
        let mut comments = Self::default();
        let threads = threads.map(self::threads).unwrap_or_default();
        for comment in root.elements().filter(|element| element.name() == "comment").take(limits::COMMENTS) {
            let mut text = String::new();
            plain_text(comment, &mut text);
            let (author, date) = who_and_when(comment);
            let id = comment.attribute("id").unwrap_or_default().to_owned();
            let key = last_paragraph(comment).and_then(|own| own.attribute("paraId")).unwrap_or_default().to_owned();
            let (answers, resolved) = threads.get(&key).cloned().unwrap_or_default();
            let said = Said { text: text.trim().to_owned(), author, date, key, answers, resolved };
            comments.waiting.insert(id, Comment { said, on: String::new(), open: false });
        }
        comments
    }

    /// Takes the start or end of a comment's range.
    pub fn range(&mut self, mark: &Element) {
        if let Some(comment) = mark.attribute("id").and_then(|id| self.waiting.get_mut(id)) {
            self.open -= usize::from(comment.open);
            comment.open = mark.name() == "commentRangeStart";
            self.open += usize::from(comment.open);
        }
    }

    /// Adds text to every comment whose range is open, up to a bound.
    pub fn mark(&mut self, text: &str) {
        if self.open == 0 {
            return;
        }
        for comment in self.waiting.values_mut().filter(|comment| comment.open) {
            let room = limits::COMMENT_MARK_CHARACTERS.saturating_sub(comment.on.chars().count());
            comment.on.extend(text.chars().take(room));
            if room == 0 {
                (comment.open, self.open) = (false, self.open - 1);
            }
        }
    }

    /// The comment that a mark in the text refers to.
    pub fn take(&mut self, reference: &Element) -> Option<AsideKind> {
        let comment = self.waiting.remove(reference.attribute("id")?)?;
        self.open -= usize::from(comment.open);
        Some(comment.aside())
    }

    /// Comments that nothing in the text refers to.
    pub fn unmarked(&mut self) -> Vec<AsideKind> {
        std::mem::take(&mut self.waiting).into_values().map(Comment::aside).collect()
    }
}

impl Comment {
    fn aside(self) -> AsideKind {
        AsideKind::Comment { said: self.said, on: self.on.trim().to_owned() }
    }
}

/// By the key of a comment: the key of the one that it answers, and whether it is marked as done.
fn threads(root: &Element) -> BTreeMap<String, (String, bool)> {
    let entries = root.elements().filter(|element| element.name() == "commentEx").take(limits::COMMENTS);
    let said = |entry: &Element, name| entry.attribute(name).unwrap_or_default().to_owned();
    let thread = |entry| (said(entry, "paraId"), (said(entry, "paraIdParent"), said(entry, "done") == "1"));
    entries.map(thread).collect()
}

/// Word knows a comment in its threads by its last paragraph.
fn last_paragraph(comment: &Element) -> Option<&Element> {
    comment.elements().filter(|element| element.name() == "p").last()
}

/// All text of an element, a paragraph a line.
fn plain_text(element: &Element, text: &mut String) {
    for child in &element.children {
        if let Node::Element(child) = child {
            match child.name() {
                "t" => text.push_str(&child.text()),
                "tab" | "br" => text.push(' '),
                "pPr" | "rPr" | "instrText" => {}
                _ => plain_text(child, text),
            }
            if child.name() == "p" {
                text.push('\n');
            }
        }
    }
}
