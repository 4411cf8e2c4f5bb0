//! Rows and cells as a layout prints them, before they are laid on a grid.

use crate::source::{Line, Source, Span};

/// What a layout found: rows of cells and the first line that is no longer part of the table.
#[derive(Clone, Debug)]
pub(super) struct RawTable {
    pub(super) layout: Layout,
    pub(super) rows: Vec<RawRow>,
    /// Index of the line after the table's last line.
    pub(super) next: usize,
}

#[cfg(test)]
impl RawTable {
    /// The rows between ` / `, as tests compare them, the cells of a row between `between`.
    pub(super) fn shown(&self, between: &str, cell: impl Fn(&RawCell) -> String) -> String {
        let row = |row: &RawRow| row.cells.iter().map(&cell).collect::<Vec<_>>().join(between);
        self.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
    }
}

/// How the table is written down, which decides how rows narrower than the grid are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Each cell on its own line after a TAB: merged cells are lost, so a narrow row is spread.
    Tabbed,
    /// Cells between separators: a narrow row lacks cells at its end.
    Separated,
    /// Cells by their place on the line.
    Aligned,
    /// One cell per line without any mark.
    Stacked,
    /// The file format says where every cell stands.
    Exact,
}

#[derive(Clone, Debug)]
pub(super) struct RawRow {
    pub(super) span: Span,
    pub(super) cells: Vec<RawCell>,
}

#[derive(Clone, Debug)]
pub(super) struct RawCell {
    /// The paragraphs of the cell; one span without text for an empty cell.
    pub(super) paragraphs: Vec<Span>,
    /// Column and column span where the layout shows them.
    pub(super) column: Option<(usize, usize)>,
    /// The rows that it covers, where the layout shows them.
    pub(super) row_span: usize,
    /// It is the part of a merged cell that reaches into this row.
    pub(super) continues: bool,
}

impl RawCell {
    pub(super) fn new(span: Span) -> RawCell {
        RawCell { paragraphs: vec![span], column: None, row_span: 1, continues: false }
    }

    /// From the first to the last character that is not blank; empty, at the cell's place, where there is none.
    pub(super) fn text(&self, source: &Source) -> Span {
        let mut filled = self.paragraphs.iter().map(|&span| trimmed(source, span)).filter(|span| !span.is_empty());
        match filled.next() {
            Some(first) => filled.fold(first, Span::cover),
            None => self.paragraphs[0].at_start(),
        }
    }

    /// Nothing at all; ASCII blanks only pad a cell.
    pub(super) fn is_bare(&self, source: &Source) -> bool {
        self.paragraphs.iter().all(|&span| source.slice(span).bytes().all(|b| matches!(b, b' ' | b'\t' | b'\r')))
    }
}

/// The span without the blanks around it.
pub(super) fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let start = span.start() + (text.len() - text.trim_start_matches(is_blank).len());
    let end = span.start() + text.trim_end_matches(is_blank).len();
    if start >= end { span.at_start() } else { source.span(start, end) }
}

/// White space of every kind, also the kinds without width.
pub(super) fn is_blank(c: char) -> bool {
    let chinese = ('\u{3001}'..='\u{9fff}').contains(&c);
    !chinese && (c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}'))
}

/// Whether a line holds nothing but blanks and no TAB that opens a cell.
pub(super) fn is_empty_line(source: &Source, line: &Line) -> bool {
    source.slice(line.span).chars().all(is_blank)
}

/// The text without any blank, as labels and headers are compared.
pub(super) fn squeezed(text: &str) -> String {
    if text.contains(is_blank) { text.chars().filter(|c| !is_blank(*c)).collect() } else { text.to_owned() }
}
