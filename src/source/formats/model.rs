//! A document of a word processor: what its readers make, and what is laid out as text.

use std::ops::Range;

use super::reading::At;

/// A document as it is shown, part by part.
#[derive(Default)]
pub(super) struct Model {
    pub(super) body: Vec<Block>,
    pub(super) footnotes: Vec<Note>,
    pub(super) endnotes: Vec<Note>,
    /// Headers and footers.
    pub(super) heads: Vec<Vec<Block>>,
    pub(super) seen: Seen,
}

pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph as it is shown.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Where the text comes from; what the program makes itself, such as list numbers, comes from nowhere.
    pub(super) fragments: Vec<Fragment>,
    /// The element of the part that it is; `None` where nothing can be written into it.
    pub(super) part: Option<Range<usize>>,
    pub(super) heading: Option<u8>,
    /// A line of a table of contents.
    pub(super) contents: bool,
    pub(super) references: Vec<Reference>,
    /// What stands in text boxes that are anchored here.
    pub(super) boxes: Vec<Block>,
}

/// Bytes of a paragraph's text and the bytes of the part that they are; both are equally long, or the text is one
/// character that an entity stands for.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    pub(super) text: Range<usize>,
    pub(super) part: Range<usize>,
}

/// A mark that leads to a note.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) endnote: bool,
    pub(super) id: String,
}

/// A footnote or endnote.
pub(super) struct Note {
    pub(super) id: String,
    pub(super) blocks: Vec<Block>,
}

/// A table as rows of cells, each at its origin.
#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
}

pub(super) struct Cell {
    pub(super) at: At,
    /// The column that people count: every edge of the grid counts, however near to another.
    pub(super) counted: usize,
    pub(super) blocks: Vec<Block>,
}

/// What was met on the way that a user should know.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) hidden: usize,
    pub(super) tracked: usize,
    pub(super) comments: usize,
    /// Cells whose text a merged cell covers.
    pub(super) covered: usize,
    pub(super) cells: usize,
}
