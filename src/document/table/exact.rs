//! Tables whose grid a file format gives.

use super::raw::{Layout, RawCell, RawRow, RawTable};
use crate::source::layout::{GridCell, GridLayout};
use crate::source::{Source, Span};

/// The rows of a known grid. Where a merged cell reaches down into a row, the row has an empty cell that continues it, as in
/// text of which only the cells are left.
pub(super) fn raw(source: &Source, table: Span, grid: &GridLayout, next: usize) -> RawTable {
    let mut filler = Filler { source, end: table.start() };
    let mut reaching: Vec<&GridCell> = Vec::new();
    let mut rows = Vec::new();
    for (index, cells) in grid.rows.iter().enumerate() {
        reaching.retain(|cell| cell.row + cell.row_span > index);
        let mut all: Vec<&GridCell> = cells.iter().chain(reaching.iter().copied()).collect();
        all.sort_by_key(|cell| cell.column);
        rows.push(filler.row(&all, index));
        reaching.extend(cells.iter().filter(|cell| cell.row_span > 1));
    }
    RawTable { layout: Layout::Exact, rows, next }
}

struct Filler<'s> {
    source: &'s Source,
    /// Where the last cell ended: an empty cell that is not in the text stands there.
    end: usize,
}

impl Filler<'_> {
    fn row(&mut self, cells: &[&GridCell], index: usize) -> RawRow {
        let cells: Vec<RawCell> = cells.iter().map(|cell| self.cell(cell, index)).collect();
        let empty = self.source.span(self.end, self.end);
        let span = cells.iter().flat_map(|cell| &cell.paragraphs).copied().reduce(Span::cover).unwrap_or(empty);
        RawRow { span, cells }
    }

    fn cell(&mut self, cell: &GridCell, index: usize) -> RawCell {
        let continues = cell.row < index;
        let here = self.source.span(self.end, self.end);
        let paragraphs = if continues || cell.paragraphs.is_empty() { vec![here] } else { cell.paragraphs.clone() };
        self.end = paragraphs.iter().map(|span| span.end()).fold(self.end, usize::max);
        let column = Some((cell.column, cell.column_span));
        RawCell { paragraphs, column, row_span: if continues { 1 } else { cell.row_span }, continues }
    }
}
