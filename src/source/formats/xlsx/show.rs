//! A stored number as its format shows it.

use super::decimal::Decimal;

/// Digits, with the point, that a cell without a format has room for.
const ROOM: usize = 11;
/// Days from 1899-12-30 to 1904-01-01.
const YEARS_LATER: i64 = 1462;
/// The last day that Excel knows: 9999-12-31.
const LAST_DAY: i64 = 2_958_465;

/// What a reader sees of a number in a cell with this format.
pub(super) fn shown(number: &Decimal, format: &str, from_1904: bool) -> String {
    let sections: Vec<&str> = sections(format);
    let (section, signed) = match sections.as_slice() {
        [_, _, zero, ..] if number.is_zero() => (*zero, false),
        [_, negative, ..] if number.negative => (*negative, false),
        [first, ..] => (*first, true),
        [] => ("General", true),
    };
    let number = if signed { number.clone() } else { number.absolute() };
    let tokens = tokens(section);
    if tokens.is_empty() || tokens.contains(&Token::General) {
        return general(&number);
    }
    if tokens.iter().any(|token| matches!(token, Token::Date(_))) {
        return date(&tokens, &number, from_1904).unwrap_or_else(|| general(&number));
    }
    if tokens.iter().any(|token| matches!(token, Token::Other('E' | '/'))) {
        return general(&number);
    }
    figure(&tokens, &number)
}

/// What a cell with this format shows of a number that is stored in decimals.
pub(in crate::source::formats) fn shows(stored: &str, format: &str) -> Option<String> {
    Decimal::parse(stored).map(|number| shown(&number, format, false))
}

/// How many decimals a number that is shown so has, of the number itself.
pub(super) fn places(shown: &str) -> i32 {
    let after = |(_, after): (&str, &str)| after.chars().take_while(char::is_ascii_digit).count();
    let printed = shown.rsplit_once('.').map_or(0, after) as i32;
    printed + if shown.contains('%') { 2 } else { 0 }
}

/// The parts of a format for positive, negative and zero numbers.
fn sections(format: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in format.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(&format[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&format[start..]);
    parts
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    General,
    /// 0 # ?
    Digit(char),
    Point,
    Comma,
    Percent,
    Literal(char),
    /// A run of the same letter of a date: yyyy, mm, d.
    Date(String),
    Other(char),
}

fn tokens(section: &str) -> Vec<Token> {
    if section.trim().eq_ignore_ascii_case("general") || section.contains("G/通用格式") {
        return vec![Token::General];
    }
    let mut tokens = Vec::new();
    let mut chars = section.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => tokens.extend(chars.by_ref().take_while(|c| *c != '"').map(Token::Literal)),
            '\\' | '!' => tokens.extend(chars.next().map(Token::Literal)),
            // A blank as wide as the next character; a character that fills the cell.
            '_' | '*' => drop(chars.next()),
            // A colour, a condition, a language; [$￥-804] shows its sign.
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let sign = inside.strip_prefix('$').map(|rest| rest.split('-').next().unwrap_or_default());
                tokens.extend(sign.unwrap_or_default().chars().map(Token::Literal));
            }
            '0' | '#' | '?' => tokens.push(Token::Digit(c)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Comma),
            '%' => tokens.push(Token::Percent),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let letter = c.to_ascii_lowercase();
                let mut run = letter.to_string();
                while let Some(next) = chars.next_if(|next| next.to_ascii_lowercase() == letter) {
                    run.push(next.to_ascii_lowercase());
                }
                tokens.push(Token::Date(run));
            }
            'E' | 'e' if chars.peek().is_some_and(|next| matches!(next, '+' | '-')) => tokens.push(Token::Other('E')),
            '/' if tokens.iter().any(|token| matches!(token, Token::Digit(_))) => tokens.push(Token::Other('/')),
            '@' => {}
            _ => tokens.push(Token::Literal(c)),
        }
    }
    tokens
}

/// As many digits as fit.
fn general(number: &Decimal) -> String {
    let places = number.places().min((ROOM - 1).saturating_sub(number.whole_digits()));
    number.rounded(places).plain()
}

fn figure(tokens: &[Token], number: &Decimal) -> String {
    let digits: Vec<usize> = (0..tokens.len()).filter(|&at| matches!(tokens[at], Token::Digit(_))).collect();
    let text = |range: &[Token]| -> String {
        range.iter().filter_map(|token| if let Token::Literal(c) = token { Some(*c) } else { None }).collect()
    };
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    let (Some(&first), Some(&last)) = (digits.first(), digits.last()) else {
        let sign = if number.negative { "-" } else { "" };
        return format!("{sign}{}", text(tokens));
    };
    let point = tokens.iter().position(|token| *token == Token::Point).filter(|at| *at > first || *at < last);
    let end = point.unwrap_or(last + 1);
    let grouped = tokens[first..end.max(first)]
        .iter()
        .enumerate()
        .any(|(at, token)| *token == Token::Comma && first + at < last.min(end));
    // Commas after the last digit each take three places away.
    let scaled = tokens[last + 1..].iter().take_while(|token| **token == Token::Comma).count();
    let number = number.shifted(2 * percents as i32 - 3 * scaled as i32);
    let decimals: Vec<char> = tokens[end..=last.max(end.min(tokens.len() - 1))]
        .iter()
        .filter_map(|token| if let Token::Digit(c) = token { Some(*c) } else { None })
        .collect();
    let decimals = if point.is_some() { decimals } else { Vec::new() };
    let (whole, mut fraction) = number.parts(decimals.len());
    let needed = decimals.iter().rposition(|c| *c == '0').map_or(0, |at| at + 1);
    while fraction.len() > needed && fraction.ends_with('0') {
        fraction.pop();
    }
    let zeros = tokens[first..end.min(last + 1)].iter().filter(|token| **token == Token::Digit('0')).count();
    let whole = padded(&whole, zeros);
    let whole = if grouped { with_commas(&whole) } else { whole };
    let dot = if fraction.is_empty() { "" } else { "." };
    let nothing_left = number.rounded(decimals.len()).is_zero();
    let sign = if number.negative && !nothing_left { "-" } else { "" };
    let tail: String = tokens[last + 1..]
        .iter()
        .filter_map(|token| match token {
            Token::Literal(c) => Some(*c),
            Token::Percent => Some('%'),
            _ => None,
        })
        .collect();
    format!("{sign}{}{whole}{dot}{fraction}{tail}", text(&tokens[..first]))
}

/// At least so many digits; no lone zero where none is asked for.
fn padded(whole: &str, zeros: usize) -> String {
    if zeros == 0 && whole == "0" {
        return String::new();
    }
    format!("{}{whole}", "0".repeat(zeros.saturating_sub(whole.len())))
}

fn with_commas(whole: &str) -> String {
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The day that a number stands for, in the letters of its format.
fn date(tokens: &[Token], number: &Decimal, from_1904: bool) -> Option<String> {
    let (whole, fraction) = number.parts(8);
    let days: i64 = whole.parse().ok()?;
    let days = if from_1904 { days + YEARS_LATER } else { days };
    if number.negative || days > LAST_DAY {
        return None;
    }
    let seconds = fraction.parse::<i64>().ok()? * 86_400 / 100_000_000;
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
            Token::Percent | Token::Digit(_) | Token::General => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: &str, format: &str) -> String {
        shown(&Decimal::parse(number).expect("a number"), format, false)
    }

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        for (number, format, expected) in [
            ("1773", "0.00", "1773.00"),
            ("1234567.891", "#,##0.00", "1,234,567.89"),
            ("0.9408333", "0.00%", "94.08%"),
            ("0.9408333", "0%", "94%"),
            ("-5.5", "0.0", "-5.5"),
            ("-0.001", "0.00", "0.00"),
            ("-5.5", "#,##0.00_ ;[Red](#,##0.00)", "(5.50)"),
            ("0", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-"),
            ("1234.5", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "1,234.50"),
            ("12.5", "0.0\"万元\"", "12.5万元"),
            ("12.50", "0.##", "12.5"),
            ("12", "0.##", "12"),
            ("7", "000", "007"),
            ("12345678", "#,##0,", "12,346"),
            ("12.5", "[$￥-804]0.00", "￥12.50"),
            ("12.345678901234", "General", "12.3456789"),
            ("0.3", "General", "0.3"),
            ("1500", "General", "1500"),
        ] {
            assert_eq!(of(number, format).trim(), expected, "{number} {format}");
        }
    }

    #[test]
    fn days_are_dates() {
        assert_eq!(of("45428", "yyyy\"年\"m\"月\"d\"日\""), "2024年5月16日");
        assert_eq!(of("45428", "yyyy/m/d"), "2024/5/16");
        assert_eq!(of("45428.5", "yyyy-mm-dd hh:mm"), "2024-05-16 12:00");
        assert_eq!(of("1", "yyyy-mm-dd"), "1899-12-31");
        assert_eq!(of("-1", "yyyy"), "-1");
    }
}
