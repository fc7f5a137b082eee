//! Lines to paragraphs: a line goes on in the next where the next one's first word would not have fitted on it.

use super::super::super::blocks::{Block, BlockKind, Marker, Place};
use super::super::markers;
use super::hyphens::Known;
use super::lines::Line;

/// Text this much larger than the document's is a heading, up to this many words.
const LARGER: f64 = 1.12;
const HEADING_WORDS: usize = 20;
/// Left edges closer than this are one, in points.
const ALIGNED: f64 = 4.0;

/// What is known of the document as a whole.
#[derive(Debug)]
pub struct Measure {
    pub size: f64,
    /// Distance of baselines inside a paragraph, as a share of the size.
    pub leading: f64,
    /// Sizes of headings, largest first.
    pub headings: Vec<f64>,
    pub known: Known,
}

/// A line of text, and whether a page began before it.
#[derive(Debug)]
pub struct TextLine {
    pub line: Line,
    pub new_page: bool,
}

/// A paragraph that is being gathered.
struct Open {
    text: String,
    heading: Option<u8>,
    marker: Option<(Marker, f64)>,
    blank_before: bool,
    /// Left edges of its first line, of its text after a marker, and of its last line.
    lefts: [f64; 3],
    last: Last,
}

/// The last line so far.
#[derive(Clone, Copy)]
struct Last {
    right: f64,
    baseline: f64,
    size: f64,
    parts: usize,
}

/// Makes the blocks of a column of lines that may be as wide as to `right`.
pub fn blocks(lines: &[TextLine], right: f64, measure: &Measure, place: Place) -> Vec<Block> {
    let mut paragraphs: Vec<Open> = Vec::new();
    for line in lines {
        match paragraphs.last_mut().filter(|open| goes_on(open, line, right, measure)) {
            Some(open) => {
                measure.known.join(&mut open.text, &line.line.text());
                open.lefts[2] = line.line.left();
                open.last = last(&line.line);
            }
            None => {
                let before = paragraphs.last().map(|open| open.last);
                paragraphs.push(open(&line.line, blank(before, line, measure), measure));
            }
        }
    }
    let mut indents = Vec::new();
    paragraphs.into_iter().map(|open| block(open, &mut indents, place)).collect()
}

fn last(line: &Line) -> Last {
    Last { right: line.right(), baseline: line.baseline(), size: line.size(), parts: line.chunks.len() }
}

fn open(line: &Line, blank_before: bool, measure: &Measure) -> Open {
    let text = line.text();
    let left = line.left();
    let heading = heading(line, &text, measure);
    let split = markers::split(&text).filter(|(_, rest)| !rest.is_empty());
    let (marker, text) = match split {
        Some((marker, rest)) => (Some((marker, left)), rest.to_owned()),
        None => (None, text),
    };
    let parts = line.chunks.len();
    let text_left = if marker.is_some() && parts > 1 { line.chunks[1].left } else { left };
    let parts = if marker.is_some() && parts > 1 { parts - 1 } else { parts };
    let last = Last { parts, ..last(line) };
    Open { text, heading, marker, blank_before, lefts: [left, text_left, left], last }
}

fn heading(line: &Line, text: &str, measure: &Measure) -> Option<u8> {
    let size = line.size();
    if size < measure.size * LARGER || text.split_whitespace().count() > HEADING_WORDS {
        return None;
    }
    let level = measure.headings.iter().position(|own| (own - size).abs() < 0.6)?;
    u8::try_from(level + 1).ok().map(|level| level.min(6))
}

fn blank(before: Option<Last>, line: &TextLine, measure: &Measure) -> bool {
    before.is_none_or(|last| {
        line.new_page || line.line.baseline() - last.baseline > last.size.max(line.line.size()) * measure.leading * 1.5
    })
}

/// Whether a line goes on in the open paragraph.
fn goes_on(open: &Open, next: &TextLine, right: f64, measure: &Measure) -> bool {
    let line = &next.line;
    let (text, size) = (line.text(), line.size());
    let alike = (size - open.last.size).abs() < size * 0.08;
    let single = line.chunks.len() == 1 && open.last.parts == 1;
    if !alike || !single || markers::split(&text).is_some() {
        return false;
    }
    let aligned = open.lefts.iter().any(|left| (left - line.left()).abs() < ALIGNED);
    let step = line.baseline() - open.last.baseline;
    let close = next.new_page || step > 0.0 && step < size * measure.leading * 1.25;
    let lower = text.starts_with(|c: char| c.is_lowercase());
    let full = open.last.right + first_word(line) > right - size * 0.3;
    let unfinished = !open.text.trim_end().ends_with(['.', ';', ':', '?', '!']);
    if next.new_page {
        return lower && unfinished && open.heading.is_none();
    }
    aligned && close && (full || lower && unfinished)
}

/// The width of the first word with the space before it.
fn first_word(line: &Line) -> f64 {
    let text = line.text();
    let word = text.split_whitespace().next().unwrap_or_default();
    let (word, all) = (word.chars().count() + 1, text.chars().count().max(1));
    let share = f64::from(u32::try_from(word).unwrap_or(1)) / f64::from(u32::try_from(all).unwrap_or(1));
    (line.right() - line.left()) * share.min(1.0)
}

fn block(open: Open, indents: &mut Vec<f64>, place: Place) -> Block {
    let Open { text, heading, marker, blank_before, .. } = open;
    let kind = match (heading, marker) {
        (Some(level), marker) => {
            indents.clear();
            let number = marker.and_then(|(marker, _)| match marker {
                Marker::Number(number) => Some(number),
                Marker::Bullet(_) => None,
            });
            BlockKind::Heading { level, number, text }
        }
        (None, Some((marker, left))) => {
            while indents.last().is_some_and(|open| *open > left + ALIGNED) {
                indents.pop();
            }
            if indents.last().is_none_or(|open| *open < left - ALIGNED) {
                indents.push(left);
            }
            let level = u8::try_from(indents.len() - 1).unwrap_or(8).min(8);
            BlockKind::ListItem { level, marker, text, bold: false, blank_before }
        }
        (None, None) => {
            if indents.first().is_some_and(|first| open.lefts[0] < first + ALIGNED) {
                indents.clear();
            }
            BlockKind::Paragraph { text, bold: false, blank_before }
        }
    };
    Block { place, tabs_before: 0, kind }
}
