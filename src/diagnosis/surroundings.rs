//! What the rest of the report says for or against a figure: where else it is printed, under which name, beside what.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::literal::Dimension;
use crate::document::{LiteralKind, Unit};
use crate::exact::Exact;
use crate::facts::label::normal_name;
use crate::facts::{Entity, Facts, NumberId, Operand};
use crate::relations::usual_places;

/// The figures of a report by value, and their names.
pub(super) struct Surroundings<'a> {
    facts: &'a Facts,
    by_value: BTreeMap<(Dimension, Exact), Vec<NumberId>>,
    names: BTreeMap<NumberId, BTreeSet<String>>,
    by_cell: BTreeMap<(usize, usize, usize), NumberId>,
    /// The decimals that most figures of a unit are printed with.
    usual: BTreeMap<Unit, u32>,
}

/// At most this many places of one value are asked for their names.
const MAX_PLACES: usize = 64;
/// How many numbers away in a paragraph a neighbour may stand: an amount and its share lie between two amounts.
const REACH: u32 = 3;

/// Where else a value is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Elsewhere {
    Nowhere,
    Somewhere,
    /// Under a name of the figure itself.
    UnderItsName,
}

impl<'a> Surroundings<'a> {
    pub(super) fn of(facts: &'a Facts) -> Surroundings<'a> {
        let mut by_value: BTreeMap<(Dimension, Exact), Vec<NumberId>> = BTreeMap::new();
        let mut by_cell = BTreeMap::new();
        for (index, number) in facts.numbers.iter().enumerate() {
            let id = NumberId(index as u32);
            if number.literal.kind == LiteralKind::Measure {
                if let Some(base) = number.literal.base() {
                    by_value.entry((number.literal.unit.dimension(), base)).or_default().push(id);
                }
                if let Some((row, column)) = number.cell {
                    by_cell.insert((number.block, row, column), id);
                }
            }
        }
        let literals = facts.numbers.iter().map(|number| &number.literal);
        let usual = usual_places(literals.filter(|literal| literal.kind == LiteralKind::Measure), ENOUGH);
        Surroundings { facts, by_value, names: names(facts), by_cell, usual }
    }

    /// The decimals that figures of a unit are printed with; `None` where there are too few to tell.
    pub(super) fn usual_places(&self, unit: Unit) -> Option<u32> {
        self.usual.get(&unit).copied()
    }

    /// Where a value of the dimension of `number` is printed, but for `except`.
    pub(super) fn places(&self, number: NumberId, value: Exact, except: &[NumberId]) -> Vec<NumberId> {
        self.printed(number, value).iter().copied().filter(|id| !except.contains(id)).take(MAX_PLACES).collect()
    }

    /// Everywhere a value of the dimension of `number` is printed.
    fn printed(&self, number: NumberId, value: Exact) -> &[NumberId] {
        let dimension = self.facts.number(number).literal.unit.dimension();
        self.by_value.get(&(dimension, value)).map_or(&[][..], Vec::as_slice)
    }

    /// Whether a value is printed for another number than `number` and `except`.
    pub(super) fn elsewhere(&self, number: NumberId, value: Exact, except: &[NumberId]) -> Elsewhere {
        let mut others =
            self.printed(number, value).iter().filter(|id| **id != number && !except.contains(id)).peekable();
        if others.peek().is_none() {
            return Elsewhere::Nowhere;
        }
        if others.take(MAX_PLACES).any(|other| self.share_a_name(number, *other)) {
            Elsewhere::UnderItsName
        } else {
            Elsewhere::Somewhere
        }
    }

    /// Whether the report calls both by one name.
    pub(super) fn share_a_name(&self, a: NumberId, b: NumberId) -> bool {
        let (Some(a), Some(b)) = (self.names.get(&a), self.names.get(&b)) else { return false };
        a.iter().any(|name| b.contains(name))
    }

    /// The figures beside one: of the cells around it, or before and after it in its paragraph.
    pub(super) fn neighbours(&self, number: NumberId) -> Vec<NumberId> {
        let own = self.facts.number(number);
        let like = |id: &NumberId| {
            let other = self.facts.numbers.get(id.0 as usize);
            other.is_some_and(|other| {
                other.block == own.block
                    && other.literal.kind == LiteralKind::Measure
                    && other.literal.unit.dimension() == own.literal.unit.dimension()
            })
        };
        let found: Vec<NumberId> = match own.cell {
            Some((row, column)) => {
                let beside = [
                    (row.checked_sub(1), Some(column)),
                    (row.checked_add(1), Some(column)),
                    (Some(row), column.checked_sub(1)),
                    (Some(row), column.checked_add(1)),
                ];
                let at = |(row, column): (Option<usize>, Option<usize>)| {
                    self.by_cell.get(&(own.block, row?, column?)).copied()
                };
                beside.into_iter().filter_map(at).collect()
            }
            None => {
                let before = (0..number.0).rev().take(REACH as usize).map(NumberId).find(like);
                let after = (number.0 + 1..).take(REACH as usize).map(NumberId).find(like);
                before.into_iter().chain(after).collect()
            }
        };
        found.into_iter().filter(like).collect()
    }

    /// Whether the figure is that of a neighbour, or printed under its name for something else: a likely wrong copy.
    pub(super) fn may_be_copied(&self, number: NumberId, except: &[NumberId]) -> bool {
        let Some(own) = self.facts.number(number).literal.base() else { return false };
        let equal = |id: &NumberId| self.facts.number(*id).literal.base() == Some(own);
        own.significant_digits() >= 3
            && (self.neighbours(number).iter().any(equal)
                || self.elsewhere(number, own, except) == Elsewhere::UnderItsName)
    }
}

/// Fewer figures than this say nothing about how a unit is printed.
const ENOUGH: usize = 4;

/// What the report calls each number.
fn names(facts: &Facts) -> BTreeMap<NumberId, BTreeSet<String>> {
    let mut names: BTreeMap<NumberId, BTreeSet<String>> = BTreeMap::new();
    let mut add = |number: NumberId, name: &str| {
        let name = normal_name(name);
        if name.chars().count() >= 2 && !GENERAL.contains(&name.as_str()) {
            names.entry(number).or_default().insert(name);
        }
    };
    for fact in &facts.facts {
        add(fact.number, &fact.label);
        if let Entity::Item(name) = &fact.key.entity {
            add(fact.number, name);
        }
    }
    let operands = facts.claims.iter().flat_map(|claim| &claim.roles).flat_map(|(_, operands)| operands);
    for operand in operands {
        if let Some(number) = Operand::number(operand) {
            add(number, &operand.name);
        }
    }
    names
}

/// Names that mean something else in every place.
const GENERAL: &[&str] = &["合计", "小计", "总计", "其中", "其他", "其它", "年初", "全年", "执行", "决算"];
