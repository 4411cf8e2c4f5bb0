//! 起止时间倒置: 2023年12月至2023年3月.

use super::{Context, Sink};
use crate::rules::reading::stretches;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for stretch in stretches(context.document) {
        let text = stretch.text();
        let mut from = 0;
        while let Some((start, date, end)) = next_date(text, from) {
            from = end;
            let rest = &text[end..];
            let Some(link) = ["至", "到", "—", "-", "－", "～", "~", "——"].iter().find(|link| rest.starts_with(**link))
            else {
                continue;
            };
            let at = end + link.len();
            let Some((second, last, stop)) = next_date(text, at).filter(|(second, ..)| *second == at) else { continue };
            let (both, message) = (start..stop, format!("起止时间倒置：“{}”", &text[start..stop]));
            // Days count only where both are named.
            let compared = if date.2 == 0 || last.2 == 0 { (date.0, date.1) > (last.0, last.1) } else { date > last };
            if compared {
                sink.report(stretch.span(both), "起止时间", message);
            }
            from = second;
        }
    }
}

/// The next 2023年12月 or 2023年12月5日 from a byte on: where, year, month and day (0 where none is named), and its end.
fn next_date(text: &str, from: usize) -> Option<(usize, (u32, u32, u32), usize)> {
    let mut search = from;
    loop {
        let at = search + text[search..].find('年')?;
        search = at + '年'.len_utf8();
        let start = at.saturating_sub(4);
        let Some(year) = text.get(start..at).and_then(|digits| digits.parse().ok()).filter(|_| start >= from) else {
            continue;
        };
        let Some((month, end)) = number_before(text, search, '月') else { continue };
        let (day, end) = number_before(text, end, '日').unwrap_or((0, end));
        return Some((start, (year, month, day), end));
    }
}

/// The number from a byte on that a sign follows, and where the sign ends.
fn number_before(text: &str, from: usize, sign: char) -> Option<(u32, usize)> {
    let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let end = from + digits;
    let number = text[from..end].parse().ok().filter(|_| (1..=2).contains(&digits))?;
    text[end..].starts_with(sign).then_some((number, end + sign.len_utf8()))
}
