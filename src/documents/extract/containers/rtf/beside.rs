//! What stands beside the text: tracked changes, comments, bookmarks and links, as they are gathered.

use super::super::super::blocks::{AsideKind, Said};
use super::super::super::limits;
use std::collections::HashMap;

/// A tracked change that is being written.
#[derive(Debug, PartialEq, Eq)]
pub struct Change {
    pub deleted: bool,
    pub reviser: i32,
    pub on: i32,
    pub text: String,
}

/// The names and notes so far.
#[derive(Default)]
pub struct Beside {
    /// People who changed text, by their place in the table.
    pub revisers: Vec<String>,
    pub change: Option<Change>,
    pub comment: Comment,
    /// Marked ranges by their reference: their text so far, and whether they are open.
    ranges: HashMap<String, (String, bool)>,
}

/// The comment that is being gathered.
#[derive(Debug, Default)]
pub struct Comment {
    pub author: String,
    pub date: String,
    pub reference: String,
    pub text: String,
}

impl Beside {
    /// Ends the change that is being written.
    pub fn end_change(&mut self) -> Option<AsideKind> {
        let change = self.change.take()?;
        let text = change.text.trim().to_owned();
        let author = usize::try_from(change.reviser).ok().and_then(|at| self.revisers.get(at)).cloned();
        let (author, date) = (author.unwrap_or_default(), date(change.on));
        let kind = match change.deleted {
            true => AsideKind::Deleted { text: text.clone(), author, date },
            false => AsideKind::Inserted { text: text.clone(), author, date },
        };
        (!text.is_empty()).then_some(kind)
    }

    pub fn start_range(&mut self, reference: &str) {
        if self.ranges.len() < limits::COMMENTS {
            self.ranges.insert(reference.trim().to_owned(), (String::new(), true));
        }
    }

    pub fn end_range(&mut self, reference: &str) {
        if let Some((_, open)) = self.ranges.get_mut(reference.trim()) {
            *open = false;
        }
    }

    /// Adds text to the ranges that are open, up to a bound.
    pub fn mark(&mut self, text: &str) {
        for (kept, _) in self.ranges.values_mut().filter(|(_, open)| *open) {
            let room = limits::COMMENT_MARK_CHARACTERS.saturating_sub(kept.chars().count());
            kept.extend(text.chars().take(room));
        }
    }

    /// Ends the comment that is being gathered.
    pub fn end_comment(&mut self) -> Option<AsideKind> {
        let comment = std::mem::take(&mut self.comment);
        let on = self.ranges.remove(comment.reference.trim()).map(|(text, _)| text).unwrap_or_default();
        let date = comment.date.trim().parse().map(date).unwrap_or_default();
        let lines = comment.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let text = lines.collect::<Vec<_>>().join("\n");
        let author = comment.author.trim().to_owned();
        let said = Said { text, author, date, ..Said::default() };
        (!said.text.is_empty()).then(|| AsideKind::Comment { said, on: on.trim().to_owned() })
    }
}

/// A packed date: minute, hour, day, month, years since 1900 and day of the week, from the lowest bits up.
fn date(packed: i32) -> String {
    if packed == 0 {
        return String::new();
    }
    let bits = packed.cast_unsigned();
    let part = |from: u32, width: u32| (bits >> from) & ((1 << width) - 1);
    let (minute, hour, day, month, year) = (part(0, 6), part(6, 5), part(11, 5), part(16, 4), part(20, 9));
    format!("{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00", 1900 + year)
}
