//! Evaluation: claims and required formulas become relations with verdicts, by exact interval arithmetic.
//! Knows formulas; does not know how a finding looks.

mod align;
mod binding;
mod claims;
mod dimension;
mod equation;
pub mod formula;
mod kernel;
mod poly;
mod precision;
mod range;
mod residual;
mod show;
mod tails;

use std::sync::Arc;

pub use binding::{Change, Operands};
pub use dimension::may_compare;
pub use equation::{Equation, Window};
pub use formula::Formula;
pub use precision::usual_places;
pub use show::Arithmetic;

use self::binding::{Bound, Reason};
use self::formula::{Compare, Expr, Requirement};
use self::precision::Precision;
use self::tails::Habit;
use crate::facts::{Facts, NumberId, Operand};
use crate::finding::Verdict;

/// Every relation of a report.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    pub all: Vec<Relation>,
    precision: Precision,
}

/// One relation between numbers of the report, evaluated.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Index of its formula.
    pub formula: usize,
    /// Index of the 应 line.
    pub requirement: usize,
    /// Which right-hand side was judged.
    pub alternative: usize,
    /// The claim that it judges; `None` where the formula is over concepts.
    pub claim: Option<usize>,
    /// The operands of each term of the formula.
    pub operands: Arc<Operands>,
    /// The distinct numbers that it relates, in order.
    pub numbers: Vec<NumberId>,
    pub verdict: Verdict,
    /// It holds only where the stated figure was cut off instead of rounded.
    pub truncated: bool,
    /// Where rounding could leave such a difference, but hardly ever does: in less than one of ten to this power cases.
    pub rarity: Option<u32>,
    /// Why it was not judged.
    pub reason: Option<&'static str>,
}

impl Relations {
    /// Judges every claim and every set of aligned facts by every formula.
    pub fn evaluate(facts: &Facts, formulas: &[Formula]) -> Relations {
        let precision = Precision::of(facts);
        let evaluator = Evaluator { facts, formulas, precision: &precision };
        let mut all = claims::evaluate(&evaluator);
        all.extend(align::evaluate(&evaluator));
        let mut relations = Relations { all, precision };
        relations.doubt_tails(facts, formulas);
        relations
    }

    /// Judges the sums that hold but for rounding once more, now that the habit of the report can be seen.
    fn doubt_tails(&mut self, facts: &Facts, formulas: &[Formula]) {
        let is_sum = |relation: &Relation| {
            let line = &formulas[relation.formula].requirements[relation.requirement];
            let added = !line.right[relation.alternative].is_rounded_by_writers();
            relation.numbers.len() >= 3 && line.compare == Compare::Equal && added
        };
        let leaves_a_tail = |relation: &Relation| relation.verdict == Verdict::Rounding && is_sum(relation);
        if !self.all.iter().any(leaves_a_tail) {
            return;
        }
        let sums = self.all.iter().filter(|relation| relation.verdict.holds() && is_sum(relation));
        let sums =
            sums.filter_map(|relation| Some((relation, self.equation(facts, &formulas[relation.formula], relation)?)));
        self.precision.habit = Some(Habit::of(sums));
        for at in 0..self.all.len() {
            let relation = &self.all[at];
            let formula = &formulas[relation.formula];
            let judged = leaves_a_tail(relation).then(|| self.verdict_if(facts, formula, relation, &[])).flatten();
            if let Some(verdict) = judged.filter(|verdict| *verdict != Verdict::Rounding) {
                let tails = self.equation(facts, formula, relation).and_then(|equation| equation.tails());
                let rarity = self.precision.habit.zip(tails).and_then(|(habit, tails)| habit.rarity(&tails));
                self.all[at] = Relation { verdict, rarity, ..relation.clone() };
            }
        }
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.all.iter().filter(|relation| relation.verdict == verdict).count()
    }

    /// The arithmetic of a relation, for showing.
    pub fn arithmetic<'a>(
        &'a self,
        facts: &'a Facts,
        formula: &'a Formula,
        relation: &'a Relation,
    ) -> Option<Arithmetic<'a>> {
        let requirement = formula.requirements.get(relation.requirement)?;
        let all: Vec<usize> = (0..relation.operands.len()).collect();
        let bound = Bound::new(facts, &self.precision, &relation.operands, &all, &[]).ok()?;
        Some(Arithmetic { facts, bound, requirement, alternative: relation.alternative })
    }

    /// The verdict of a relation if some numbers were others.
    pub fn verdict_if(
        &self,
        facts: &Facts,
        formula: &Formula,
        relation: &Relation,
        changes: &[Change],
    ) -> Option<Verdict> {
        let evaluator = Evaluator { facts, formulas: &[], precision: &self.precision };
        let requirement = &formula.requirements[relation.requirement];
        evaluator.judge(requirement, &relation.operands, changes).map(|judged| judged.verdict)
    }

    /// A relation as an equation in each of its numbers.
    pub fn equation<'a>(
        &'a self,
        facts: &'a Facts,
        formula: &'a Formula,
        relation: &'a Relation,
    ) -> Option<Equation<'a>> {
        let line = formula.requirements.get(relation.requirement)?;
        Equation::of(facts, &self.precision, line, relation)
    }
}

impl Relation {
    /// The number that the relation is about: of its left-hand side, else the first of the other.
    pub fn stated(&self, formula: &Formula) -> Option<NumberId> {
        formula.requirements[self.requirement].stated(self.alternative, &self.operands).and_then(Operand::number)
    }

    fn abstained(formula: usize, claim: Option<usize>, operands: Arc<Operands>, reason: Reason) -> Relation {
        let numbers = binding::numbers(operands.iter().flatten());
        Relation {
            formula,
            requirement: 0,
            alternative: 0,
            claim,
            operands,
            numbers,
            verdict: Verdict::Abstained,
            truncated: false,
            rarity: None,
            reason: Some(reason),
        }
    }
}

/// What evaluation works with.
struct Evaluator<'a> {
    facts: &'a Facts,
    formulas: &'a [Formula],
    precision: &'a Precision,
}

/// The outcome of one 应 line.
struct Judged {
    alternative: usize,
    verdict: Verdict,
    truncated: bool,
    reason: Option<Reason>,
}

impl Evaluator<'_> {
    /// The best verdict over the right-hand sides that are bound; `None` where nothing is to be judged. Where one of them
    /// cannot be judged and no other holds, the whole is not judged.
    fn judge(&self, requirement: &Requirement, operands: &Operands, changes: &[Change]) -> Option<Judged> {
        if !is_bound(&requirement.left, operands) {
            return None;
        }
        let mut best: Option<Judged> = None;
        for (alternative, right) in requirement.right.iter().enumerate() {
            if !is_bound(right, operands) {
                continue;
            }
            let used = requirement.terms(alternative);
            let outcome = Bound::new(self.facts, self.precision, operands, &used, changes)
                .and_then(|bound| kernel::judge(&bound, &requirement.left, requirement.compare, right));
            let judged = match outcome {
                Ok(outcome) => {
                    Judged { alternative, verdict: outcome.verdict, truncated: outcome.truncated, reason: None }
                }
                Err(reason) => {
                    Judged { alternative, verdict: Verdict::Abstained, truncated: false, reason: Some(reason) }
                }
            };
            best = Some(match best {
                Some(best) if best.rank() <= judged.rank() => best,
                _ => judged,
            });
        }
        best
    }

    /// The relation of one 应 line over bound operands; `None` where it does not apply.
    fn relation(
        &self,
        formula: usize,
        requirement: usize,
        claim: Option<usize>,
        operands: &Arc<Operands>,
    ) -> Option<Relation> {
        let line = &self.formulas[formula].requirements[requirement];
        let judged = self.judge(line, operands, &[])?;
        let used = line.terms(judged.alternative);
        let numbers = binding::numbers(used.iter().flat_map(|term| &operands[*term]));
        Some(Relation {
            formula,
            requirement,
            alternative: judged.alternative,
            claim,
            operands: Arc::clone(operands),
            numbers,
            verdict: judged.verdict,
            truncated: judged.truncated,
            rarity: None,
            reason: judged.reason,
        })
    }
}

impl Judged {
    /// Which of several outcomes stands: one that holds, then one that could not be judged, then one that fails.
    fn rank(&self) -> u8 {
        match self.verdict {
            Verdict::Exact => 0,
            Verdict::Rounding if !self.truncated => 1,
            Verdict::Rounding => 2,
            Verdict::Abstained => 3,
            Verdict::Improbable => 4,
            Verdict::Broken => 5,
        }
    }
}

/// Whether every term of an expression has an operand.
fn is_bound(expr: &Expr, operands: &Operands) -> bool {
    let mut bound = true;
    expr.each_term(&mut |term| bound &= !operands[term].is_empty());
    bound
}
