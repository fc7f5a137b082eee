//! What stands outside the main text: headers, footers, footnotes and endnotes.

use super::super::super::blocks::Place;
use super::super::super::refusal::Refusal;
use super::super::xml::Element;
use super::package::Relations;
use super::story::Story;
use std::collections::{HashMap, HashSet};

/// The two kinds of note that the text can refer to; both are read after the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteKind {
    Footnote,
    Endnote,
}

/// The relation ids of the headers and footers that sections of the text use.
#[derive(Default)]
pub struct Edges {
    pub headers: Vec<String>,
    pub footers: Vec<String>,
}

impl Edges {
    pub fn of(body: &Element) -> Self {
        let mut edges = Self::default();
        edges.collect(body);
        edges
    }

    fn collect(&mut self, element: &Element) {
        for child in element.elements() {
            let list = match child.name() {
                "headerReference" => &mut self.headers,
                "footerReference" => &mut self.footers,
                _ => {
                    self.collect(child);
                    continue;
                }
            };
            if let Some(id) = child.attribute("id") {
                list.push(id.to_owned());
            }
        }
    }
}

impl Story<'_, '_> {
    /// Walks headers or footers, each part once.
    pub fn edges(&mut self, ids: &[String], place: Place) -> Result<(), Refusal> {
        let mut done = HashSet::new();
        for id in ids {
            let target = self.package.relations.get(id).map(|relation| relation.target.clone());
            let Some(name) = target.filter(|name| done.insert(name.clone())) else { continue };
            if let Some(root) = self.package.part(&name)? {
                let main = self.enter(&name)?;
                self.outer(&root, place)?;
                self.relations = main;
            }
        }
        Ok(())
    }

    /// Walks the notes that the text has referred to, each once.
    pub fn notes(&mut self) -> Result<(), Refusal> {
        let wanted = std::mem::take(&mut self.notes);
        for (kind, relation) in [(NoteKind::Footnote, "footnotes"), (NoteKind::Endnote, "endnotes")] {
            let Some((name, root)) = self.package.related(relation)? else { continue };
            let mut notes: HashMap<&str, &Element> =
                root.elements().filter_map(|note| Some((note.attribute("id")?, note))).collect();
            let main = self.enter(&name)?;
            for (_, id) in wanted.iter().filter(|(of, _)| *of == kind) {
                if let Some(note) = notes.remove(id.as_str()) {
                    self.outer(note, Place::Footnote)?;
                }
            }
            self.relations = main;
        }
        Ok(())
    }

    /// Takes up another part's own relations, and gives those of the part before.
    fn enter(&mut self, part: &str) -> Result<Relations, Refusal> {
        let own = self.package.relations_of(part)?;
        Ok(std::mem::replace(&mut self.relations, own))
    }
}
