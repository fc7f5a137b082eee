//! Tables as grids, and label lists (`dl`) as tables of two columns.

use super::super::super::refusal::Refusal;
use super::super::grid::Grid;
use super::inline::Dress;
use super::walk::Walk;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// `rowspan="0"` covers the rest of the table.
const TO_THE_END: usize = 1_000;

impl Walk {
    pub fn table(&mut self, node: NodeRef<'_, Node>, dress: &Dress, depth: usize) -> Result<(), Refusal> {
        self.end_line()?;
        let mut grid = Grid::default();
        self.rows(node, false, &mut grid, dress, depth)?;
        self.page.place_table(grid.finish())
    }

    fn rows(
        &mut self,
        parent: NodeRef<'_, Node>,
        header: bool,
        grid: &mut Grid,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        for (child, element) in elements(parent) {
            match element.name() {
                "tr" => {
                    let cells: Vec<_> = elements(child).collect();
                    let all = !cells.is_empty() && cells.iter().all(|(_, cell)| cell.name() == "th");
                    grid.row(header || all);
                    for (cell, own) in cells {
                        self.cell(cell, own, grid, dress, depth)?;
                    }
                }
                "thead" => self.rows(child, true, grid, dress, depth)?,
                "tbody" | "tfoot" => self.rows(child, false, grid, dress, depth)?,
                "caption" => {
                    self.children(child, dress, depth + 1)?;
                    self.end_line()?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        cell: NodeRef<'_, Node>,
        element: &Element,
        grid: &mut Grid,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        if !matches!(element.name(), "td" | "th") {
            return Ok(());
        }
        let span = |name: &str| element.attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1_usize);
        let blocks = self.inner(&[cell], &dress.within(element), depth + 2)?;
        let rows = if span("rowspan") == 0 { TO_THE_END } else { span("rowspan") };
        grid.cell(span("colspan"), rows, blocks);
        Ok(())
    }

    /// A list of labels with what each means: a row for each label.
    pub fn labels(&mut self, node: NodeRef<'_, Node>, dress: &Dress, depth: usize) -> Result<(), Refusal> {
        self.end_line()?;
        let mut grid = Grid::default();
        let mut values: Vec<NodeRef<'_, Node>> = Vec::new();
        let mut entries = Vec::new();
        for (child, element) in elements(node) {
            // a label and its value may stand in a group of their own
            if element.name() == "div" { entries.extend(elements(child)) } else { entries.push((child, element)) }
        }
        let mut open = false;
        for (child, element) in entries {
            if element.name() == "dt" {
                self.end_row(&mut grid, open, &mut values, dress, depth)?;
                grid.row(false);
                let label = self.inner(&[child], &dress.within(element), depth + 2)?;
                grid.cell(1, 1, label);
                open = true;
            } else {
                values.push(child);
            }
        }
        self.end_row(&mut grid, open, &mut values, dress, depth)?;
        self.page.place_table(grid.finish())
    }

    fn end_row(
        &mut self,
        grid: &mut Grid,
        open: bool,
        values: &mut Vec<NodeRef<'_, Node>>,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        let values = std::mem::take(values);
        if open || !values.is_empty() {
            let blocks = self.inner(&values, dress, depth + 2)?;
            grid.cell(1, 1, blocks);
        }
        Ok(())
    }
}

fn elements<'t>(node: NodeRef<'t, Node>) -> impl Iterator<Item = (NodeRef<'t, Node>, &'t Element)> {
    node.children().filter_map(|child| child.value().as_element().map(|element| (child, element)))
}
