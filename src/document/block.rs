//! Lines to blocks.

use std::ops::Range;
use std::sync::Arc;

use super::line::{Wrap, is_furniture, is_prose, trimmed};
use super::marker::{Marker, MarkerStyle};
use super::{Block, BlockKind, Document, Paragraph, literal, section, sentence, table};
use crate::source::layout::{Piece, PieceKind};
use crate::source::{Flow, FlowRange, Layout, Line, Source, Span};

/// More bytes than any list number without blanks takes, with what must follow it.
const LONGEST_MARKER: usize = 96;
/// The longest heading, in characters.
const LONGEST_HEADING: usize = 45;
/// The longest heading that runs into text: （一）机构设置。本局内设…
const LONGEST_RUN_IN: usize = 24;
/// The longest budget subject: 教育支出（类）普通教育（款）小学教育（项）
const LONGEST_SUBJECT_LINE: usize = 64;

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
        if let Some(hashed) = hash_heading(self.source, trimmed(self.source, &self.lines[at])) {
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

/// ### （二）产出情况分析: a heading by its hashes, as Markdown writes it.
fn hash_heading(source: &Source, span: Span) -> Option<BlockKind> {
    let text = source.slice(span);
    let rest = text.trim_start_matches('#');
    let hashes = text.len() - rest.len();
    let words = rest.trim_start();
    if !(1..=6).contains(&hashes) || words.len() == rest.len() || words.is_empty() {
        return None;
    }
    let start = span.end() - words.len();
    Some(marked_heading(classify(source, Flow::new(source, &[source.span(start, span.end())]))))
}

/// A paragraph that its writer marked as a heading is one where its words do not say otherwise.
fn marked_heading(kind: BlockKind) -> BlockKind {
    match kind {
        BlockKind::Paragraph(paragraph) if paragraph.marker.is_none() || paragraph.title.is_none() => {
            let from = paragraph.marker.as_ref().map_or(0, |marker| marker.range.end);
            let title = from..paragraph.flow.text().len();
            BlockKind::Heading(Paragraph { title: Some(title), ..paragraph })
        }
        kind => kind,
    }
}

/// Styles of headings are also given to whole paragraphs of text: only a short one without clauses is taken at its word.
fn styled_heading(kind: BlockKind) -> BlockKind {
    let BlockKind::Paragraph(paragraph) = &kind else { return kind };
    let text = paragraph.flow.text();
    let short = (1..=LONGEST_HEADING).contains(&text.chars().count());
    if short && !is_prose(text) && !has_amount(text) { marked_heading(kind) } else { kind }
}

fn begins_with_marker(source: &Source, span: Span) -> bool {
    let text = source.slice(span);
    Marker::may_begin(text) && Marker::read(&Flow::new(source, &[opening(source, span)]), |_| false).is_some()
}

/// As much of a line as a marker can take: not the whole of a long one.
fn opening(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let end = (0..=LONGEST_MARKER.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let plain = !text[..end].contains(|c: char| c.is_whitespace() || c == '[');
    if plain { source.span(span.start(), span.start() + end) } else { span }
}

/// 2024年度某局部门整体支出绩效自评报告, 项目支出绩效自评表
fn looks_like_title(text: &str) -> bool {
    if is_prose(text) {
        return false;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let ends = ["报告", "自评表", "情况说明", "公开说明", "评价表", "基础数据表", "决算公开", "预算公开", "决算说明"];
    let length = text.chars().count();
    // 2023年度部门决算, on a cover
    let covers = ["部门决算", "部门预算", "单位决算", "单位预算"];
    let cover = text.contains("20") && covers.iter().any(|end| text.ends_with(end)) && !text.contains(['，', '。']);
    (4..=LONGEST_HEADING).contains(&length) && (cover || ends.iter().any(|end| text.ends_with(end)))
}

/// 填报单位：…　单位：万元, 说明：…, 填表人：, 注：…, （2022年度）
fn looks_like_note(text: &str) -> bool {
    let heads = [
        "填报单位", "编制单位", "填表人", "填报人", "单位：", "单位:", "金额单位", "说明：", "注：", "注:", "备注：",
        "公开0", "公开1", "（盖章", "附：", "填报日期", "编制部门", "填报部门", "部门：", "单位万元", "单位元",
    ];
    heads.iter().any(|head| text.starts_with(head)) || is_year_line(text)
}

/// （2022年度）
fn is_year_line(text: &str) -> bool {
    let inner = text.trim_matches(['（', '）', '(', ')']);
    inner.len() < text.len() && inner.ends_with("年度") && inner.chars().count() <= 7
}

/// What a paragraph is.
fn classify(source: &Source, flow: Flow) -> BlockKind {
    let blank_follows =
        |span: Span| source.text()[span.end()..].starts_with([' ', '\u{3000}', '\t', '\u{a0}', '\u{2002}']);
    let marker = Marker::read(&flow, blank_follows);
    let body = marker.as_ref().map_or(0, |marker| marker.range.end);
    let text = flow.text();
    if marker.is_none() && looks_like_title(text) {
        return BlockKind::Title(read(flow, None, None));
    }
    if marker.is_none() && looks_like_note(text) {
        return BlockKind::Note(read(flow, None, None));
    }
    match title(text, body, marker.as_ref()) {
        Some(Title::Whole(range)) => BlockKind::Heading(read(flow, marker, Some(range))),
        Some(Title::RunIn(range)) => BlockKind::Paragraph(read(flow, marker, Some(range))),
        None => BlockKind::Paragraph(read(flow, marker, None)),
    }
}

fn read(flow: Flow, marker: Option<Marker>, title: Option<FlowRange>) -> Paragraph {
    let from = marker.as_ref().map_or(0, |marker| marker.range.end);
    let literals = literal::scan_from(&flow, from);
    let sentences = sentence::split(flow.text(), from, &literals);
    Paragraph { flow, marker, title, sentences, literals }
}

enum Title {
    /// The paragraph is a heading.
    Whole(FlowRange),
    /// The paragraph begins with a heading.
    RunIn(FlowRange),
}

/// The heading's words in a paragraph whose text after the marker begins at `body`.
fn title(text: &str, body: usize, marker: Option<&Marker>) -> Option<Title> {
    let rest = &text[body..];
    let words = rest.trim_end_matches(['。', '：', ':', '；', '.']);
    let length = words.chars().count();
    let Some(marker) = marker else {
        return (is_bare_heading(rest)).then(|| Title::Whole(body..body + words.len()));
    };
    if marker.style == MarkerStyle::HanIs || length == 0 {
        return (length == 0 && marker.style == MarkerStyle::Attachment).then_some(Title::Whole(marker.range.clone()));
    }
    if let Some(run_in) = run_in(rest) {
        return Some(Title::RunIn(body..body + run_in.len()));
    }
    let states = words.contains(['，', '；', ',', '。']) || has_amount(words);
    (length <= LONGEST_HEADING && !states).then(|| Title::Whole(body..body + words.len()))
}

/// 机构设置 in 机构设置。本局内设…
fn run_in(rest: &str) -> Option<&str> {
    let cut = rest.find(['。', '：', ':'])?;
    let (words, after) = rest.split_at(cut);
    let goes_on = after.chars().nth(1).is_some();
    let longest = if words.contains("（款）") { LONGEST_SUBJECT_LINE } else { LONGEST_RUN_IN };
    let short = words.chars().count() <= longest && !words.is_empty();
    (short && goes_on && !has_amount(words) && !words.contains(['，', '；'])).then_some(words)
}

/// Whether digits with a unit of money or a per cent sign stand in the text.
fn has_amount(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.contains(['元', '%'])
}

/// 人员编制情况: a heading that lost its number.
fn is_bare_heading(text: &str) -> bool {
    let ends = [
        "情况", "措施", "概况", "职责", "说明", "及原因", "结论", "建议", "职能", "事项", "情况分析", "原因分析",
        "目标", "主要做法", "附件", "名词解释", "工作计划", "基本信息", "打算",
    ];
    let length = text.chars().count();
    (4..=24).contains(&length)
        && !text.contains(['，', '。', '；', '：', ':', '、', '|'])
        && !has_amount(text)
        && ends.iter().any(|end| text.trim_end_matches('。').ends_with(end))
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
