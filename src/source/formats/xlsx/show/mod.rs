//! A stored number as its format shows it.
//!
//! `section` chooses the part of a format for a number, `token` reads it, `figure` and `date` put the number into it.

mod date;
mod figure;
mod section;
mod token;

use super::decimal::Decimal;
use token::Token;

/// Digits, with the point, that a cell without a format has room for.
const ROOM: usize = 11;

/// What a reader sees of a number in a cell with this format.
pub(super) fn shown(number: &Decimal, format: &str, from_1904: bool) -> String {
    let Some(section) = section::of(format, number) else { return general(number) };
    let number = if section.signed { number.clone() } else { number.absolute() };
    let tokens = token::tokens(section.text);
    if tokens.is_empty() {
        // A section that says nothing hides the number; a format that says nothing is none.
        return if section.text == format { general(&number) } else { String::new() };
    }
    if tokens.iter().any(|token| matches!(token, Token::Date(_))) {
        return date::date(&tokens, &number, from_1904).unwrap_or_else(|| general(&number));
    }
    if tokens.iter().any(|token| matches!(token, Token::Other('E' | '/'))) {
        return general(&number);
    }
    figure::figure(&tokens, &number)
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

/// As many digits as fit.
fn general(number: &Decimal) -> String {
    let places = number.places().min((ROOM - 1).saturating_sub(number.whole_digits()));
    number.rounded(places).plain()
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
            (".5", ".00", ".50"),
            ("12.5", ".00", "12.50"),
            ("1234567", "#,##0,.00\"千元\"", "1,234.57千元"),
            ("5", "0#", "05"),
        ] {
            assert_eq!(of(number, format).trim(), expected, "{number} {format}");
        }
    }

    #[test]
    fn words_among_the_places_of_digits_stay_there() {
        for (number, format, expected) in [
            ("123456", "0\\.0,\"万元\"", "12.3万元"),
            ("-123456", "0\\.0,\"万元\"", "-12.3万元"),
            ("499", "0\\.0,\"万元\"", "0.0万元"),
            ("123456", "0!.0000\"万元\"", "12.3456万元"),
            ("4567", "0!.0000\"万元\"", "0.4567万元"),
            ("13812345678", "000-0000-0000", "138-1234-5678"),
            ("5", "000-0000", "000-0005"),
            ("20240516", "0000\"年\"00\"月\"00\"日\"", "2024年05月16日"),
            ("0.1234", "0.0\" \"0%", "12.3 4%"),
        ] {
            assert_eq!(of(number, format), expected, "{number} {format}");
        }
    }

    #[test]
    fn a_number_as_it_is_stands_among_words() {
        for (number, format, expected) in [
            ("12.5", "General\"元\"", "12.5元"),
            ("-12.5", "General\"元\"", "-12.5元"),
            ("12.5", "General_)", "12.5"),
            ("-5.5", "0;[Red]-General", "-5.5"),
            ("12.5", "\"￥\"General", "￥12.5"),
            ("30", "G/通用格式\"人\"", "30人"),
            ("30", "general", "30"),
            ("30.5", "@", "30.5"),
            ("30.5", "", "30.5"),
        ] {
            assert_eq!(of(number, format), expected, "{number} {format}");
        }
    }

    #[test]
    fn the_section_is_the_first_that_takes_the_number() {
        let tens = "[>=10000]0\\.0,\"万\";0";
        let marks = "[<60]\"不合格\";[Red][<90]\"合格\";\"优秀\"";
        for (number, format, expected) in [
            ("0", "[=0]\"\";General", ""),
            ("5", "[=0]\"\";General", "5"),
            ("-5", "[=0]\"\";General", "-5"),
            ("123456", tens, "12.3万"),
            ("10000", tens, "1.0万"),
            ("9999.5", tens, "10000"),
            ("-123456", tens, "-123456"),
            ("59.9", marks, "不合格"),
            ("60", marks, "合格"),
            ("90", marks, "优秀"),
            ("-5", "[<0]\"亏\"0;0", "亏5"),
            ("5", "[<>0]0.0;\"无\"", "5.0"),
            ("0", "[<>0]0.0;\"无\"", "无"),
            ("7", "[>100]0;[<=-0.5]0.0", "7"),
            ("0", "#,##0.00;-#,##0.00;;@", ""),
            ("-1", "#,##0.00;-#,##0.00;;@", "-1.00"),
            ("5", "0;;", "5"),
            ("-5", "0;;", ""),
            ("0", "0;;", ""),
            ("0", "0;-0", "0"),
            ("0", "0;-0;@", "0"),
            ("-5", "0.00;@", "-5.00"),
            ("-5", "\"a;b\"0", "-a;b5"),
        ] {
            assert_eq!(of(number, format), expected, "{number} {format}");
        }
    }

    #[test]
    fn days_are_dates() {
        assert_eq!(of("45428", "yyyy\"年\"m\"月\"d\"日\""), "2024年5月16日");
        assert_eq!(of("45428", "yyyy/m/d"), "2024/5/16");
        assert_eq!(of("45428.5", "yyyy-mm-dd hh:mm"), "2024-05-16 12:00");
        assert_eq!(of("1", "yyyy-mm-dd"), "1899-12-31");
        assert_eq!(of("-1", "yyyy"), "-1");
        assert_eq!(of("0.333333333333333", "h:mm"), "8:00");
        assert_eq!(of("45428.9999999999", "yyyy-mm-dd hh:mm"), "2024-05-17 00:00");
    }
}
