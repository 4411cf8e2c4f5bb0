//! What a cell of a grid is governed by: its headers, its labels, its unit.

use std::collections::BTreeMap;

use super::super::literal::{Literal, LiteralKind, Unit};
use super::caption::{label_unit, unit_named};
use super::raw::is_blank;
use super::words::{is_number, is_total_label, without_brackets};
use super::{Band, Blank, Cell, Table};
use crate::source::Source;

/// How many rows a merged label may go on for; a form has far fewer.
const REACH: usize = 200;

impl Table {
    /// The number of columns of the grid.
    pub fn width(&self) -> usize {
        self.cells().map(|cell| cell.column + cell.column_span).max().unwrap_or(0)
    }

    /// The cell that covers a place of the grid.
    pub fn cell_at(&self, row: usize, column: usize) -> Option<&Cell> {
        let cells = &self.rows.get(row)?.cells;
        cells.iter().find(|cell| cell.column <= column && column < cell.column + cell.column_span)
    }

    /// The band whose body holds a row.
    pub fn band_of(&self, row: usize) -> Option<&Band> {
        self.bands.iter().find(|band| band.body.contains(&row))
    }

    /// The header cells over a column of a band, from the top: a cell merged over several columns stands over each.
    pub fn headers(&self, band: &Band, column: usize) -> Vec<&Cell> {
        let mut found: Vec<&Cell> = Vec::new();
        for row in band.header.clone() {
            let Some(cell) = self.header_in(band, row, column) else { continue };
            if !is_number(cell.flow.text()) && found.last().is_none_or(|last| last.flow.text() != cell.flow.text()) {
                found.push(cell);
            }
        }
        found
    }

    /// The filled header cell of one header row; an empty one over a filled one continues the cell to its left.
    fn header_in(&self, band: &Band, row: usize, column: usize) -> Option<&Cell> {
        let cell = self.cell_at(row, column);
        if let Some(cell) = cell.filter(|cell| cell.is_filled()) {
            return Some(cell);
        }
        let below = (row + 1..band.header.end).filter_map(|row| self.cell_at(row, column));
        let refined = below.into_iter().any(|cell| cell.is_filled() && !is_number(cell.flow.text()));
        let left = || (0..column).rev().filter_map(|column| self.cell_at(row, column)).find(|cell| cell.is_filled());
        if refined && column > 0 { left() } else { None }
    }

    /// The words of the header over a column, joined over its rows, without bracketed notes: 2022年决算数.
    pub fn header_text(&self, band: &Band, column: usize) -> String {
        joined(&self.headers(band, column))
    }

    /// The label cells to the left of a column of a row, the outermost first, merged labels filled down.
    pub fn labels(&self, row: usize, column: usize) -> Vec<&Cell> {
        let cells = self.rows.get(row).map_or(&[][..], |row| &row.cells);
        cells.iter().filter(|cell| cell.column < column).filter_map(|cell| self.label(cell)).collect()
    }

    /// The label that a cell is or continues.
    fn label<'a>(&'a self, cell: &'a Cell) -> Option<&'a Cell> {
        self.filled_down(cell).filter(|label| !is_number(label.flow.text()))
    }

    /// The cell itself, or for a bare cell the label that it continues (R6).
    pub fn filled_down<'a>(&'a self, cell: &'a Cell) -> Option<&'a Cell> {
        if cell.is_filled() {
            return Some(cell);
        }
        let continues = matches!(cell.blank, Blank::Bare | Blank::Merged);
        let band = self.band_of(cell.row).filter(|_| continues)?;
        let first = if cell.column == 0 { band.header.start } else { band.body.start };
        let above = (first..cell.row).rev().take(REACH).filter_map(|row| self.cell_at(row, cell.column));
        let label = above.into_iter().find(|above| !matches!(above.blank, Blank::Bare | Blank::Merged))?;
        let fits = label.is_filled() && label.column == cell.column && !is_total_label(label.flow.text());
        fits.then_some(label)
    }

    /// The units of the table's numbers.
    pub fn units(&self) -> Units<'_> {
        Units { table: self, columns: BTreeMap::new(), labels: RowLabels::default() }
    }

    /// What the header over a column of a band says of units.
    fn column_unit(&self, band: &Band, column: usize) -> ColumnUnit {
        let cells = self.headers(band, column);
        let text = joined(&cells);
        ColumnUnit {
            unit: header_unit(&cells, &text),
            value: ends_in(&text, &["指标值", "目标值", "完成值", "实际值"]),
            names_units: ends_in(&text, &["度量单位", "计量单位"]),
        }
    }

    /// Whether some header cell stands exactly over the cell, so that the cell is a value of that column.
    pub fn stands_under(&self, band: &Band, cell: &Cell) -> bool {
        let place = (cell.column, cell.column_span);
        band.header
            .clone()
            .filter_map(|row| self.cell_at(row, cell.column))
            .any(|over| (over.column, over.column_span) == place)
    }
}

/// The words of the header cells over a column, without bracketed notes.
fn joined(headers: &[&Cell]) -> String {
    headers.iter().map(|cell| without_brackets(cell.flow.text())).collect()
}

fn ends_in(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// The unit that a column's header of these words names or implies; `Some(None)` where it measures something that has none.
fn header_unit(headers: &[&Cell], text: &str) -> Option<Option<Unit>> {
    if let Some(unit) = headers.iter().rev().find_map(|cell| label_unit(cell.flow.text())) {
        return Some(Some(unit));
    }
    if ends_in(text, &["分值", "得分", "权重", "分数"]) {
        return Some(Some(Unit::Score));
    }
    if ends_in(text, &["人数", "编制数", "编制"]) {
        return Some(Some(Unit::Person));
    }
    let other = [
        "率", "占比", "比重", "幅度", "指标值", "完成值", "目标值", "实际值", "数量", "单价", "面积", "规模", "年份",
        "编码", "代码",
    ];
    ends_in(text, &other).then_some(None)
}

/// What a column's header says of units.
#[derive(Clone, Copy, Debug)]
struct ColumnUnit {
    /// As [`header_unit`] reads it.
    unit: Option<Option<Unit>>,
    /// The column holds values of indicators.
    value: bool,
    /// The column holds the units of the indicators.
    names_units: bool,
}

/// The units of a table's numbers; each header is read once.
pub struct Units<'t> {
    table: &'t Table,
    /// By the first row of the band's body, and column.
    columns: BTreeMap<(usize, usize), ColumnUnit>,
    labels: RowLabels,
}

/// The labels of the row read last, from the left as far as they were asked for.
#[derive(Default)]
struct RowLabels {
    row: usize,
    /// How many of its cells were read.
    read: usize,
    /// The unit that the last of them with a unit names.
    unit: Option<Unit>,
}

impl Units<'_> {
    /// The unit of a number: its own, its label's, its column's, that over the labels, the table's (for money), in this order.
    pub fn of(&mut self, cell: &Cell, literal: &Literal) -> Unit {
        if literal.unit_printed || literal.kind != LiteralKind::Measure {
            return literal.unit;
        }
        let table = self.table;
        let band = table.band_of(cell.row).filter(|band| cell.value().is_some() && table.stands_under(band, cell));
        if let Some(unit) = band.and_then(|band| self.row_unit(band, cell)) {
            return unit;
        }
        let header = band.map(|band| self.column(band, cell.column).unit);
        let label = self.label(cell);
        match header {
            // A column that does not measure money takes no unit of money from a label: 分值 beside 项目资金（万元）.
            Some(Some(Some(unit))) if !unit.is_money() => unit,
            Some(Some(None)) => Unit::None,
            Some(Some(Some(unit))) => label.unwrap_or(unit),
            Some(None) | None => {
                let over_labels = || band.and_then(|band| self.over_labels(band));
                label.or_else(over_labels).or(table.unit).unwrap_or(Unit::None)
            }
        }
    }

    /// 项目资金（万元） over the labels: the money of all columns that name no other unit.
    fn over_labels(&mut self, band: &Band) -> Option<Unit> {
        self.column(band, 0).unit.flatten().filter(|unit| unit.is_money())
    }

    /// The unit that the labels to the left of a cell name, the nearest first.
    fn label(&mut self, cell: &Cell) -> Option<Unit> {
        let cells = &self.table.rows[cell.row].cells;
        let labels = &mut self.labels;
        if labels.row != cell.row || cells[..labels.read].last().is_some_and(|last| last.column >= cell.column) {
            *labels = RowLabels { row: cell.row, ..RowLabels::default() };
        }
        for left in cells[labels.read..].iter().take_while(|left| left.column < cell.column) {
            let named = self.table.label(left).and_then(|label| label_unit(label.flow.text()));
            labels.unit = named.or(labels.unit);
            labels.read += 1;
        }
        labels.unit
    }

    fn column(&mut self, band: &Band, column: usize) -> ColumnUnit {
        let table = self.table;
        *self.columns.entry((band.body.start, column)).or_insert_with(|| table.column_unit(band, column))
    }

    /// The unit that the row names in a column of its own: 度量单位 beside 指标值.
    fn row_unit(&mut self, band: &Band, cell: &Cell) -> Option<Unit> {
        if !self.column(band, cell.column).value {
            return None;
        }
        let cells = &self.table.rows[cell.row].cells;
        let units = cells.iter().find(|other| self.column(band, other.column).names_units)?;
        if units.is_filled() { unit_named(units.flow.text()) } else { None }
    }
}

impl Cell {
    pub fn is_filled(&self) -> bool {
        self.blank == Blank::Filled
    }

    /// The number that is all of the cell, apart from hedges and comparison signs.
    pub fn value(&self) -> Option<&Literal> {
        let [literal] = self.literals.as_slice() else { return None };
        is_number(self.flow.text()).then_some(literal)
    }

    /// How far the cell's words are indented, in half-width places.
    pub fn indent(&self, source: &Source) -> usize {
        let before = &source.text()[..self.span.start()];
        let blanks = before.chars().rev().take_while(|c| is_blank(*c) && !matches!(c, '\t' | '\n'));
        blanks.map(|c| if c == '\u{3000}' || c == '\u{2003}' { 2 } else { 1 }).sum()
    }
}
