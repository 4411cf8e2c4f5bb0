//! What the sentences of a report say, for rules that an explanation silences.

use crate::document::{Document, Paragraph, Sentence};

/// Words of a change of the budget.
pub(super) const ADJUSTED: &[&str] =
    &["追加", "调增", "调整", "调剂", "上级下达", "上级补助", "上级专项", "年中下达", "年中安排", "新增"];
/// Words that give a reason.
pub(super) const REASON: &[&str] = &["因", "由于", "主要", "用于", "系", "原因", "根据", "按照", "为了"];

/// Every sentence of the text with its paragraph and block.
pub(super) fn sentences(document: &Document) -> impl Iterator<Item = (usize, &Paragraph, &Sentence)> {
    document
        .paragraphs()
        .flat_map(|(block, paragraph)| paragraph.sentences.iter().map(move |sentence| (block, paragraph, sentence)))
}

/// Whether some sentence has a word of every group.
pub(super) fn says(document: &Document, groups: &[&[&str]]) -> bool {
    sentences(document).any(|(_, paragraph, sentence)| {
        let text = paragraph.flow.slice(sentence.range.clone());
        groups.iter().all(|group| group.iter().any(|word| text.contains(word)))
    })
}

/// A row's label without its list number and 其中.
pub(super) fn bare(label: &str) -> &str {
    let unmarked = |text: &'_ str| -> usize {
        let body = text.trim_start_matches(|c: char| c.is_ascii_digit() || "（()）一二三四五六七八九十".contains(c));
        let marked = body.len() < text.len() && body.starts_with(['、', '.', '．']);
        if marked { text.len() - body.trim_start_matches(['、', '.', '．']).len() } else { 0 }
    };
    let label = &label[unmarked(label)..];
    let label = label.strip_prefix("其中").map_or(label, |rest| rest.trim_start_matches(['：', ':', '，']));
    label[unmarked(label)..].trim_end_matches(['：', ':'])
}
