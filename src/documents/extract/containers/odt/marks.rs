//! Tracked changes and comments: inserted words are kept, deleted words leave the text, and all are reported.

use super::super::super::blocks::{AsideKind, Said};
use super::super::super::limits;
use super::super::xml::{Element, Node};
use std::collections::HashMap;

/// A change as the list at the head of the text describes it.
struct Change {
    inserted: bool,
    author: String,
    date: String,
    /// What a deletion took away.
    text: String,
}

/// The changes by their ids, and what is open around the walk: marks that wait for their text.
#[derive(Default)]
pub struct Marks {
    changes: HashMap<String, Change>,
    insertions: Vec<(String, String)>,
    comments: Vec<Comment>,
}

struct Comment {
    name: String,
    text: String,
    author: String,
    date: String,
    on: String,
}

impl Marks {
    /// Reads the list of tracked changes of the body.
    pub fn parse(body: &Element) -> Self {
        let mut marks = Self::default();
        let regions = body.child("tracked-changes").into_iter().flat_map(Element::elements);
        for region in regions.filter(|element| element.name() == "changed-region") {
            let Some(id) = region.attribute("id") else { continue };
            let Some(kind) = region.elements().find(|kind| matches!(kind.name(), "insertion" | "deletion")) else {
                continue;
            };
            let (author, date) = kind.child("change-info").map(who_and_when).unwrap_or_default();
            let inserted = kind.name() == "insertion";
            let text = if inserted { String::new() } else { plain(kind) };
            marks.changes.insert(id.to_owned(), Change { inserted, author, date, text });
        }
        marks
    }

    /// Takes a mark of a change; gives what it reports.
    pub fn change(&mut self, mark: &Element) -> Option<AsideKind> {
        let id = mark.attribute("change-id")?;
        let change = self.changes.get(id)?;
        match (mark.name(), change.inserted) {
            ("change-start", true) => {
                self.insertions.push((id.to_owned(), String::new()));
                None
            }
            ("change-end", true) => {
                let at = self.insertions.iter().position(|(open, _)| open == id)?;
                let (_, text) = self.insertions.swap_remove(at);
                let text = text.trim().to_owned();
                let (author, date) = (change.author.clone(), change.date.clone());
                (!text.is_empty()).then_some(AsideKind::Inserted { text, author, date })
            }
            ("change", false) if !change.text.is_empty() => Some(AsideKind::Deleted {
                text: change.text.clone(),
                author: change.author.clone(),
                date: change.date.clone(),
            }),
            _ => None,
        }
    }

    /// Takes a comment; one that marks a range waits for its end.
    pub fn comment(&mut self, annotation: &Element) -> Option<AsideKind> {
        let (author, date) = who_and_when(annotation);
        let name = annotation.attribute("name").unwrap_or_default().to_owned();
        let comment = Comment { name, text: plain(annotation), author, date, on: String::new() };
        if comment.name.is_empty() || self.comments.len() >= limits::COMMENTS {
            return Some(comment.aside());
        }
        self.comments.push(comment);
        None
    }

    pub fn comment_end(&mut self, end: &Element) -> Option<AsideKind> {
        let name = end.attribute("name")?;
        let at = self.comments.iter().position(|comment| comment.name == name)?;
        Some(self.comments.remove(at).aside())
    }

    /// Adds text to what is open, up to a bound.
    pub fn mark(&mut self, text: &str) {
        let add = |kept: &mut String| {
            let room = limits::COMMENT_MARK_CHARACTERS.saturating_sub(kept.chars().count());
            kept.extend(text.chars().take(room));
        };
        self.insertions.iter_mut().for_each(|(_, kept)| add(kept));
        self.comments.iter_mut().for_each(|comment| add(&mut comment.on));
    }

    /// Comments whose range never ended.
    pub fn rest(&mut self) -> Vec<AsideKind> {
        let unended = std::mem::take(&mut self.comments);
        let point = |comment: Comment| Comment { on: String::new(), ..comment };
        unended.into_iter().map(point).map(Comment::aside).collect()
    }
}

impl Comment {
    fn aside(self) -> AsideKind {
        let said = Said { text: self.text, author: self.author, date: self.date, ..Said::default() };
        AsideKind::Comment { said, on: self.on.trim().to_owned() }
    }
}

fn who_and_when(info: &Element) -> (String, String) {
    let said = |name| info.child(name).map(Element::text).unwrap_or_default().trim().to_owned();
    (said("creator"), said("date"))
}

/// All text of a change or comment, a paragraph a line.
fn plain(element: &Element) -> String {
    let mut text = String::new();
    gather(element, &mut text);
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn gather(element: &Element, text: &mut String) {
    for child in &element.children {
        match child {
            Node::Text(own) if matches!(element.name(), "p" | "h" | "span" | "a") => text.push_str(own),
            Node::Text(_) => {}
            Node::Element(child) => match child.name() {
                "creator" | "date" | "date-string" | "change-info" | "initials" => {}
                "s" | "tab" => text.push(' '),
                "line-break" => text.push('\n'),
                _ => {
                    gather(child, text);
                    if matches!(child.name(), "p" | "h") {
                        text.push('\n');
                    }
                }
            },
        }
    }
}
