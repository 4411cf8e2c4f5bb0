//! What a figure would have to be for a relation to hold, printed the way the report prints it.

use crate::document::literal::Dimension;
use crate::document::{Literal, Unit};
use crate::exact::Exact;
use crate::facts::{Facts, NumberId};
use crate::finding::Verdict;
use crate::relations::formula::Compare;
use crate::relations::{Equation, Formula, Relation};
use crate::source::Source;

/// A repaired value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// In the base unit.
    pub(super) base: Exact,
    /// In the number's own unit.
    pub(super) printed: Exact,
}

/// The value of one number that makes an equation hold, at the places that the number is printed with or, where it is
/// a sum of others, at theirs. `None` where there is none, or none that a report would print.
pub(super) fn value(
    facts: &Facts,
    formula: &Formula,
    relation: &Relation,
    equation: &Equation,
    number: NumberId,
    verdict_if: impl Fn(Exact) -> Option<Verdict>,
) -> Option<Value> {
    if formula.requirements[relation.requirement].compare != Compare::Equal {
        return None;
    }
    let literal = &facts.number(number).literal;
    let (top, bottom) = equation.solved(number)?;
    let top = top.times(Exact::power_of_ten(-literal.unit.exponent())?)?;
    let places = relation.numbers.iter().map(|id| facts.number(*id).literal.places).max().unwrap_or(0);
    let mends = |printed: Exact| {
        let plausible = !printed.is_zero() && printed.is_negative() == literal.value.is_negative();
        if !plausible || printed == literal.value {
            return None;
        }
        let base = printed.times(Exact::power_of_ten(literal.unit.exponent())?)?;
        matches!(verdict_if(base)?, Verdict::Exact | Verdict::Rounding).then_some(Value { base, printed })
    };
    // 元 for 万元 first; then the number's own places: a total of 2463.3 is mended as 2504.5, and as 2504.51 only where
    // that is needed.
    let rounded = [literal.places, places].map(|places| Some(top.shown_quotient(bottom, places)?.normal()));
    let [own, finest] = rounded;
    let solved = finest?;
    unit_slips(literal, solved).chain(own).chain(finest.filter(|_| finest != own)).find_map(mends)
}

/// The printed digits in the other unit of money, where that is what the arithmetic asks for, to within a fiftieth: a
/// small part must not vanish for the sake of the total.
fn unit_slips(literal: &Literal, solved: Exact) -> impl Iterator<Item = Exact> {
    let printed = literal.unit.dimension() == Dimension::Money && literal.unit_printed;
    let near = move |slip: &Exact| {
        let distance = solved.minus(*slip).and_then(|distance| distance.abs().times(Exact::from(50)));
        printed && distance.is_some_and(|distance| distance <= slip.abs())
    };
    let shifted = [4, -4].map(|shift| literal.value.times(Exact::power_of_ten(shift)?));
    shifted.into_iter().flatten().filter(near)
}

/// The literal's text with another value: same unit, same separators, at least the same decimals. A value that is 10,000
/// times the printed one is the same digits in another unit.
pub(super) fn printed(source: &Source, literal: &Literal, value: Exact) -> String {
    let (text, digits) = (source.slice(literal.span), source.slice(literal.digits));
    let before = literal.digits.start() - literal.span.start();
    let (before, after) = (&text[..before], &text[before + digits.len()..]);
    if let Some(unit) = other_unit(literal, value).filter(|_| after == literal.unit.word()) {
        return format!("{before}{digits}{unit}");
    }
    // The sign, where there is one, stands before the digits and stays.
    let mut plain = value.abs().with_places(literal.places);
    if digits.contains([',', '，']) {
        plain = with_commas(&plain);
    }
    format!("{before}{plain}{after}")
}

/// 万元 where 元 is printed, and the other way round.
fn other_unit(literal: &Literal, value: Exact) -> Option<&'static str> {
    let times = |shift| literal.value.times(Exact::power_of_ten(shift)?);
    match literal.unit {
        Unit::Yuan if times(4) == Some(value) => Some(Unit::WanYuan.word()),
        Unit::WanYuan if times(-4) == Some(value) => Some(Unit::Yuan.word()),
        _ => None,
    }
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
