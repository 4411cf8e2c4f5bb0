//! What a reader of a file format makes, and how it is put together.

use crate::source::Span;
use crate::source::layout::{GridCell, GridLayout, Layout, Piece, PieceKind};

/// The text of a report as a format gives it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub text: String,
    pub layout: Layout,
    /// What a user should know about how the file was read, in Chinese: hidden text left out, macros not run.
    pub notes: Vec<String>,
}

/// Lays a report out as text, in one way for all formats: a line for each paragraph, and for each cell of a table a line
/// that begins with TAB, with further paragraphs of the cell beneath it and blank lines between rows.
#[derive(Debug, Default)]
pub(in crate::source) struct Writer {
    text: String,
    pieces: Vec<Piece>,
    /// The table being written, and where its text begins.
    open: Option<(usize, GridLayout)>,
}

/// Where a cell stands on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) struct At {
    pub(in crate::source) row: usize,
    pub(in crate::source) column: usize,
    pub(in crate::source) row_span: usize,
    pub(in crate::source) column_span: usize,
}

impl Writer {
    /// One paragraph; its lines, where it has several, were broken by hand.
    pub(in crate::source) fn paragraph(&mut self, place: String, heading: Option<u8>, text: &str) -> Span {
        self.piece(text, PieceKind::Paragraph { place, heading })
    }

    /// What stands in the file and is not read.
    pub(in crate::source) fn furniture(&mut self, text: &str) -> Span {
        self.piece(text, PieceKind::Furniture)
    }

    fn piece(&mut self, text: &str, kind: PieceKind) -> Span {
        let span = self.line(text);
        self.pieces.push(Piece { span, kind });
        span
    }

    /// What was written at a span.
    pub(in crate::source) fn text(&self, span: Span) -> &str {
        &self.text[span.start()..span.end()]
    }

    /// A blank line that belongs to nothing.
    pub(in crate::source) fn gap(&mut self) {
        self.text.push('\n');
    }

    pub(in crate::source) fn begin_table(&mut self, place: String) {
        self.gap();
        self.open = Some((self.text.len(), GridLayout { place, rows: Vec::new() }));
    }

    pub(in crate::source) fn begin_row(&mut self) {
        if let Some((_, grid)) = &mut self.open {
            grid.rows.push(Vec::new());
        }
    }

    /// A cell at its origin; answers the span of each paragraph.
    pub(in crate::source) fn cell(&mut self, at: At, place: String, paragraphs: &[&str]) -> Vec<Span> {
        self.text.push('\t');
        let mut spans: Vec<Span> = paragraphs.iter().map(|text| self.line(text)).collect();
        if spans.is_empty() {
            spans.push(self.line(""));
        }
        let At { row, column, row_span, column_span } = at;
        if let Some((_, grid)) = &mut self.open
            && let Some(cells) = grid.rows.last_mut()
        {
            cells.push(GridCell { row, column, row_span, column_span, paragraphs: spans.clone(), place });
        }
        spans
    }

    /// The part of a merged cell that reaches into this row: an empty cell in the text, nothing on the grid.
    pub(in crate::source) fn covered(&mut self) {
        self.text.push_str("\t\n");
    }

    pub(in crate::source) fn end_row(&mut self) {
        self.gap();
    }

    pub(in crate::source) fn end_table(&mut self) {
        if let Some((start, grid)) = self.open.take() {
            let span = Span::new(start as u32, self.text.len() as u32);
            self.pieces.push(Piece { span, kind: PieceKind::Table(grid) });
        }
        self.gap();
    }

    fn line(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.text.push('\n');
        Span::new(start, start + text.len() as u32)
    }

    pub(in crate::source) fn finish(self, notes: Vec<String>) -> Reading {
        Reading { text: self.text, layout: Layout { pieces: self.pieces, ..Layout::default() }, notes }
    }
}
