//! What a printed number can stand for, at the report's usual precision.

use std::collections::{BTreeMap, BTreeSet};

use super::range::Range;
use super::tails::Habit;
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal, LiteralKind, Unit};
use crate::exact::{Exact, Interval};
use crate::facts::{Facts, NumberId};

/// Printed decimals that a report normally uses, per unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Precision {
    usual: BTreeMap<Unit, u32>,
    /// Units whose figures all end in a zero: they were rounded to one place less before they were printed.
    coarse: BTreeSet<Unit>,
    /// Every number of the report; `None` where its digits do not fit.
    values: Vec<Option<Value>>,
    /// How it rounds, once its sums have been looked at.
    pub(super) habit: Option<Habit>,
}

/// Fewer amounts than this say nothing about the writer's habit; two decimals are assumed.
const ENOUGH: usize = 8;
/// Decimals assumed where the report does not show its habit: money is kept to the cent of 万元, scores to 0.01.
const ASSUMED: u32 = 2;

/// How loosely a printed number is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the very figure.
    Nominal,
    /// At the report's usual precision.
    Strict,
    /// As printed.
    Loose,
    /// As printed, for a figure that the writer computed and rounded: a score of 8 may stand for 8.31.
    Printed,
    /// As printed, but cut off instead of rounded.
    Cut,
    /// At the report's usual precision, but cut off instead of rounded.
    CutStrict,
    /// All of these: every other reading lies inside one of the two as printed.
    Widest,
}

impl Reading {
    pub(super) const COUNT: usize = Reading::Widest as usize + 1;
}

/// A number as the kernel sees it, in the base unit of its dimension.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub(super) nominal: Exact,
    /// The decimals that are printed.
    pub(super) places: u32,
    strict: Range,
    loose: Range,
    printed: Range,
    cut: Range,
    cut_strict: Range,
    widest: Range,
    pub(super) hedged: bool,
    pub(super) dimension: Dimension,
}

/// The decimals that most figures of each unit are printed with, where there are `enough` of them.
pub fn usual_places<'l>(literals: impl Iterator<Item = &'l Literal>, enough: usize) -> BTreeMap<Unit, u32> {
    let mut counts: BTreeMap<Unit, BTreeMap<u32, usize>> = BTreeMap::new();
    for literal in literals {
        *counts.entry(literal.unit).or_default().entry(literal.places).or_default() += 1;
    }
    let enough = counts.into_iter().filter(|(_, places)| places.values().sum::<usize>() >= enough);
    let most = |places: BTreeMap<u32, usize>| places.into_iter().max_by_key(|(places, count)| (*count, *places));
    enough.filter_map(|(unit, places)| Some((unit, most(places)?.0))).collect()
}

impl Value {
    /// What it can stand for.
    pub(super) fn range(&self, reading: Reading) -> Range {
        match reading {
            Reading::Nominal => Range::point(self.nominal),
            Reading::Strict => self.strict,
            Reading::Loose => self.loose,
            Reading::Printed => self.printed,
            Reading::Cut => self.cut,
            Reading::CutStrict => self.cut_strict,
            Reading::Widest => self.widest,
        }
    }
}

impl Precision {
    /// The habit of a report: the most frequent number of decimals of each unit of money.
    pub(super) fn of(facts: &Facts) -> Precision {
        let measures = || facts.numbers.iter().map(|n| &n.literal).filter(|l| l.kind == LiteralKind::Measure);
        let money = || measures().filter(|literal| literal.unit.dimension() == Dimension::Money);
        let mut precision =
            Precision { usual: usual_places(money(), ENOUGH), coarse: coarse(money()), ..Precision::default() };
        precision.values = facts.numbers.iter().map(|number| precision.value(&number.literal)).collect();
        precision
    }

    /// What a number of the report can stand for.
    pub(super) fn known(&self, id: NumberId) -> Option<&Value> {
        self.values[id.0 as usize].as_ref()
    }

    /// The decimals that a number of this unit is usually kept to. Scores, weights and bare numbers of a table are exact
    /// where they are whole; percentages are as printed.
    fn places(&self, literal: &Literal) -> u32 {
        match literal.unit.dimension() {
            Dimension::Score | Dimension::Bare => ASSUMED,
            Dimension::Money if self.coarse.contains(&literal.unit) => literal.places,
            Dimension::Money => *self.usual.get(&literal.unit).unwrap_or(&ASSUMED),
            Dimension::MoneyRate
            | Dimension::Ratio
            | Dimension::RatioPoint
            | Dimension::Area
            | Dimension::People
            | Dimension::Count => 0,
        }
    }

    /// What a number can stand for. `None` where its digits do not fit an [`Exact`].
    pub(super) fn value(&self, literal: &Literal) -> Option<Value> {
        if self.coarse.contains(&literal.unit) && ends_in_zero(literal) {
            return self.value_as_printed(&Literal { places: literal.places - 1, ..literal.clone() });
        }
        self.value_as_printed(literal)
    }

    fn value_as_printed(&self, literal: &Literal) -> Option<Value> {
        let nominal = literal.base()?;
        let finest = literal.places.max(self.places(literal));
        let usual = finest == literal.places;
        let printed = closed(literal.loose()?);
        let strict = if usual { printed } else { closed(literal.strict(finest)?) };
        let exact_if_whole =
            matches!(literal.unit.dimension(), Dimension::Score | Dimension::Bare) && literal.places == 0;
        let loose = if exact_if_whole { strict } else { printed };
        let hedged = literal.hedge != Hedge::None;
        let cut = |places, rounded: Range| {
            if hedged || rounded == Range::point(nominal) { Some(rounded) } else { cut_off(literal, nominal, places) }
        };
        let rough = cut(literal.places, printed)?;
        let fine = if usual { rough } else { cut(finest, strict)? };
        Some(Value {
            nominal,
            places: literal.places,
            strict,
            loose,
            printed,
            cut: rough,
            cut_strict: fine,
            widest: printed.join(rough),
            hedged,
            dimension: literal.unit.dimension(),
        })
    }
}

/// The units of which every figure with decimals ends in a zero, where there are enough of them.
fn coarse<'l>(literals: impl Iterator<Item = &'l Literal>) -> BTreeSet<Unit> {
    let mut counts: BTreeMap<Unit, (usize, bool)> = BTreeMap::new();
    for literal in literals.filter(|literal| literal.places > 0 && !literal.value.is_zero()) {
        let (count, all) = counts.entry(literal.unit).or_insert((0, true));
        *count += 1;
        *all &= ends_in_zero(literal);
    }
    counts.into_iter().filter(|(_, (count, all))| *all && *count >= ENOUGH).map(|(unit, _)| unit).collect()
}

/// 12.30
fn ends_in_zero(literal: &Literal) -> bool {
    literal.places > 0 && literal.value.normal().scale() < literal.places
}

/// From the printed value away from zero to the next one.
fn cut_off(literal: &Literal, nominal: Exact, places: u32) -> Option<Range> {
    let ulp = literal.unit.to_base(Exact::new(1, places)?)?;
    let beyond = if nominal.is_negative() { nominal.minus(ulp)? } else { nominal.plus(ulp)? };
    Some(Range { low: Some(nominal.min(beyond)), high: Some(nominal.max(beyond)) })
}

fn closed(interval: Interval) -> Range {
    Range { low: interval.low.value(), high: interval.high.value() }
}
