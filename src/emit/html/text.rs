//! The report's text: its paragraphs, headings and tables.

use std::fmt::Write;

use super::segments::Segments;
use crate::document::{Block, BlockKind, Cell, Document, Row, Table};
use crate::source::{Source, Span};

/// The whole report.
pub(super) fn write(out: &mut String, source: &Source, document: &Document, segments: &Segments<'_>) {
    for (index, block) in document.blocks.iter().enumerate() {
        let writer = Writer { source, document, segments, index };
        match &block.kind {
            BlockKind::Table(table) => writer.table(out, table),
            BlockKind::Blank => {}
            _ => writer.paragraph(out, block),
        }
    }
}

struct Writer<'a> {
    source: &'a Source,
    document: &'a Document,
    segments: &'a Segments<'a>,
    index: usize,
}

impl Writer<'_> {
    fn paragraph(&self, out: &mut String, block: &Block) {
        let (tag, class) = match &block.kind {
            BlockKind::Title(_) => ("p", "title"),
            BlockKind::Heading(_) => (self.heading(block), "heading"),
            BlockKind::Note(_) => ("p", "note"),
            BlockKind::Furniture => ("p", "furniture"),
            BlockKind::Paragraph(_) | BlockKind::Blank | BlockKind::Table(_) => ("p", "body"),
        };
        let _ = write!(out, "<{tag} class=\"{class}\" id=\"b{}\">", self.index);
        self.segments.write(out, trimmed(self.source, block.span), "");
        let _ = writeln!(out, "</{tag}>");
    }

    fn heading(&self, block: &Block) -> &'static str {
        match block.section.map(|id| self.document.section(id).level) {
            Some(1) | None => "h2",
            Some(2) => "h3",
            Some(3) => "h4",
            Some(_) => "h5",
        }
    }

    fn table(&self, out: &mut String, table: &Table) {
        let _ = writeln!(out, "<div class=\"scroll\" id=\"b{}\"><table class=\"grid\">", self.index);
        let width = table.width();
        // For each column the first row that no merged cell from above covers.
        let mut free = vec![0; width];
        for (index, row) in table.rows.iter().enumerate() {
            let header = table.bands.iter().any(|band| band.header.contains(&index));
            self.row(out, row, index, header, &mut free);
        }
        out.push_str("</table></div>\n");
    }

    fn row(&self, out: &mut String, row: &Row, index: usize, header: bool, free: &mut [usize]) {
        out.push_str("<tr>");
        let (mut column, width) = (0, free.len());
        for cell in &row.cells {
            if cell.column < column || cell.column >= width {
                continue;
            }
            fill(out, column..cell.column, index, free);
            column = (cell.column + cell.column_span).min(width);
            // What a merged cell from above covers is drawn with it.
            if free[cell.column] > index && cell.span.is_empty() {
                continue;
            }
            self.cell(out, cell, header);
            free[cell.column..column].fill(index + cell.row_span);
        }
        fill(out, column..width, index, free);
        out.push_str("</tr>\n");
    }

    fn cell(&self, out: &mut String, cell: &Cell, header: bool) {
        let tag = if header { "th" } else { "td" };
        let _ = write!(out, "<{tag}");
        if cell.column_span > 1 {
            let _ = write!(out, " colspan=\"{}\"", cell.column_span);
        }
        if cell.row_span > 1 {
            let _ = write!(out, " rowspan=\"{}\"", cell.row_span);
        }
        if !header && is_figure(self.source.slice(cell.span)) {
            out.push_str(" class=\"figure\"");
        }
        out.push('>');
        self.segments.write(out, cell.span, "<br>");
        let _ = write!(out, "</{tag}>");
    }
}

/// Empty cells where the grid has none of its own.
fn fill(out: &mut String, columns: std::ops::Range<usize>, row: usize, free: &[usize]) {
    for column in columns {
        if free[column] <= row {
            out.push_str("<td></td>");
        }
    }
}

/// Whether a cell holds one number and is set flush right.
fn is_figure(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | '，' | '—'))
}

/// The span without blanks at both ends.
fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let start = span.start() + (text.len() - text.trim_start().len());
    let end = span.start() + text.trim_end().len();
    if start < end { source.span(start, end) } else { span.at_start() }
}
