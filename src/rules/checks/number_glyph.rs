//! 数字字形异常: letters among digits, doubled points, a nought too many: 1O5.3万元, 12..5万元, 12.5.3万元, 00.6万元.

use std::ops::Range;

use super::{Context, Sink};
use crate::rules::concordance::Found;
use crate::rules::reading::{Finder, finder};

/// What may stand after an amount or a rate.
const UNITS: &[&str] = &["万元", "元", "亿元", "%", "人", "分", "平方米"];
/// Letters that are taken for digits.
const LETTERS: &[char] = &['O', 'o', 'l', 'I', '〇'];

/// What makes a fault: such a letter, or a point where there is another one or a nought leads.
fn signs() -> &'static Finder {
    finder!(["O", "o", "l", "I", "〇", "."])
}

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for Found { stretch, range, .. } in context.shared.concordance().find(signs()) {
        let text = stretch.text();
        let Some(run) = run_around(text, range.start) else { continue };
        // The first sign of a run speaks for it. 1,068.28: the end of an amount.
        if text[run.start..range.start].contains(is_sign) || text[..run.start].ends_with([',', '，']) {
            continue;
        }
        let Some(fault) = fault(&text[run.clone()]) else { continue };
        let alone = run == (0..text.len()) && text.contains('.');
        if alone || UNITS.iter().any(|unit| text[run.end..].starts_with(unit)) {
            let message = format!("“{}”{fault}", &text[run.clone()]);
            sink.report(stretch.span(run), "数字", message);
        }
    }
}

fn is_sign(c: char) -> bool {
    c == '.' || LETTERS.contains(&c)
}

/// The run of digits, points and letters like digits around a byte, if it begins and ends with a digit and no other
/// letter stands beside it.
fn run_around(text: &str, at: usize) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || is_sign(c);
    let (before, after) = text.split_at(at);
    let (outside, rest) = (before.trim_end_matches(is_part), after.trim_start_matches(is_part));
    let run = outside.len()..text.len() - rest.len();
    let is_digit = |c: char| c.is_ascii_digit();
    let lettered = |c: char| c.is_ascii_alphabetic();
    let whole = text[run.clone()].starts_with(is_digit) && text[run.clone()].ends_with(is_digit);
    (whole && !outside.ends_with(lettered) && !rest.starts_with(lettered)).then_some(run)
}

fn fault(run: &str) -> Option<&'static str> {
    if run.contains(LETTERS) {
        return Some("里有像数字的字母");
    }
    if run.contains("..") {
        return Some("的小数点重复");
    }
    let led = run.starts_with('0') && run.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if led && run.matches('.').count() == 1 && run.contains(|c| ('1'..='9').contains(&c)) {
        return Some("开头多了一个0");
    }
    // 2024.12.31 is a date and 1.2.3 a number of a heading; neither stands before a unit with two places after the last.
    (run.matches('.').count() == 2 && !run.starts_with("20") && run.len() > 6).then_some("有两个小数点")
}
