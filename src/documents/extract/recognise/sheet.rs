//! The document laid out for recognisers: lines, label–value pairs and grids, each text a piece of the ledger.
//!
//! Only shapes and small questions live here. `load` builds a sheet; the recognisers take it apart.

use super::columns::Columns;
use super::ledger::Piece;

/// What stands one under the other on the page.
#[derive(Debug, Clone)]
pub enum Node {
    Line(Line),
    /// A label and what stands beside or under it.
    Pair(Pair),
    Grid(Grid),
}

/// One printed line or paragraph.
#[derive(Debug, Clone)]
pub struct Line {
    pub piece: Piece,
    /// The list or heading number as printed.
    pub number: Option<Piece>,
    /// The glyph of a bullet; it holds words where a letter was typed as one (`o`).
    pub glyph: Option<Piece>,
    /// Depth in a list, 0 outermost.
    pub level: u8,
    /// Level of the heading style, where it has one.
    pub style: Option<u8>,
    pub bold: bool,
    /// Empty space stood before it.
    pub blank: bool,
    /// It goes on in the same paragraph as the line before it, after a soft break.
    pub soft: bool,
    /// Tabs before it, in plain text: cells of a flattened table.
    pub tabs: u8,
    /// It filled a whole row of a table.
    pub bar: bool,
    /// The outline has found it to be a heading inside its part.
    pub head: bool,
}

#[derive(Debug, Clone)]
pub struct Pair {
    /// The number before the label, where it has one.
    pub number: Option<Piece>,
    pub label: Piece,
    pub value: Vec<Line>,
}

#[derive(Debug, Clone, Default)]
pub struct Grid {
    pub rows: Vec<GridRow>,
    /// What its columns hold, where a header row says so; that row is the first.
    pub columns: Option<Columns>,
}

#[derive(Debug, Clone, Default)]
pub struct GridRow {
    pub cells: Vec<GridCell>,
}

#[derive(Debug, Clone, Default)]
pub struct GridCell {
    /// Zero-based first column, and how many columns the cell spans.
    pub column: usize,
    pub columns: usize,
    pub lines: Vec<Line>,
}

impl Line {
    /// A bare line of running text.
    pub fn plain(piece: Piece) -> Line {
        Line {
            piece,
            number: None,
            glyph: None,
            level: 0,
            style: None,
            bold: false,
            blank: false,
            soft: false,
            tabs: 0,
            bar: false,
            head: false,
        }
    }

    pub fn text(&self) -> &str {
        self.piece.text()
    }

    /// The same line with other text: what is left when a part was taken off.
    pub fn with(&self, piece: Piece) -> Line {
        Line { piece, ..self.clone() }
    }

    pub fn is_bullet(&self) -> bool {
        self.glyph.is_some()
    }

    /// Bulleted or numbered.
    pub fn is_item(&self) -> bool {
        self.glyph.is_some() || self.number.is_some()
    }

    pub fn has_words(&self) -> bool {
        self.piece.has_words() || self.number.as_ref().is_some_and(Piece::has_words)
    }

    pub fn word_count(&self) -> usize {
        count_words(self.text())
    }

    /// A word or two after a soft break: the end of the line before.
    pub fn is_rest(&self) -> bool {
        self.soft && self.word_count() <= 2
    }

    /// Ends as a lead-in does: with a colon or a dash.
    pub fn leads_in(&self) -> bool {
        leads_in(self.text())
    }
}

/// Ends with a colon, a dash, or both (`:-`).
pub fn leads_in(text: &str) -> bool {
    text.trim_end().ends_with([':', '–', '—', '-'])
}

/// Runs without white space that hold a letter or digit.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

impl GridCell {
    /// All its text in one line, for reading.
    pub fn text(&self) -> String {
        self.lines.iter().map(Line::text).collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.text().trim().is_empty() && !line.has_words())
    }

    pub fn has_words(&self) -> bool {
        self.lines.iter().any(Line::has_words)
    }
}

impl GridRow {
    pub fn filled(&self) -> impl Iterator<Item = &GridCell> {
        self.cells.iter().filter(|cell| !cell.is_empty())
    }

    /// The cell that covers a column.
    pub fn at(&self, column: usize) -> Option<&GridCell> {
        self.cells.iter().find(|cell| (cell.column..cell.column + cell.columns.max(1)).contains(&column))
    }
}

impl Node {
    pub fn as_line(&self) -> Option<&Line> {
        match self {
            Node::Line(line) => Some(line),
            Node::Pair(_) | Node::Grid(_) => None,
        }
    }

    /// Every line in it, in reading order; a pair's label is not a line.
    pub fn lines_mut(&mut self) -> Vec<&mut Line> {
        match self {
            Node::Line(line) => vec![line],
            Node::Pair(pair) => pair.value.iter_mut().collect(),
            Node::Grid(grid) => {
                grid.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.lines).collect()
            }
        }
    }
}
