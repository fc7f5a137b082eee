//! Pages set in two columns: the left one is read before the right one.
//!
//! Fires on a run of lines that all leave the same gap free and are mostly filled on both sides of it, or whose sides are
//! set each at a height of its own, as no table's are. What is left as it is reads line by line, with a tab for each gap:
//! a table that was set without rules.

use super::lines::{Chunk, Line};

/// Fewest lines of a run, and fewest words that a side has on average: where the lines stand at one height, and where
/// headings and spaces have moved them against each other.
const LINES: usize = 6;
const WORDS: usize = 4;
const WORDS_APART: usize = 3;
/// Narrowest gap between columns, in points.
const GAP: f64 = 10.0;
/// Fewest lines that stand beside the other side's lines at another height.
const APART: usize = 3;

/// The lines of a page, column by column where it has columns.
pub fn in_reading_order(mut lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::new();
    while let Some((start, end, gap)) = next_run(&lines) {
        let after = lines.split_off(end);
        let run = lines.split_off(start);
        out.append(&mut lines);
        out.extend(if are_columns(&run, middle(gap)) { split(run, middle(gap)) } else { run });
        lines = after;
    }
    out.append(&mut lines);
    out
}

type Gap = (f64, f64);

fn middle(gap: Gap) -> f64 {
    f64::midpoint(gap.0, gap.1)
}

/// The first lines that leave one gap free: from the first that stands on its right side on.
fn next_run(lines: &[Line]) -> Option<(usize, usize, Gap)> {
    let (at, mut gap) = lines.iter().enumerate().find_map(|(at, line)| Some((at, gap(line)?)))?;
    let mut extend = |line: &&Line| match narrowed(gap, line) {
        Some(narrower) => {
            gap = narrower;
            true
        }
        None => false,
    };
    let below = lines[at..].iter().take_while(&mut extend).count();
    let above = lines[..at].iter().rev().take_while(&mut extend).count();
    let first = lines[at - above..=at].iter().position(|line| has_right(line, middle(gap))).unwrap_or(above);
    Some((at - above + first, at + below.max(1), gap))
}

fn has_right(line: &Line, middle: f64) -> bool {
    line.chunks.iter().any(|chunk| chunk.left >= middle)
}

fn has_left(line: &Line, middle: f64) -> bool {
    line.chunks.iter().any(|chunk| chunk.left < middle)
}

/// The gap between the two parts of a line; a lone marker before text is no column.
fn gap(line: &Line) -> Option<Gap> {
    let parts = line.chunks.windows(2).filter_map(|pair| {
        let [left, right] = pair else { return None };
        let wide = right.left - left.right > GAP && left.text.split_whitespace().count() > 1;
        wide.then_some((left.right, right.left))
    });
    let gaps: Vec<Gap> = parts.collect();
    match gaps.as_slice() {
        [one] if line.chunks.len() <= 4 => Some(*one),
        [..] => None,
    }
}

/// The part of the gap that this line leaves free as well.
fn narrowed(gap: Gap, line: &Line) -> Option<Gap> {
    let middle = middle(gap);
    let from = line.chunks.iter().filter(|chunk| chunk.left < middle).map(|chunk| chunk.right).fold(gap.0, f64::max);
    let to = line.chunks.iter().filter(|chunk| chunk.left >= middle).map(|chunk| chunk.left).fold(gap.1, f64::min);
    (to - from > GAP && line.chunks.len() <= 4).then_some((from, to))
}

fn are_columns(run: &[Line], middle: f64) -> bool {
    let both = run.iter().filter(|line| has_left(line, middle) && has_right(line, middle)).count();
    let words = |on_side: fn(&Line, f64) -> bool, left: bool| {
        let lines = run.iter().filter(|line| on_side(line, middle));
        let texts = lines.clone().flat_map(|line| &line.chunks).filter(|chunk| (chunk.left < middle) == left);
        let sum: usize = texts.map(|chunk| chunk.text.split_whitespace().count()).sum();
        (lines.count(), sum)
    };
    let ((left_lines, left), (right_lines, right)) = (words(has_left, true), words(has_right, false));
    let filled = |least: usize| left >= left_lines.max(1) * least && right >= right_lines.max(1) * least;
    let level = run.len() >= LINES && both * 4 >= run.len() * 3 && filled(WORDS);
    level || left_lines >= LINES && right_lines >= LINES && apart(run, middle) >= APART && filled(WORDS_APART)
}

/// Lines of the right side alone that stand less than a line's height from one of the left side: in a table each cell
/// begins at its row's height and goes on in the same steps as its neighbour.
fn apart(run: &[Line], middle: f64) -> usize {
    let beside = |at: usize, line: &Line| {
        let near = |other: Option<&Line>| {
            other.is_some_and(|other| {
                has_left(other, middle) && (other.baseline() - line.baseline()).abs() < line.size() * 0.9
            })
        };
        near(at.checked_sub(1).and_then(|at| run.get(at))) || near(run.get(at + 1))
    };
    let alone = run.iter().enumerate().filter(|(_, line)| !has_left(line, middle));
    alone.filter(|(at, line)| beside(*at, line)).count()
}

fn split(run: Vec<Line>, middle: f64) -> Vec<Line> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in run {
        let (before, after): (Vec<Chunk>, Vec<Chunk>) = line.chunks.into_iter().partition(|chunk| chunk.left < middle);
        left.extend((!before.is_empty()).then_some(Line { chunks: before }));
        right.extend((!after.is_empty()).then_some(Line { chunks: after }));
    }
    left.append(&mut right);
    left
}
