//! Paragraphs and tables to the text of the report.

use std::collections::BTreeMap;

use super::geometry::{Area, POINT};
use super::line::{Line, Printed};
use super::page::{Cell, Doubt, Table};
use super::paragraph::{Block, between};
use crate::source::Span;
use crate::source::formats::Reading;
use crate::source::formats::reading::{At, Writer};

/// Where a character of the text is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The byte of the text at which it begins.
    pub(crate) start: u32,
    /// Counted from 0.
    pub(crate) page: u32,
    pub(crate) area: Area,
}

/// A report as text, with the place of every character.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) reading: Reading,
    /// In the order of the text.
    pub(crate) marks: Vec<Mark>,
}

/// Writes the blocks down. `notes` say what was left out before.
pub(super) fn write(blocks: &[Block], mut notes: Vec<String>) -> Written {
    let mut scribe = Scribe::default();
    for block in blocks {
        match block {
            Block::Paragraph(lines) => scribe.paragraph(lines),
            Block::Table(table) => scribe.table(table),
        }
    }
    notes.extend(scribe.doubts.iter().map(|(doubt, pages)| said(*doubt, pages)));
    Written { reading: scribe.writer.finish(notes), marks: scribe.marks }
}

fn said(doubt: Doubt, pages: &[usize]) -> String {
    let pages = pages_named(pages);
    match doubt {
        Doubt::Grid => format!("{pages}有表格的行列不能确定，没有查；请对照原件"),
        Doubt::Characters => format!("{pages}有些字的字体没有编码，读不出来，所在的段落或表格没有查；请对照原件"),
    }
}

/// 第3、5页
pub(super) fn pages_named(pages: &[usize]) -> String {
    let mut numbers: Vec<usize> = pages.iter().map(|page| page + 1).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let shown: Vec<String> = numbers.iter().take(12).map(usize::to_string).collect();
    let more = if numbers.len() > 12 { format!("等{}页", numbers.len()) } else { "页".into() };
    format!("第{}{more}", shown.join("、"))
}

#[derive(Default)]
struct Scribe {
    writer: Writer,
    marks: Vec<Mark>,
    paragraphs: usize,
    tables: usize,
    doubts: BTreeMap<Doubt, Vec<usize>>,
}

/// Text that is put together, with the places of its characters from its own beginning.
#[derive(Default)]
struct Text {
    text: String,
    marks: Vec<Mark>,
}

impl Text {
    fn line(&mut self, page: usize, line: &Line) {
        for letter in &line.letters {
            if letter.apart {
                self.text.push(' ');
            }
            self.marks.push(Mark { start: self.text.len() as u32, page: page as u32, area: letter.area });
            self.text.push(letter.c);
        }
    }
}

impl Scribe {
    fn paragraph(&mut self, lines: &[Printed]) {
        let mut text = Text::default();
        let right = lines.iter().map(|printed| printed.line.area.right).max().unwrap_or(0);
        for (at, Printed { page, line }) in lines.iter().enumerate() {
            if let Some(before) = at.checked_sub(1).map(|before| &lines[before].line) {
                text.text.push_str(between(before, line, right - before.area.right));
            }
            text.line(*page, line);
        }
        self.paragraphs += 1;
        let page = lines.first().map_or(0, |printed| printed.page);
        if lines.iter().any(|printed| printed.line.is_doubtful()) {
            self.doubts.entry(Doubt::Characters).or_default().push(page);
            self.writer.furniture(&text.text);
            return;
        }
        let span = self.writer.paragraph(format!("第{}页 第{}段", page + 1, self.paragraphs), None, &text.text);
        self.mark(span, &text.marks);
    }

    fn mark(&mut self, span: Span, marks: &[Mark]) {
        self.marks.extend(marks.iter().map(|mark| Mark { start: mark.start + span.start() as u32, ..*mark }));
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let unknown = table.cells.iter().flat_map(|cell| &cell.lines).any(|printed| printed.line.is_doubtful());
        match table.doubt.or(unknown.then_some(Doubt::Characters)) {
            Some(doubt) => self.unread_table(table, doubt),
            None => self.grid(table),
        }
    }

    /// A table that cannot be read for certain stays in the text as it looks.
    fn unread_table(&mut self, table: &Table, doubt: Doubt) {
        self.doubts.entry(doubt).or_default().extend(table.cells.iter().map(|cell| cell.page));
        self.writer.gap();
        for row in 0..table.rows {
            let texts: Vec<String> = table.row(row).map(Cell::text).filter(|text| !text.is_empty()).collect();
            if !texts.is_empty() {
                self.writer.furniture(&texts.join("  "));
            }
        }
        self.writer.gap();
    }

    fn grid(&mut self, table: &Table) {
        let number = self.tables;
        let page = table.cells.first().map_or(0, |cell| cell.page);
        self.writer.begin_table(format!("第{}页 表{number}", page + 1));
        let mut reaching: Vec<&Cell> = Vec::new();
        for row in 0..table.rows {
            self.writer.begin_row();
            reaching.retain(|cell| cell.row + cell.row_span > row);
            let mut cells: Vec<&Cell> = table.row(row).chain(reaching.iter().copied()).collect();
            cells.sort_by_key(|cell| cell.column);
            for cell in cells {
                if cell.row == row { self.cell(number, cell) } else { self.writer.covered() }
            }
            reaching.extend(table.row(row).filter(|cell| cell.row_span > 1));
            self.writer.end_row();
        }
        self.writer.end_table();
    }

    fn cell(&mut self, table: usize, cell: &Cell) {
        let place = format!("第{}页 表{table} 第{}行 第{}列", cell.page + 1, cell.row + 1, cell.column + 1);
        let at = At { row: cell.row, column: cell.column, row_span: cell.row_span, column_span: cell.column_span };
        let paragraphs = paragraphs(cell);
        let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let spans = self.writer.cell(at, place, &texts);
        for (span, paragraph) in spans.into_iter().zip(&paragraphs) {
            self.mark(span, &paragraph.marks);
        }
    }
}

/// What a cell leaves free at its sides.
const PADDING: i32 = 11 * POINT;

/// The lines of a cell as paragraphs. Paragraphs of a cell are read as one text, so two numbers under each other stay in
/// one paragraph with a line break between them.
fn paragraphs(cell: &Cell) -> Vec<Text> {
    let mut found: Vec<Text> = Vec::new();
    let mut before: Option<&Line> = None;
    for Printed { page, line } in &cell.lines {
        let room = before.map_or(0, |before| cell.area.width() - before.area.width() - PADDING);
        match (before, found.last_mut()) {
            (Some(previous), Some(open)) if room < line.size * 3 / 2 => {
                open.text.push_str(between(previous, line, room));
                open.line(*page, line);
            }
            (Some(previous), Some(open)) if !between(previous, line, room).is_empty() => {
                open.text.push('\n');
                open.line(*page, line);
            }
            _ => {
                let mut text = Text::default();
                text.line(*page, line);
                found.push(text);
            }
        }
        before = Some(line);
    }
    found
}
