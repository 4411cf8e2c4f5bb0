//! Lines to blocks.

use std::ops::Range;
use std::sync::Arc;

use super::kind::{LONGEST_HEADING, begins_with_marker, classify, hash_heading, looks_like_title, styled_heading};
use super::line::{Wrap, is_furniture, is_prose, trimmed};
use super::{Block, BlockKind, Document, section, table};
use crate::source::layout::{Piece, PieceKind};
use crate::source::{Flow, Layout, Line, Source, Span};

pub(super) fn parse(source: &Source) -> Document {
    let lines: Vec<Line> = source.lines().filter(|line| !line.whole.is_empty()).collect();
    let texts: Vec<Span> = lines.iter().map(|line| trimmed(source, line)).collect();
    let layout = source.layout();
    let wrap = if layout.is_empty() { Wrap::of(source, &texts) } else { Wrap::none() };
    let mut parser = Parser { source, layout, wrap, lines, texts, run_end: 0, blocks: Vec::new() };
    let mut at = 0;
    while at < parser.lines.len() {
        let next = match parser.piece(at) {
            Some((piece, lines)) => parser.laid_out(piece, lines),
            None => parser.block(at),
        };
        debug_assert!(next > at, "every step reads a line");
        at = next;
    }
    let mut blocks = parser.blocks;
    join_titles(&mut blocks);
    let tables = (0..blocks.len()).filter(|block| blocks[*block].table().is_some()).collect();
    let mut document = Document { blocks, sections: Vec::new(), tables, layout: Arc::clone(source.layout()) };
    section::nest(&mut document);
    caption_tables(&mut document);
    document
}

struct Parser<'s> {
    source: &'s Source,
    layout: &'s Layout,
    lines: Vec<Line>,
    /// The lines without blanks at both ends.
    texts: Vec<Span>,
    wrap: Wrap,
    /// The line where the run of laid out paragraphs ends that was looked at last.
    run_end: usize,
    blocks: Vec<Block>,
}

impl<'s> Parser<'s> {
    /// The piece of the layout that begins at line `at`, and its lines.
    fn piece(&self, at: usize) -> Option<(&'s Piece, Range<usize>)> {
        let line = self.lines[at].whole;
        let piece = self.layout.piece_from(line.start()).filter(|piece| piece.span.start() < line.end())?;
        let end = self.lines[at..].partition_point(|line| line.whole.start() < piece.span.end());
        Some((piece, at..at + end.max(1)))
    }

    /// Reads what the layout says of a piece; answers the line after it.
    fn laid_out(&mut self, piece: &Piece, lines: Range<usize>) -> usize {
        match &piece.kind {
            PieceKind::Furniture => self.push(lines.clone(), BlockKind::Furniture),
            PieceKind::Table(grid) => {
                let table = table::laid_out(self.source, &self.lines, lines.clone(), grid);
                self.push(lines.clone(), BlockKind::Table(table));
            }
            PieceKind::Paragraph { heading, .. } => return self.laid_out_paragraph(*heading, lines),
        }
        lines.end
    }

    /// A paragraph, the lines of which were broken by hand, or the first of several in which a table is typed.
    fn laid_out_paragraph(&mut self, heading: Option<u8>, lines: Range<usize>) -> usize {
        if self.run_end <= lines.start {
            self.run_end = self.end_of_paragraphs(lines.start);
        }
        let typed = &self.lines[..self.run_end];
        if let Some((table, next)) = table::typed_at(self.source, typed, lines.start) {
            self.push(lines.start..next, BlockKind::Table(table));
            return next;
        }
        let mut at = lines.start;
        while at < lines.end {
            at = if self.text(at).is_empty() { self.blank(at) } else { self.paragraph(at, lines.end, heading) };
        }
        lines.end
    }

    /// The line where the run of paragraphs that line `at` belongs to ends.
    fn end_of_paragraphs(&self, at: usize) -> usize {
        let start = self.lines[at].whole.start();
        let other = self.layout.pieces[self.layout.pieces.partition_point(|piece| piece.span.start() < start)..]
            .iter()
            .find(|piece| !matches!(piece.kind, PieceKind::Paragraph { .. }));
        other.map_or(self.lines.len(), |piece| {
            self.lines.partition_point(|line| line.whole.start() < piece.span.start())
        })
    }

    fn blank(&mut self, at: usize) -> usize {
        self.push(at..at + 1, BlockKind::Blank);
        at + 1
    }

    /// Reads the block that begins at line `at` of plain text; answers the line after it.
    fn block(&mut self, at: usize) -> usize {
        if let Some((grid, next)) = table::parse_at(self.source, &self.lines, at) {
            self.push(at..next, BlockKind::Table(grid));
            return next;
        }
        let text = self.text(at);
        if text.is_empty() {
            return self.blank(at);
        }
        if is_furniture(text) {
            self.push(at..at + 1, BlockKind::Furniture);
            return at + 1;
        }
        self.paragraph(at, self.lines.len(), None)
    }

    fn text(&self, at: usize) -> &str {
        self.source.slice(self.texts[at])
    }

    fn push(&mut self, lines: Range<usize>, kind: BlockKind) {
        let span = self.lines[lines.start].whole.cover(self.lines[lines.end - 1].whole);
        self.blocks.push(Block { span, kind, section: None });
    }

    /// The paragraph that begins at line `at` and ends before line `limit`; `heading` is the level that its style gives it.
    fn paragraph(&mut self, at: usize, limit: usize, heading: Option<u8>) -> usize {
        if let Some(hashed) = hash_heading(self.source, self.texts[at]) {
            self.push(at..at + 1, hashed);
            return at + 1;
        }
        let mut spans = vec![self.texts[at]];
        let mut end = at + 1;
        while let Some(next) = self.continuation(&spans, end, limit) {
            spans.push(self.texts[next]);
            end = next + 1;
        }
        let kind = classify(self.source, Flow::new(self.source, &spans));
        self.push(at..end, if heading.is_some() { styled_heading(kind) } else { kind });
        end
    }

    /// The line that continues a paragraph whose lines so far are `spans`, searched from line `at` on.
    fn continuation(&self, spans: &[Span], at: usize, limit: usize) -> Option<usize> {
        let last = *spans.last().expect("a paragraph has a line");
        let text = self.source.slice(last);
        let next = (at..limit.min(at + 4)).find(|&i| !self.text(i).is_empty() && !is_furniture(self.text(i)))?;
        let candidate = self.text(next);
        let tabular = self.source.slice(self.lines[next].span).starts_with('\t') || candidate.starts_with('|');
        if tabular || !self.wrap.continues(text, candidate, next > at) {
            return None;
        }
        let heading = || spans.len() == 1 && !is_prose(text) && begins_with_marker(self.source, last);
        let apart = looks_like_title(candidate) || begins_with_marker(self.source, self.texts[next]) || heading();
        (!apart).then_some(next)
    }
}

/// A short line without punctuation right before a title is the title's first line:
/// 2024年度某市某局整体支出 / 绩效自评报告
fn join_titles(blocks: &mut [Block]) {
    let filled: Vec<usize> = (0..blocks.len()).filter(|&i| !matches!(blocks[i].kind, BlockKind::Blank)).collect();
    for pair in filled.windows(2) {
        let first_line = match (&blocks[pair[0]].kind, &blocks[pair[1]].kind) {
            (BlockKind::Paragraph(first), BlockKind::Title(_)) => {
                let text = first.flow.text();
                let length = text.chars().count();
                first.marker.is_none()
                    && (6..=LONGEST_HEADING).contains(&length)
                    && !text.contains(['，', '。', '；', '：', ':'])
            }
            _ => false,
        };
        if first_line
            && let BlockKind::Paragraph(first) = std::mem::replace(&mut blocks[pair[0]].kind, BlockKind::Blank)
        {
            blocks[pair[0]].kind = BlockKind::Title(first);
        }
    }
}

/// Gives each table its captions: the notes and titles before it, and the unit that they name.
fn caption_tables(document: &mut Document) {
    for at in 0..document.blocks.len() {
        if !matches!(document.blocks[at].kind, BlockKind::Table(_)) {
            continue;
        }
        let captions = captions_before(document, at);
        let texts = captions.iter().rev().filter_map(|&block| document.blocks[block].paragraph());
        let unit = texts.into_iter().find_map(|paragraph| table::caption_unit(paragraph.flow.text()));
        if let BlockKind::Table(grid) = &mut document.blocks[at].kind {
            grid.captions = captions;
            grid.unit = grid.unit.or(unit);
        }
    }
}

/// The titles, notes and short lines right before a table, in order.
fn captions_before(document: &Document, table: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for (index, block) in document.blocks[..table].iter().enumerate().rev() {
        match &block.kind {
            BlockKind::Blank | BlockKind::Furniture => {}
            BlockKind::Title(_) | BlockKind::Note(_) => found.push(index),
            BlockKind::Heading(p) if p.flow.text().chars().count() <= LONGEST_HEADING => found.push(index),
            BlockKind::Paragraph(p) if p.flow.text().chars().count() <= 40 && !p.flow.text().ends_with('。') => {
                found.push(index)
            }
            _ => break,
        }
        if found.len() == 4 {
            break;
        }
    }
    found.reverse();
    found
}
