//! Lists: what marker each level prints, and how far each list has counted.

use super::super::super::blocks::Marker;
use super::super::xml::Element;
use super::super::{number_format, symbols};
use std::collections::HashMap;

/// Deepest level of a list that OpenDocument knows.
pub const LEVELS: usize = 10;

type Counts = [Option<u32>; LEVELS];

/// One level of a list style.
#[derive(Debug, Clone)]
enum Level {
    Bullet(String),
    Number { format: String, prefix: String, suffix: String, shown: usize, start: u32 },
}

/// The list styles, and the counts of the lists so far.
#[derive(Default)]
pub struct Lists {
    styles: HashMap<String, HashMap<usize, Level>>,
    outline: HashMap<usize, Level>,
    outline_counts: Counts,
    /// By the list's own id, and by its style for those that only say that they go on.
    by_id: HashMap<String, Counts>,
    by_style: HashMap<String, Counts>,
    open: Vec<Open>,
}

/// A list that the walk is in.
struct Open {
    style: Option<String>,
    id: Option<String>,
    counts: Counts,
}

impl Lists {
    /// Reads the list styles of these parts.
    pub fn parse(roots: &[&Element]) -> Self {
        let mut lists = Self::default();
        for root in roots {
            let groups = ["styles", "automatic-styles"].into_iter().filter_map(|name| root.child(name));
            for style in groups.flat_map(Element::elements) {
                match (style.name(), style.attribute("name")) {
                    ("list-style", Some(name)) => drop(lists.styles.insert(name.to_owned(), levels(style))),
                    ("outline-style", _) => lists.outline = levels(style),
                    _ => {}
                }
            }
        }
        lists
    }

    /// Enters a list; inside another it is that list's next level, and counts with it.
    pub fn open(&mut self, list: &Element) {
        let style = list.attribute("style-name").map(str::to_owned);
        let id = list.attribute("id").map(str::to_owned);
        let inner = self.open.last().map(|outer| (outer.style.clone(), outer.counts));
        let (style, counts) = match inner {
            Some((outer, counts)) => (style.or(outer), counts),
            None => {
                let goes_on = list.attribute("continue-numbering") == Some("true");
                let from = list.attribute("continue-list").and_then(|id| self.by_id.get(id));
                let same = style.as_ref().filter(|_| goes_on).and_then(|style| self.by_style.get(style));
                let counts = from.or(same).copied().unwrap_or_default();
                (style, counts)
            }
        };
        self.open.push(Open { style, id, counts });
    }

    /// Leaves the innermost list and keeps its counts for those that go on.
    pub fn close(&mut self) {
        let Some(list) = self.open.pop() else { return };
        if let Some(outer) = self.open.last_mut() {
            outer.counts = list.counts;
        } else {
            if let Some(id) = list.id {
                self.by_id.insert(id, list.counts);
            }
            if let Some(style) = list.style {
                self.by_style.insert(style, list.counts);
            }
        }
    }

    /// A copy of what is open, to come back to after a cell or box with lists of its own.
    pub fn set_aside(&mut self) -> SetAside {
        SetAside(std::mem::take(&mut self.open))
    }

    pub fn take_up(&mut self, aside: SetAside) {
        self.open = aside.0;
    }

    /// Counts one item of the innermost list and gives its marker and depth. A paragraph's style may name the list.
    pub fn next(&mut self, start: Option<u32>, paragraph_style: Option<&str>) -> Option<(Marker, u8)> {
        let depth = self.open.len().checked_sub(1)?.min(LEVELS - 1);
        let list = self.open.last_mut()?;
        let name = list.style.as_deref().or(paragraph_style);
        let levels = name.and_then(|name| self.styles.get(name));
        let level = u8::try_from(depth).unwrap_or(0);
        let Some(levels) = levels else {
            return Some((Marker::Bullet("•".to_owned()), level));
        };
        Some((count(levels, &mut list.counts, depth, start)?, level))
    }

    /// Counts one heading of the outline and gives its number, if it prints one.
    pub fn heading(&mut self, level: u8, start: Option<u32>) -> Option<Marker> {
        let depth = usize::from(level).checked_sub(1)?.min(LEVELS - 1);
        count(&self.outline, &mut self.outline_counts, depth, start)
    }
}

/// Lists that wait while the walk is elsewhere.
pub struct SetAside(Vec<Open>);

fn levels(style: &Element) -> HashMap<usize, Level> {
    let entry = |level: &Element| {
        let at: usize = level.attribute("level")?.parse().ok()?;
        let said = |name: &str| level.attribute(name).unwrap_or_default().to_owned();
        let kind = match level.name() {
            "list-level-style-bullet" => Level::Bullet(bullet(level)),
            "list-level-style-image" => Level::Bullet("•".to_owned()),
            "list-level-style-number" | "outline-level-style" => Level::Number {
                format: said("num-format"),
                prefix: said("num-prefix"),
                suffix: said("num-suffix"),
                shown: level.attribute("display-levels").and_then(|n| n.parse().ok()).unwrap_or(1),
                start: level.attribute("start-value").and_then(|n| n.parse().ok()).unwrap_or(1),
            },
            _ => return None,
        };
        (1..=LEVELS).contains(&at).then(|| (at - 1, kind))
    };
    style.elements().filter_map(entry).collect()
}

/// A letter of a symbol font shows a sign; `o` in any font is Word's ring for the second level.
fn bullet(level: &Element) -> String {
    let glyph = level.attribute("bullet-char").and_then(|text| text.chars().next()).unwrap_or('•');
    let text = level.child("text-properties");
    let font = text.and_then(|text| text.attribute("font-name").or(text.attribute("font-family"))).unwrap_or_default();
    let lower = font.to_lowercase();
    let symbolic = lower.contains("wingdings") || lower.contains("symbol") && lower != "opensymbol";
    match glyph {
        'o' => "◦".to_owned(),
        glyph if symbols::is_private(glyph) || symbolic && glyph < '\u{100}' => {
            symbols::shown(u32::from(glyph), font).to_string()
        }
        glyph => glyph.to_string(),
    }
}

fn count(levels: &HashMap<usize, Level>, counts: &mut Counts, depth: usize, start: Option<u32>) -> Option<Marker> {
    let begin = |index: usize| match levels.get(&index) {
        Some(Level::Number { start, .. }) => *start,
        Some(Level::Bullet(_)) | None => 1,
    };
    let next = counts[depth].map_or_else(|| begin(depth), |count| count.saturating_add(1));
    counts[depth] = Some(start.unwrap_or(next));
    for (index, count) in counts.iter_mut().enumerate().take(depth) {
        *count = count.or(Some(begin(index)));
    }
    counts[depth + 1..].fill(None);
    match levels.get(&depth)? {
        Level::Bullet(glyph) => Some(Marker::Bullet(glyph.clone())),
        Level::Number { format, prefix, suffix, shown, .. } => {
            let first = (depth + 1).saturating_sub((*shown).max(1));
            let parts = (first..=depth).filter_map(|index| {
                let own = match levels.get(&index) {
                    Some(Level::Number { format, .. }) => format.as_str(),
                    Some(Level::Bullet(_)) | None => "",
                };
                let part = number_format::format(counts[index].unwrap_or(1), of_word(own));
                (!part.is_empty()).then_some(part)
            });
            let number = parts.collect::<Vec<_>>().join(".");
            (!format.is_empty() && !number.is_empty())
                .then(|| Marker::Number(format!("{prefix}{number}{suffix}").trim().to_owned()))
        }
    }
}

/// OpenDocument's name of a number format in the words of `number_format`.
fn of_word(format: &str) -> &str {
    match format {
        "" => "none",
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        _ => "decimal",
    }
}
