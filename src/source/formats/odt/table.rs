//! Tables on their grids.

use super::model::{Cell, Table};
use super::reading::At;
use super::repeated;
use super::walk::Walk;
use super::xml::{Element, Space};
use crate::source::ReadError;

/// More columns than a report's table has.
const COLUMNS: usize = 512;

pub(super) fn read(walk: &mut Walk<'_>, element: &Element<'_>) -> Result<Table, ReadError> {
    if walk.tables >= walk.limits.tables {
        let limit = walk.limits.tables;
        return Err(ReadError::new(format!("表格嵌套超过 {limit} 层，没有读取；请在 Word 或 WPS 里拆开后再查")));
    }
    walk.tables += 1;
    let mut table = Table::default();
    rows(walk, element, &mut table)?;
    walk.tables -= 1;
    let rows = table.rows.len();
    for cell in table.rows.iter_mut().flatten() {
        cell.at.row_span = cell.at.row_span.min(rows - cell.at.row);
    }
    Ok(table)
}

fn rows(walk: &mut Walk<'_>, inside: &Element<'_>, table: &mut Table) -> Result<(), ReadError> {
    for each in inside.elements().filter(|each| each.space == Space::OdfTable) {
        match each.name {
            "table-row" => {
                for _ in 0..repeated(each, "number-rows-repeated") {
                    row(walk, each, table)?;
                }
            }
            "table-header-rows" | "table-rows" | "table-row-group" => rows(walk, each, table)?,
            _ => {}
        }
    }
    Ok(())
}

fn row(walk: &mut Walk<'_>, element: &Element<'_>, table: &mut Table) -> Result<(), ReadError> {
    let index = table.rows.len();
    count(walk, 0)?;
    let (mut cells, mut column) = (Vec::new(), 0);
    for each in element.elements().filter(|each| matches!(each.name, "table-cell" | "covered-table-cell")) {
        for _ in 0..repeated(each, "number-columns-repeated") {
            count(walk, column)?;
            if each.name == "table-cell" {
                let (row_span, column_span) =
                    (repeated(each, "number-rows-spanned"), repeated(each, "number-columns-spanned").min(COLUMNS));
                let at = At { row: index, column, row_span, column_span };
                cells.push(Cell { at, counted: column, blocks: walk.blocks(each)? });
            }
            column += 1;
        }
    }
    table.rows.push(cells);
    Ok(())
}

/// Rows and cells may be repeated without end.
fn count(walk: &mut Walk<'_>, column: usize) -> Result<(), ReadError> {
    walk.seen.cells += 1;
    if walk.seen.cells > walk.limits.cells || column >= COLUMNS {
        return Err(ReadError::new("表格大得反常，没有读取；请核对文件，或拆分后再查"));
    }
    Ok(())
}
