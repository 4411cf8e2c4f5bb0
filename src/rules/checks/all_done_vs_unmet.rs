//! Goals that are all met beside a list of goals that are not.

use super::{Context, Sink};
use crate::document::{BlockKind, Paragraph, SectionId};
use crate::rules::reading::{Piece, contains_any, says_none, section_text};
use crate::rules::verdicts;
use crate::source::Span;

/// The shortest text that names an unmet goal, in characters.
const SHORTEST: usize = 8;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let parts = verdicts::parts(context.document);
    for id in (0..context.document.sections.len() as u32).map(SectionId) {
        let section = context.document.section(id);
        if !is_on_unmet(&section.title) {
            continue;
        }
        let pieces = section_text(context.document, id);
        let named: Vec<&Piece> = pieces.iter().filter(|piece| names_unmet(piece.text())).collect();
        if named.is_empty() || named.len() < pieces.len() {
            continue;
        }
        let part = parts[section.block];
        let claim = context.document.blocks.iter().enumerate().filter(|(block, _)| parts[*block] == part).find_map(
            |(_, block)| match &block.kind {
                BlockKind::Paragraph(paragraph) => claim(paragraph),
                _ => None,
            },
        );
        let Some(claim) = claim else { continue };
        let message = format!("称“{}”，又列有未完成的目标", context.source.slice(claim));
        let mut added = sink.report(claim, "称全部完成", message).with(section.span, "未完成的目标");
        for piece in named.iter().filter(|piece| piece.block != section.block) {
            added = added.with(piece.span(), "未完成的目标");
        }
    }
}

/// 3.未完成的绩效目标
fn is_on_unmet(title: &str) -> bool {
    title.contains("未完成") && contains_any(title, &["目标", "指标", "任务"])
}

fn names_unmet(text: &str) -> bool {
    let denies = ["没有", "不存在", "无未完成", "均已", "全部完成", "全部已", "均完成", "不涉及"];
    text.chars().count() >= SHORTEST && !says_none(text) && !text.starts_with('无') && !contains_any(text, &denies)
}

/// 共设置3个绩效指标，实际完成了3个; 绩效目标全部完成
fn claim(paragraph: &Paragraph) -> Option<Span> {
    let text = paragraph.flow.text();
    counted(paragraph).or_else(|| {
        let phrases = [
            "绩效目标全部完成", "绩效指标全部完成", "绩效目标均已完成", "绩效指标均已完成", "年度目标全部完成",
            "目标任务全部完成", "全部完成了绩效目标", "绩效目标均完成", "绩效指标均完成",
        ];
        let (at, phrase) = phrases.iter().filter_map(|phrase| Some((text.find(phrase)?, phrase))).min()?;
        Some(paragraph.flow.span(at..at + phrase.len()))
    })
}

/// Two equal counts, one of goals set and one of goals met, in neighbouring clauses.
fn counted(paragraph: &Paragraph) -> Option<Span> {
    let text = paragraph.flow.text();
    paragraph.literals.windows(2).find_map(|pair| {
        let (set, met) = (&pair[0], &pair[1]);
        let near = met.range.start.checked_sub(set.range.end)? <= 60;
        let between = &text[set.range.end..met.range.start];
        let sets = head_contains(&text[..set.range.start], &["设置", "设定", "共设", "设立"]);
        let goals = contains_any(between, &["绩效指标", "绩效目标", "目标", "指标"]);
        let meets =
            ["完成", "完成了", "实现", "实现了"].iter().any(|word| between.ends_with(word)) && !between.contains('。');
        (near && sets && goals && meets && set.value == met.value && set.unit == met.unit && !between.contains('未'))
            .then(|| paragraph.flow.span(set.range.start..met.range.end))
    })
}

/// Whether one of the words stands shortly before the end of a text.
fn head_contains(before: &str, words: &[&str]) -> bool {
    contains_any(crate::rules::reading::tail(before, 8), words)
}
