//! What the columns of a table say about the numbers in them: that they only name a row or a column (207, 行次 29,
//! 栏次 1), or that they bound a value (指标性质 ≥ beside 指标值 12).

use super::{Band, Cell, Table};
use crate::document::literal::{Hedge, LiteralKind};

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

/// Carries ≥ and ≤ from their own column to the targets beside them.
pub(super) fn bound(table: &mut Table) {
    let bounds: Vec<(usize, usize, Hedge)> = table.bands.iter().flat_map(|band| bounds(table, band)).collect();
    for (row, column, hedge) in bounds {
        let cells = table.rows[row].cells.iter_mut().filter(|cell| cell.column == column);
        for literal in cells.flat_map(|cell| &mut cell.literals).filter(|literal| literal.hedge == Hedge::None) {
            literal.hedge = hedge;
        }
    }
}

/// Headers of the column that says which way a target is meant.
pub(crate) const NATURES: &[&str] = &["指标性质", "指标方向", "方向", "运算符号", "计算符号", "符号"];

/// Row and column of the targets of a band, with what bounds them.
fn bounds(table: &Table, band: &Band) -> Vec<(usize, usize, Hedge)> {
    let headers: Vec<String> = (0..table.width()).map(|column| table.header_text(band, column)).collect();
    let column = |end: &str| headers.iter().position(|header| header.ends_with(end));
    let (Some(nature), Some(target)) = (NATURES.iter().find_map(|nature| column(nature)), column("指标值")) else {
        return Vec::new();
    };
    let sign = |row: usize| match table.cell_at(row, nature)?.flow.text() {
        "≥" | ">" | ">=" | "大于" | "大于等于" | "不低于" | "正向" => Some((row, target, Hedge::AtLeast)),
        "≤" | "<" | "<=" | "小于" | "小于等于" | "不高于" | "反向" => Some((row, target, Hedge::AtMost)),
        _ => None,
    };
    band.body.clone().filter_map(sign).collect()
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
