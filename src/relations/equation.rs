//! A relation as an equation in each of its numbers: what would make it hold, and what if.

use super::binding::{Bound, Change, Quotient};
use super::formula::{Compare, Expr, Requirement};
use super::precision::Precision;
use super::range::Range;
use super::residual::Residual;
use super::tails::Tails;
use super::{Relation, kernel};
use crate::exact::Exact;
use crate::facts::{Facts, NumberId};
use crate::finding::Verdict;

/// The decimals that the ends of a window are rounded to.
const ENDS: u32 = 10;

/// The two sides of a relation, brought together.
pub struct Equation<'a> {
    facts: &'a Facts,
    line: &'a Requirement,
    right: &'a Expr,
    bound: Bound<'a>,
    sides: [Quotient; 2],
    residual: Residual,
    /// The sides are these whatever the numbers are.
    only: bool,
}

/// The values of one number at which its relation could hold, however its other numbers are read.
pub struct Window {
    slope: Range,
    rest: Range,
}

impl<'a> Equation<'a> {
    pub(super) fn of(
        facts: &'a Facts,
        precision: &'a Precision,
        line: &'a Requirement,
        relation: &'a Relation,
    ) -> Option<Equation<'a>> {
        let right = &line.right[relation.alternative];
        let used = line.terms(relation.alternative);
        let bound = Bound::new(facts, precision, &relation.operands, &used, &[]).ok()?;
        let sides = [bound.quotient(&line.left).ok()?, bound.quotient(right).ok()?];
        let residual = bound.residual(&sides[0], &sides[1]).ok()?;
        let only = line.right.len() == 1 && !line.left.has_choice() && !right.has_choice();
        Some(Equation { facts, line, right, bound, sides, residual, only: only && relation.reason.is_none() })
    }

    pub fn compare(&self) -> Compare {
        self.line.compare
    }

    /// Whether the result had to be computed otherwise than by adding, so that it is rounded.
    pub fn is_quotient(&self) -> bool {
        self.right.is_rounded_by_writers()
    }

    /// The rounding errors of its figures, where it is a sum of them.
    pub(super) fn tails(&self) -> Option<Tails> {
        Tails::of(&self.bound, &self.residual)
    }

    /// The value of one number, as numerator and denominator in the base unit, that would make both sides equal.
    pub fn solved(&self, number: NumberId) -> Option<(Exact, Exact)> {
        self.residual.solve(&self.bound, self.bound.variable(number)?)
    }

    /// Where to look for a number that would make both sides equal; `None` where it could be anything.
    pub fn window(&self, number: NumberId) -> Option<Window> {
        let (slope, rest) = self.residual.line(&self.bound, self.bound.variable(number)?)?;
        let window = Window { slope, rest };
        [slope, rest].iter().all(|range| range.low.is_some() && range.high.is_some()).then_some(window)
    }

    /// The verdict if some numbers were others; `None` where the sides depend on the numbers themselves.
    pub fn verdict_if(&self, changes: &[Change]) -> Option<Verdict> {
        if !self.only {
            return None;
        }
        let judged = self.bound.with(self.facts, changes).and_then(|bound| {
            let [left, right] = &self.sides;
            if left.is_whole() && right.is_whole() {
                return kernel::judge_residual(&bound, &self.residual, &self.line.left, self.line.compare, self.right);
            }
            let residual = bound.residual(left, right)?;
            kernel::judge_residual(&bound, &residual, &self.line.left, self.line.compare, self.right)
        });
        Some(judged.map_or(Verdict::Abstained, |outcome| outcome.verdict))
    }
}

impl Window {
    /// Values outside of which none is admitted, rounded outwards; `None` where they are not known. Most figures lie far
    /// away and need no closer look.
    pub fn ends(&self, slack: Exact) -> Option<(Exact, Exact)> {
        if self.slope.contains_zero() {
            return None;
        }
        let quotient = |rest: Exact, slope: Exact| rest.negated().shown_quotient(slope, ENDS);
        let (rests, slopes) = ((self.rest.low?, self.rest.high?), (self.slope.low?, self.slope.high?));
        let corners = [
            quotient(rests.0, slopes.0)?,
            quotient(rests.0, slopes.1)?,
            quotient(rests.1, slopes.0)?,
            quotient(rests.1, slopes.1)?,
        ];
        let (low, high) = corners[1..]
            .iter()
            .fold((corners[0], corners[0]), |ends, corner| (ends.0.min(*corner), ends.1.max(*corner)));
        let margin = slack.plus(Exact::new(1, ENDS - 2)?)?;
        Some((low.minus(margin)?, high.plus(margin)?))
    }

    /// Whether the number could be `value`, give or take `slack`. Never wrongly no.
    pub fn admits(&self, value: Exact, slack: Exact) -> bool {
        let near = || {
            let around = Range { low: Some(value.minus(slack)?), high: Some(value.plus(slack)?) };
            Some(self.slope.times(around)?.plus(self.rest)?.contains_zero())
        };
        near().unwrap_or(true)
    }
}
