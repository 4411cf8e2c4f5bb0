//! 千分位错误: an amount whose commas do not stand every three digits, in a text that uses them.

use std::ops::Range;

use super::{Context, Sink};
use crate::rules::reading::{Place, Stretch, clause_around, stretches};
use crate::source::Span;

/// So many well-grouped amounts show that the text uses the comma for thousands.
const USUAL: usize = 2;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let (mut good, mut bad): (usize, Vec<Span>) = (0, Vec::new());
    let with_commas = |stretch: &Stretch| stretch.place != Place::Title && stretch.text().contains(',');
    for stretch in stretches(context.document).filter(with_commas) {
        let text = stretch.text();
        for run in runs(text) {
            let money = ["元", "万元", "亿元", "千元"].iter().any(|unit| text[run.end..].starts_with(unit));
            let clause = &text[clause_around(text, run.start).start..run.start];
            // 分别为12,15万元: the comma stands between two amounts.
            let listed = ["分别", "各", "依次"].iter().any(|word| clause.contains(word));
            match is_grouped(&text[run.clone()]) {
                true => good += 1,
                false if money && !listed => bad.push(stretch.span(run)),
                false => {}
            }
        }
    }
    if good < USUAL {
        return;
    }
    for span in bad {
        let message = format!("“{}”的千分位不是三位一节，疑多写或少写了数字", context.source.slice(span));
        sink.report(span, "金额", message);
    }
}

/// Runs of digits with commas between them, and the decimals after.
fn runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) || matches!(bytes.get(at), Some(b',' | b'.')) && digit(at + 1) {
            at += 1;
        }
        if text[start..at].contains(',') {
            found.push(start..at);
        }
    }
    found
}

/// 2,394.68
fn is_grouped(run: &str) -> bool {
    let whole = run.split('.').next().unwrap_or(run);
    let mut groups = whole.split(',');
    let first = groups.next().map_or(0, str::len);
    (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}
