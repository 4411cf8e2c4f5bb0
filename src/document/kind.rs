//! What a paragraph is: title, heading, note or running text.

use super::line::is_prose;
use super::marker::{Marker, MarkerStyle};
use super::{BlockKind, Paragraph, literal, sentence};
use crate::source::{Flow, FlowRange, Source, Span};

/// More bytes than any list number without blanks takes, with what must follow it.
const LONGEST_MARKER: usize = 96;
/// The longest heading, in characters.
pub(super) const LONGEST_HEADING: usize = 45;
/// The longest heading that runs into text: （一）机构设置。本局内设…
const LONGEST_RUN_IN: usize = 24;
/// The longest budget subject: 教育支出（类）普通教育（款）小学教育（项）
const LONGEST_SUBJECT_LINE: usize = 64;

/// ### （二）产出情况分析: a heading by its hashes, as Markdown writes it.
pub(super) fn hash_heading(source: &Source, span: Span) -> Option<BlockKind> {
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
pub(super) fn styled_heading(kind: BlockKind) -> BlockKind {
    let BlockKind::Paragraph(paragraph) = &kind else { return kind };
    let text = paragraph.flow.text();
    let short = (1..=LONGEST_HEADING).contains(&text.chars().count());
    if short && !is_prose(text) && !has_amount(text) { marked_heading(kind) } else { kind }
}

pub(super) fn begins_with_marker(source: &Source, span: Span) -> bool {
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
pub(super) fn looks_like_title(text: &str) -> bool {
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
pub(super) fn classify(source: &Source, flow: Flow) -> BlockKind {
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
        && ends.iter().any(|end| text.ends_with(end))
}
