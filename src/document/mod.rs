//! Parsing: text becomes a tree with spans. Knows the syntax of Chinese reports; knows nothing of what a figure means.
//!
//! Parsing is total: there is no error, and what is not understood becomes a node that says so.

mod block;
mod kind;
mod line;
pub mod literal;
mod marker;
mod place;
mod section;
mod sentence;
pub mod table;
pub(crate) mod words;

pub use literal::{Hedge, Literal, LiteralKind, Unit};
pub use marker::{Marker, MarkerStyle};
pub use sentence::{Clause, Sentence};
pub use table::{Blank, Cell, Row, Table};

use std::sync::Arc;

use crate::source::{Flow, FlowRange, Layout, Source, Span};

/// A report as blocks, in order, without gaps.
#[derive(Clone, Debug)]
pub struct Document {
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
    /// Which blocks are tables.
    tables: Vec<usize>,
    /// Where the file format says that everything stands; empty for plain text.
    layout: Arc<Layout>,
}

/// A piece of the report. The blocks' spans cover the text without gaps or overlaps.
#[derive(Clone, Debug)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
    /// The innermost section that the block stands in (its own, for a heading). `None` before the first heading.
    pub section: Option<SectionId>,
}

#[derive(Clone, Debug)]
pub enum BlockKind {
    Blank,
    /// A title line of the report or of an attached report: 2024年度某单位部门整体支出绩效自评报告
    Title(Paragraph),
    /// A heading, with or without a number: （一）基本支出情况
    Heading(Paragraph),
    /// Running text, list items included.
    Paragraph(Paragraph),
    /// A line that captions or annotates a table: 填报单位：…　单位：万元, 说明：…
    Note(Paragraph),
    Table(Table),
    /// Page numbers, form feeds, contents lines and the like.
    Furniture,
}

/// Index into [`Document::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

/// A heading with its place in the hierarchy.
#[derive(Clone, Debug)]
pub struct Section {
    /// The block that holds the heading.
    pub block: usize,
    pub parent: Option<SectionId>,
    /// 1 for the outermost.
    pub level: u8,
    /// The heading's words without number and closing punctuation.
    pub title: String,
    pub span: Span,
}

/// A paragraph, its wrapped lines joined.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub flow: Flow,
    /// The number that it begins with: （一）, 1., ①, 一是.
    pub marker: Option<Marker>,
    /// The heading's words where the paragraph is a heading or begins with a run-in heading.
    pub title: Option<FlowRange>,
    pub sentences: Vec<Sentence>,
    pub literals: Vec<Literal>,
}

impl Document {
    /// The tree of a report.
    pub fn parse(source: &Source) -> Document {
        block::parse(source)
    }

    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// The section and its ancestors, innermost first.
    pub fn ancestors(&self, id: Option<SectionId>) -> impl Iterator<Item = &Section> {
        std::iter::successors(id.map(|id| self.section(id)), |section| section.parent.map(|id| self.section(id)))
    }

    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().filter_map(|block| self.blocks[*block].table())
    }

    /// Every paragraph of any role, with its block index.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &Paragraph)> {
        self.blocks.iter().enumerate().filter_map(|(index, block)| block.paragraph().map(|p| (index, p)))
    }

    /// Every number of the report, in order.
    pub fn literals(&self) -> impl Iterator<Item = &Literal> {
        self.blocks.iter().flat_map(|block| {
            let cells = block.table().into_iter().flat_map(Table::cells).flat_map(|cell| &cell.literals);
            block.paragraph().into_iter().flat_map(|p| &p.literals).chain(cells)
        })
    }
}

impl Paragraph {
    /// The sentence that a place of the flow lies in.
    pub fn sentence_at(&self, at: usize) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| sentence.range.contains(&at))
    }

    /// The numbers that lie within a part of the paragraph.
    pub fn literals_in<'p>(&'p self, range: &FlowRange) -> impl Iterator<Item = &'p Literal> + use<'p> {
        let first = self.literals.partition_point(|literal| literal.range.start < range.start);
        let end = range.end;
        self.literals[first..].iter().take_while(move |literal| literal.range.end <= end)
    }
}

impl Block {
    /// The paragraph of a title, heading, note or running text.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match &self.kind {
            BlockKind::Title(p) | BlockKind::Heading(p) | BlockKind::Paragraph(p) | BlockKind::Note(p) => Some(p),
            BlockKind::Table(_) | BlockKind::Blank | BlockKind::Furniture => None,
        }
    }

    pub fn table(&self) -> Option<&Table> {
        match &self.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        }
    }
}
