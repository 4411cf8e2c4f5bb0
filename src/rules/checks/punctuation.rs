//! Doubled, unpaired and half-width marks of punctuation.

use super::{Context, Sink};
use crate::rules::concordance::{Concordance, Found};
use crate::rules::reading::{Finder, Stretch, bodies, finder, head, is_han};
use crate::source::Span;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let concordance = context.shared.concordance();
    if may_double(concordance) {
        bodies(context.document).for_each(|stretch| doubled(&stretch, sink));
    }
    // Quotations may run over paragraphs: only if those of the whole report do not pair, something is missing.
    if concordance.places("“").count() != concordance.places("”").count() {
        unpaired(concordance, finder!(["“", "”"]), sink);
    }
    unpaired(concordance, finder!(["（", "(", "）", ")"]), sink);
    let half_width: Vec<Span> = concordance.places(".").filter(is_half_width_stop).map(|stop| stop.span()).collect();
    let Some((first, more)) = half_width.split_first() else { return };
    let added =
        sink.report(*first, "半角句点", "汉字之间用了半角句点“.”，应为“。”").with_all(more.iter().copied(), "半角句点");
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
fn may_double(concordance: &Concordance) -> bool {
    STOPS.iter().any(|first| STOPS.iter().any(|second| concordance.holds(&String::from_iter([first, second]))))
}

/// 。。。 or 。。。。。。 stands for an ellipsis.
fn is_ellipsis(text: &str, at: usize) -> bool {
    text[at..].starts_with("。。。") || text[..at].ends_with('。')
}

/// 有力保障正常办公条件.二是…
fn is_half_width_stop(point: &Found) -> bool {
    let (text, at) = (point.stretch.text(), point.range.start);
    let han = |c: Option<char>| c.is_some_and(is_han);
    let before = &text[point.stretch.start.min(at)..at];
    let between = han(text[point.range.end..].chars().next()) && han(before.chars().next_back());
    point.is_body() && between && !is_number(before)
}

/// 一.基本情况: the point belongs to a list number.
fn is_number(before: &str) -> bool {
    let last = before.rsplit(|c: char| !"一二三四五六七八九十".contains(c)).next().unwrap_or("");
    let start = &before[..before.len() - last.len()];
    !last.is_empty() && (start.is_empty() || start.ends_with(['。', '；', '，', '：', '、']))
}

/// The first mark of each paragraph that has no partner.
fn unpaired(concordance: &Concordance, marks: &Finder, sink: &mut Sink) {
    let marks: Vec<Found> = concordance.find(marks).filter(Found::is_body).collect();
    for marks in marks.chunk_by(|one, next| one.stretch.block == next.stretch.block) {
        let Some(Found { stretch, range, .. }) = first_unpaired(marks) else { continue };
        let text = stretch.text();
        let near = head(&text[range.start..], 10);
        let message = format!("“{near}…”处的“{}”没有配对", &text[range.clone()]);
        sink.report(stretch.span(range.clone()), "不成对的标点", message);
    }
}

fn first_unpaired<'f, 'd>(marks: &'f [Found<'d>]) -> Option<&'f Found<'d>> {
    let mut waiting: Vec<&Found> = Vec::new();
    for mark in marks {
        if matches!(mark.text(), "“" | "（" | "(") {
            waiting.push(mark);
        } else if waiting.pop().is_none() && !numbers_item(&mark.stretch.text()[..mark.range.start]) {
            return Some(mark);
        }
    }
    waiting.first().copied()
}

/// 1）, 一）, a): the bracket closes a list number.
fn numbers_item(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
}
