//! The report's text as rows, so that every place can be linked to.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::sheet::{Column, Sheet, Value};
use crate::document::{Block, BlockKind, Row};
use crate::emit::Report;
use crate::source::Span;

pub(super) const COLUMNS: &[Column] = &[Column("报告", 6), Column("位置", 16), Column("原文", 120)];

/// Where each line of a report stands on the sheet: its first byte and its row.
pub(super) struct Rows(BTreeMap<usize, u32>);

impl Rows {
    /// The row on which a span begins.
    pub(super) fn of(&self, span: Span) -> Option<u32> {
        self.0.range(..=span.start()).next_back().map(|(_, row)| *row)
    }
}

/// Writes a report's text; answers where its lines went.
pub(super) fn write(sheet: &mut Sheet, number: usize, report: &Report<'_>) -> Result<Rows, XlsxError> {
    let mut rows = BTreeMap::new();
    for block in &report.document.blocks {
        match &block.kind {
            BlockKind::Blank => {}
            BlockKind::Table(table) => {
                for row in table.rows.iter().filter(|row| !row.cells.is_empty()) {
                    rows.insert(row.span.start(), sheet.next_row());
                    sheet.push(&line_of_row(number, report, row))?;
                }
            }
            _ => {
                rows.insert(block.span.start(), sheet.next_row());
                sheet.push(&line_of_block(number, report, block))?;
            }
        }
    }
    Ok(Rows(rows))
}

fn line_of_block(number: usize, report: &Report<'_>, block: &Block) -> [Value<'static>; 3] {
    let text: String = report.source.slice(block.span).lines().map(str::trim).collect();
    [Value::Count(number), Value::Owned(report.document.place(block.span)), Value::Owned(text)]
}

fn line_of_row(number: usize, report: &Report<'_>, row: &Row) -> [Value<'static>; 3] {
    let place = report.document.place(row.cells[0].span);
    // The place of the row is that of its first cell without the column.
    let place =
        place.rsplit_once(" 第").filter(|(_, column)| column.ends_with('列')).map_or(place.as_str(), |(p, _)| p);
    let cell = |span: Span| report.source.slice(span).split_whitespace().collect::<String>();
    let cells: Vec<String> = row.cells.iter().map(|each| cell(each.span)).collect();
    [Value::Count(number), Value::Owned(place.to_owned()), Value::Owned(cells.join("｜"))]
}
