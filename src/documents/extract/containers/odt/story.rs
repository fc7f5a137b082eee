//! The walk over block-level content, and what it carries along.

use super::super::super::blocks::{Document, Marker, Place};
use super::super::super::refusal::Refusal;
use super::super::line::Line;
use super::super::page::{Page, Shape};
use super::super::xml::Element;
use super::inline::Dress;
use super::lists::Lists;
use super::marks::Marks;
use super::styles::Styles;

/// Where the walk is and what it has found. Notes wait for the end of the text.
pub struct Story<'e> {
    pub page: Page,
    pub styles: Styles,
    pub lists: Lists,
    pub marks: Marks,
    pub notes: Vec<&'e Element>,
    pub linked: usize,
    /// The marker and depth that the next paragraph of the open list item prints.
    waiting: Option<(Option<u32>, bool)>,
}

impl<'e> Story<'e> {
    pub fn new(styles: Styles, lists: Lists, marks: Marks) -> Self {
        Self { page: Page::new(), styles, lists, marks, notes: Vec::new(), linked: 0, waiting: None }
    }

    /// Walks the blocks of one part onto the end of the page.
    pub fn part(&mut self, parent: &'e Element, place: Place) -> Result<(), Refusal> {
        self.page.turn_to(place);
        self.blocks_of(parent)
    }

    /// Walks the notes that were met, in the order of their marks.
    pub fn notes(&mut self) -> Result<(), Refusal> {
        let notes = std::mem::take(&mut self.notes);
        self.page.turn_to(Place::Footnote);
        notes.into_iter().try_for_each(|note| self.blocks_of(note))
    }

    pub fn finish(mut self) -> Result<Document, Refusal> {
        for aside in self.marks.rest() {
            self.page.note(aside)?;
        }
        Ok(self.page.finish())
    }

    /// Walks block-level content.
    pub fn blocks_of(&mut self, parent: &'e Element) -> Result<(), Refusal> {
        parent.elements().try_for_each(|child| self.block(child))
    }

    fn block(&mut self, element: &'e Element) -> Result<(), Refusal> {
        match element.name() {
            "p" => self.paragraph(element, None),
            "h" => self.paragraph(element, Some(element)),
            "list" => self.list(element),
            "table" => self.table(element),
            "change-start" | "change-end" | "change" => {
                if let Some(aside) = self.marks.change(element) {
                    self.page.note(aside)?;
                }
                Ok(())
            }
            "frame" | "text-box" | "image" | "object" | "custom-shape" | "rect" | "line" | "g" | "a" => {
                let mut line = Line::default();
                self.drawing(element, "", &mut line)?;
                self.page.place(line, Shape::default())
            }
            "tracked-changes"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "dde-connection-decls"
            | "forms"
            | "table-of-content-source"
            | "soft-page-break" => Ok(()),
            _ => self.blocks_of(element),
        }
    }

    fn list(&mut self, list: &'e Element) -> Result<(), Refusal> {
        self.lists.open(list);
        for item in list.elements() {
            let start = item.attribute("start-value").and_then(|value| value.parse().ok());
            let outer = self.waiting.replace((start, item.name() == "list-item"));
            let walked = self.blocks_of(item);
            self.waiting = outer;
            walked?;
        }
        self.lists.close();
        Ok(())
    }

    fn paragraph(&mut self, element: &'e Element, heading: Option<&Element>) -> Result<(), Refusal> {
        let look = self.styles.look("paragraph", element.attribute("style-name"));
        let dress = Dress::of(&look);
        let mut line = Line::default();
        self.inside(element, &mut line, dress)?;
        self.marks.mark("\n");
        let level = heading.map(|heading| heading.attribute("outline-level").and_then(|n| n.parse().ok()).unwrap_or(1));
        let level = level.or(look.heading);
        let empty = line.text.trim().is_empty();
        // an empty item prints its marker in a word processor too, but says nothing
        let marker = match self.waiting.take() {
            Some((start, true)) => self.lists.next(start, look.list.as_deref()),
            Some((_, false)) => None,
            None => heading.filter(|_| !empty).and_then(|heading| self.outline_number(heading, level)),
        };
        self.page.place(line, Shape { heading: level, marker })
    }

    fn outline_number(&mut self, heading: &Element, level: Option<u8>) -> Option<(Marker, u8)> {
        if heading.attribute("is-list-header") == Some("true") {
            return None;
        }
        let start = heading.attribute("start-value").and_then(|value| value.parse().ok());
        self.lists.heading(level?, start).map(|marker| (marker, 0))
    }

    /// Walks the inside of a cell or box, where lists are counted apart from those around it.
    pub fn inner(
        &mut self,
        parent: &'e Element,
        place: Place,
    ) -> Result<Vec<super::super::super::blocks::Block>, Refusal> {
        let (lists, waiting) = (self.lists.set_aside(), self.waiting.take());
        self.page.open(place)?;
        let walked = self.blocks_of(parent);
        let blocks = self.page.close();
        self.lists.take_up(lists);
        self.waiting = waiting;
        walked.map(|()| blocks)
    }
}
