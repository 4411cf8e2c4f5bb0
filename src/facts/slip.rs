//! Whether one printed number looks like a slip of the pen for another.

use crate::document::Literal;
use crate::exact::Exact;
use crate::facts::fit::gap;

/// Whether two numbers differ as by one slip: neighbouring digits swapped, one digit changed, dropped or doubled, the
/// decimal point moved, or 元 for 万元.
pub fn is_slip(a: &Literal, b: &Literal) -> bool {
    let (Some(x), Some(y)) = (a.base(), b.base()) else { return false };
    is_scaled(x, y) || is_typed(&digits(a.value), &digits(b.value)) || is_typed(&digits(x), &digits(y))
}

/// Whether two numbers differ as by a slip that leaves most digits where two sums would differ: swapped, dropped or
/// doubled digits, a moved point, but no digit that is merely another one.
pub fn is_misplaced(a: &Literal, b: &Literal) -> bool {
    let (x, y) = (digits(a.value), digits(b.value));
    let changed = x.len() == y.len() && x.iter().zip(&y).filter(|(x, y)| x != y).count() == 1;
    is_slip(a, b) && !changed
}

/// Whether the ratio is a slip of the pen for `part ÷ whole`.
pub(super) fn is_slipped_ratio(part: &Literal, whole: &Literal, ratio: &Literal) -> bool {
    let given = || {
        let hundred = part.base()?.times(Exact::from(100))?;
        hundred.shown_quotient(whole.base()?, ratio.places)
    };
    given().is_some_and(|value| is_slip(&Literal { value, ..ratio.clone() }, ratio))
}

/// Whether one slip in the total or in one part explains why the parts do not make up the total.
pub(super) fn is_slipped_sum(total: &Literal, parts: &[&Literal]) -> bool {
    gap(total, parts.iter().copied()).is_some_and(|(gap, _)| explains(gap, &[total], parts))
}

/// Whether one slip in one of the figures explains why one side does not come to the other.
pub(super) fn is_slipped_balance(left: &[&Literal], right: &[&Literal]) -> bool {
    let sum = |side: &[&Literal]| side.iter().try_fold(Exact::ZERO, |sum, literal| sum.plus(literal.base()?));
    let gap = || sum(left)?.minus(sum(right)?);
    gap().is_some_and(|gap| explains(gap, left, right))
}

/// Whether one slip in one figure explains why `Σ left − Σ right` is `gap`.
fn explains(gap: Exact, left: &[&Literal], right: &[&Literal]) -> bool {
    let slipped = |literal: &Literal, corrected: Option<Exact>| {
        let (Some(value), Some(corrected)) = (literal.base(), corrected) else { return false };
        !corrected.is_negative()
            && !corrected.is_zero()
            && (is_scaled(value, corrected) || is_typed(&digits(value), &digits(corrected)))
    };
    let base = |literal: &Literal| literal.base();
    left.iter().any(|side| slipped(side, base(side).and_then(|value| value.minus(gap))))
        || right.iter().any(|side| slipped(side, base(side).and_then(|value| value.plus(gap))))
}

fn digits(value: Exact) -> Vec<u8> {
    value.significant().to_string().into_bytes()
}

/// Whether two amounts have the same digits, four or more, and another size: 618.42元 and 618.42万元.
pub(super) fn is_rescaled(a: &Literal, b: &Literal) -> bool {
    let (Some(x), Some(y)) = (a.base(), b.base()) else { return false };
    is_scaled(x, y) && x.significant_digits() >= 4
}

/// x = y × 10ⁿ
fn is_scaled(x: Exact, y: Exact) -> bool {
    !x.is_zero() && x != y && x.significant() == y.significant()
}

/// One edit apart, where swapping neighbours is one edit. Short numbers are too often near each other by chance.
fn is_typed(x: &[u8], y: &[u8]) -> bool {
    if x.len().max(y.len()) < 3 || x == y {
        return false;
    }
    let head = x.iter().zip(y).take_while(|(a, b)| a == b).count();
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(a, b)| a == b).count();
    let (x_left, y_left) = (x.len() - head.min(x.len()), y.len() - head.min(y.len()));
    match (x_left.saturating_sub(tail), y_left.saturating_sub(tail)) {
        (0 | 1, 0 | 1) => true,
        (2, 2) => x[head] == y[head + 1] && x[head + 1] == y[head],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_typed;

    #[test]
    fn slips() {
        for (a, b) in [("432", "423"), ("1702", "172"), ("21142", "21172"), ("17022", "1702"), ("101284", "102184")] {
            assert!(is_typed(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        for (a, b) in [("432", "541"), ("167995", "180048"), ("12", "13"), ("1739", "1468")] {
            assert!(!is_typed(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
    }
}
