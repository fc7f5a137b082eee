//! Lines of glyphs: those on one baseline, left to right, cut where a gap is wider than any between words.

use super::super::markers;
use super::glyphs::{Glyph, Rule};

/// Baselines closer than this share of the size are one line: superscripts and signs sit a little off.
const OFF: f64 = 0.35;
/// A gap of this share of the size is a space between words.
const SPACE: f64 = 0.16;
/// A gap of this share of the size parts two columns or cells.
const PART: f64 = 1.6;

/// So much parts a list's marker from its text.
const MARK: f64 = 0.3;

/// Text without a wide gap inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    pub size: f64,
    pub text: String,
}

/// Chunks on one baseline, left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub chunks: Vec<Chunk>,
}

impl Line {
    pub fn left(&self) -> f64 {
        self.chunks.first().map_or(0.0, |chunk| chunk.left)
    }

    pub fn right(&self) -> f64 {
        self.chunks.last().map_or(0.0, |chunk| chunk.right)
    }

    pub fn baseline(&self) -> f64 {
        self.chunks.first().map_or(0.0, |chunk| chunk.baseline)
    }

    /// The size of its longest chunk.
    pub fn size(&self) -> f64 {
        let longest = self.chunks.iter().max_by_key(|chunk| chunk.text.len());
        longest.map_or(1.0, |chunk| chunk.size)
    }

    /// Its text, a tab between chunks.
    pub fn text(&self) -> String {
        self.chunks.iter().map(|chunk| chunk.text.as_str()).collect::<Vec<_>>().join("\t")
    }
}

/// Chunks of a page, from top to bottom and left to right. Rules down the page part them too.
pub fn chunks(mut glyphs: Vec<Glyph>, rules: &[Rule]) -> Vec<Chunk> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let near = |row: &Vec<Glyph>| {
            row.first().is_some_and(|first| (glyph.y - first.y).abs() < first.size.min(glyph.size) * OFF)
        };
        match rows.last_mut().filter(|row| near(row)) {
            Some(row) => row.push(glyph),
            None => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().flat_map(|row| row_chunks(row, rules)).collect()
}

fn row_chunks(mut row: Vec<Glyph>, rules: &[Rule]) -> Vec<Chunk> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut out: Vec<Chunk> = Vec::new();
    let mut spaced = false;
    for glyph in row {
        if glyph.text.trim().is_empty() {
            spaced = true;
            continue;
        }
        let fresh = out.last().is_none_or(|chunk| {
            let gap = glyph.x - chunk.right;
            gap > glyph.size * PART
                || gap > glyph.size * MARK && is_marker(&chunk.text)
                || is_ruled_off(rules, chunk.right, glyph.x, glyph.y - glyph.size * 0.3)
        });
        if fresh {
            let (left, right) = (glyph.x, glyph.x + glyph.width);
            out.push(Chunk { left, right, baseline: glyph.y, size: glyph.size, text: glyph.text });
        } else if let Some(chunk) = out.last_mut() {
            // the same sign drawn twice, a hair apart, is bold by other means
            let doubled =
                glyph.x < chunk.right - glyph.width * 0.8 && chunk.text.ends_with(&glyph.text) && glyph.width > 0.0;
            if !doubled {
                if spaced || glyph.x - chunk.right > glyph.size * SPACE {
                    chunk.text.push(' ');
                }
                chunk.text.push_str(&glyph.text);
                chunk.right = chunk.right.max(glyph.x + glyph.width);
            }
        }
        spaced = false;
    }
    out
}

fn is_marker(text: &str) -> bool {
    text.len() <= 8 && markers::split(text).is_some_and(|(_, rest)| rest.is_empty())
}

fn is_ruled_off(rules: &[Rule], left: f64, right: f64, y: f64) -> bool {
    rules
        .iter()
        .any(|rule| !rule.across && rule.at > left - 1.0 && rule.at < right + 1.0 && rule.from <= y && y <= rule.to)
}

/// Lines of chunks that stand on one baseline.
pub fn lines(mut chunks: Vec<Chunk>) -> Vec<Line> {
    chunks.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<Line> = Vec::new();
    for chunk in chunks {
        let near = |line: &Line| (line.baseline() - chunk.baseline).abs() < line.size().min(chunk.size) * OFF;
        match lines.last_mut().filter(|line| near(line)) {
            Some(line) => line.chunks.push(chunk),
            None => lines.push(Line { chunks: vec![chunk] }),
        }
    }
    for line in &mut lines {
        line.chunks.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}
