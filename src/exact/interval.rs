//! Intervals of exact decimals, each end open, closed or absent (unbounded).

use super::Exact;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Closed(Exact),
    Open(Exact),
    Unbounded,
}

/// The values that a printed number can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub low: End,
    pub high: End,
}

impl End {
    pub fn value(self) -> Option<Exact> {
        match self {
            End::Closed(value) | End::Open(value) => Some(value),
            End::Unbounded => None,
        }
    }
}

impl Interval {
    /// Exactly one value.
    pub fn point(value: Exact) -> Interval {
        Interval { low: End::Closed(value), high: End::Closed(value) }
    }

    /// `[value − half, value + half)`: what rounding half up to a printed place can stand for.
    pub fn rounding(value: Exact, half: Exact) -> Option<Interval> {
        Some(Interval { low: End::Closed(value.minus(half)?), high: End::Open(value.plus(half)?) })
    }

    /// `[value, value + ulp)`: what cutting off at a printed place can stand for.
    pub fn truncation(value: Exact, ulp: Exact) -> Option<Interval> {
        Some(Interval { low: End::Closed(value), high: End::Open(value.plus(ulp)?) })
    }

    pub fn contains(&self, value: Exact) -> bool {
        let above = match self.low {
            End::Closed(low) => low <= value,
            End::Open(low) => low < value,
            End::Unbounded => true,
        };
        let below = match self.high {
            End::Closed(high) => value <= high,
            End::Open(high) => value < high,
            End::Unbounded => true,
        };
        above && below
    }

    /// Whether some value lies in both.
    pub fn meets(&self, other: &Interval) -> bool {
        !self.lies_below(other) && !other.lies_below(self)
    }

    /// Whether every value of `self` is smaller than every value of `other`.
    pub fn lies_below(&self, other: &Interval) -> bool {
        match (self.high, other.low) {
            (End::Closed(high), End::Closed(low)) => high < low,
            (End::Unbounded, _) | (_, End::Unbounded) => false,
            (high, low) => high.value() <= low.value(),
        }
    }
}
