//! Doubled, unpaired and half-width marks of punctuation.

use std::ops::Range;

use super::{Context, Sink};
use crate::rules::reading::{Stretch, bodies, head, is_han};
use crate::source::Span;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut half_width = Vec::new();
    let quotes = Quotes::of(context);
    let may_double = may_double(context);
    for stretch in bodies(context.document) {
        if may_double {
            doubled(&stretch, sink);
        }
        half_width.extend(half_width_stops(&stretch));
        if quotes.unpaired {
            unpaired(&stretch, ['“', '”'], sink);
        }
        unpaired(&stretch, ['（', '）'], sink);
    }
    let Some((first, more)) = half_width.split_first() else { return };
    let mut added = sink.report(*first, "半角句点", "汉字之间用了半角句点“.”，应为“。”");
    for span in more {
        added = added.with(*span, "半角句点");
    }
    added.suggest("。", "句号用全角");
}

/// 。。 ，， 、，
fn doubled(stretch: &Stretch, sink: &mut Sink) {
    let text = stretch.text();
    let mut previous: Option<(usize, &str)> = None;
    for (at, stop) in text.match_indices(is_stop) {
        let Some((start, before)) = previous.replace((at, stop)) else { continue };
        let end = at + stop.len();
        let beside = start + before.len() == at;
        if beside && !((before, stop) == ("。", "。") && is_ellipsis(text, start)) {
            let message = format!("“{before}{stop}”两个标点叠用");
            sink.report(stretch.span(start..end), "重叠的标点", message).suggest(before, "留一个");
        }
    }
}

const STOPS: [char; 5] = ['。', '，', '、', '；', '：'];

fn is_stop(c: char) -> bool {
    STOPS.contains(&c)
}

/// Whether two stops stand side by side anywhere.
fn may_double(context: &Context) -> bool {
    let concordance = context.shared.concordance();
    STOPS.iter().any(|first| STOPS.iter().any(|second| concordance.may_hold(&String::from_iter([first, second]))))
}

/// 。。。 or 。。。。。。 stands for an ellipsis.
fn is_ellipsis(text: &str, at: usize) -> bool {
    text[at..].starts_with("。。。") || text[..at].ends_with('。')
}

/// 有力保障正常办公条件.二是…
fn half_width_stops<'s>(stretch: &'s Stretch<'s>) -> impl Iterator<Item = Span> + 's {
    let text = stretch.text();
    let han = |c: Option<char>| c.is_some_and(is_han);
    let found = text.match_indices('.').filter(move |(at, _)| {
        let before = &text[stretch.start.min(*at)..*at];
        han(before.chars().next_back()) && han(text[at + 1..].chars().next()) && !is_number(before)
    });
    found.map(|(at, _)| stretch.span(at..at + 1))
}

/// 一.基本情况: the point belongs to a list number.
fn is_number(before: &str) -> bool {
    let last = before.rsplit(|c: char| !"一二三四五六七八九十".contains(c)).next().unwrap_or("");
    let start = &before[..before.len() - last.len()];
    !last.is_empty() && (start.is_empty() || start.ends_with(['。', '；', '，', '：', '、']))
}

/// Whether the quotation marks of the whole report do not pair: quotations may run over paragraphs.
struct Quotes {
    unpaired: bool,
}

impl Quotes {
    fn of(context: &Context) -> Quotes {
        let count = |mark: char| context.source.text().matches(mark).count();
        Quotes { unpaired: count('“') != count('”') }
    }
}

/// The first mark of a pair in a paragraph that has no partner.
fn unpaired(stretch: &Stretch, [open, close]: [char; 2], sink: &mut Sink) {
    let Some(range) = first_unpaired(stretch.text(), open, close) else { return };
    let text = stretch.text();
    let near = head(&text[range.start..], 10);
    let message = format!("“{near}…”处的“{}”没有配对", &text[range.clone()]);
    sink.report(stretch.span(range), "不成对的标点", message);
}

fn first_unpaired(text: &str, open: char, close: char) -> Option<Range<usize>> {
    let brackets = open == '（';
    let opens = |c: char| c == open || brackets && c == '(';
    let closes = |c: char| c == close || brackets && c == ')';
    let mut waiting: Vec<usize> = Vec::new();
    for (at, mark) in text.match_indices(|c| opens(c) || closes(c)) {
        if mark.starts_with(opens) {
            waiting.push(at);
        } else if waiting.pop().is_none() && !numbers_item(&text[..at]) {
            return Some(at..at + mark.len());
        }
    }
    waiting.first().map(|at| *at..*at + text[*at..].chars().next().map_or(1, char::len_utf8))
}

/// 1）, 一）, a): the bracket closes a list number.
fn numbers_item(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
}
