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

/// Whether two names are at least so much alike; most are told apart by their lengths.
pub(super) fn are_alike(a: &str, b: &str, least: usize) -> bool {
    let (m, n) = (a.chars().count(), b.chars().count());
    m.min(n) * 100 >= least * m.max(n) && likeness(a, b) >= least
}

/// How alike two names are: the characters that they share in order, out of a hundred of the longer one.
pub(super) fn likeness(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Names of indicators are short, and names of very different length are not alike.
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if long == 0 || short * 2 < long || long > 40 {
        return 0;
    }
    let mut row = vec![0usize; b.len() + 1];
    for x in &a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()] * 100 / a.len().max(b.len())
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn names() {
        assert_eq!(likeness("补植乔灌木", "补植乔灌木"), 100);
        assert!(likeness("提升改造村级综合服务社", "提升改造综合服务社") >= 80);
        assert!(likeness("开展健康讲座", "开展执法检查") < 80);
    }
}
