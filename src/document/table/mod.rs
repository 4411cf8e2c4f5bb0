//! Tables as grids.

mod aligned;
mod band;
mod caption;
mod codes;
mod exact;
mod grid;
mod raw;
mod read;
mod separated;
mod stacked;
mod tabbed;
mod words;

pub use caption::caption_unit;
pub(crate) use codes::{NATURES, is_account};
pub(crate) use words::{is_field_label, is_subtotal_label, is_total_label, without_brackets};

use super::literal::{Literal, Unit};
use crate::source::layout::GridLayout;
use crate::source::{Flow, Line, Source, Span};

/// The table that begins at line `at`, and the index of the line after it.
pub(super) fn parse_at(source: &Source, lines: &[Line], at: usize) -> Option<(Table, usize)> {
    let layouts = [tabbed::parse, separated::parse_tabs, separated::parse_pipes, aligned::parse, stacked::parse];
    first_of(&layouts, source, lines, at)
}

type Parse = fn(&Source, &[Line], usize) -> Option<raw::RawTable>;

fn first_of(layouts: &[Parse], source: &Source, lines: &[Line], at: usize) -> Option<(Table, usize)> {
    let raw = layouts.iter().find_map(|parse| parse(source, lines, at))?;
    let next = raw.next;
    Some((grid::build(source, lines, at, raw), next))
}

/// A table whose grid the file format gives, over these lines.
pub(super) fn laid_out(source: &Source, lines: &[Line], over: std::ops::Range<usize>, grid: &GridLayout) -> Table {
    let span = lines[over.start].whole.cover(lines[over.end - 1].whole);
    grid::build(source, lines, over.start, exact::raw(source, span, grid, over.end))
}

/// The table that begins at line `at` of paragraphs: typed with bars, TABs or blanks between the cells.
pub(super) fn typed_at(source: &Source, lines: &[Line], at: usize) -> Option<(Table, usize)> {
    first_of(&[separated::parse_tabs, separated::parse_pipes, aligned::parse], source, lines, at)
}

/// A table on a grid. Rows keep their own cells; bands say which header rows govern which body rows.
#[derive(Clone, Debug)]
pub struct Table {
    pub span: Span,
    pub rows: Vec<Row>,
    /// Runs of rows under one header, in order. One table may hold several (a funding block above an indicator block).
    pub bands: Vec<Band>,
    /// The lines before the table that caption it (title, 填报单位：…　单位：万元), nearest last; block indices.
    pub captions: Vec<usize>,
    /// The unit that a caption gives to the table's money: 单位：万元.
    pub unit: Option<Unit>,
}

/// Header rows and the rows beneath them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub header: std::ops::Range<usize>,
    pub body: std::ops::Range<usize>,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub span: Span,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
pub struct Cell {
    /// The cell's text in the report; empty, at the cell's place, where the cell is empty.
    pub span: Span,
    /// The cell's paragraphs joined without blanks.
    pub flow: Flow,
    pub literals: Vec<Literal>,
    /// Position on the full grid, from 0, at the origin of a merged cell.
    pub row: usize,
    pub column: usize,
    pub row_span: usize,
    pub column_span: usize,
    pub blank: Blank,
}

/// Whether and how a cell is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Holds text.
    Filled,
    /// The part of a merged cell that reaches into this row; what it says stands in the cell above.
    Merged,
    /// Nothing at all: the continuation of a vertical merge in a label column, a missing value in a value column.
    Bare,
    /// Only blanks (U+3000): a real cell that was left blank.
    Spaces,
    /// `—` `——` `/` `-` `…`: not applicable.
    NotApplicable,
}

impl Table {
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::document::{BlockKind, Document};
    use crate::source::{Encoding, Source};

    proptest! {
        #[test]
        fn any_text_is_read(pieces in prop::collection::vec(PIECES, 0..60)) {
            let text: String = pieces.concat();
            let source = Source::from_text("t", text, Encoding::Utf8);
            let document = Document::parse(&source);
            for block in &document.blocks {
                if let BlockKind::Table(table) = &block.kind {
                    prop_assert!(block.span.contains(table.span));
                    prop_assert!(table.cells().all(|cell| table.span.contains(cell.span)));
                    prop_assert!(table.cells().all(|cell| cell.column + cell.column_span <= table.width()));
                }
            }
        }
    }

    /// What tables are made of.
    const PIECES: &str = "\t|\n|\n\n|\\||  |　|---|项目|年初预算数|决算数|分值|得分|合计|其中：|1、|12\\.5|300|——|100%|（50分）|说明：|。";
}
