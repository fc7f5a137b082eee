//! Tables as grids: merged cells stand once with their spans, tables inside cells are blocks of the cell.

use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::super::grid::Grid;
use super::super::xml::Element;
use super::story::Story;

impl<'e> Story<'e> {
    pub fn table(&mut self, element: &'e Element) -> Result<(), Refusal> {
        let mut grid = Grid::default();
        self.rows(element, false, &mut grid)?;
        self.page.place_table(grid.finish())
    }

    fn rows(&mut self, parent: &'e Element, header: bool, grid: &mut Grid) -> Result<(), Refusal> {
        for child in parent.elements() {
            match child.name() {
                "table-row" => {
                    grid.row(header);
                    self.cells(child, grid)?;
                }
                "table-header-rows" => self.rows(child, true, grid)?,
                "table-rows" | "table-row-group" => self.rows(child, header, grid)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: &'e Element, grid: &mut Grid) -> Result<(), Refusal> {
        for cell in row.elements() {
            let number = |name: &str| cell.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(1_usize);
            match cell.name() {
                "table-cell" => {
                    let place = self.page.place;
                    let repeated = number("number-columns-repeated").min(limits::TABLE_COLUMNS);
                    for _ in 0..repeated.max(1) {
                        let blocks = self.inner(cell, place)?;
                        grid.cell(number("number-columns-spanned"), number("number-rows-spanned"), blocks);
                    }
                }
                "covered-table-cell" => {
                    let place = self.page.place;
                    let blocks = self.inner(cell, place)?;
                    if !blocks.is_empty() {
                        grid.spill(blocks);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}
