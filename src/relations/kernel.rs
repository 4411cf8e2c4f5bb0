//! The verdict on `left compare right`, by exact arithmetic over what each printed number can stand for.

use super::binding::{Bound, DIMENSIONS, Reason};
use super::dimension;
use super::formula::{Compare, Expr};
use super::precision::Reading;
use super::range::Range;
use super::residual::Residual;
use super::tails::Habit;
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::finding::Verdict;

/// What the kernel found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) verdict: Verdict,
    /// It holds only where the stated percentage was cut off instead of rounded.
    pub(super) truncated: bool,
}

/// Judges one comparison.
pub(super) fn judge(bound: &Bound, left: &Expr, compare: Compare, right: &Expr) -> Result<Outcome, Reason> {
    let kinds = bound.dimension_of(left).zip(bound.dimension_of(right));
    kinds.and_then(|(a, b)| dimension::unify(a, b)).ok_or(DIMENSIONS)?;
    let residual = bound.residual(&bound.quotient(left)?, &bound.quotient(right)?)?;
    judge_residual(bound, &residual, left, compare, right)
}

/// Judges one comparison whose sides are brought together and go together.
pub(super) fn judge_residual(
    bound: &Bound,
    residual: &Residual,
    left: &Expr,
    compare: Compare,
    right: &Expr,
) -> Result<Outcome, Reason> {
    let stated = bound.single(left).filter(|&stated| right.is_rounded_by_writers() || is_coarser(bound, stated));
    Readings { bound, residual, compare, stated }.judge()
}

/// 50.1250万元 − 46.62万元 = 3.51万元: whether the figure has fewer decimals than one that it was computed from, though not none.
fn is_coarser(bound: &Bound, stated: u16) -> bool {
    let places = bound.value(stated).places;
    places >= 2 && bound.variables().any(|variable| bound.value(variable).places > places)
}

/// One residual under ever wider readings of its numbers.
struct Readings<'a> {
    bound: &'a Bound<'a>,
    residual: &'a Residual,
    compare: Compare,
    /// The figure that the writer computed and rounded to the places that are printed.
    stated: Option<u16>,
}

impl Readings<'_> {
    fn judge(&self) -> Result<Outcome, Reason> {
        let plain = |verdict| Ok(Outcome { verdict, truncated: false });
        if self.holds(Reading::Nominal)? {
            return plain(Verdict::Exact);
        }
        if self.compare == Compare::NotEqual {
            return plain(Verdict::Broken);
        }
        // What fails under the widest reading fails under every other: most relations that fail end here.
        if self.holds(Reading::Widest).is_ok_and(|holds| !holds) {
            return plain(if self.bound.is_hedged() { Verdict::Improbable } else { Verdict::Broken });
        }
        if self.stated.is_some() && self.holds_with(Reading::Printed, Reading::Nominal)? {
            return plain(Verdict::Exact);
        }
        if self.holds_with(Reading::Printed, Reading::Strict)? {
            return plain(self.rounding());
        }
        if self.stated.is_some() && self.holds_with(Reading::Cut, Reading::Strict)?
            || self.holds_with(Reading::Cut, Reading::CutStrict)?
        {
            let percent = |v: u16| self.bound.value(v).dimension == Dimension::Ratio;
            let verdict = if self.may_cut() { self.rounding() } else { Verdict::Improbable };
            return Ok(Outcome { verdict, truncated: self.stated.is_some_and(percent) });
        }
        if self.holds(Reading::Loose)? || self.bound.is_hedged() {
            return plain(Verdict::Improbable);
        }
        plain(Verdict::Broken)
    }

    /// Whether all figures of a sum may have been cut off.
    fn may_cut(&self) -> bool {
        self.stated.is_some() || self.bound.precision.habit.is_none_or(Habit::cuts) || self.bound.has_ratios()
    }

    /// What rounding can explain, but hardly ever would, is improbable.
    fn rounding(&self) -> Verdict {
        let habit = self.bound.precision.habit.filter(|_| self.compare == Compare::Equal && self.stated.is_none());
        let excluded = habit.is_some_and(|habit| habit.excludes(self.bound, self.residual));
        if excluded { Verdict::Improbable } else { Verdict::Rounding }
    }

    /// Whether it holds where the figure that the writer computed is read one way, and those that it was computed from
    /// another.
    fn holds_with(&self, stated: Reading, others: Reading) -> Result<bool, Reason> {
        Ok(self.holds_in(self.residual.range(self.bound, self.stated.map(|variable| (variable, stated)), others)?))
    }

    fn holds(&self, reading: Reading) -> Result<bool, Reason> {
        Ok(self.holds_in(self.residual.range(self.bound, None, reading)?))
    }

    fn holds_in(&self, range: Range) -> bool {
        let is = |end: Option<Exact>, test: fn(&Exact, &Exact) -> bool| end.is_none_or(|end| test(&end, &Exact::ZERO));
        match self.compare {
            Compare::Equal => range.contains_zero(),
            Compare::NotEqual => range != Range::point(Exact::ZERO),
            Compare::AtMost => is(range.low, Exact::le),
            Compare::Below => is(range.low, Exact::lt),
            Compare::AtLeast => is(range.high, Exact::ge),
            Compare::Above => is(range.high, Exact::gt),
        }
    }
}
