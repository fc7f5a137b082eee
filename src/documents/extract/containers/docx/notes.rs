//! What stands outside the main text: headers, footers, footnotes and endnotes.

use super::super::super::blocks::Place;
use super::super::super::refusal::Refusal;
use super::super::xml::Element;
use super::story::Story;
use std::collections::HashSet;

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
                self.part(&name, &root, place)?;
            }
        }
        Ok(())
    }

    /// Walks the notes that the text has referred to, each once.
    pub fn notes(&mut self) -> Result<(), Refusal> {
        let wanted = std::mem::take(&mut self.notes);
        for (kind, relation) in [(NoteKind::Footnote, "footnotes"), (NoteKind::Endnote, "endnotes")] {
            let Some((name, root)) = self.package.related(relation)? else { continue };
            let mut done = HashSet::new();
            for (_, id) in wanted.iter().filter(|(of, _)| *of == kind) {
                let note = root.elements().find(|note| note.attribute("id") == Some(id));
                if let Some(note) = note.filter(|_| done.insert(id)) {
                    self.part(&name, note, Place::Footnote)?;
                }
            }
        }
        Ok(())
    }

    /// Walks blocks of another part, with that part's own relations.
    fn part(&mut self, name: &str, root: &Element, place: Place) -> Result<(), Refusal> {
        let own = self.package.relations_of(name)?;
        let main = std::mem::replace(&mut self.relations, own);
        let walked = self.outer(root, place);
        self.relations = main;
        walked
    }
}
