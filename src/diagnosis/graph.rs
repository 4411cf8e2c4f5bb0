//! The bipartite graph of a report: numbers on one side, evaluated relations on the other.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Facts, NumberId};
use crate::finding::Verdict;
use crate::relations::formula::Compare;
use crate::relations::{Change, Equation, Formula, Relation, Relations};

/// Numbers and the relations between them.
pub struct Graph<'a> {
    pub(super) facts: &'a Facts,
    formulas: &'a [Formula],
    relations: &'a Relations,
    pub(super) constraints: Vec<Constraint>,
    by_number: BTreeMap<NumberId, Vec<usize>>,
    /// By relation.
    equations: Vec<OnceCell<Option<Equation<'a>>>>,
}

/// Relations of one outcome over the same numbers: what one of them says, the others repeat.
#[derive(Clone, Debug)]
pub struct Constraint {
    pub numbers: Vec<NumberId>,
    /// Indices of its relations.
    pub relations: Vec<usize>,
    pub fails: bool,
    pub(super) strength: Strength,
}

/// How much a relation says about its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It agrees, or fails, only on an unlikely reading.
    Weak,
    /// An order, which many values meet.
    Order,
    /// An equation.
    Equation,
}

impl<'a> Graph<'a> {
    /// Failing relations that are not `wanted` stay out of it.
    pub fn of(
        facts: &'a Facts,
        formulas: &'a [Formula],
        relations: &'a Relations,
        wanted: &dyn Fn(&Relation) -> bool,
    ) -> Graph<'a> {
        let mut constraints: BTreeMap<(&[NumberId], bool, Strength), Vec<usize>> = BTreeMap::new();
        for (index, relation) in relations.all.iter().enumerate() {
            let judged = relation.verdict != Verdict::Abstained && !relation.numbers.is_empty();
            if judged && (!relation.verdict.fails() || wanted(relation)) {
                let key = (relation.numbers.as_slice(), relation.verdict.fails(), strength(formulas, relation));
                constraints.entry(key).or_default().push(index);
            }
        }
        let constraints: Vec<Constraint> = constraints
            .into_iter()
            .map(|((numbers, fails, strength), relations)| Constraint {
                numbers: numbers.to_vec(),
                relations,
                fails,
                strength,
            })
            .collect();
        let mut by_number: BTreeMap<NumberId, Vec<usize>> = BTreeMap::new();
        for (index, constraint) in constraints.iter().enumerate() {
            for number in &constraint.numbers {
                by_number.entry(*number).or_default().push(index);
            }
        }
        let equations = relations.all.iter().map(|_| OnceCell::new()).collect();
        Graph { facts, formulas, relations, constraints, by_number, equations }
    }

    /// The constraints that a number takes part in.
    pub(super) fn touching(&self, number: NumberId) -> &[usize] {
        self.by_number.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The constraints that some of these numbers take part in, each once.
    pub(super) fn touched(&self, numbers: impl Iterator<Item = NumberId>) -> BTreeSet<usize> {
        numbers.flat_map(|number| self.touching(number)).copied().collect()
    }

    /// Whether an equation that holds speaks for the number.
    pub(super) fn is_confirmed(&self, number: NumberId) -> bool {
        let equation = |index: &usize| {
            let constraint = &self.constraints[*index];
            !constraint.fails && constraint.strength == Strength::Equation
        };
        self.touching(number).iter().any(equation)
    }

    pub(super) fn relation(&self, index: usize) -> &'a Relation {
        &self.relations.all[index]
    }

    /// The figure that a relation is about.
    pub(super) fn stated(&self, index: usize) -> Option<NumberId> {
        let relation = self.relation(index);
        relation.stated(&self.formulas[relation.formula])
    }

    /// A relation as an equation, set up when it is first asked for.
    pub(super) fn equation(&self, index: usize) -> Option<&Equation<'a>> {
        let relation = self.relation(index);
        let set_up = || self.relations.equation(self.facts, &self.formulas[relation.formula], relation);
        self.equations[index].get_or_init(set_up).as_ref()
    }

    /// Whether a constraint holds if some numbers are others. What cannot be judged does not hold.
    pub(super) fn holds_if(&self, constraint: usize, changes: &[Change]) -> bool {
        let holds =
            |index: &usize| matches!(self.verdict_if(*index, changes), Some(Verdict::Exact | Verdict::Rounding));
        self.constraints[constraint].relations.iter().all(holds)
    }

    /// The verdict of a relation if some numbers were others.
    pub(super) fn verdict_if(&self, index: usize, changes: &[Change]) -> Option<Verdict> {
        let relation = self.relation(index);
        let known = self.equation(index).and_then(|equation| equation.verdict_if(changes));
        known.or_else(|| self.relations.verdict_if(self.facts, &self.formulas[relation.formula], relation, changes))
    }

    /// The failing constraints, parted into those that share numbers with each other.
    pub(super) fn parts(&self) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut seen = BTreeSet::new();
        for first in (0..self.constraints.len()).filter(|index| self.constraints[*index].fails) {
            if !seen.insert(first) {
                continue;
            }
            let (mut part, mut next) = (vec![first], 0);
            while let Some(at) = part.get(next).copied() {
                next += 1;
                for other in self.constraints[at].numbers.iter().flat_map(|number| self.touching(*number)) {
                    if self.constraints[*other].fails && seen.insert(*other) {
                        part.push(*other);
                    }
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }
}

fn strength(formulas: &[Formula], relation: &Relation) -> Strength {
    let compare = formulas[relation.formula].requirements[relation.requirement].compare;
    match (relation.verdict, compare) {
        (Verdict::Improbable, _) => Strength::Weak,
        (_, Compare::Equal) => Strength::Equation,
        (_, Compare::NotEqual | Compare::AtMost | Compare::AtLeast | Compare::Below | Compare::Above) => {
            Strength::Order
        }
    }
}
