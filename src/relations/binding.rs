//! Operands bound to the terms of a formula, and expressions over them as quotients of polynomials.

use std::sync::Arc;

use super::dimension::{self, Kind};
use super::formula::Expr;
use super::poly::{MAX_VARIABLES, Poly};
use super::precision::{Precision, Reading, Value};
use super::residual::Residual;
use crate::document::literal::{Dimension, Literal};
use crate::exact::Exact;
use crate::facts::{Facts, NumberId, Operand, OperandKind};

/// The operands of each term of a formula.
pub type Operands = Vec<Vec<Operand>>;

/// What if this number were that, in the base unit?
pub type Change = (NumberId, Exact);

/// Why a relation could not be judged.
pub(super) type Reason = &'static str;

pub(super) const OVERFLOW: Reason = "数值超出精确计算的范围";
pub(super) const AMBIGUOUS: Reason = "同一角色有多个数，无法确定用哪一个";
pub(super) const DIMENSIONS: Reason = "各数的单位不是同一种量，不能相加或比较";
pub(super) const ZERO: Reason = "分母为零或可能为零";

/// The distinct numbers among operands, in order.
pub(super) fn numbers<'o>(operands: impl Iterator<Item = &'o Operand>) -> Vec<NumberId> {
    let mut numbers: Vec<NumberId> = operands.filter_map(Operand::number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Bound operands with the values of their numbers. Each distinct number is one variable.
pub(super) struct Bound<'a> {
    pub(super) operands: &'a [Vec<Operand>],
    pub(super) precision: &'a Precision,
    /// Sorted.
    numbers: Arc<[NumberId]>,
    /// Values that stand in for those of some numbers.
    changed: Vec<(NumberId, Value)>,
}

/// `top / bottom`
pub(super) struct Quotient {
    top: Poly,
    /// `None` where nothing is divided by.
    bottom: Option<Poly>,
}

impl<'a> Bound<'a> {
    /// `changes` stand in for the values of some numbers.
    pub(super) fn new(
        facts: &Facts,
        precision: &'a Precision,
        operands: &'a [Vec<Operand>],
        used: &[usize],
        changes: &[Change],
    ) -> Result<Bound<'a>, Reason> {
        let numbers = numbers(used.iter().flat_map(|term| &operands[*term]));
        if numbers.len() > MAX_VARIABLES {
            return Err(OVERFLOW);
        }
        let bound = Bound { operands, precision, numbers: numbers.into(), changed: Vec::new() }.with(facts, changes)?;
        let is_known = |id: &NumberId| bound.changed_to(*id).is_some() || precision.known(*id).is_some();
        if bound.numbers.iter().all(is_known) { Ok(bound) } else { Err(OVERFLOW) }
    }

    /// The same with other values for some of its numbers.
    pub(super) fn with(&self, facts: &Facts, changes: &[Change]) -> Result<Bound<'a>, Reason> {
        let changed = changes.iter().filter(|(id, _)| self.variable(*id).is_some()).map(|(id, value)| {
            let literal = changed_to(&facts.number(*id).literal, *value);
            Ok((*id, literal.and_then(|literal| self.precision.value(&literal)).ok_or(OVERFLOW)?))
        });
        let changed = changed.collect::<Result<_, Reason>>()?;
        Ok(Bound { operands: self.operands, precision: self.precision, numbers: Arc::clone(&self.numbers), changed })
    }

    /// The variables that stand for other values than are printed.
    pub(super) fn changed(&self) -> impl Iterator<Item = u16> + '_ {
        self.changed.iter().filter_map(|(id, _)| self.variable(*id))
    }

    pub(super) fn is_changed(&self, variable: u16) -> bool {
        self.changed_to(self.numbers[variable as usize]).is_some()
    }

    /// The value of a variable as the report prints it.
    pub(super) fn printed(&self, variable: u16) -> Option<&Value> {
        self.precision.known(self.numbers[variable as usize])
    }

    fn changed_to(&self, id: NumberId) -> Option<&Value> {
        self.changed.iter().find(|(each, _)| *each == id).map(|(_, value)| value)
    }

    /// The value of a variable.
    pub(super) fn value(&self, variable: u16) -> &Value {
        let id = self.numbers[variable as usize];
        let known = || self.precision.known(id).expect("the values of a bound relation are known");
        self.changed_to(id).unwrap_or_else(known)
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = u16> {
        (0..self.numbers.len()).map(|variable| variable as u16)
    }

    pub(super) fn is_hedged(&self) -> bool {
        self.variables().any(|variable| self.value(variable).hedged)
    }

    /// Whether some figure is a share or a rate: those are computed one by one, and cut off where amounts are not.
    pub(super) fn has_ratios(&self) -> bool {
        self.variables()
            .any(|variable| matches!(self.value(variable).dimension, Dimension::Ratio | Dimension::RatioPoint))
    }

    pub(super) fn nominal(&self, variable: u16) -> Exact {
        self.value(variable).nominal
    }

    pub(super) fn variable(&self, id: NumberId) -> Option<u16> {
        self.numbers.binary_search(&id).ok().map(|at| at as u16)
    }

    /// The variable of a term that is one number.
    pub(super) fn single(&self, expr: &Expr) -> Option<u16> {
        let Expr::Term(term) = expr else { return None };
        let [operand] = self.operands[*term].as_slice() else { return None };
        self.variable(operand.number()?)
    }

    fn operand(&self, operand: &Operand) -> Poly {
        let poly = match &operand.kind {
            OperandKind::Number(id) => Poly::variable(self.variable(*id).expect("every used number is a variable")),
            OperandKind::Counted { count, .. } => Poly::constant(Exact::from(*count)),
            OperandKind::Constant(value) => Poly::constant(*value),
        };
        if operand.negative { poly.negated() } else { poly }
    }

    fn added(&self, mut sum: Poly, operand: &Operand) -> Option<Poly> {
        let variable = operand.number().and_then(|id| self.variable(id));
        match variable {
            Some(variable) => sum.count_in(variable, operand.negative).map(|()| sum),
            None => sum.plus(&self.operand(operand)),
        }
    }

    pub(super) fn dimension_of(&self, expr: &Expr) -> Option<Kind> {
        dimension::kind(expr, &|term| {
            self.operands[term].iter().filter_map(|operand| match &operand.kind {
                OperandKind::Number(id) => self.variable(*id).map(|v| self.value(v).dimension),
                OperandKind::Counted { .. } => Some(Dimension::Count),
                OperandKind::Constant(_) => None,
            })
        })
    }

    /// The expression multiplied out.
    pub(super) fn quotient(&self, expr: &Expr) -> Result<Quotient, Reason> {
        Ok(match expr {
            Expr::Constant(value) => Quotient::whole(Poly::constant(*value)),
            Expr::Term(term) => match self.operands[*term].as_slice() {
                [operand] => Quotient::whole(self.operand(operand)),
                _ => return Err(AMBIGUOUS),
            },
            Expr::Count(term) => {
                let count = u32::try_from(self.operands[*term].len()).map_err(|_| OVERFLOW)?;
                Quotient::whole(Poly::constant(Exact::from(count)))
            }
            Expr::Sum(term) => {
                let mut sum = Poly::default();
                for operand in &self.operands[*term] {
                    sum = self.added(sum, operand).ok_or(OVERFLOW)?;
                }
                Quotient::whole(sum)
            }
            Expr::Plus(a, b) => self.quotient(a)?.plus(self.quotient(b)?).ok_or(OVERFLOW)?,
            Expr::Minus(a, b) => {
                let b = self.quotient(b)?;
                let b = Quotient { top: b.top.negated(), bottom: b.bottom };
                self.quotient(a)?.plus(b).ok_or(OVERFLOW)?
            }
            Expr::Times(a, b) => self.quotient(a)?.times(self.quotient(b)?).ok_or(OVERFLOW)?,
            Expr::Over(a, b) => {
                let b = self.quotient(b)?;
                let inverse = Quotient::over(b.bottom.unwrap_or_else(Poly::one), b.top);
                self.quotient(a)?.times(inverse).ok_or(OVERFLOW)?
            }
            Expr::Least(a, b) => self.chosen(a, b, std::cmp::Ordering::Less)?,
            Expr::Greatest(a, b) => self.chosen(a, b, std::cmp::Ordering::Greater)?,
        })
    }

    /// The one of two expressions whose printed value compares as `wanted` to the other.
    fn chosen(&self, a: &Expr, b: &Expr, wanted: std::cmp::Ordering) -> Result<Quotient, Reason> {
        let (a, b) = (self.quotient(a)?, self.quotient(b)?);
        let (x, y) = (self.fraction(&a)?, self.fraction(&b)?);
        let (left, right) = (x.0.times(y.1).ok_or(OVERFLOW)?, y.0.times(x.1).ok_or(OVERFLOW)?);
        Ok(if left.cmp(&right) == wanted { a } else { b })
    }

    /// Numerator and positive denominator at the printed values.
    pub(super) fn fraction(&self, quotient: &Quotient) -> Result<(Exact, Exact), Reason> {
        let point = |variable: u16| self.nominal(variable);
        let top = quotient.top.at(point).ok_or(OVERFLOW)?;
        let bottom = quotient.bottom.as_ref().map_or(Some(Exact::ONE), |bottom| bottom.at(point)).ok_or(OVERFLOW)?;
        if bottom.is_zero() {
            return Err(ZERO);
        }
        Ok(if bottom.is_negative() { (top.negated(), bottom.negated()) } else { (top, bottom) })
    }

    /// `left − right` multiplied out so that it has the sign of the difference.
    pub(super) fn residual(&self, left: &Quotient, right: &Quotient) -> Result<Residual, Reason> {
        let flips = self.is_negative(left)? != self.is_negative(right)?;
        let residual = left.top.multiplied(&right.bottom).zip(right.top.multiplied(&left.bottom));
        let residual = residual.and_then(|(left, right)| left.into_owned().minus(&right));
        let residual = residual.ok_or(OVERFLOW)?;
        Ok(Residual::new(if flips { residual.negated() } else { residual }))
    }

    /// The sign of the denominator, which must not change where its numbers are read loosely.
    fn is_negative(&self, quotient: &Quotient) -> Result<bool, Reason> {
        let Some(bottom) = &quotient.bottom else { return Ok(false) };
        let range = bottom.range(|v| self.value(v).range(Reading::Loose)).ok_or(OVERFLOW)?;
        if range.contains_zero() { Err(ZERO) } else { Ok(range.high.is_some_and(|high| high.is_negative())) }
    }
}

/// The literal with another value, in its own unit, at its own places or as many as the value needs.
fn changed_to(literal: &Literal, value: Exact) -> Option<Literal> {
    let value = literal.unit.of_base(value)?.normal();
    Some(Literal { value, places: literal.places.max(value.scale()), ..literal.clone() })
}

impl Quotient {
    /// Whether nothing is divided by.
    pub(super) fn is_whole(&self) -> bool {
        self.bottom.is_none()
    }

    fn whole(top: Poly) -> Quotient {
        Quotient { top, bottom: None }
    }

    fn over(top: Poly, bottom: Poly) -> Quotient {
        Quotient { top, bottom: Some(bottom).filter(|bottom| !bottom.is_one()) }
    }

    fn plus(self, other: Quotient) -> Option<Quotient> {
        if self.bottom == other.bottom {
            return Some(Quotient { top: self.top.plus(&other.top)?, bottom: self.bottom });
        }
        let left = self.top.multiplied(&other.bottom)?.into_owned();
        let top = left.plus(&*other.top.multiplied(&self.bottom)?)?;
        Quotient { top, bottom: self.bottom }.divided(other.bottom)
    }

    fn times(self, other: Quotient) -> Option<Quotient> {
        Quotient { top: self.top.times(&other.top)?, bottom: self.bottom }.divided(other.bottom)
    }

    fn divided(self, by: Option<Poly>) -> Option<Quotient> {
        match (self.bottom, by) {
            (bottom, None) | (None, bottom) => Some(Quotient { top: self.top, bottom }),
            (Some(bottom), Some(by)) => Some(Quotient::over(self.top, bottom.times(&by)?)),
        }
    }
}
