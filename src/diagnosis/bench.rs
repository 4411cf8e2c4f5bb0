//! One number of one failing relation: what it may have been meant to be.

use std::collections::BTreeMap;

use super::graph::Constraint;
use super::kind::{Repair, RepairKind};
use super::moves::{Move, WRONG, Workshop};
use super::slips::{Meant, Printed};
use super::surroundings::Elsewhere;
use crate::document::{Hedge, Literal, LiteralKind};
use crate::exact::Exact;
use crate::facts::NumberId;
use crate::relations::Equation;
use crate::relations::formula::Compare;

/// An order of two figures that becomes an equality: hardly by chance.
const CLOSES: i32 = 100;
/// No repair is likelier than this.
const LEAST: i32 = 10;

/// One number of one failing relation on the bench.
pub(super) struct Bench<'w, 'a> {
    shop: &'w Workshop<'a>,
    index: usize,
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
    /// `None` for a number that is not meant to be exact.
    pub(super) fn new(
        shop: &'w Workshop<'a>,
        index: usize,
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
        let mut bench = Bench { shop, index, equation, number, literal, digits, stated, standing: 0 };
        bench.standing = bench.confirmed() - bench.oddity();
        Some(bench)
    }

    /// The moves of this number that mend the relation and gain.
    pub(super) fn moves(&self) -> Vec<Move> {
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

    fn constraint(&self) -> &'w Constraint {
        &self.shop.graph.constraints[self.index]
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
            let known = self.shop.surroundings.elsewhere(self.number, base, &self.constraint().numbers);
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
    pub(super) fn solved(&self) -> Option<(Repair, i32)> {
        if self.equation.compare() != Compare::Equal {
            return None;
        }
        let kind = if self.shop.surroundings.may_be_copied(self.number, &self.constraint().numbers) {
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
        let known = self.shop.surroundings.elsewhere(self.number, base, &self.constraint().numbers);
        Some((repair, self.cost(&repair, known)))
    }

    /// The solution at the places that the number is printed with and at the finest of the relation: a total of 2463.3 is
    /// mended as 2504.5, and as 2504.51 only where that is needed.
    fn asked_for(&self) -> Option<Exact> {
        let (top, bottom) = self.equation.solved(self.number)?;
        let top = self.literal.unit.of_base(top)?;
        let places = |id: &NumberId| self.shop.graph.facts.number(*id).literal.places;
        let finest = self.constraint().numbers.iter().map(places).max().unwrap_or(0);
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
        match self.shop.surroundings.elsewhere(self.number, base, &self.constraint().numbers) {
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
        self.constraint().numbers.iter().filter(|id| **id != self.number).map(move |id| &facts.number(*id).literal)
    }
}

fn is_scaled(kind: RepairKind) -> bool {
    matches!(kind, RepairKind::Unit | RepairKind::Point | RepairKind::Scaled)
}
