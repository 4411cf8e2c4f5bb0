//! Days and times of day, which are stored as numbers.

use super::super::decimal::Decimal;
use super::token::Token;

/// Days from 1899-12-30 to 1904-01-01.
const YEARS_LATER: i64 = 1462;
/// The last day that Excel knows: 9999-12-31.
const LAST_DAY: i64 = 2_958_465;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Decimals that a time of day is read from.
const FRACTION: usize = 10;
const UNIT: i64 = 10_000_000_000;

/// The day that a number stands for, in the letters of its format.
pub(super) fn date(tokens: &[Token], number: &Decimal, from_1904: bool) -> Option<String> {
    let (whole, fraction) = number.parts(FRACTION);
    let days: i64 = whole.parse().ok()?;
    // A time of day is seldom a whole number of decimals: what is stored for 8:00 lies just below it.
    let seconds = (fraction.parse::<i64>().ok()? * DAY + UNIT / 2) / UNIT;
    let (days, seconds) = (days + seconds / DAY, seconds % DAY);
    let days = if from_1904 { days + YEARS_LATER } else { days };
    if number.negative || days > LAST_DAY {
        return None;
    }
    let (year, month, day) = civil(days);
    let mut out = String::new();
    let mut after_hour = false;
    for token in tokens {
        match token {
            Token::Date(run) => {
                let value = match run.as_bytes()[0] {
                    b'y' if run.len() <= 2 => year % 100,
                    b'y' => year,
                    b'm' if after_hour => seconds / 60 % 60,
                    b'm' => month,
                    b'd' => day,
                    b'h' => seconds / 3600,
                    _ => seconds % 60,
                };
                after_hour = run.starts_with('h');
                let width = if run.len() >= 2 { 2 } else { 1 };
                out.push_str(&format!("{value:0width$}"));
            }
            Token::Literal(c) | Token::Other(c) => out.push(*c),
            Token::Point => out.push('.'),
            Token::Comma => out.push(','),
            Token::Percent | Token::Digit(_) | Token::General | Token::Text => {}
        }
    }
    Some(out)
}

/// Year, month and day of a day counted from 1899-12-30.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, a cycle of 400 years has 146097 days.
    let days = days + 693_899;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year + era * 400 + later, month, day)
}
