//! The values that a number may have: between two ends, in exact decimals.

use crate::exact::Exact;

/// The values between two ends, both reached; an absent end is unbounded.
///
/// Half-even rounding, rounding of negative numbers and cutting off put the midpoint on either side, so the kernel counts
/// open ends as reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: Option<Exact>,
    pub(super) high: Option<Exact>,
}

impl Range {
    pub(super) fn point(value: Exact) -> Range {
        Range { low: Some(value), high: Some(value) }
    }

    pub(super) fn contains_zero(&self) -> bool {
        self.low.is_none_or(|low| low.is_negative() || low.is_zero())
            && self.high.is_none_or(|high| !high.is_negative())
    }

    pub(super) fn join(self, other: Range) -> Range {
        let pick = |a: Option<Exact>, b: Option<Exact>, f: fn(Exact, Exact) -> Exact| Some(f(a?, b?));
        Range { low: pick(self.low, other.low, Ord::min), high: pick(self.high, other.high, Ord::max) }
    }

    pub(super) fn scaled(self, factor: Exact) -> Option<Range> {
        if factor.is_one() {
            return Some(self);
        }
        let end = |end: Option<Exact>| match end {
            Some(value) => Some(Some(value.times(factor)?)),
            None => Some(None),
        };
        let (a, b) = (end(self.low)?, end(self.high)?);
        Some(if factor.is_zero() {
            Range::point(Exact::ZERO)
        } else if factor.is_negative() {
            Range { low: b, high: a }
        } else {
            Range { low: a, high: b }
        })
    }

    /// The range of the product of two numbers that do not depend on each other, both bounded.
    pub(super) fn times(self, other: Range) -> Option<Range> {
        if self.low == self.high {
            return other.scaled(self.low?);
        }
        let (first, second) = (self.scaled(other.low?)?, self.scaled(other.high?)?);
        Some(first.join(second))
    }

    /// The sum that is left without a part of it; `None` where the part has no bounds.
    pub(super) fn less(self, part: Range) -> Option<Range> {
        let end = |end: Option<Exact>, part: Option<Exact>| Some(Some(end?.minus(part?)?));
        Some(Range { low: end(self.low, part.low)?, high: end(self.high, part.high)? })
    }

    pub(super) fn plus(self, other: Range) -> Option<Range> {
        let add = |a: Option<Exact>, b: Option<Exact>| match (a, b) {
            (Some(a), Some(b)) => Some(Some(a.plus(b)?)),
            _ => Some(None),
        };
        Some(Range { low: add(self.low, other.low)?, high: add(self.high, other.high)? })
    }
}
