//! The repairs worth considering: each is verified against every relation of the numbers that it changes.

use std::collections::BTreeMap;

use super::graph::{Constraint, Graph, Strength};
use super::kind::{Repair, RepairKind};
use super::slips::{Meant, Printed};
use super::surroundings::{Elsewhere, Surroundings};
use crate::document::{Hedge, Literal, LiteralKind};
use crate::exact::Exact;
use crate::facts::NumberId;
use crate::relations::formula::Compare;
use crate::relations::{Change, Equation};
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
const WRONG: i32 = 80;
/// A relation that stays broken: it was perhaps misread.
const LEFT: [i32; 3] = [100, 80, 180];
/// A relation that held and does not any more: it would have agreed by chance.
const BROKEN: [i32; 3] = [90, 90, 220];
/// An order of two figures that becomes an equality: hardly by chance.
const CLOSES: i32 = 100;
/// No repair is likelier than this.
const LEAST: i32 = 10;
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
        let bench = Bench::new(self, constraint, &self.graph.constraints[constraint], equation, number, true)?;
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
                let bench = Bench::new(self, index, constraint, equation, *number, stated == Some(*number));
                found.extend(bench.into_iter().flat_map(|bench| bench.moves()));
            }
        }
        found
    }

    /// A move with all its effects, of which the constraint `mended` is known; `None` where it does not gain.
    fn verified(&self, repairs: Vec<(NumberId, Repair)>, cost: i32, mended: usize) -> Option<Move> {
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

/// One number of one failing relation on the bench.
struct Bench<'w, 'a> {
    shop: &'w Workshop<'a>,
    index: usize,
    constraint: &'w Constraint,
    equation: &'w Equation<'a>,
    number: NumberId,
    literal: &'a Literal,
    digits: Printed,
    /// The relation is about this number.
    stated: bool,
    /// What the report says for the figure as it is, and what looks odd about it.
    standing: i32,
}

impl<'w, 'a> Bench<'w, 'a> {
    fn new(
        shop: &'w Workshop<'a>,
        index: usize,
        constraint: &'w Constraint,
        equation: &'w Equation<'a>,
        number: NumberId,
        stated: bool,
    ) -> Option<Bench<'w, 'a>> {
        let literal = &shop.graph.facts.number(number).literal;
        // A zero is written on purpose, and an approximation is not meant to be exact.
        if literal.hedge != Hedge::None || literal.kind != LiteralKind::Measure || literal.value.is_zero() {
            return None;
        }
        let digits = Printed::of(shop.source, literal)?;
        let mut bench = Bench { shop, index, constraint, equation, number, literal, digits, stated, standing: 0 };
        bench.standing = bench.confirmed() - bench.oddity();
        Some(bench)
    }

    fn moves(&self) -> Vec<Move> {
        let mut found: BTreeMap<Exact, (Repair, i32)> = BTreeMap::new();
        let mut add = |repair: Repair, cost: i32| {
            let slot = found.entry(repair.base).or_insert((repair, cost));
            if cost < slot.1 {
                *slot = (repair, cost);
            }
        };
        self.typed(&mut add);
        if let Some((repair, cost)) = self.solved() {
            add(repair, cost);
        }
        let alone = found.into_values().filter_map(|(repair, cost)| {
            let mends = self.shop.graph.holds_if(self.index, &[(self.number, repair.base)]);
            mends.then(|| self.shop.verified(vec![(self.number, repair)], cost, self.index)).flatten()
        });
        alone.chain(self.exchanged()).collect()
    }

    /// Figures that one slip turns into the printed one, near what the relation asks for.
    fn typed(&self, add: &mut impl FnMut(Repair, i32)) {
        let Some(window) = self.equation.window(self.number) else { return };
        let order = self.equation.compare() != Compare::Equal;
        let slack = self.slack(order);
        let ends = || {
            let (low, high) = window.ends(slack?)?;
            Some(self.literal.unit.of_base(low)?..=self.literal.unit.of_base(high)?)
        };
        let ends = if order { None } else { ends() };
        self.digits.each_meant(self.literal, |meant| {
            if ends.as_ref().is_some_and(|ends| !ends.contains(&meant.value)) {
                return;
            }
            let Some(base) = self.literal.unit.to_base(meant.value) else { return };
            let closes = slack.is_none_or(|slack| window.admits(base, slack));
            if !closes && !order || closes && is_scaled(meant.kind) && !self.is_near(base) {
                return;
            }
            let known = self.shop.surroundings.elsewhere(self.number, base, &self.constraint.numbers);
            if order && !closes && known != Elsewhere::UnderItsName {
                return;
            }
            let Meant { kind, value, places } = meant;
            let repair = Repair { kind, base, printed: value, places };
            let closing = if order && closes { CLOSES } else { 0 };
            add(repair, self.cost(&repair, known) - closing);
        });
    }

    /// What the relation asks for, with its cost.
    fn solved(&self) -> Option<(Repair, i32)> {
        if self.equation.compare() != Compare::Equal {
            return None;
        }
        let kind = if self.shop.surroundings.may_be_copied(self.number, &self.constraint.numbers) {
            RepairKind::Copied
        } else if self.stated {
            RepairKind::Computed
        } else {
            RepairKind::Other
        };
        let own = self.literal.value;
        let plausible =
            |printed: &Exact| !printed.is_zero() && printed.is_negative() == own.is_negative() && *printed != own;
        let printed = self.asked_for().filter(plausible)?;
        let base = self.literal.unit.to_base(printed)?;
        let repair = Repair { kind, base, printed, places: printed.scale().max(self.literal.places) };
        let known = self.shop.surroundings.elsewhere(self.number, base, &self.constraint.numbers);
        Some((repair, self.cost(&repair, known)))
    }

    /// The solution at the places that the number is printed with and at the finest of the relation: a total of 2463.3 is
    /// mended as 2504.5, and as 2504.51 only where that is needed.
    fn asked_for(&self) -> Option<Exact> {
        let (top, bottom) = self.equation.solved(self.number)?;
        let top = self.literal.unit.of_base(top)?;
        let places = |id: &NumberId| self.shop.graph.facts.number(*id).literal.places;
        let finest = self.constraint.numbers.iter().map(places).max().unwrap_or(0);
        let round = |places| Some(top.shown_quotient(bottom, places)?.normal());
        let mends = |printed: &Exact| {
            let base = self.literal.unit.to_base(*printed);
            base.is_some_and(|base| self.shop.graph.holds_if(self.index, &[(self.number, base)]))
        };
        [self.literal.places, finest].into_iter().filter_map(round).find(mends)
    }

    /// This number and one beside it stand in each other's place.
    fn exchanged(&self) -> Option<Move> {
        let own = self.literal.base()?;
        self.shop.surroundings.neighbours(self.number).into_iter().find_map(|other| {
            let literal = &self.shop.graph.facts.number(other).literal;
            let theirs = literal.base()?;
            if theirs == own
                || literal.unit != self.literal.unit
                || own.significant_digits().min(theirs.significant_digits()) < 2
            {
                return None;
            }
            if !self.shop.graph.holds_if(self.index, &[(self.number, theirs), (other, own)]) {
                return None;
            }
            let put = |base, from: &Literal| Repair {
                kind: RepairKind::Exchanged,
                base,
                printed: from.value,
                places: from.places,
            };
            let repairs = vec![(self.number, put(theirs, literal)), (other, put(own, self.literal))];
            let cost = WRONG + RepairKind::Exchanged.cost(0) + self.standing.max(0);
            self.shop.verified(repairs, cost, self.index)
        })
    }

    /// How far from the printed value a figure may be meant: a unit in the last place, which is more than rounding takes.
    /// Of an order, half a unit in the place before it: digits may move.
    fn slack(&self, order: bool) -> Option<Exact> {
        let units = if order { 5 } else { 1 };
        self.literal.unit.to_base(Exact::new(units, self.literal.places)?)
    }

    /// A small figure must not vanish for the sake of a large one: a change of magnitude must be what is asked for, to
    /// within a fiftieth.
    fn is_near(&self, base: Exact) -> bool {
        let near = || {
            let (top, bottom) = self.equation.solved(self.number)?;
            let distance = top.minus(base.times(bottom)?)?.abs().times(Exact::from(50))?;
            Some(distance <= base.times(bottom)?.abs())
        };
        near().unwrap_or(false)
    }

    fn cost(&self, repair: &Repair, known: Elsewhere) -> i32 {
        let digits = repair.base.significant_digits() as i32;
        let spoken_for = match known {
            Elsewhere::UnderItsName => (20 * digits).min(100),
            Elsewhere::Somewhere if digits >= 3 => (10 * digits).min(50),
            Elsewhere::Somewhere | Elsewhere::Nowhere => 0,
        };
        let odd_unit = if repair.kind == RepairKind::Unit && self.has_odd_unit() { 40 } else { 0 };
        // More decimals than usual are no mending.
        let finer = repair.places > self.literal.places.max(self.usual_places().unwrap_or(0));
        let odd_places = if finer { 40 } else { 0 };
        let price = WRONG + repair.kind.cost(self.digits.len()) + self.standing + odd_places - spoken_for - odd_unit;
        price.max(LEAST)
    }

    /// The same figure stands elsewhere.
    fn confirmed(&self) -> i32 {
        let Some(base) = self.literal.base() else { return 0 };
        let digits = base.significant_digits() as i32;
        match self.shop.surroundings.elsewhere(self.number, base, &self.constraint.numbers) {
            Elsewhere::UnderItsName if digits >= 3 => (20 * digits).min(100),
            Elsewhere::Somewhere if digits >= 3 => (5 * digits).min(30),
            Elsewhere::UnderItsName | Elsewhere::Somewhere | Elsewhere::Nowhere => 0,
        }
    }

    /// The decimals that figures like this one are printed with.
    fn usual_places(&self) -> Option<u32> {
        let unit = self.literal.unit;
        let beside = || self.others().filter(|other| other.unit == unit).map(|other| other.places).max();
        self.shop.surroundings.usual_places(unit).or_else(beside)
    }

    /// The figure is not printed like those that it belongs to.
    fn oddity(&self) -> i32 {
        let leading = if self.digits.has_leading_zero() { 60 } else { 0 };
        let places = if self.usual_places() < Some(self.literal.places) { 40 } else { 0 };
        leading + places
    }

    fn has_odd_unit(&self) -> bool {
        let dimension = self.literal.unit.dimension();
        let mut money = self.others().filter(|other| other.unit.dimension() == dimension).peekable();
        money.peek().is_some() && money.all(|other| other.unit != self.literal.unit)
    }

    fn others(&self) -> impl Iterator<Item = &'a Literal> + '_ {
        let facts = self.shop.graph.facts;
        self.constraint.numbers.iter().filter(|id| **id != self.number).map(move |id| &facts.number(*id).literal)
    }
}

fn is_scaled(kind: RepairKind) -> bool {
    matches!(kind, RepairKind::Unit | RepairKind::Point | RepairKind::Scaled)
}
