//! 数字字形异常: letters among digits, doubled points, a nought too many: 1O5.3万元, 12..5万元, 12.5.3万元, 00.6万元.

use std::ops::Range;

use super::{Context, Sink};
use crate::rules::reading::stretches;

/// What may stand after an amount or a rate.
const UNITS: &[&str] = &["万元", "元", "亿元", "%", "人", "分", "平方米"];
/// Letters that are taken for digits.
const LETTERS: &[char] = &['O', 'o', 'l', 'I', '〇'];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for stretch in stretches(context.document).filter(|stretch| may_be_at_fault(stretch.text())) {
        let text = stretch.text();
        for run in runs(text) {
            let after = &text[run.end..];
            // 1,068.28: the end of an amount.
            if text[..run.start].ends_with([',', '，']) {
                continue;
            }
            let alone = run == (0..text.len()) && text.contains('.');
            if !alone && !UNITS.iter().any(|unit| after.starts_with(unit)) {
                continue;
            }
            let Some(fault) = fault(&text[run.clone()]) else { continue };
            let message = format!("“{}”{fault}", &text[run.clone()]);
            sink.report(stretch.span(run), "数字", message);
        }
    }
}

/// Whether a text has what makes a fault at all: such a letter, two points, or a nought before a digit.
fn may_be_at_fault(text: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, b'O' | b'o' | b'l' | b'I');
    let letters = || text.bytes().fold(false, |found, byte| found | is_letter(byte));
    let noughts = || text.as_bytes().windows(2).any(|pair| pair[0] == b'0' && pair[1].is_ascii_digit());
    let mut points = text.matches('.');
    let pointed = points.next().is_some() && (points.next().is_some() || noughts());
    pointed || letters() || text.contains('〇')
}

/// Runs of digits, points and letters like digits that begin and end with a digit and hold no other letter around them.
fn runs(text: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || LETTERS.contains(&c);
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let run = &text[from..at];
                let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let outside = text[..from].chars().next_back().is_some_and(|c| c.is_ascii_alphabetic());
                if digits(run.chars().next()) && digits(run.chars().next_back()) && !outside && !c.is_ascii_alphabetic()
                {
                    found.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
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
