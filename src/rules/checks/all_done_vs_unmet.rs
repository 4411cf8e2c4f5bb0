//! Goals that are all met beside a list of goals that are not.

use super::{Context, Sink};
use crate::document::{BlockKind, Document, Paragraph, SectionId};
use crate::rules::concordance::Found;
use crate::rules::reading::{Piece, contains_any, finder, first_of, says_none, section_text};
use crate::source::Span;

/// The shortest text that names an unmet goal, in characters.
const SHORTEST: usize = 8;
/// No more places than this are marked.
const MOST_PLACES: usize = 6;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let parts = context.shared.parts();
    let finder = finder!(PHRASES.iter().copied());
    let phrases: Vec<Found> = context.shared.concordance().find(finder).filter(Found::is_body).collect();
    let mut part = None;
    for (block, each) in context.document.blocks.iter().enumerate() {
        let BlockKind::Paragraph(paragraph) = &each.kind else { continue };
        let phrase = || phrases.iter().find(|phrase| phrase.stretch.block == block).map(Found::span);
        let Some(claim) = counted(paragraph).or_else(phrase).filter(|_| part != Some(parts[block])) else { continue };
        let unmet = unmet(context, parts, parts[block]);
        if unmet.is_empty() {
            continue;
        }
        part = Some(parts[block]);
        let message = format!("称“{}”，又列有未完成的目标", context.source.slice(claim));
        sink.report(claim, "称全部完成", message).with_all(unmet.into_iter().take(MOST_PLACES), "未完成的目标");
    }
}

/// What one of the reports in a file admits not to have met.
fn unmet(context: &Context, parts: &[u32], part: u32) -> Vec<Span> {
    let document = context.document;
    let own = |id: &SectionId| parts[document.section(*id).block] == part;
    let mut found = Vec::new();
    for id in (0..document.sections.len() as u32).map(SectionId).filter(own) {
        if is_on_unmet(&document.section(id).title) {
            found.extend(named(document, id));
        }
    }
    for problems in context.shared.problems().iter().filter(|problems| own(&problems.id)) {
        found.extend(problems.pieces.iter().filter_map(admitted));
    }
    found
}

/// The heading and the text of a section on unmet goals, where it names some.
fn named(document: &Document, id: SectionId) -> Vec<Span> {
    let pieces = section_text(document, id);
    let section = document.section(id);
    let all = !pieces.is_empty() && pieces.iter().all(|piece| names_unmet(piece.text()));
    if !all {
        return Vec::new();
    }
    let heading = document.blocks[section.block].paragraph().and_then(|paragraph| {
        let title = paragraph.title.clone()?;
        Some(paragraph.flow.span(paragraph.marker.as_ref().map_or(title.start, |marker| marker.range.start)..title.end))
    });
    heading.into_iter().chain(pieces.iter().map(Piece::span)).collect()
}

/// 实际储备量少于计划数, among the problems
fn admitted(piece: &Piece) -> Option<Span> {
    let words = [
        "少于计划", "低于目标", "低于计划", "未达到目标", "未达目标", "未完成目标", "未能完成", "未能如期", "未能按期",
        "未如期完成", "未按期完成", "未达到预期", "未达预期",
    ];
    let (at, word) = first_of(piece.text(), &words)?;
    let start = piece.range.start + at;
    Some(piece.paragraph.flow.span(start..start + word.len()))
}

/// 3.未完成的绩效目标
fn is_on_unmet(title: &str) -> bool {
    title.contains("未完成") && contains_any(title, &["目标", "指标", "任务"])
}

fn names_unmet(text: &str) -> bool {
    let denies = ["没有", "不存在", "无未完成", "均已", "全部完成", "全部已", "均完成", "不涉及"];
    text.chars().count() >= SHORTEST && !says_none(text) && !text.starts_with('无') && !contains_any(text, &denies)
}

/// Words that call every goal met.
const PHRASES: &[&str] = &[
    "绩效目标已全部完成", "绩效指标已全部完成", "年度目标已全部完成", "绩效目标全部完成", "绩效指标全部完成",
    "绩效目标均已完成", "绩效指标均已完成", "年度目标全部完成", "目标任务全部完成", "全部完成了绩效目标",
    "绩效目标均完成", "绩效指标均完成",
];

/// 共设置3个绩效指标，实际完成了3个: two equal counts, one of goals set and one of goals met, in neighbouring clauses.
fn counted(paragraph: &Paragraph) -> Option<Span> {
    let text = paragraph.flow.text();
    if !text.contains("完成") && !text.contains("实现") {
        return None;
    }
    paragraph.literals.windows(2).find_map(|pair| {
        let (set, met) = (&pair[0], &pair[1]);
        let near = met.range.start.checked_sub(set.range.end)? <= 60;
        if !near || set.value != met.value || set.unit != met.unit {
            return None;
        }
        let between = &text[set.range.end..met.range.start];
        let sets = head_contains(&text[..set.range.start], &["设置", "设定", "共设", "设立"]);
        let goals = contains_any(between, &["绩效指标", "绩效目标", "目标", "指标"]);
        let meets =
            ["完成", "完成了", "实现", "实现了"].iter().any(|word| between.ends_with(word)) && !between.contains('。');
        (sets && goals && meets && !between.contains('未')).then(|| paragraph.flow.span(set.range.start..met.range.end))
    })
}

/// Whether one of the words stands shortly before the end of a text.
fn head_contains(before: &str, words: &[&str]) -> bool {
    contains_any(crate::rules::reading::tail(before, 8), words)
}
