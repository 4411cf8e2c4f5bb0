//! A repair in print, the way the report prints the figure.

use super::kind::{Repair, RepairKind};
use super::slips::other_units;
use crate::document::Literal;
use crate::exact::Exact;
use crate::source::Source;

/// The literal's text with another value: same unit, same separators. Where only the unit was wrong, the same digits with
/// another one.
pub fn printed(source: &Source, literal: &Literal, repair: &Repair) -> String {
    let (text, digits) = (source.slice(literal.span), source.slice(literal.digits));
    let before = literal.digits.start() - literal.span.start();
    let (before, after) = (&text[..before], &text[before + digits.len()..]);
    let other = other_unit(literal, repair.printed).filter(|_| repair.kind == RepairKind::Unit);
    if let Some(unit) = other.filter(|_| after.trim_start() == literal.unit.word()) {
        let gap = &after[..after.len() - after.trim_start().len()];
        return format!("{before}{digits}{gap}{unit}");
    }
    // The sign, where there is one, stands before the digits and stays.
    let mut plain = repair.printed.abs().with_places(repair.places);
    if digits.contains([',', '，']) {
        plain = with_commas(&plain);
    }
    if digits.contains(|c: char| ('０'..='９').contains(&c)) {
        plain = plain.chars().map(wide).collect();
    }
    format!("{before}{plain}{after}")
}

/// The full-width form of a character.
fn wide(c: char) -> char {
    char::from_u32(c as u32 + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c)
}

/// 万元 where 元 is printed, and the other way round.
fn other_unit(literal: &Literal, value: Exact) -> Option<&'static str> {
    let meant = |shift: i32| literal.value.times(Exact::power_of_ten(shift)?);
    let found = other_units(literal.unit).iter().find(|(shift, _)| meant(*shift) == Some(value));
    found.map(|(_, unit)| unit.word())
}

fn with_commas(plain: &str) -> String {
    let (whole, decimals) = plain.find('.').map_or((plain, ""), |at| plain.split_at(at));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + decimals
}

#[cfg(test)]
mod tests {
    use super::with_commas;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(with_commas("1234567.50"), "1,234,567.50");
        assert_eq!(with_commas("123456"), "123,456");
        assert_eq!(with_commas("12.5"), "12.5");
    }
}
