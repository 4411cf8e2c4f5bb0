//! A document as one text, with the place of everything.

use std::collections::BTreeMap;
use std::ops::Range;

use super::model::{Block, Cell, Fragment, Model, Note, Paragraph, Reference, Seen, Table};
use super::reading::{Reading, Writer};
use crate::source::Span;

/// A document laid out, and where its text comes from.
pub(super) struct Laid {
    pub(super) reading: Reading,
    /// Bytes of the text with the bytes of the main part that they are, in the order of the text.
    pub(super) origins: Vec<Origin>,
    /// The same of whole paragraphs; those that are not in the main part lead to the one that refers to them.
    pub(super) paragraphs: Vec<Origin>,
}

/// Bytes of the text and the bytes of the main part that they are.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) text: Range<usize>,
    pub(super) part: Range<usize>,
}

pub(super) fn out(document: Model, mut notes: Vec<String>) -> Laid {
    let mut layer = Layer::default();
    layer.body(&document.body);
    layer.notes(&document);
    for head in &document.heads {
        layer.head(head);
    }
    notes.extend(said(document.seen));
    let Layer { writer, origins, elements, .. } = layer;
    Laid { reading: writer.finish(notes), origins, paragraphs: elements }
}

#[derive(Default)]
struct Layer {
    writer: Writer,
    /// Body-level paragraphs and tables so far.
    paragraphs: usize,
    tables: usize,
    /// Marks of notes, with the place and element of the paragraph that holds each.
    references: Vec<(Reference, String, Option<Range<usize>>)>,
    origins: Vec<Origin>,
    elements: Vec<Origin>,
    /// What is laid out stands in another part; this is the element of the main part that leads there.
    owner: Option<Range<usize>>,
}

/// How the cells of a table are placed.
#[derive(Clone, Copy)]
enum Cells {
    /// By row and column.
    Counted,
    /// By what holds the table: it stands in a cell, a text box or a note.
    OfOne,
}

impl Cells {
    fn place(self, table: &str, cell: &Cell) -> String {
        match self {
            Cells::Counted => format!("{table} 第{}行 第{}列", cell.at.row + 1, cell.counted + 1),
            Cells::OfOne => table.to_owned(),
        }
    }
}

impl Layer {
    fn body(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    self.paragraphs += 1;
                    self.paragraph(paragraph, format!("第{}段", self.paragraphs));
                }
                Block::Table(table) => {
                    self.tables += 1;
                    self.table(table, &format!("表{}", self.tables), Cells::Counted);
                }
            }
        }
    }

    /// Blocks that have no place of their own: in text boxes, notes, cells that hold tables.
    fn inside(&mut self, blocks: &[Block], place: &str) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, place.to_owned()),
                Block::Table(table) => self.table(table, place, Cells::OfOne),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, place: String) {
        self.refer(paragraph, &place);
        let boxed = (!paragraph.boxes.is_empty()).then(|| format!("{place} 文本框"));
        let span = if paragraph.contents {
            self.writer.furniture(&paragraph.text)
        } else {
            self.writer.paragraph(place, paragraph.heading, &paragraph.text)
        };
        self.trace(paragraph, span);
        if let Some(place) = boxed {
            self.inside(&paragraph.boxes, &place);
        }
    }

    fn refer(&mut self, paragraph: &Paragraph, place: &str) {
        let marks = paragraph.references.iter();
        self.references.extend(marks.map(|each| (each.clone(), place.to_owned(), paragraph.part.clone())));
    }

    fn trace(&mut self, paragraph: &Paragraph, span: Span) {
        let element = self.owner.clone().or_else(|| paragraph.part.clone());
        self.elements.extend(element.map(|part| Origin { text: span.start()..span.end(), part }));
        if self.owner.is_some() {
            return;
        }
        let moved = |range: &Range<usize>| range.start + span.start()..range.end + span.start();
        let origin = |each: &Fragment| Origin { text: moved(&each.text), part: each.part.clone() };
        self.origins.extend(paragraph.fragments.iter().map(origin));
    }

    fn table(&mut self, table: &Table, place: &str, cells: Cells) {
        if let [row] = table.rows.as_slice()
            && let [cell] = row.as_slice()
        {
            // A frame around other things is no table.
            return self.inside(&cell.blocks, &cells.place(place, cell));
        }
        if table.rows.is_empty() {
            return;
        }
        let mut nested: Vec<(String, &Table)> = Vec::new();
        self.writer.begin_table(place.to_owned());
        let mut reaching: Vec<&Cell> = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            reaching.retain(|cell| cell.at.row + cell.at.row_span > index);
            let mut all: Vec<&Cell> = row.iter().chain(reaching.iter().copied()).collect();
            all.sort_by_key(|cell| cell.at.column);
            self.writer.begin_row();
            for cell in all {
                if cell.at.row < index {
                    self.writer.covered();
                } else {
                    self.cell(cell, cells.place(place, cell), &mut nested);
                }
            }
            self.writer.end_row();
            reaching.extend(row.iter().filter(|cell| cell.at.row_span > 1));
        }
        self.writer.end_table();
        for (place, table) in nested {
            self.table(table, &place, Cells::OfOne);
        }
    }

    fn cell<'t>(&mut self, cell: &'t Cell, place: String, nested: &mut Vec<(String, &'t Table)>) {
        let mut paragraphs = Vec::new();
        gather(&cell.blocks, &place, &mut paragraphs, nested);
        let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        paragraphs.iter().for_each(|paragraph| self.refer(paragraph, &place));
        let spans = self.writer.cell(cell.at, place, &texts);
        for (paragraph, span) in paragraphs.iter().zip(spans) {
            self.trace(paragraph, span);
        }
    }

    /// The notes in the order of their marks, each at the first of them.
    fn notes(&mut self, document: &Model) {
        let (mut footnotes, mut endnotes) = (by_id(&document.footnotes), by_id(&document.endnotes));
        for (number, (reference, place, owner)) in std::mem::take(&mut self.references).into_iter().enumerate() {
            let (notes, kind) = if reference.endnote { (&mut endnotes, "尾注") } else { (&mut footnotes, "脚注") };
            if let Some(note) = notes.remove(reference.id.as_str()) {
                if number == 0 {
                    self.writer.gap();
                }
                self.owner = Some(owner.unwrap_or(0..0));
                self.inside(&note.blocks, &format!("{place} {kind}"));
            }
        }
    }

    /// A header or footer: kept, not read.
    fn head(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    if !paragraph.text.trim().is_empty() {
                        self.writer.furniture(&paragraph.text);
                    }
                    self.head(&paragraph.boxes);
                }
                Block::Table(table) => table.rows.iter().flatten().for_each(|cell| self.head(&cell.blocks)),
            }
        }
    }
}

/// Of several notes with the same id the first one.
fn by_id(notes: &[Note]) -> BTreeMap<&str, &Note> {
    notes.iter().rev().map(|note| (note.id.as_str(), note)).collect()
}

/// The paragraphs of a cell, those of its text boxes after the one that they hang on; tables are put aside.
fn gather<'t>(
    blocks: &'t [Block],
    place: &str,
    paragraphs: &mut Vec<&'t Paragraph>,
    nested: &mut Vec<(String, &'t Table)>,
) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                paragraphs.push(paragraph);
                gather(&paragraph.boxes, place, paragraphs, nested);
            }
            Block::Table(table) => nested.push((place.to_owned(), table)),
        }
    }
}

/// What a user should know of what was met.
fn said(seen: Seen) -> Vec<String> {
    let mut notes = Vec::new();
    if seen.tracked > 0 {
        notes.push(format!("文件有 {} 处修订没有定稿，按接受全部修订后的文字核查", seen.tracked));
    }
    if seen.hidden > 0 {
        notes.push(format!("文件有 {} 处隐藏文字，没有读取", seen.hidden));
    }
    notes.extend(under_merged(seen.covered));
    if seen.comments > 0 {
        notes.push(format!("文件有 {} 条批注，不作为正文", seen.comments));
    }
    notes
}

/// What a user should know of cells whose text a merged cell covers.
pub(super) fn under_merged(cells: usize) -> Option<String> {
    (cells > 0).then(|| format!("有 {cells} 个单元格的文字被合并单元格盖住，没有读取"))
}
