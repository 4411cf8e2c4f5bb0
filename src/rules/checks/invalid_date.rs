//! Dates that no calendar has.

use super::{Context, Sink};
use crate::rules::concordance::Found;
use crate::rules::reading::Stretch;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let concordance = context.shared.concordance();
    for Found { stretch, range, .. } in concordance.places("月") {
        month(&stretch, range.start, sink);
    }
    for Found { stretch, range, .. } in concordance.places("年度") {
        year(context, &stretch, range.start, sink);
    }
}

/// The first year that a report may be about.
const FIRST: u32 = 1949;
/// So many years ahead nothing is planned year by year.
const AHEAD: u32 = 20;

/// 3023年度, 204年度, 20223年度
fn year(context: &Context, stretch: &Stretch, at: usize, sink: &mut Sink) {
    let text = stretch.text();
    let Some(digits) = trailing_number(&text[..at]).filter(|digits| (3..=5).contains(&digits.len())) else { return };
    let (Some(reported), Ok(number)) = (context.facts.report.year, digits.parse::<u32>()) else { return };
    // 2021-2023年度: the dash stands before a whole year; a code or an amount ends in something else.
    let start = at - digits.len();
    if text[..start].ends_with(['.', ',']) || (FIRST..=u32::from(reported) + AHEAD).contains(&number) {
        return;
    }
    let end = at + "年度".len();
    let message = format!("没有“{}”这个年度", &text[start..end]);
    sink.report(stretch.span(start..end), "不可能的年度", message);
}

/// 2023年2月30日, 6月31日, 2023年13月
fn month(stretch: &Stretch, at: usize, sink: &mut Sink) {
    let text = stretch.text();
    let (before, after) = (&text[..at], &text[at + '月'.len_utf8()..]);
    let Some(month) = trailing_number(before) else { return };
    let rest = &before[..before.len() - month.len()];
    let year = rest.strip_suffix('年').and_then(trailing_number).filter(|year| year.len() == 4);
    let day = leading_number(after).filter(|day| after[day.len()..].starts_with('日'));
    let (Ok(number), true) = (month.parse::<u32>(), month.len() <= 2) else { return };
    // 1-2月, 5.6月: the number is the end of something else.
    if rest.ends_with(['-', '.', '—', '至', '、', '~', '～', '/']) || year.is_none() && day.is_none() {
        return;
    }
    let start = year.map_or(rest.len(), |year| rest.len() - '年'.len_utf8() - year.len());
    let wrong_month = !(1..=12).contains(&number);
    let wrong_day = day.and_then(|day| day.parse::<u32>().ok()).filter(|_| !wrong_month).is_some_and(|day| {
        let leap = year.and_then(|year| year.parse::<u32>().ok()).is_none_or(is_leap);
        day == 0 || day > days(number, leap)
    });
    if !(wrong_month || wrong_day) {
        return;
    }
    let end = at + '月'.len_utf8() + day.map_or(0, |day| day.len() + '日'.len_utf8());
    let message = format!("没有“{}”这个日期", &text[start..end]);
    sink.report(stretch.span(start..end), "不存在的日期", message);
}

fn trailing_number(text: &str) -> Option<&str> {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &text[rest.len()..];
    (!digits.is_empty()).then_some(digits)
}

fn leading_number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    (1..=2).contains(&digits.len()).then_some(digits)
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

fn days(month: u32, leap: bool) -> u32 {
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
