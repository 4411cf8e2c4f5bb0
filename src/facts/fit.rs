//! Rough questions that binding asks of numbers, to choose between readings. Verdicts are the relations' business.

use crate::document::Literal;
use crate::exact::{Exact, Interval};

/// Whether `part ÷ whole` can be `ratio`, as printed.
pub(super) fn is_ratio(part: &Literal, whole: &Literal, ratio: &Literal) -> bool {
    let check = || {
        let (part, whole, ratio) = (part.loose()?, whole.loose()?, ratio.loose()?);
        let low = ratio.low.value()?.times(whole.low.value()?)?;
        let high = ratio.high.value()?.times(whole.high.value()?)?;
        Some(low <= part.high.value()? && part.low.value()? <= high)
    };
    check().unwrap_or(false)
}

/// Whether an exact `part` of an exact `whole` can be printed as `ratio`.
pub(super) fn is_at_ratio(part: Exact, whole: Exact, ratio: &Literal) -> bool {
    let within = || {
        let ratio = ratio.loose()?;
        Some(ratio.low.value()?.times(whole)? <= part && part <= ratio.high.value()?.times(whole)?)
    };
    within().unwrap_or(false)
}

/// Whether the numbers add up to the total, but for rounding as printed.
pub(super) fn is_sum<'l>(total: &Literal, parts: impl IntoIterator<Item = &'l Literal>) -> bool {
    gap(total, parts).is_some_and(|(gap, slack)| gap.abs() <= slack)
}

/// Total less parts, and how much of that rounding explains.
pub(super) fn gap<'l>(total: &Literal, parts: impl IntoIterator<Item = &'l Literal>) -> Option<(Exact, Exact)> {
    let half = |literal: &Literal| {
        let Interval { low, high } = literal.strict(2)?;
        high.value()?.minus(low.value()?)
    };
    let (mut gap, mut slack) = (total.base()?, half(total)?);
    for part in parts {
        gap = gap.minus(part.base()?)?;
        slack = slack.plus(half(part)?)?;
    }
    Some((gap, slack.times(Exact::new(5, 1)?)?))
}

/// Whether `current` can be what rose (or fell) by `change`, from `previous` and at `growth`, as far as they are printed.
pub(super) fn is_change(
    current: &Literal,
    (change, down): (&Literal, bool),
    previous: Option<&Literal>,
    growth: Option<&Literal>,
) -> bool {
    let check = || {
        let (current, change) = (current.loose()?, change.loose()?);
        let less = |a: Exact, b: Exact| if down { a.plus(b) } else { a.minus(b) };
        let (near, far) = if down { (change.low, change.high) } else { (change.high, change.low) };
        let (low, high) = (less(current.low.value()?, near.value()?)?, less(current.high.value()?, far.value()?)?);
        let from = previous.is_none_or(|previous| {
            previous.loose().is_some_and(|p| p.low.value() <= Some(high) && Some(low) <= p.high.value())
        });
        let at = growth.is_none_or(|growth| {
            let bounds = || {
                let growth = growth.loose()?;
                Some((growth.low.value()?.times(low)?, growth.high.value()?.times(high)?))
            };
            bounds().is_some_and(|(least, most)| Some(least) <= change.high.value() && change.low.value() <= Some(most))
        });
        Some(from && at)
    };
    check().unwrap_or(false)
}

/// Whether `amount` can be `count × each`, as printed.
pub(super) fn is_product(amount: &Literal, count: &Literal, each: &Literal) -> bool {
    let check = || {
        let (amount, count, each) = (amount.loose()?, count.base()?, each.loose()?);
        let low = each.low.value()?.times(count)?;
        let high = each.high.value()?.times(count)?;
        Some(low <= amount.high.value()? && amount.low.value()? <= high)
    };
    check().unwrap_or(false)
}
