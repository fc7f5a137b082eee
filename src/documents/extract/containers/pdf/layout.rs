//! Pages in order: what is text, what is a table, and what goes on over a page's end.

use super::super::super::blocks::{Block, BlockKind, Document, Place, Row};
use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::cells;
use super::columns;
use super::edges::{self, Cut};
use super::glyphs::Sheet;
use super::hyphens::Known;
use super::lines::{self, Chunk, Line};
use super::paragraphs::{self, Measure, TextLine};
use super::rules::{self, Frame};
use super::tables::{self, Ruled};

/// What stands one under the other.
enum Item {
    Text(TextLine),
    Table(Ruled),
}

/// Lays the pages out as one document.
pub fn document(sheets: Vec<Sheet>) -> Result<Document, Refusal> {
    let mut turned = Vec::new();
    let (mut pages, mut frames) = (Vec::new(), Vec::new());
    for sheet in sheets {
        pages.push((sheet.height, lines::lines(lines::chunks(sheet.glyphs, &sheet.rules))));
        frames.push(rules::frames(&sheet.rules));
        turned.push(sheet.turned.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let cuts = edges::cut(pages);
    let measure = measure(&cuts);
    let right = cuts.iter().flat_map(|cut| &cut.body).map(Line::right).fold(0.0, f64::max);
    let mut blocks: Vec<Block> = cuts.iter().flat_map(|cut| edge_blocks(&cut.heads, Place::Header)).collect();
    let feet: Vec<Block> = cuts.iter().flat_map(|cut| edge_blocks(&cut.feet, Place::Footer)).collect();
    let mut items = Vec::new();
    for (cut, frames) in cuts.into_iter().zip(frames) {
        page(cut.body, &frames, &measure, &mut items);
    }
    flow(items, right, &measure, &mut blocks)?;
    let loose = turned.into_iter().filter(|text| !text.is_empty());
    blocks.extend(loose.map(|text| paragraph(text, Place::TextBox)));
    blocks.extend(feet);
    Ok(Document { blocks, asides: Vec::new() })
}

fn paragraph(text: String, place: Place) -> Block {
    Block { place, tabs_before: 0, kind: BlockKind::Paragraph { text, bold: false, blank_before: false } }
}

fn edge_blocks(lines: &[Line], place: Place) -> Vec<Block> {
    lines.iter().map(|line| paragraph(line.text(), place)).collect()
}

/// One page's lines and tables, from top to bottom.
fn page(body: Vec<Line>, frames: &[Frame], measure: &Measure, items: &mut Vec<Item>) {
    let mut inside: Vec<Vec<Chunk>> = frames.iter().map(|_| Vec::new()).collect();
    let mut outside = Vec::new();
    for chunk in body.into_iter().flat_map(|line| line.chunks) {
        let y = chunk.baseline - chunk.size * 0.3;
        match frames.iter().position(|frame| frame.holds(chunk.left + chunk.size * 0.2, y)) {
            Some(at) => inside[at].push(chunk),
            None => outside.push(chunk),
        }
    }
    let mut waiting = frames.iter().zip(inside).filter(|(_, chunks)| !chunks.is_empty()).peekable();
    let mut new_page = true;
    let mut tables_before = |until: f64, items: &mut Vec<Item>, new_page: &mut bool| {
        while let Some((frame, chunks)) = waiting.next_if(|(frame, _)| frame.top() < until) {
            let cells = cells::cells(frame, chunks);
            items.push(Item::Table(tables::ruled(frame, cells, measure, std::mem::take(new_page))));
        }
    };
    for line in columns::in_reading_order(lines::lines(outside)) {
        tables_before(line.baseline(), items, &mut new_page);
        items.push(Item::Text(TextLine { line, new_page: std::mem::take(&mut new_page) }));
    }
    tables_before(f64::INFINITY, items, &mut new_page);
}

/// Joins what goes on, over lines and over pages.
fn flow(items: Vec<Item>, right: f64, measure: &Measure, blocks: &mut Vec<Block>) -> Result<(), Refusal> {
    let mut text: Vec<TextLine> = Vec::new();
    let mut open: Option<Ruled> = None;
    let place_table = |open: &mut Option<Ruled>, blocks: &mut Vec<Block>| {
        if let Some(table) = open.take() {
            let kind = BlockKind::Table(table.table);
            blocks.push(Block { place: Place::Body, tabs_before: 0, kind });
        }
    };
    for item in items {
        match item {
            Item::Text(line) => {
                place_table(&mut open, blocks);
                text.push(line);
            }
            Item::Table(table) => {
                blocks.extend(paragraphs::blocks(&std::mem::take(&mut text), right, measure, Place::Body));
                match open.as_mut().filter(|before| before.goes_on_in(&table)) {
                    Some(before) => {
                        let heads = before.take_in(table, measure);
                        blocks.extend(heads.iter().flat_map(repeated));
                    }
                    None => {
                        place_table(&mut open, blocks);
                        open = Some(table);
                    }
                }
            }
        }
        if blocks.len() > limits::BLOCKS {
            return Err(Refusal::TooMuchText);
        }
    }
    place_table(&mut open, blocks);
    blocks.extend(paragraphs::blocks(&text, right, measure, Place::Body));
    Ok(())
}

/// A header row that is printed again on the next page is furniture of that page.
fn repeated(row: &Row) -> Vec<Block> {
    let cells = row.cells.iter().flat_map(|cell| cell.blocks.clone());
    cells.map(|block| Block { place: Place::Header, ..block }).collect()
}

/// Measures the text: its size, its leading, the sizes of headings, its words.
fn measure(cuts: &[Cut]) -> Measure {
    let all: Vec<&Line> = cuts.iter().flat_map(|cut| &cut.body).collect();
    let size = most(all.iter().flat_map(|line| &line.chunks).map(|chunk| (chunk.size, chunk.text.len())), 0.5);
    let steps = cuts.iter().flat_map(|cut| cut.body.windows(2)).filter_map(|pair| {
        let step = (pair[1].baseline() - pair[0].baseline()) / size;
        (0.9..2.2).contains(&step).then_some((step, 1))
    });
    let leading = most(steps, 0.05);
    let mut headings: Vec<f64> = all.iter().map(|line| line.size()).filter(|own| *own > size * 1.12).collect();
    headings.sort_by(|a, b| b.total_cmp(a));
    headings.dedup_by(|later, earlier| *earlier - *later < 0.6);
    let mut known = Known::default();
    all.iter().flat_map(|line| &line.chunks).for_each(|chunk| known.learn(&chunk.text));
    Measure { size, leading: if leading > 0.0 { leading } else { 1.2 }, headings, known }
}

/// The value that weighs most, rounded to steps.
fn most(values: impl Iterator<Item = (f64, usize)>, step: f64) -> f64 {
    let mut weights: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    for (value, weight) in values {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in points, kept in range")]
        let key = (value / step).round().clamp(0.0, 100_000.0) as u32;
        *weights.entry(key).or_default() += weight;
    }
    weights.into_iter().max_by_key(|(_, weight)| *weight).map_or(0.0, |(key, _)| f64::from(key) * step)
}
