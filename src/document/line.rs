//! What a line looks like before it is read: blank, furniture, prose, the end of a wrapped line.

use crate::source::{Line, Source, Span};

/// The line's text without blanks at both ends, as a span.
pub(super) fn trimmed(source: &Source, line: &Line) -> Span {
    let text = source.slice(line.span);
    let blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}');
    let start = text.len() - text.trim_start_matches(blank).len();
    let end = text.trim_end_matches(blank).len().max(start);
    source.span(line.span.start() + start, line.span.start() + end)
}

/// Page numbers and contents lines: —5—, 第3页, 一、基本情况……3
pub(super) fn is_furniture(text: &str) -> bool {
    is_page_number(text) || is_contents_line(text)
}

/// —5—, - 6 -, 7, 第3页共20页
fn is_page_number(text: &str) -> bool {
    let drawn = |c: char| matches!(c, '-' | '—' | '–' | '－' | '_' | ' ' | '\u{3000}' | '·');
    let inner = text.trim_matches(drawn);
    let bare = !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let paged = inner.starts_with('第') && inner.contains('页') && inner.chars().count() <= 12;
    bare || paged
}

/// 一、部门概况............3, PAGEREF _Toc
fn is_contents_line(text: &str) -> bool {
    let leader = || ["......", "……", "····", "────"].iter().any(|dots| text.contains(dots));
    text.contains("PAGEREF") || text.ends_with(|c: char| c.is_ascii_digit()) && leader()
}

/// Running text rather than a label: it has clauses.
pub(super) fn is_prose(text: &str) -> bool {
    text.contains(['，', '。', '；', ','])
}

/// Whether a text ends like the end of a paragraph.
pub(super) fn is_closed(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', ';', ':', '”', '」'])
}

/// How many columns a text fills: two for a Chinese character.
fn width(text: &str) -> usize {
    let wide = text.bytes().filter(|byte| *byte >= 0xc0).count();
    text.chars().count() + wide
}

/// How wide the lines of a report are, to tell wrapped lines from short paragraphs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrap {
    /// The width at which lines are broken, in characters; `None` where paragraphs stand on one line each.
    width: Option<usize>,
}

impl Wrap {
    /// No line is known to be wrapped.
    pub(super) fn none() -> Wrap {
        Wrap { width: None }
    }

    /// Lines are wrapped where a third of them are about as long as the longest, and that is no more than a page's width.
    pub(super) fn of(source: &Source, texts: &[Span]) -> Wrap {
        let widths: Vec<usize> = texts
            .iter()
            .map(|text| source.slice(*text))
            .filter(|text| !text.is_empty() && !text.contains('\t'))
            .map(width)
            .filter(|width| *width > 16)
            .collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        let full = widths.iter().filter(|width| **width * 100 >= widest * 85).count();
        let wrapped = (32..=128).contains(&widest) && full * 3 >= widths.len() && full >= 4;
        Wrap { width: wrapped.then_some(widest) }
    }

    /// Whether the paragraph goes on after a line with this text: `next` begins the next line, `apart` tells that blank
    /// lines stand between.
    pub(super) fn continues(&self, text: &str, next: &str, apart: bool) -> bool {
        let full = self.width.is_some_and(|full| width(text) * 100 >= full * 94);
        let listing = full && text.ends_with(['；', ';', '：', '”']);
        if is_closed(text) && !listing {
            return false;
        }
        let length = text.chars().count();
        let reached = self.width.is_some_and(|full| width(text) * 100 >= full * 85);
        let cut_prose = is_prose(text) && length >= 24 && is_prose(next);
        let open = text.ends_with(['，', '、', '（', '《', '“']) && is_prose(text) && length >= 12;
        if listing {
            return !apart;
        }
        if apart { (reached || length >= 24) && (cut_prose || open) } else { reached || cut_prose || open }
    }
}
