//! What the checks on wording share: the report's stretches of text, its sections, and words found in them.

use std::ops::Range;

pub(super) use crate::document::words::Finder;
use crate::document::{Block, BlockKind, Document, Paragraph, Section, SectionId, Table};
use crate::source::{Flow, Span};

/// Where a stretch of text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Heading,
    /// Running text, list items included.
    Body,
    /// Captions and notes of tables.
    Note,
    Cell,
}

/// A paragraph or a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'d> {
    pub(super) flow: &'d Flow,
    pub(super) place: Place,
    pub(super) block: usize,
    /// Where the words begin, after the list number.
    pub(super) start: usize,
}

impl<'d> Stretch<'d> {
    pub(super) fn text(&self) -> &'d str {
        self.flow.text()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.flow.span(range)
    }
}

/// Every paragraph and every filled cell, in order.
pub(super) fn stretches(document: &Document) -> impl Iterator<Item = Stretch<'_>> {
    document.blocks.iter().enumerate().flat_map(|(block, each)| {
        let cells = each.table().into_iter().flat_map(Table::cells).filter(|cell| !cell.flow.is_empty());
        let cells = cells.map(move |cell| Stretch { flow: &cell.flow, place: Place::Cell, block, start: 0 });
        stretch(block, each).into_iter().chain(cells)
    })
}

/// The stretch of a block that is a paragraph.
fn stretch(block: usize, each: &Block) -> Option<Stretch<'_>> {
    let (place, paragraph) = place_of(&each.kind)?;
    let start = paragraph.marker.as_ref().map_or(0, |marker| marker.range.end);
    Some(Stretch { flow: &paragraph.flow, place, block, start })
}

fn place_of(kind: &BlockKind) -> Option<(Place, &Paragraph)> {
    match kind {
        BlockKind::Title(paragraph) => Some((Place::Title, paragraph)),
        BlockKind::Heading(paragraph) => Some((Place::Heading, paragraph)),
        BlockKind::Paragraph(paragraph) => Some((Place::Body, paragraph)),
        BlockKind::Note(paragraph) => Some((Place::Note, paragraph)),
        BlockKind::Blank | BlockKind::Furniture | BlockKind::Table(_) => None,
    }
}

/// Running text only.
pub(super) fn bodies(document: &Document) -> impl Iterator<Item = Stretch<'_>> {
    let blocks = document.blocks.iter().enumerate();
    blocks.filter_map(|(block, each)| stretch(block, each)).filter(|stretch| stretch.place == Place::Body)
}

/// No sentence goes on for more bytes than this before or after a word: a file that lost its stops is not read as one
/// sentence at each of its words.
const REACH: usize = 6000;

/// The sentence around a byte of a text: between one 。！？ and the next.
pub(super) fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let ends = ['。', '！', '？'];
    let (first, last) = (text.floor_char_boundary(at.saturating_sub(REACH)), text.ceil_char_boundary(at + REACH));
    let start = text[first..at].rfind(ends).map_or(first, |found| first + found + '。'.len_utf8());
    let end = text[at..last].find(ends).map_or(last, |found| at + found);
    start..end
}

/// The clause around a byte of a text: between one mark of punctuation and the next.
pub(super) fn clause_around(text: &str, at: usize) -> Range<usize> {
    let mark = |c: char| "。！？，；：,;:（）()".contains(c);
    let (first, last) = (text.floor_char_boundary(at.saturating_sub(REACH)), text.ceil_char_boundary(at + REACH));
    let before = text[first..at].char_indices().rev().find(|(_, c)| mark(*c));
    let start = before.map_or(first, |(found, c)| first + found + c.len_utf8());
    let end = text[at..last].find(mark).map_or(last, |found| at + found);
    start..end
}

/// The last `count` characters of a text.
pub(super) fn tail(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    if count == 0 { "" } else { &text[start..] }
}

/// The first `count` characters of a text.
pub(super) fn head(text: &str, count: usize) -> &str {
    &text[..text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)]
}

/// A Chinese character of the common block.
pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

pub(super) fn contains_any(text: &str, words: &[impl AsRef<str>]) -> bool {
    words.iter().any(|word| text.contains(word.as_ref()))
}

/// The first of these words in a text, and where it stands; of two at one place the shorter.
pub(super) fn first_of<'w>(text: &str, words: &[&'w str]) -> Option<(usize, &'w str)> {
    words.iter().filter_map(|word| Some((text.find(word)?, *word))).min()
}

/// Whether what stands before a claim denies it, within so many characters: 未, 没有.
pub(super) fn is_denied(before: &str, count: usize) -> bool {
    contains_any(tail(before, count), &["未", "没有", "不", "尚"])
}

/// 无, 无。, 暂无: the answer that there is nothing.
pub(super) fn says_none(text: &str) -> bool {
    let words = text.trim_matches(['。', '；', '：', ':', '.', '“', '”', ' ']);
    matches!(words, "无" | "暂无" | "没有" | "无问题" | "暂无问题" | "不存在" | "/" | "无存在问题" | "无相关问题")
}

/// A piece of a section's text: a paragraph's flow and the part of it that belongs to the section.
pub(super) struct Piece<'d> {
    pub(super) paragraph: &'d Paragraph,
    pub(super) range: Range<usize>,
}

impl<'d> Piece<'d> {
    pub(super) fn text(&self) -> &'d str {
        &self.paragraph.flow.text()[self.range.clone()]
    }

    pub(super) fn span(&self) -> Span {
        self.paragraph.flow.span(self.range.clone())
    }
}

/// The text of a section and its subsections, its own heading excepted.
pub(super) fn section_text(document: &Document, id: SectionId) -> Vec<Piece<'_>> {
    let section = document.section(id);
    let mut pieces = Vec::new();
    for (block, each) in document.blocks.iter().enumerate().skip(section.block) {
        if block > section.block && !lies_in(document, each.section, id) {
            break;
        }
        let Some(paragraph) = each.paragraph() else { continue };
        let range = if block == section.block { rest_of(paragraph) } else { 0..paragraph.flow.text().len() };
        if range.start < range.end {
            pieces.push(Piece { paragraph, range });
        }
    }
    pieces
}

fn lies_in(document: &Document, inner: Option<SectionId>, outer: SectionId) -> bool {
    let wanted: *const Section = document.section(outer);
    document.ancestors(inner).any(|section| std::ptr::eq(section, wanted))
}

/// What follows a run-in heading in its own paragraph.
fn rest_of(paragraph: &Paragraph) -> Range<usize> {
    let text = paragraph.flow.text();
    let end = paragraph.title.as_ref().map_or(text.len(), |title| title.end);
    let skipped = text[end..].len() - text[end..].trim_start_matches(['。', '：', ':', '；', '.', '，']).len();
    end + skipped..text.len()
}

/// A finder of a fixed list of words, built when it is first used.
macro_rules! finder {
    ($words:expr) => {{
        static FINDER: std::sync::OnceLock<$crate::rules::reading::Finder> = std::sync::OnceLock::new();
        FINDER.get_or_init(|| $crate::rules::reading::Finder::new($words))
    }};
}
pub(super) use finder;
