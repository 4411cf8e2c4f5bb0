//! The difference of the two sides of a relation under a reading of its numbers, and what it would be with other numbers.

use std::cell::OnceCell;

use super::binding::{Bound, OVERFLOW, Reason};
use super::poly::Poly;
use super::precision::Reading;
use super::range::Range;
use crate::exact::Exact;

/// `left − right`, multiplied out. Of a sum, what its numbers come to is worked out once for each reading, and only moved
/// where some of them are others: a sum of many figures is asked about again and again.
pub(super) struct Residual {
    poly: Poly,
    /// By reading, of the numbers as they are printed; `None` where it is no sum.
    sums: [OnceCell<Option<Range>>; Reading::COUNT],
}

impl Residual {
    pub(super) fn new(poly: Poly) -> Residual {
        Residual { poly, sums: Default::default() }
    }

    /// How many terms it has.
    pub(super) fn len(&self) -> usize {
        self.poly.len()
    }

    /// The factor of each variable, where it is a sum of variables alone.
    pub(super) fn factors(&self) -> Option<Vec<(u16, Exact)>> {
        self.poly.factors()
    }

    /// Its range where one variable, the `stated` one, is read in its own way and all others alike.
    pub(super) fn range(
        &self,
        bound: &Bound,
        stated: Option<(u16, Reading)>,
        others: Reading,
    ) -> Result<Range, Reason> {
        let reading = |variable| match stated {
            Some((own, reading)) if own == variable => reading,
            _ => others,
        };
        let ends = |variable| bound.value(variable).range(reading(variable));
        let moved = || {
            let stated = stated.map(|(variable, _)| variable).filter(|variable| !bound.is_changed(*variable));
            bound.changed().chain(stated).try_fold(self.sum(bound, others)?, |sum, variable| {
                let factor = self.poly.factor(variable);
                let (from, to) = (bound.printed(variable)?.range(others), ends(variable));
                sum.less(from.scaled(factor)?)?.plus(to.scaled(factor)?)
            })
        };
        moved().or_else(|| self.poly.range(ends)).ok_or(OVERFLOW)
    }

    /// What the numbers as they are printed come to under one reading; `None` where it is no sum.
    fn sum(&self, bound: &Bound, reading: Reading) -> Option<Range> {
        let summed = || {
            let printed = |variable| bound.printed(variable).map(|value| value.range(reading));
            self.poly.linear_range(printed)
        };
        *self.sums[reading as usize].get_or_init(summed)
    }

    /// The value of one variable at which it is zero, as numerator and denominator, where all others stand as printed and
    /// the variable occurs linearly.
    pub(super) fn solve(&self, bound: &Bound, variable: u16) -> Option<(Exact, Exact)> {
        let of_sum = || {
            let (sum, slope) = (self.sum(bound, Reading::Nominal)?.low?, self.poly.factor(variable));
            let rest = sum.minus(bound.nominal(variable).times(slope)?)?;
            (!slope.is_zero()).then_some((rest.negated(), slope))
        };
        of_sum().or_else(|| self.poly.solve(variable, |variable| bound.nominal(variable)))
    }

    /// Slope and rest of it as a line in one variable, where all others are read as loosely as they can be.
    pub(super) fn line(&self, bound: &Bound, variable: u16) -> Option<(Range, Range)> {
        let widest = |variable| bound.value(variable).range(Reading::Widest);
        let of_sum = || {
            let (sum, slope) = (self.sum(bound, Reading::Widest)?, self.poly.factor(variable));
            Some((Range::point(slope), sum.less(widest(variable).scaled(slope)?)?))
        };
        let of_any = || {
            let (slope, rest) = self.poly.split(variable)?;
            Some((slope.range(widest)?, rest.range(widest)?))
        };
        of_sum().or_else(of_any)
    }
}
