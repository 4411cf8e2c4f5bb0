//! The repairs worth considering: each is verified against every relation of the numbers that it changes.

use std::collections::BTreeMap;

use super::bench::Bench;
use super::graph::{Graph, Strength};
use super::kind::{Repair, RepairKind};
use super::surroundings::Surroundings;
use crate::exact::Exact;
use crate::facts::NumberId;
use crate::relations::Change;
use crate::source::Source;

/// A repair with what it does. It may change several numbers: siblings that stand in each other's place, a fact that is
/// wrong wherever it is printed.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub(super) repairs: Vec<(NumberId, Repair)>,
    pub(super) cost: i32,
    /// Constraints that it mends, and that it breaks.
    pub(super) mends: Vec<usize>,
    pub(super) breaks: Vec<usize>,
}

/// That some figure is wrong at all, in tenths of a bit; then comes what makes it wrong.
pub(super) const WRONG: i32 = 80;
/// A relation that stays broken: it was perhaps misread.
const LEFT: [i32; 3] = [100, 80, 180];
/// A relation that held and does not any more: it would have agreed by chance.
const BROKEN: [i32; 3] = [90, 90, 220];
/// In a relation of more numbers than this no culprit is sought: a slip in any of many would explain it.
const MAX_NUMBERS: usize = 150;
/// The most moves kept for one number.
const KEPT: usize = 4;

pub(super) fn left(strength: Strength) -> i32 {
    LEFT[strength as usize]
}

pub(super) fn broken(strength: Strength) -> i32 {
    BROKEN[strength as usize]
}

impl Move {
    /// What the move explains, less what it costs. Only moves that gain are considered.
    pub(super) fn gain(&self, graph: &Graph) -> i32 {
        let sum = |constraints: &[usize], price: fn(Strength) -> i32| -> i32 {
            constraints.iter().map(|index| price(graph.constraints[*index].strength)).sum()
        };
        sum(&self.mends, left) - sum(&self.breaks, broken) - self.cost
    }

    pub(super) fn changes(&self) -> impl Iterator<Item = Change> + '_ {
        self.repairs.iter().map(|(number, repair)| (*number, repair.base))
    }

    /// The number that it is about.
    pub(super) fn culprit(&self) -> NumberId {
        self.repairs[0].0
    }
}

/// What moves are made from.
pub(super) struct Workshop<'a> {
    pub(super) source: &'a Source,
    pub(super) graph: &'a Graph<'a>,
    pub(super) surroundings: Surroundings<'a>,
}

impl<'a> Workshop<'a> {
    /// Every move that gains something in a part, by number, the best first.
    pub(super) fn moves(&self, part: &[usize]) -> Vec<Move> {
        let mut found: BTreeMap<(NumberId, Exact), Move> = BTreeMap::new();
        for constraint in part {
            for each in self.of_constraint(*constraint) {
                let key = (each.culprit(), each.repairs[0].1.base);
                let slot = found.entry(key).or_insert_with(|| each.clone());
                if each.gain(self.graph) > slot.gain(self.graph) {
                    *slot = each;
                }
            }
        }
        let mut moves: Vec<Move> = found.into_values().collect();
        moves.sort_by_key(|each| (each.culprit(), -each.gain(self.graph)));
        let mut taken: BTreeMap<NumberId, usize> = BTreeMap::new();
        moves.retain(|each| {
            let taken = taken.entry(each.culprit()).or_default();
            *taken += 1;
            *taken <= KEPT
        });
        moves
    }

    /// What one number would have to be for a relation to hold, if all others are right.
    pub(super) fn asked_for(&self, constraint: usize, relation: usize, number: NumberId) -> Option<Repair> {
        let equation = self.graph.equation(relation)?;
        let bench = Bench::new(self, constraint, equation, number, true)?;
        bench.solved().map(|(repair, _)| repair)
    }

    fn of_constraint(&self, index: usize) -> Vec<Move> {
        let constraint = &self.graph.constraints[index];
        let mut found = Vec::new();
        if constraint.numbers.len() > MAX_NUMBERS {
            return found;
        }
        for relation in &constraint.relations {
            let Some(equation) = self.graph.equation(*relation) else { continue };
            let stated = self.graph.stated(*relation);
            for number in &constraint.numbers {
                let bench = Bench::new(self, index, equation, *number, stated == Some(*number));
                found.extend(bench.into_iter().flat_map(|bench| bench.moves()));
            }
        }
        found
    }

    /// A move with all its effects, of which the constraint `mended` is known; `None` where it does not gain.
    pub(super) fn verified(&self, repairs: Vec<(NumberId, Repair)>, cost: i32, mended: usize) -> Option<Move> {
        let made = self.effects(repairs, cost, Some(mended));
        if made.gain(self.graph) > 0 {
            return Some(made);
        }
        let echoed = self.echoed(&made)?;
        (echoed.gain(self.graph) > 0).then_some(echoed)
    }

    fn effects(&self, repairs: Vec<(NumberId, Repair)>, cost: i32, mended: Option<usize>) -> Move {
        let mut made = Move { repairs, cost, mends: Vec::new(), breaks: Vec::new() };
        let changes: Vec<Change> = made.changes().collect();
        for index in self.graph.touched(changes.iter().map(|(number, _)| *number)) {
            let holds = mended == Some(index) || self.graph.holds_if(index, &changes);
            match (self.graph.constraints[index].fails, holds) {
                (true, true) => made.mends.push(index),
                (false, false) => made.breaks.push(index),
                (true, false) | (false, true) => {}
            }
        }
        made
    }

    /// The same with the second place changed that prints the same wrong figure.
    fn echoed(&self, made: &Move) -> Option<Move> {
        let [(number, repair)] = made.repairs.as_slice() else { return None };
        let own = self.graph.facts.number(*number).literal.base();
        let mut repairs = made.repairs.clone();
        for index in &made.breaks {
            let constraint = &self.graph.constraints[*index];
            let other = match constraint.numbers.as_slice() {
                [a, b] if constraint.strength == Strength::Equation => {
                    if a == number {
                        *b
                    } else {
                        *a
                    }
                }
                _ => return None,
            };
            let literal = &self.graph.facts.number(other).literal;
            if literal.base() != own || repairs.len() > 2 {
                return None;
            }
            let printed = literal.unit.of_base(repair.base)?.normal();
            let places = printed.scale().max(literal.places);
            repairs.push((other, Repair { kind: RepairKind::Echoed, base: repair.base, printed, places }));
        }
        let cost = made.cost + (repairs.len() as i32 - 1) * (WRONG + RepairKind::Echoed.cost(0));
        Some(self.effects(repairs, cost, None))
    }
}
