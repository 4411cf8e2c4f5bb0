//! Where a reader finds a span: 第14段, 表3 第5行 第4列.

use super::{BlockKind, Cell, Document, Table};
use crate::source::Span;

impl Document {
    /// The place where a span begins, for people, in the forms of the JSON contract. Empty where it lies in no block.
    pub fn place(&self, span: Span) -> String {
        if let Some(place) = self.layout.place(span) {
            return place.to_owned();
        }
        // A title over two lines begins in the block of its first line.
        let begins_in =
            |block: Span| block.start() <= span.start() && span.start() < block.end() || block.contains(span);
        let first = self.blocks.partition_point(|block| block.span.end() < span.start());
        let Some(at) = (first..self.blocks.len()).find(|at| begins_in(self.blocks[*at].span)) else {
            return String::new();
        };
        let tables = self.tables.partition_point(|block| *block < at);
        match &self.blocks[at].kind {
            BlockKind::Table(grid) => match cell_of(grid, span) {
                Some(cell) => format!("表{} 第{}行 第{}列", tables + 1, cell.row + 1, cell.column + 1),
                None => format!("表{}", tables + 1),
            },
            _ => format!("第{}段", at - tables + 1),
        }
    }
}

/// The cell that holds a span.
fn cell_of(table: &Table, span: Span) -> Option<&Cell> {
    let first = table.rows.partition_point(|row| row.span.end() < span.start());
    let rows = table.rows[first..].iter().take_while(|row| row.span.start() <= span.start());
    rows.flat_map(|row| &row.cells).find(|cell| cell.span.contains(span))
}
