//! Computes the markers that Word prints before list paragraphs, as it counts them in reading order.

use super::super::super::blocks::Marker;
use super::super::number_format;
use super::super::symbols;
use super::numbering_part::{Definitions, LEVELS, Level};
use super::styles::Styles;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The lists of a document and how far each has counted. Lists of one definition count together.
#[derive(Default)]
pub struct Numbering {
    parsed: Definitions,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start value has been used.
    started: HashSet<(String, usize)>,
}

impl Numbering {
    pub fn new(parsed: Definitions) -> Self {
        Self { parsed, ..Self::default() }
    }

    /// The level at which a paragraph style stands in its own list.
    pub fn level_of_style(&self, list: &str, style: &str, styles: &Styles) -> Option<usize> {
        let id = self.definition(list, styles)?;
        let levels = &self.parsed.definitions.get(&id)?.levels;
        levels.iter().position(|level| level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    /// Counts one paragraph of a list and gives its marker; none where the level prints nothing.
    pub fn next(&mut self, list: &str, level: usize, styles: &Styles) -> Option<Marker> {
        let id = self.definition(list, styles)?;
        let level = level.min(LEVELS - 1);
        let levels: Vec<Option<Rc<Level>>> = (0..LEVELS).map(|index| self.level(list, &id, index)).collect();
        let own = levels[level].clone()?;
        let start = self.own_start(list, level);
        let counts = self.counts.entry(id).or_default();
        let begin = |index: usize| levels[index].as_ref().map_or(1, |level| level.start);
        counts[level] = match (start, counts[level]) {
            (Some(start), _) => Some(start),
            (None, Some(count)) => Some(count.saturating_add(1)),
            (None, None) => Some(begin(level)),
        };
        for (index, count) in counts.iter_mut().enumerate().take(level) {
            *count = count.or(Some(begin(index)));
        }
        for (index, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = levels[index].as_ref().and_then(|level| level.restart);
            if restart.is_none_or(|after| level < after) {
                *count = None;
            }
        }
        print(&own, &levels, counts)
    }

    /// The start value of the list's own, where it has not been used yet.
    fn own_start(&mut self, list: &str, level: usize) -> Option<u32> {
        let start = *self.parsed.lists.get(list)?.starts.get(&level)?;
        self.started.insert((list.to_owned(), level)).then_some(start)
    }

    fn level(&self, list: &str, definition: &str, index: usize) -> Option<Rc<Level>> {
        let changed = self.parsed.lists.get(list).and_then(|list| list.levels.get(&index));
        changed.cloned().or_else(|| self.parsed.definitions.get(definition)?.levels.get(index)?.clone())
    }

    /// The id of the definition behind a list; one link through a list style is followed.
    fn definition(&self, list: &str, styles: &Styles) -> Option<String> {
        let id = &self.parsed.lists.get(list)?.definition;
        let Some(style) = &self.parsed.definitions.get(id)?.defined_by else {
            return Some(id.clone());
        };
        let list = styles.list(style)?;
        Some(self.parsed.lists.get(list)?.definition.clone())
    }
}

fn print(own: &Level, levels: &[Option<Rc<Level>>], counts: &[Option<u32>; LEVELS]) -> Option<Marker> {
    if own.format == "bullet" {
        return bullet(own);
    }
    let mut text = String::new();
    let mut rest = own.text.chars().peekable();
    while let Some(c) = rest.next() {
        let index = rest.peek().and_then(|next| next.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        match (c, index) {
            ('%', Some(digit @ 1..=LEVELS)) => {
                rest.next();
                let format = levels[digit - 1].as_ref().map_or("decimal", |level| level.format.as_str());
                let format = if own.legal && format != "none" { "decimal" } else { format };
                text.push_str(&number_format::format(counts[digit - 1].unwrap_or(1), format));
            }
            (c, Some(_) | None) => text.push(c),
        }
    }
    let text = text.trim();
    if text.is_empty() {
        None
    } else if text.chars().any(char::is_alphanumeric) {
        Some(Marker::Number(text.to_owned()))
    } else {
        Some(Marker::Bullet(symbols::plain(text)))
    }
}

/// A letter of a symbol font shows a sign; `o` in any font is Word's ring for the second level.
fn bullet(level: &Level) -> Option<Marker> {
    let glyph = level.text.trim().chars().next()?;
    let font = level.font.to_lowercase();
    let symbolic = symbols::is_private(glyph)
        || font.contains("wingdings")
        || font.contains("symbol")
        || font.contains("webdings");
    let shown = match glyph {
        glyph if symbolic && (symbols::is_private(glyph) || glyph.is_ascii() || glyph < '\u{100}') => {
            symbols::shown(u32::from(glyph), &level.font)
        }
        'o' => '◦',
        glyph => glyph,
    };
    Some(Marker::Bullet(shown.to_string()))
}
