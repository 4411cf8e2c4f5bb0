//! Explanations of a failing relation that put no other figure in the place of one: something is missing from a list, or
//! stands in it that belongs elsewhere, or a rate is of another base. They are told where no slip of the pen explains it.

use super::graph::Graph;
use super::surroundings::Surroundings;
use crate::document::LiteralKind;
use crate::exact::Exact;
use crate::facts::{NumberId, Role};
use crate::finding::Verdict;
use crate::relations::formula::Compare;

/// What may have happened instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The parts lack exactly what is printed here: it was perhaps left out.
    Missing(NumberId),
    /// The parts lack so much, in the base unit, which stands nowhere else.
    Lacking { stated: NumberId, amount: Exact },
    /// The parts are more by exactly one of them: it was perhaps counted twice.
    Twice(NumberId),
    /// The parts make up this figure of the same name: they were perhaps copied from its list.
    PartsOf(NumberId),
    /// The rate is exactly that of another base.
    Base(NumberId),
}

/// A figure of fewer digits agrees with another too easily.
const TELLING: u32 = 4;
/// For a figure of the same name this is enough.
const TELLING_BY_NAME: u32 = 3;

/// What else explains a failing relation; `None` where nothing in the report does.
pub(super) fn hint<'a>(graph: &Graph<'a>, surroundings: &Surroundings<'a>, relation: usize) -> Option<Hint> {
    let equation = graph.equation(relation)?;
    let stated = graph.stated(relation).filter(|_| equation.compare() == Compare::Equal)?;
    let made = Made { graph, surroundings, relation, stated };
    if equation.is_quotient() { made.other_base() } else { made.other_parts() }
}

/// A relation and the figure that it is about.
struct Made<'h, 'a> {
    graph: &'h Graph<'a>,
    surroundings: &'h Surroundings<'a>,
    relation: usize,
    stated: NumberId,
}

impl Made<'_, '_> {
    fn numbers(&self) -> &[NumberId] {
        &self.graph.relation(self.relation).numbers
    }

    fn base(&self, number: NumberId) -> Option<Exact> {
        self.graph.facts.number(number).literal.base()
    }

    /// The parts of a sum are too few, too many, or those of another total.
    fn other_parts(&self) -> Option<Hint> {
        let (top, bottom) = self.graph.equation(self.relation)?.solved(self.stated)?;
        let parts = if bottom == Exact::ONE { top } else { top.negated() };
        let gap = self.base(self.stated)?.minus(parts)?;
        if bottom.abs() != Exact::ONE || !self.is_list() {
            return None;
        }
        let is_named = |id: &NumberId| self.surroundings.share_a_name(self.stated, *id);
        let other_total = || self.printed(parts, TELLING_BY_NAME).into_iter().find(is_named).map(Hint::PartsOf);
        let lacking = Hint::Lacking { stated: self.stated, amount: gap };
        let missing = || self.printed(gap, TELLING).into_iter().next().map_or(lacking, Hint::Missing);
        let twice = || {
            let part = |id: &&NumberId| **id != self.stated && self.base(**id).is_some_and(|base| base == gap.abs());
            self.numbers()
                .iter()
                .find(part)
                .filter(|_| gap.significant_digits() >= TELLING_BY_NAME)
                .map(|id| Hint::Twice(*id))
        };
        other_total().or_else(|| if gap.is_negative() { twice() } else { Some(missing()) })
    }

    /// Whether it is about the parts of something, and not about a budget and what was added to it.
    fn is_list(&self) -> bool {
        let claim = self.graph.relation(self.relation).claim.map(|claim| &self.graph.facts.claims[claim]);
        claim.is_some_and(|claim| claim.role(Role::Items).len() > 1)
    }

    /// Where a value is printed outside of the relation, if it has enough digits.
    fn printed(&self, value: Exact, telling: u32) -> Vec<NumberId> {
        let places = self.surroundings.places(self.stated, value, self.numbers());
        if value.significant_digits() >= telling { places } else { Vec::new() }
    }

    /// The figure that the rate is of, instead of one of the relation.
    fn other_base(&self) -> Option<Hint> {
        let equation = self.graph.equation(self.relation)?;
        let digits = self.graph.facts.number(self.stated).literal.value.significant_digits();
        let bases = || self.numbers().iter().filter(|id| **id != self.stated);
        bases().find_map(|base| {
            let window = equation.window(*base)?;
            let fits = |other: &NumberId| {
                let value = self.base(*other).filter(|value| !value.is_zero() && self.base(*base) != Some(*value));
                let Some(value) = value.filter(|value| window.admits(*value, Exact::ZERO)) else { return false };
                let exact = self.graph.verdict_if(self.relation, &[(*base, value)]) == Some(Verdict::Exact);
                let named = self.surroundings.share_a_name(*base, *other);
                exact && digits >= if named { TELLING_BY_NAME } else { TELLING }
            };
            self.near(*base).find(fits).map(Hint::Base)
        })
    }

    /// Figures that a writer may have taken for another: of its paragraph or table, or of its name.
    fn near(&self, number: NumberId) -> impl Iterator<Item = NumberId> + '_ {
        let numbers = &self.graph.facts.numbers;
        let own = self.graph.facts.number(number);
        let all = numbers.iter().enumerate().map(|(index, other)| (NumberId(index as u32), other));
        all.filter(move |(id, other)| {
            other.literal.kind == LiteralKind::Measure
                && other.literal.unit.dimension() == own.literal.unit.dimension()
                && !self.numbers().contains(id)
                && (other.block == own.block || self.surroundings.share_a_name(number, *id))
        })
        .map(|(id, _)| id)
    }
}
