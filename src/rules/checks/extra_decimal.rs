//! 小数多一位: one figure with a decimal place more than every other figure of its unit.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::document::{Literal, LiteralKind, Unit};
use crate::exact::Exact;

/// Units in which a report keeps to one number of places.
const UNITS: [Unit; 3] = [Unit::WanYuan, Unit::Percent, Unit::Score];
/// Of fewer figures no habit shows.
const FEWEST: usize = 10;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut of_unit: BTreeMap<Unit, Vec<&Literal>> = BTreeMap::new();
    for literal in context.facts.numbers.iter().map(|number| &number.literal) {
        if literal.kind == LiteralKind::Measure && UNITS.contains(&literal.unit) {
            of_unit.entry(literal.unit).or_default().push(literal);
        }
    }
    for literals in of_unit.values() {
        let Some((odd, usual)) = odd_one_out(literals) else { continue };
        let printed = context.source.slice(odd.span);
        let message = format!("“{printed}”有{}位小数，全文同类数字最多{usual}位，请核对是否多打了一位", odd.places);
        let added = sink.report(odd.span, "此处", message);
        if let Some(single) = without_double(context.source.slice(odd.digits)) {
            added.suggest(printed.replacen(context.source.slice(odd.digits), &single, 1), "去掉重复的一位");
        }
    }
}

/// The only figure with a place more than the others, and how many they have: one or two, and half of them that many.
fn odd_one_out<'l>(literals: &[&'l Literal]) -> Option<(&'l Literal, u32)> {
    let most = literals.iter().map(|literal| literal.places).max()?;
    let usual = most.checked_sub(1).filter(|usual| matches!(usual, 1 | 2))?;
    let mut odd = literals.iter().filter(|literal| literal.places == most);
    let (Some(only), None) = (odd.next(), odd.next()) else { return None };
    let as_usual = literals.iter().filter(|literal| literal.places == usual).count();
    // 0.083%: a small figure needs more places to say anything.
    let large = only.value.abs() >= Exact::ONE;
    (large && literals.len() > FEWEST && as_usual * 2 >= literals.len()).then_some((*only, usual))
}

/// 7.114 without the digit that stands twice, if only one after the first does: 7.14
fn without_double(digits: &str) -> Option<String> {
    let bytes = digits.as_bytes();
    let mut doubled = (1..bytes.len()).filter(|&at| bytes[at] == bytes[at - 1] && bytes[at].is_ascii_digit());
    let at = doubled.next().filter(|_| doubled.next().is_none())?;
    let point = digits.find('.')?;
    (at > point).then(|| [&digits[..at], &digits[at + 1..]].concat())
}
