//! Tracked changes: inserted words are kept, deleted words leave the text, and both are reported.

use super::super::super::blocks::AsideKind;
use super::super::super::refusal::Refusal;
use super::super::line::{Dress, Line};
use super::super::xml::Element;
use super::story::Story;

impl Story<'_, '_> {
    pub fn insertion(&mut self, change: &Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        let start = line.text.len();
        self.inserted += 1;
        let walked = self.inside(change, line, dress);
        self.inserted -= 1;
        walked?;
        let text = line.text.get(start..).unwrap_or_default().trim();
        if !text.is_empty() && self.inserted == 0 && self.removed == 0 {
            let (author, date) = who_and_when(change);
            line.asides.push(AsideKind::Inserted { text: text.to_owned(), author, date });
        }
        Ok(())
    }

    pub fn deletion(&mut self, change: &Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        let mut gone = Line::default();
        self.removed += 1;
        let walked = self.inside(change, &mut gone, dress);
        self.removed -= 1;
        walked?;
        let text = gone.text.trim();
        if !text.is_empty() && self.removed == 0 {
            let (author, date) = who_and_when(change);
            line.asides.push(AsideKind::Deleted { text: text.to_owned(), author, date });
        }
        Ok(())
    }
}

/// The `author` and `date` of a change or comment; empty where the file does not say.
pub fn who_and_when(change: &Element) -> (String, String) {
    let said = |name| change.attribute(name).unwrap_or_default().to_owned();
    (said("author"), said("date"))
}
