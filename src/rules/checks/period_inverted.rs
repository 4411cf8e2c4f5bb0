//! 起止时间倒置: 2023年12月至2023年3月.

use super::{Context, Sink};
use crate::rules::concordance::Found;

/// What stands between the first day and the last.
const LINKS: &[&str] = &["至", "到", "—", "-", "－", "～", "~", "——"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for Found { stretch, range, .. } in context.shared.concordance().places("年") {
        let text = stretch.text();
        let Some((first, end)) = date(text, range.start) else { continue };
        let Some(link) = LINKS.iter().find(|link| text[end..].starts_with(**link)) else { continue };
        let Some((last, stop)) = date(text, end + link.len() + YEAR) else { continue };
        // Days count only where both are named.
        let named = first.day != 0 && last.day != 0;
        let inverted = if named { first > last } else { (first.year, first.month) > (last.year, last.month) };
        if inverted {
            let both = range.start - YEAR..stop;
            let message = format!("起止时间倒置：“{}”", &text[both.clone()]);
            sink.report(stretch.span(both), "起止时间", message);
        }
    }
}

/// How many digits a year has.
const YEAR: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Date {
    year: u32,
    month: u32,
    /// 0 where none is named.
    day: u32,
}

/// 2023年12月 or 2023年12月5日 by the byte of its 年, and where it ends.
fn date(text: &str, at: usize) -> Option<(Date, usize)> {
    let year = text.get(at.checked_sub(YEAR)?..at)?.parse().ok()?;
    let rest = text[at..].strip_prefix('年')?;
    let (month, end) = number_before(text, text.len() - rest.len(), '月')?;
    let (day, end) = number_before(text, end, '日').unwrap_or((0, end));
    Some((Date { year, month, day }, end))
}

/// The number from a byte on that a sign follows, and where the sign ends.
fn number_before(text: &str, from: usize, sign: char) -> Option<(u32, usize)> {
    let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let end = from + digits;
    let number = text[from..end].parse().ok().filter(|_| (1..=2).contains(&digits))?;
    text[end..].starts_with(sign).then_some((number, end + sign.len_utf8()))
}
