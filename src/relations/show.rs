//! A relation in figures that a reader can recompute: values in the stated figure's unit, and the arithmetic in one line.

use super::binding::{Bound, Reason};
use super::dimension;
use super::formula::{Compare, Expr, Requirement};
use crate::document::Unit;
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::{Facts, Operand, OperandKind};
use crate::finding::{Proof, Verdict};

/// The arithmetic of one relation, ready to be shown.
pub struct Arithmetic<'a> {
    pub(super) facts: &'a Facts,
    pub(super) bound: Bound<'a>,
    pub(super) requirement: &'a Requirement,
    pub(super) alternative: usize,
}

/// How tightly an expression binds, for brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Sum,
    Product,
    Atom,
}

impl Arithmetic<'_> {
    /// The operand whose figure the relation is about: the left-hand side, or the first number of it.
    pub fn stated(&self) -> Option<&Operand> {
        self.requirement.stated(self.alternative, self.bound.operands)
    }

    fn right(&self) -> &Expr {
        &self.requirement.right[self.alternative]
    }

    /// The terms that take part: of the left-hand side, of the right-hand side, then others that the message names.
    pub fn terms(&self) -> Vec<usize> {
        let mut terms = self.requirement.left.terms();
        for term in self.right().terms().into_iter().chain(self.requirement.message.terms()) {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    /// The operands of a term.
    pub fn operands(&self, term: usize) -> &[Operand] {
        &self.bound.operands[term]
    }

    /// Unit and places that figures are shown in.
    pub fn unit(&self) -> (Unit, u32) {
        let stated = self.stated().and_then(Operand::number).map(|id| &self.facts.number(id).literal);
        stated.map_or((Unit::None, 0), |literal| (literal.unit, literal.places))
    }

    /// The stated figure goes down (减少4.32万元), so figures are shown with their sign turned.
    fn turned(&self) -> bool {
        matches!(self.requirement.left, Expr::Term(_)) && self.stated().is_some_and(|operand| operand.negative)
    }

    pub fn proof(&self, verdict: Verdict) -> Proof {
        Proof {
            formula: self.line(verdict),
            stated: self.figure(&self.requirement.left),
            computed: self.computed(),
            difference: self.difference(),
            verdict,
        }
    }

    /// The right-hand side, computed, in the unit of the stated figure.
    pub fn computed(&self) -> String {
        self.value(self.right(), self.turned())
    }

    /// A figure of a message: a single operand as printed, everything else computed.
    pub fn figure(&self, expr: &Expr) -> String {
        match self.printed(expr) {
            Some(text) => text,
            None => self.value(expr, false),
        }
    }

    fn printed(&self, expr: &Expr) -> Option<String> {
        let Expr::Term(term) = expr else { return None };
        let [operand] = self.bound.operands[*term].as_slice() else { return None };
        let literal = &self.facts.number(operand.number()?).literal;
        Some(format!("{}{}", literal.value.with_places(literal.places), literal.unit.word()))
    }

    /// How far the two sides are apart, without sign.
    pub fn difference(&self) -> String {
        let (unit, places) = self.unit();
        let distance = || -> Result<String, Reason> {
            let (a, b) = (self.bound.quotient(&self.requirement.left)?, self.bound.quotient(self.right())?);
            let ((a, b), (c, d)) = (self.bound.fraction(&a)?, self.bound.fraction(&b)?);
            let top = (|| a.times(d)?.minus(c.times(b)?))().ok_or(super::binding::OVERFLOW)?;
            let bottom = b.times(d).ok_or(super::binding::OVERFLOW)?;
            let word = if unit == Unit::Percent { Unit::PercentPoint.word() } else { unit.word() };
            Ok(shown(top.abs(), bottom, unit, places).map_or(String::new(), |text| text + word))
        };
        distance().unwrap_or_default()
    }

    /// An expression computed, with its unit.
    fn value(&self, expr: &Expr, turned: bool) -> String {
        let (unit, places) = self.unit_of(expr);
        let quotient = self.bound.quotient(expr).and_then(|quotient| self.bound.fraction(&quotient));
        let Ok((top, bottom)) = quotient else { return "?".into() };
        let top = if turned { top.negated() } else { top };
        shown(top, bottom, unit, places).map_or("?".into(), |text| text + unit.word())
    }

    /// The unit of the stated figure where the expression is of its dimension, else the unit of its own first number.
    fn unit_of(&self, expr: &Expr) -> (Unit, u32) {
        let kinds = self.bound.dimension_of(expr).zip(self.bound.dimension_of(&self.requirement.left));
        if kinds.is_some_and(|(a, b)| dimension::unify(a, b).is_some()) {
            return self.unit();
        }
        let first = expr.first_number(self.bound.operands).and_then(Operand::number);
        first.map_or((Unit::None, 2), |id| (self.facts.number(id).literal.unit, self.facts.number(id).literal.places))
    }

    /// `213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19`
    pub fn line(&self, verdict: Verdict) -> String {
        let (left, right) = (&self.requirement.left, self.right());
        let turned = self.turned();
        let holds = !verdict.fails();
        let (first, second) = match (self.requirement.compare, right) {
            (_, Expr::Constant(_)) => (left, right),
            (Compare::Equal | Compare::NotEqual, _) => (right, left),
            (Compare::AtMost | Compare::AtLeast | Compare::Below | Compare::Above, _) => (left, right),
        };
        let sign = match (holds, verdict) {
            (true, Verdict::Rounding) if self.requirement.compare == Compare::Equal => "≈",
            (true, _) => self.requirement.compare.sign(),
            (false, _) => self.requirement.compare.broken_sign(),
        };
        format!("{} {sign} {}", self.side(first, turned), self.side(second, turned))
    }

    /// A number of the rule: 100% beside percentages.
    fn constant(&self, value: Exact) -> String {
        let (unit, _) = self.unit();
        let percent = unit.of_base(value).filter(|_| unit == Unit::Percent);
        percent.map_or_else(|| value.normal().to_string(), |value| format!("{}{}", value.normal(), unit.word()))
    }

    /// An expression written out and, where it is more than one figure, its value.
    fn side(&self, expr: &Expr, turned: bool) -> String {
        let (text, tightness) = self.written(expr, turned);
        if tightness == Tightness::Atom {
            return text;
        }
        let value = self.value(expr, turned);
        let (unit, _) = self.unit_of(expr);
        let bare = if self.drops_unit(unit) { value.trim_end_matches(unit.word()) } else { value.as_str() };
        format!("{text} = {bare}")
    }

    fn written(&self, expr: &Expr, turned: bool) -> (String, Tightness) {
        let infix = |a: &Expr, sign: &str, b: &Expr, ta: bool, tb: bool, own: Tightness| {
            let (left, left_tight) = self.written(a, ta);
            let (right, right_tight) = self.written(b, tb);
            // 19.04 - (-4.23) reads better as 19.04 + 4.23.
            if let (Some(positive), Tightness::Atom, Tightness::Sum) = (right.strip_prefix('-'), right_tight, own) {
                return (format!("{left} {} {positive}", if sign == "+" { "-" } else { "+" }), own);
            }
            let left = if left_tight < own { format!("({left})") } else { left };
            let right = if right_tight <= own || right.starts_with('-') { format!("({right})") } else { right };
            (format!("{left} {sign} {right}"), own)
        };
        match expr {
            Expr::Constant(value) => (self.constant(if turned { value.negated() } else { *value }), Tightness::Atom),
            Expr::Count(term) => (self.bound.operands[*term].len().to_string(), Tightness::Atom),
            Expr::Term(term) | Expr::Sum(term) => self.listed(&self.bound.operands[*term], turned),
            Expr::Plus(a, b) => infix(a, "+", b, turned, turned, Tightness::Sum),
            Expr::Minus(a, b) if turned => infix(b, "-", a, false, false, Tightness::Sum),
            Expr::Minus(a, b) => infix(a, "-", b, false, false, Tightness::Sum),
            Expr::Times(a, b) => infix(a, "×", b, turned, false, Tightness::Product),
            Expr::Over(a, b) => infix(a, "÷", b, turned, false, Tightness::Product),
            Expr::Least(a, b) => self.written(if self.is_less(a, b) { a } else { b }, turned),
            Expr::Greatest(a, b) => self.written(if self.is_less(a, b) { b } else { a }, turned),
        }
    }

    fn is_less(&self, a: &Expr, b: &Expr) -> bool {
        let value = |expr| self.bound.quotient(expr).and_then(|q| self.bound.fraction(&q)).ok();
        let Some(((a, b), (c, d))) = value(a).zip(value(b)) else { return true };
        a.times(d) < c.times(b)
    }

    fn listed(&self, operands: &[Operand], turned: bool) -> (String, Tightness) {
        let mut text = String::new();
        for (at, operand) in operands.iter().enumerate() {
            let negative = (operand.negative != turned) != self.is_negative(operand);
            match (at, negative) {
                (0, false) => {}
                (0, true) => text.push('-'),
                (_, false) => text.push_str(" + "),
                (_, true) => text.push_str(" - "),
            }
            text.push_str(&self.digits(operand));
        }
        (text, if operands.len() == 1 { Tightness::Atom } else { Tightness::Sum })
    }

    fn digits(&self, operand: &Operand) -> String {
        match &operand.kind {
            OperandKind::Counted { count, .. } => count.to_string(),
            OperandKind::Constant(value) => value.normal().to_string(),
            OperandKind::Number(id) => {
                let literal = &self.facts.number(*id).literal;
                let unit = if self.drops_unit(literal.unit) { "" } else { literal.unit.word() };
                format!("{}{unit}", literal.value.abs().with_places(literal.places))
            }
        }
    }

    /// Whether the operand is printed with a minus.
    fn is_negative(&self, operand: &Operand) -> bool {
        operand.number().is_some_and(|id| self.facts.number(id).literal.value.is_negative())
    }

    /// Whether the arithmetic is readable without the unit: percentages keep theirs, money does where units are mixed.
    fn drops_unit(&self, unit: Unit) -> bool {
        let mixed = || {
            let ids = self.bound.operands.iter().flatten().filter_map(Operand::number);
            let mut money =
                ids.map(|id| self.facts.number(id).literal.unit).filter(|u| u.dimension() == Dimension::Money);
            let first = money.next();
            money.any(|each| Some(each) != first)
        };
        match unit.dimension() {
            Dimension::Ratio | Dimension::RatioPoint => false,
            Dimension::Money | Dimension::MoneyRate => !mixed(),
            Dimension::Score | Dimension::Area | Dimension::People | Dimension::Count | Dimension::Bare => true,
        }
    }
}

/// Decimals that a quotient is shown with at least, so that 117.67% is not shown as 118% beside a printed 100%.
const QUOTIENT_PLACES: u32 = 2;

/// `top / bottom` in a unit, with at least `places` decimals: exact where there is nothing to divide by.
pub(super) fn shown(top: Exact, bottom: Exact, unit: Unit, places: u32) -> Option<String> {
    let top = unit.of_base(top)?;
    if bottom == Exact::ONE {
        return Some(top.with_places(places));
    }
    Some(top.shown_quotient(bottom, places.max(QUOTIENT_PLACES))?.with_places(places))
}
