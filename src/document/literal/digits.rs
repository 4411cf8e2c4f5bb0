//! The digits of a number: 1,234.50 and 2463.3 and 70 443

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::combinator::{opt, peek, recognize, verify};
use nom::multi::many1;
use nom::sequence::{pair, preceded, terminated};
use nom::{IResult, Parser};

use super::unit;
use crate::exact::Exact;

/// Digits read from text: how long they are, what they are worth, how many decimals are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) len: usize,
    pub(super) value: Exact,
    pub(super) places: u32,
    pub(super) grouped: bool,
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// 1,234 (every group has three digits)
fn comma_groups(input: &str) -> IResult<&str, &str> {
    let group = (alt((tag(","), tag("，"))), take_while_m_n(3, 3, is_digit), nom::combinator::not(digit));
    let inner = (alt((tag(","), tag("，"))), take_while_m_n(3, 3, is_digit), peek(alt((tag(","), tag("，")))));
    recognize((take_while_m_n(1, 3, is_digit), nom::multi::many0(inner), group)).parse(input)
}

/// 70 443 before a unit of money
fn blank_groups(input: &str) -> IResult<&str, &str> {
    let groups = pair(take_while_m_n(1, 3, is_digit), many1(preceded(tag(" "), take_while_m_n(3, 3, is_digit))));
    terminated(recognize(pair(groups, opt(decimals))), peek(verify(unit::unit, |found| found.unit.is_money())))
        .parse(input)
}

/// .50
fn decimals(input: &str) -> IResult<&str, &str> {
    recognize(pair(tag("."), take_while1(is_digit))).parse(input)
}

fn digit(input: &str) -> IResult<&str, &str> {
    take_while_m_n(1, 1, is_digit)(input)
}

/// A full-width comma is a thousands mark only where decimals or a unit of money follow; elsewhere it separates clauses.
fn marks_thousands(printed: &str, rest: &str) -> bool {
    let unit_follows = || unit::unit(rest).is_ok_and(|(_, found)| found.unit.is_money());
    !printed.contains('，') || rest.starts_with('.') || unit_follows()
}

fn integer(input: &str) -> IResult<&str, &str> {
    if let Ok((rest, printed)) = comma_groups(input)
        && marks_thousands(printed, rest)
    {
        return Ok((rest, printed));
    }
    take_while1(is_digit)(input)
}

/// 1,234.50
pub(super) fn digits(input: &str) -> IResult<&str, Digits> {
    let (rest, printed) = alt((blank_groups, recognize(pair(integer, opt(decimals))))).parse(input)?;
    let mut mantissa: i128 = 0;
    let mut places = None;
    for c in printed.chars() {
        match c.to_digit(10) {
            Some(digit) => {
                mantissa = mantissa.saturating_mul(10).saturating_add(i128::from(digit));
                places = places.map(|places: u32| places + 1);
            }
            None if c == '.' => places = Some(0),
            None => {}
        }
    }
    let places = places.unwrap_or(0);
    let Some(value) = Exact::new(mantissa, places) else {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::TooLarge)));
    };
    let grouped = printed.contains([',', '，', ' ']);
    Ok((rest, Digits { len: printed.len(), value, places, grouped }))
}

#[cfg(test)]
mod tests {
    use super::digits;

    fn read(text: &str) -> (String, usize) {
        let (_, found) = digits(text).expect("the sample begins with digits");
        (found.value.to_string(), found.len)
    }

    #[test]
    fn groups_of_three_are_thousands() {
        assert_eq!(read("1,234.50万元"), ("1234.50".into(), 8));
        assert_eq!(read("12,345,678元"), ("12345678".into(), 10));
        assert_eq!(read("1，234.5"), ("1234.5".into(), 9));
    }

    #[test]
    fn other_commas_separate_numbers() {
        assert_eq!(read("4125.49,4143.91万元"), ("4125.49".into(), 7));
        assert_eq!(read("23,94.68"), ("23".into(), 2));
        assert_eq!(read("400，523项"), ("400".into(), 3));
    }

    #[test]
    fn a_blank_groups_thousands_only_before_money() {
        assert_eq!(read("70 443万元"), ("70443".into(), 6));
        assert_eq!(read("70 443"), ("70".into(), 2));
    }
}
