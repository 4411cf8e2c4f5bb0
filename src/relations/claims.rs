//! Formulas over claims: 凡 列举 应 合计 = 和(各项).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::formula::{Condition, Formula, Meaning, Over, Test};
use super::{Evaluator, Operands, Relation};
use crate::facts::{Claim, ClaimKind, Fact, NumberId, Operand, Role, lexicon};

/// Why a claim of the right kind could not be judged.
const INCOMPLETE: &str = "缺少计算所需的数";

/// Judges every claim of the report.
pub(super) fn evaluate(evaluator: &Evaluator) -> Vec<Relation> {
    let mut by_kind: BTreeMap<ClaimKind, Vec<(usize, &Formula)>> = BTreeMap::new();
    for (index, formula) in evaluator.formulas.iter().enumerate() {
        if let Over::Claims { kind, .. } = formula.over {
            by_kind.entry(kind).or_default().push((index, formula));
        }
    }
    let meanings = Meanings { facts: &evaluator.facts.facts };
    let mut relations = Vec::new();
    for (index, claim) in evaluator.facts.claims.iter().enumerate() {
        let formulas = by_kind.get(&claim.kind).map_or(&[][..], Vec::as_slice);
        for formula in in_force(formulas, claim, &meanings) {
            judge(evaluator, formula, index, claim, &mut relations);
        }
    }
    relations
}

/// The formulas whose conditions a claim meets. A page that speaks of particular concepts takes the place of the general
/// pages of its family.
fn in_force(formulas: &[(usize, &Formula)], claim: &Claim, meanings: &Meanings) -> Vec<usize> {
    let meets = |formula: &Formula| match &formula.over {
        Over::Claims { conditions, .. } => conditions.iter().all(|condition| meanings.meet(claim, condition)),
        Over::Concepts => false,
    };
    let met: Vec<&(usize, &Formula)> = formulas.iter().filter(|(_, formula)| meets(formula)).collect();
    let displaced = |formula: &Formula| {
        let displaces = |other: &Formula| other.is_selective() && other.family == formula.family;
        !formula.is_selective() && met.iter().any(|(_, other)| displaces(other))
    };
    met.iter().filter(|(_, formula)| !displaced(formula)).map(|(index, _)| *index).collect()
}

/// Tries the 应 lines in order, up to the first that is broken.
fn judge(evaluator: &Evaluator, formula: usize, index: usize, claim: &Claim, relations: &mut Vec<Relation>) {
    let page = &evaluator.formulas[formula];
    let operands: Operands = page.terms.iter().map(|term| claim.role(term.role()).to_vec()).collect();
    let operands = Arc::new(operands);
    let before = relations.len();
    for requirement in 0..page.requirements.len() {
        let Some(relation) = evaluator.relation(formula, requirement, Some(index), &operands) else { continue };
        let stop = relation.verdict.fails();
        relations.push(relation);
        if stop {
            return;
        }
    }
    let partly = page.requirements.iter().any(|line| super::is_bound(&line.left, &operands));
    if relations.len() == before && partly {
        relations.push(Relation::abstained(formula, Some(index), operands, INCOMPLETE));
    }
}

/// What is known about the numbers of a report, for conditions.
struct Meanings<'a> {
    /// In the order of their numbers.
    facts: &'a [Fact],
}

impl Meanings<'_> {
    /// The facts that a number states.
    fn of(&self, number: NumberId) -> impl Iterator<Item = &Fact> {
        let first = self.facts.partition_point(|fact| fact.number < number);
        self.facts[first..].iter().take_while(move |fact| fact.number == number)
    }

    fn meet(&self, claim: &Claim, condition: &Condition) -> bool {
        let operands = claim.role(condition.role);
        let subject = if condition.role == Role::Total { claim.subject.as_str() } else { "" };
        let is = |operand: &Operand, words: &[Meaning]| words.iter().any(|word| self.means(operand, subject, *word));
        match &condition.test {
            Test::Bound => !operands.is_empty(),
            Test::Unbound => operands.is_empty(),
            Test::Is(words) => !operands.is_empty() && operands.iter().all(|operand| is(operand, words)),
            Test::IsNot(words) => !operands.is_empty() && !operands.iter().any(|operand| is(operand, words)),
            Test::Has(words) => operands.iter().any(|operand| is(operand, words)),
        }
    }

    fn means(&self, operand: &Operand, subject: &str, meaning: Meaning) -> bool {
        let mut keys = operand.number().into_iter().flat_map(|number| self.of(number)).map(|fact| &fact.key);
        let named = |test: &dyn Fn(&str) -> bool| test(&operand.name) || (!subject.is_empty() && test(subject));
        match meaning {
            Meaning::Concept(concept) => {
                keys.any(|key| key.concept == concept) || named(&|word| lexicon().concept(word) == Some(concept))
            }
            Meaning::Stage(stage) => {
                keys.any(|key| key.stage == stage) || named(&|word| lexicon().stage(word) == Some(stage))
            }
            Meaning::Measure(measure) => keys.any(|key| key.measure == measure),
        }
    }
}
