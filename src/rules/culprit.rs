//! Which figure of a broken relation is most likely the wrong one.
//!
//! The more other broken relations a figure's repair mends, the more likely it is the culprit; so is a figure whose repair
//! looks like undoing a slip of the pen; and so is one that takes part in many broken relations and few that hold. Only a
//! figure that stands out is named: where several are equally likely, it is the stated one.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::repair;
use crate::document::Literal;
use crate::exact::Exact;
use crate::facts::slip::is_slip;
use crate::facts::{Facts, NumberId};
use crate::finding::Verdict;
use crate::relations::{Equation, Formula, Relation, Relations};

/// The relations of a report by number.
pub(super) struct Suspects<'a> {
    facts: &'a Facts,
    formulas: &'a [Formula],
    relations: &'a Relations,
    by_number: BTreeMap<NumberId, Vec<usize>>,
    suspicions: RefCell<BTreeMap<NumberId, i32>>,
    /// By relation.
    equations: Vec<OnceCell<Option<Equation<'a>>>>,
}

/// The likely culprit of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Culprit {
    pub(super) number: NumberId,
    /// The value that mends the relation, in the number's own unit; `None` where none can be given.
    pub(super) value: Option<Exact>,
    /// How many other broken relations the value mends, less those that it breaks.
    pub(super) gain: i32,
    /// How likely the figure is wrong; larger is likelier.
    weight: (i32, i32),
}

impl Culprit {
    /// Whether more than the one relation speaks for the repair: it mends others, or undoes a slip of the pen.
    pub(super) fn is_supported(&self) -> bool {
        self.weight.0 > 0
    }
}

impl<'a> Suspects<'a> {
    pub(super) fn of(facts: &'a Facts, formulas: &'a [Formula], relations: &'a Relations) -> Suspects<'a> {
        let mut by_number: BTreeMap<NumberId, Vec<usize>> = BTreeMap::new();
        for (index, relation) in relations.all.iter().enumerate() {
            if relation.verdict != Verdict::Abstained {
                for number in &relation.numbers {
                    by_number.entry(*number).or_default().push(index);
                }
            }
        }
        let equations = relations.all.iter().map(|_| OnceCell::new()).collect();
        Suspects { facts, formulas, relations, by_number, suspicions: RefCell::default(), equations }
    }

    /// The likely culprit of a broken relation whose stated figure is `stated`.
    pub(super) fn culprit(&self, relation: &Relation, stated: Option<NumberId>) -> Option<Culprit> {
        let formula = &self.formulas[relation.formula];
        let equation = self.relations.equation(self.facts, formula, relation);
        let candidate = |number: &NumberId| self.candidate(relation, equation.as_ref(), *number);
        let candidates: Vec<Culprit> = relation.numbers.iter().map(candidate).collect();
        let most = candidates.iter().map(|candidate| candidate.weight).max()?;
        let mut likeliest = candidates.iter().filter(|candidate| candidate.weight == most);
        match (likeliest.next(), likeliest.next()) {
            (Some(only), None) => Some(*only),
            _ => candidates.iter().find(|candidate| Some(candidate.number) == stated).or(candidates.first()).copied(),
        }
    }

    fn candidate(&self, relation: &Relation, equation: Option<&Equation>, number: NumberId) -> Culprit {
        let formula = &self.formulas[relation.formula];
        let value = equation.and_then(|equation| {
            let verdict = |value| self.verdict_if(relation, Some(equation), number, value);
            repair::value(self.facts, formula, relation, equation, number, verdict)
        });
        let gain = value.map_or(0, |value| self.gain(relation, number, value));
        let literal = &self.facts.number(number).literal;
        let slip = value.is_some_and(|value| is_slip(literal, &Literal { value: value.printed, ..literal.clone() }));
        let weight = (gain + i32::from(slip), self.suspicion(number));
        Culprit { number, value: value.map(|value| value.printed), gain, weight }
    }

    /// How many other relations the repair mends, less those that it breaks.
    fn gain(&self, relation: &Relation, number: NumberId, value: repair::Value) -> i32 {
        let others = self.by_number.get(&number).into_iter().flatten();
        let others = others.map(|index| (*index, &self.relations.all[*index]));
        let change = |(index, other): (usize, &'a Relation)| {
            let after = self.verdict_if(other, self.equation(index), number, value.base);
            match (fails(other.verdict), after.is_some_and(fails)) {
                (true, false) => 1,
                (false, true) => -1,
                (true, true) | (false, false) => 0,
            }
        };
        others.filter(|(_, other)| other.numbers != relation.numbers).map(change).sum()
    }

    /// The verdict of a relation if one number were another.
    fn verdict_if(
        &self,
        relation: &Relation,
        equation: Option<&Equation>,
        number: NumberId,
        value: Exact,
    ) -> Option<Verdict> {
        let known = equation.and_then(|equation| equation.verdict_if(number, value));
        known.or_else(|| {
            let formula = &self.formulas[relation.formula];
            self.relations.verdict_if(self.facts, formula, relation, number, value)
        })
    }

    /// A relation as an equation, set up when it is first asked for.
    fn equation(&self, index: usize) -> Option<&Equation<'a>> {
        let relation = &self.relations.all[index];
        let set_up = || self.relations.equation(self.facts, &self.formulas[relation.formula], relation);
        self.equations[index].get_or_init(set_up).as_ref()
    }

    /// Twice the broken relations less those that hold, each set of numbers counted once.
    fn suspicion(&self, number: NumberId) -> i32 {
        if let Some(known) = self.suspicions.borrow().get(&number) {
            return *known;
        }
        let mut seen: BTreeSet<&[NumberId]> = BTreeSet::new();
        let mut suspicion = 0;
        for relation in self.by_number.get(&number).into_iter().flatten().map(|index| &self.relations.all[*index]) {
            if seen.insert(&relation.numbers) {
                suspicion += if fails(relation.verdict) { 2 } else { -1 };
            }
        }
        self.suspicions.borrow_mut().insert(number, suspicion);
        suspicion
    }
}

/// Whether a relation fails.
pub(super) fn fails(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Broken | Verdict::Improbable)
}
