//! A number put into the places that its format has for digits.

use super::super::decimal::Decimal;
use super::general;
use super::token::Token;

pub(super) fn figure(tokens: &[Token], number: &Decimal) -> String {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    let number = number.shifted(2 * percents as i32);
    let (Some(first), Some(last)) = (tokens.iter().position(is_digit), tokens.iter().rposition(is_digit)) else {
        return without_places(tokens, &number);
    };
    let end = tokens.iter().position(|token| *token == Token::Point).unwrap_or(last + 1);
    let (before, from_point) = tokens.split_at(end);
    let (head, whole) = before.split_at(first.min(end));
    let (fraction, tail) = from_point.split_at((last + 1).saturating_sub(end));
    // Commas after the last digit, also before the point, each take three places away; one among the digits parts thousands.
    let is_comma = |token: &&Token| **token == Token::Comma;
    let commas = whole.iter().rev().take_while(is_comma).count();
    let whole = &whole[..whole.len() - commas];
    let scaled = commas + tail.iter().take_while(is_comma).count();
    let number = number.shifted(-3 * scaled as i32);

    let places: Vec<char> = fraction.iter().filter_map(Token::place).collect();
    let (digits, mut decimals) = number.parts(places.len());
    let needed = places.iter().rposition(|c| *c == '0').map_or(0, |at| at + 1);
    decimals.truncate(decimals.trim_end_matches('0').len().max(needed));
    let sign = if number.negative && !number.rounded(places.len()).is_zero() { "-" } else { "" };
    let dot = if decimals.is_empty() { "" } else { "." };
    let mut decimals = decimals.chars();
    let after: String =
        fraction.iter().filter_map(|token| token.place().map_or(token.printed(), |_| decimals.next())).collect();
    format!("{sign}{}{}{dot}{after}{}", printed(head), placed(whole, &digits), printed(tail))
}

/// What shows no digits of its own, or a number as it is among words.
fn without_places(tokens: &[Token], number: &Decimal) -> String {
    let shown = general(number);
    let digits = shown.trim_start_matches('-');
    let mut out = shown[..shown.len() - digits.len()].to_owned();
    for token in tokens {
        match token {
            Token::General | Token::Text => out.push_str(digits),
            _ => out.extend(token.printed()),
        }
    }
    out
}

fn printed(tokens: &[Token]) -> String {
    tokens.iter().filter_map(Token::printed).collect()
}

/// The digits before the point, from the last place to the first, which takes all that are left; what else stands among the
/// places stays there, as the point of `0\.0,"万元"`.
fn placed(tokens: &[Token], digits: &str) -> String {
    let grouped = tokens.contains(&Token::Comma);
    let zeros_from = tokens.iter().position(|token| *token == Token::Digit('0')).unwrap_or(tokens.len());
    let mut left = digits.trim_start_matches('0').chars().rev();
    let (mut backwards, mut count) = (String::new(), 0_usize);
    let mut put = |digit: char, backwards: &mut String| {
        if grouped && count > 0 && count.is_multiple_of(3) {
            backwards.push(',');
        }
        backwards.push(digit);
        count += 1;
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Digit(_) => {
                let zero = (at >= zeros_from).then_some('0');
                left.next().or(zero).into_iter().for_each(|digit| put(digit, &mut backwards));
                if at == 0 {
                    left.by_ref().for_each(|digit| put(digit, &mut backwards));
                }
            }
            _ => backwards.extend(token.printed()),
        }
    }
    // `.00` has no place before the point.
    left.for_each(|digit| put(digit, &mut backwards));
    backwards.chars().rev().collect()
}
