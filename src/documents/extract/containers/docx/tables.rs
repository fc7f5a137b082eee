//! Tables as grids: merged cells stand once with their spans, and tables inside cells are blocks of the cell.

use super::super::super::blocks::{AsideKind, Cell, Row, Table};
use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::super::line::{Dress, Line};
use super::super::xml::Element;
use super::drawings::branch;
use super::story::Story;
use super::switch;
use super::tracked::who_and_when;

/// The cell, by row and place in it, that a vertical merge continues in each column.
type Merges = Vec<Option<(usize, usize)>>;

impl Story<'_, '_> {
    pub fn table(&mut self, element: &Element) -> Result<Table, Refusal> {
        if self.table_depth >= limits::TABLE_DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.table_depth += 1;
        let mut table = Table::default();
        let mut merges: Merges = vec![None; limits::TABLE_COLUMNS];
        let mut rows = Vec::new();
        gather(element, "tr", &mut rows);
        let walked = rows.into_iter().try_for_each(|row| self.row(row, &mut table, &mut merges));
        self.table_depth -= 1;
        walked.map(|()| table)
    }

    fn row(&mut self, row: &Element, table: &mut Table, merges: &mut Merges) -> Result<(), Refusal> {
        let properties = row.child("trPr");
        if let Some(change) = properties.and_then(|own| own.child("del")) {
            return self.deleted_row(row, change);
        }
        let skipped = properties.and_then(|own| own.child_attribute("gridBefore", "val"));
        let mut column: usize = skipped.and_then(|columns| columns.parse().ok()).unwrap_or(0);
        let header = switch(properties, "tblHeader") == Some(true);
        let at = table.rows.len();
        table.rows.push(Row { header, cells: Vec::new() });
        let mut cells = Vec::new();
        gather(row, "tc", &mut cells);
        for cell in cells {
            column = column.min(limits::TABLE_COLUMNS - 1);
            column += self.cell(cell, at, column, table, merges)?;
        }
        Ok(())
    }

    /// Places one cell and gives how many columns it takes.
    fn cell(
        &mut self,
        element: &Element,
        at: usize,
        column: usize,
        table: &mut Table,
        merges: &mut Merges,
    ) -> Result<usize, Refusal> {
        let properties = element.child("tcPr");
        let span = properties.and_then(|own| own.child_attribute("gridSpan", "val")).and_then(|span| span.parse().ok());
        let columns = span.unwrap_or(1).clamp(1, limits::TABLE_COLUMNS - column);
        let blocks = self.inner(element, self.place)?;
        let merge = properties.and_then(|own| own.child("vMerge"));
        let goes_on = merge.is_some_and(|merge| merge.attribute("val") != Some("restart"));
        // the old way to merge along the row: later cells say that they go on
        let sideways = properties
            .and_then(|own| own.child("hMerge"))
            .is_some_and(|merge| merge.attribute("val") != Some("restart"));
        if sideways && let Some(cell) = table.rows[at].cells.last_mut() {
            cell.columns += columns;
            cell.blocks.extend(blocks);
            return Ok(columns);
        }
        if goes_on && let Some((row, index)) = merges[column] {
            let cell = &mut table.rows[row].cells[index];
            cell.rows = at - row + 1;
            cell.blocks.extend(blocks);
            return Ok(columns);
        }
        let own = merge.is_some().then_some((at, table.rows[at].cells.len()));
        merges[column..column + columns].fill(own);
        table.rows[at].cells.push(Cell { column, columns, rows: 1, blocks });
        Ok(columns)
    }

    /// A row deleted by a tracked change is no part of the table; its words are reported.
    fn deleted_row(&mut self, row: &Element, change: &Element) -> Result<(), Refusal> {
        let mut line = Line::default();
        self.removed += 1;
        let walked = self.inside(row, &mut line, Dress::default());
        self.removed -= 1;
        walked?;
        let (author, date) = who_and_when(change);
        let text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() { Ok(()) } else { self.note_aside(AsideKind::Deleted { text, author, date }, "") }
    }
}

/// Rows or cells, also those inside content controls and other wrappers.
fn gather<'e>(parent: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for child in parent.elements() {
        match child.name() {
            own if own == name => found.push(child),
            "AlternateContent" => gather(branch(child), name, found),
            "tblPr" | "tblGrid" | "trPr" | "tblPrEx" | "sdtPr" | "sdtEndPr" => {}
            _ => gather(child, name, found),
        }
    }
}
