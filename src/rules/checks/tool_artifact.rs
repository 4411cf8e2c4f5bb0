//! Traces that word processors and converters leave in the text.

use super::{Context, Sink};
use crate::rules::reading::finder;
use crate::source::Span;

/// More places of one kind are counted, not shown.
const MOST_SHOWN: usize = 11;

/// Texts that no writer types, and what they are.
const ARTIFACTS: &[(&str, &str)] = &[
    ("[bookmark:", "Word 书签"),
    ("_GoBack", "Word 书签"),
    ("PAGEREF _Toc", "目录域代码"),
    ("HYPERLINK \\l", "超链接域代码"),
    ("TOC \\o", "目录域代码"),
    ("\\* MERGEFORMAT", "域代码"),
    ("错误!未定义书签", "失效的引用"),
    ("错误！未定义书签", "失效的引用"),
    ("错误!未找到引用源", "失效的引用"),
    ("错误！未找到引用源", "失效的引用"),
    ("Error! Bookmark not defined", "失效的引用"),
    ("Error! Reference source not found", "失效的引用"),
    ("#REF!", "表格公式错误"),
    ("#VALUE!", "表格公式错误"),
    ("#DIV/0!", "表格公式错误"),
    ("#NAME?", "表格公式错误"),
    ("\u{fffd}", "无法识别的字符"),
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let text = context.source.text();
    let mut covered = 0;
    // One finding for each kind: a file read in the wrong encoding has thousands of them.
    let mut kinds: Vec<(&str, Vec<Span>)> = Vec::new();
    for (range, index) in finder!(ARTIFACTS.iter().map(|(word, _)| *word)).find(text) {
        let (start, end, what) = (range.start, range.end, ARTIFACTS[index].1);
        if start < covered {
            continue;
        }
        let end = if text[start..].starts_with('[') { closing(text, start).unwrap_or(end) } else { end };
        covered = end;
        let span = context.source.span(start, end);
        match kinds.iter_mut().find(|(kind, _)| *kind == what) {
            Some((_, spans)) => spans.push(span),
            None => kinds.push((what, vec![span])),
        }
    }
    for (what, spans) in kinds {
        let first = context.source.slice(spans[0]);
        let count = if spans.len() > 1 { format!("，共{}处", spans.len()) } else { String::new() };
        sink.report(spans[0], what, format!("正文里留有{what}“{first}”{count}"))
            .suggest("", "删去")
            .with_all(spans[1..].iter().take(MOST_SHOWN).copied(), what);
    }
}

/// The end of `[bookmark: _GoBack]`, on the same line.
fn closing(text: &str, start: usize) -> Option<usize> {
    let line = text[start..].lines().next()?;
    Some(start + line.find(']')? + 1)
}
