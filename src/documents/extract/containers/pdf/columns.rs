//! Pages set in two columns: the left one is read before the right one.
//!
//! Fires on a run of lines that all leave the same gap free and are mostly filled on both sides of it. What is left as
//! it is reads line by line, with a tab for each gap: a table that was set without rules.

use super::lines::{Chunk, Line};

/// Fewest lines of a run, and fewest words that a side has on average.
const LINES: usize = 6;
const WORDS: usize = 4;
/// Narrowest gap between columns, in points.
const GAP: f64 = 10.0;

/// The lines of a page, column by column where it has columns.
pub fn in_reading_order(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::new();
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        let mut run = vec![line];
        let Some(mut gap) = gap(&run[0]) else {
            out.append(&mut run);
            continue;
        };
        while let Some(next) = rest.next_if(|next| narrowed(gap, next).is_some()) {
            gap = narrowed(gap, &next).unwrap_or(gap);
            run.push(next);
        }
        out.extend(if are_columns(&run) { split(run, gap) } else { run });
    }
    out
}

/// The gap between the only two parts of a line; a lone marker before text is no column.
fn gap(line: &Line) -> Option<(f64, f64)> {
    let [left, right] = line.chunks.as_slice() else { return None };
    let wide = right.left - left.right > GAP && left.text.split_whitespace().count() > 1;
    wide.then_some((left.right, right.left))
}

/// The part of the gap that this line leaves free as well.
fn narrowed(gap: (f64, f64), line: &Line) -> Option<(f64, f64)> {
    let middle = f64::midpoint(gap.0, gap.1);
    let from = line.chunks.iter().filter(|chunk| chunk.left < middle).map(|chunk| chunk.right).fold(gap.0, f64::max);
    let to = line.chunks.iter().filter(|chunk| chunk.left >= middle).map(|chunk| chunk.left).fold(gap.1, f64::min);
    (to - from > GAP && line.chunks.len() <= 3).then_some((from, to))
}

fn are_columns(run: &[Line]) -> bool {
    let both = run.iter().filter(|line| gap(line).is_some()).count();
    let words = |pick: fn(&Line) -> Option<&Chunk>| {
        let texts: Vec<usize> =
            run.iter().filter_map(pick).map(|chunk| chunk.text.split_whitespace().count()).collect();
        texts.iter().sum::<usize>() / texts.len().max(1)
    };
    let (left, right) = (words(|line| line.chunks.first()), words(|line| line.chunks.last()));
    run.len() >= LINES && both * 4 >= run.len() * 3 && left >= WORDS && right >= WORDS
}

fn split(run: Vec<Line>, gap: (f64, f64)) -> Vec<Line> {
    let middle = f64::midpoint(gap.0, gap.1);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in run {
        let (before, after): (Vec<Chunk>, Vec<Chunk>) = line.chunks.into_iter().partition(|chunk| chunk.left < middle);
        left.extend((!before.is_empty()).then_some(Line { chunks: before }));
        right.extend((!after.is_empty()).then_some(Line { chunks: after }));
    }
    left.append(&mut right);
    left
}
