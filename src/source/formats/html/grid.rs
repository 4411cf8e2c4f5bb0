//! Tables on their grids, as browsers lay them out.

use super::tree::{Id, Tree};
use super::{At, Limits};
use crate::source::ReadError;

/// More columns than browsers let one cell span.
const WIDEST: usize = 1000;

pub(super) struct Cell {
    pub(super) at: At,
    pub(super) id: Id,
}

/// The cells of a table by rows, each at its origin. `cells` counts those of the whole page.
pub(super) fn read(tree: &Tree, table: Id, cells: &mut usize, limits: &Limits) -> Result<Vec<Vec<Cell>>, ReadError> {
    let rows = rows(tree, table);
    let mut grid: Vec<Vec<Cell>> = Vec::new();
    // For each column the first row that no cell from above reaches.
    let mut free: Vec<usize> = Vec::new();
    for (row, &id) in rows.iter().enumerate() {
        let mut line = Vec::new();
        let mut column = 0;
        for cell in tree.children(id).filter(|&cell| matches!(tree.name(cell), "td" | "th")) {
            while free.get(column).is_some_and(|&free| free > row) {
                column += 1;
            }
            let at = place(tree, cell, (row, column), rows.len());
            let end = at.column + at.column_span;
            *cells += at.column_span * at.row_span;
            if end > limits.columns || *cells > limits.cells {
                return Err(ReadError::new("网页里的表格太大，不像是一份报告；请确认选对了文件，或拆分后再查"));
            }
            free.resize(free.len().max(end), 0);
            free[at.column..end].fill(row + at.row_span);
            line.push(Cell { at, id: cell });
            column = end;
        }
        grid.push(line);
    }
    Ok(grid)
}

fn place(tree: &Tree, cell: Id, (row, column): (usize, usize), rows: usize) -> At {
    let element = tree.element(cell);
    let column_span = element.and_then(|each| each.column_span).unwrap_or(1).clamp(1, WIDEST);
    // 0 reaches to the last row, and no cell reaches further.
    let row_span = match element.and_then(|each| each.row_span) {
        Some(0) => rows - row,
        span => span.unwrap_or(1).clamp(1, rows - row),
    };
    At { row, column, row_span, column_span }
}

/// The rows of a table, those of its head first and those of its foot last.
fn rows(tree: &Tree, table: Id) -> Vec<Id> {
    let mut parts: [Vec<Id>; 3] = Default::default();
    for child in tree.children(table) {
        let part = match tree.name(child) {
            "tr" => {
                parts[1].push(child);
                continue;
            }
            "thead" => 0,
            "tbody" => 1,
            "tfoot" => 2,
            _ => continue,
        };
        parts[part].extend(tree.children(child).filter(|&row| tree.name(row) == "tr"));
    }
    parts.concat()
}
