//! Numbers of a table that name a row or a column instead of measuring anything: 207, 行次 29, 栏次 1.

use super::{Band, Cell, Table};
use crate::document::literal::LiteralKind;

/// Marks row numbers, column numbers and account codes as codes.
pub(super) fn mark(table: &mut Table) {
    let columns: Vec<(Band, Vec<usize>)> =
        table.bands.iter().map(|band| (band.clone(), code_columns(table, band))).collect();
    for (band, columns) in columns {
        for row in band.header {
            table.rows[row].cells.iter_mut().for_each(name_header);
        }
        for row in band.body {
            table.rows[row].cells.iter_mut().filter(|cell| columns.contains(&cell.column)).for_each(name);
        }
    }
}

/// Numbers alone in header cells count columns: 栏次 1 2 3.
fn name_header(cell: &mut Cell) {
    if super::words::is_number(cell.flow.text()) {
        name(cell);
    }
}

fn name(cell: &mut Cell) {
    for literal in cell.literals.iter_mut().filter(|literal| !literal.unit_printed && literal.places == 0) {
        literal.kind = LiteralKind::Code;
    }
}

/// Columns under 科目编码, 序号, 行次, or that hold nothing but account codes.
fn code_columns(table: &Table, band: &Band) -> Vec<usize> {
    let width = table.width();
    (0..width).filter(|&column| headed_by_codes(table, band, column) || holds_codes(table, band, column)).collect()
}

fn headed_by_codes(table: &Table, band: &Band, column: usize) -> bool {
    let words = ["编码", "代码", "序号", "行次", "栏次", "编号"];
    band.header.clone().filter_map(|row| table.cell_at(row, column)).any(|cell| {
        let text = cell.flow.text();
        words.iter().any(|word| text.ends_with(word)) || ["类", "款", "项"].contains(&text)
    })
}

/// 207, 20701, 2070109 in the first column, nothing else but words beside them.
fn holds_codes(table: &Table, band: &Band, column: usize) -> bool {
    let texts = band.body.clone().filter_map(|row| table.cell_at(row, column)).map(|cell| cell.flow.text());
    let numbers: Vec<&str> = texts.filter(|text| super::words::is_number(text)).collect();
    column == 0 && numbers.len() > 1 && numbers.iter().all(|text| is_account(text))
}

/// An account code of the budget: 3, 5 or 7 digits, the first 1, 2, 3 or 5.
pub(crate) fn is_account(text: &str) -> bool {
    matches!(text.len(), 3 | 5 | 7)
        && text.bytes().all(|b| b.is_ascii_digit())
        && text.starts_with(['1', '2', '3', '5'])
}
