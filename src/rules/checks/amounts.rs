//! Amounts of the whole unit, by what they measure.

use super::Context;
use crate::exact::Exact;
use crate::facts::{Concept, Entity, Fact, Measure, Period, Stage};

/// The amounts of a concept at a stage for the whole unit in the year under report, in the order of the text.
pub(super) fn of_unit<'c>(
    context: &'c Context,
    concept: &'static str,
    stages: &'c [Stage],
) -> impl Iterator<Item = &'c Fact> {
    let year = context.facts.report.year.map_or(Period::Unstated, Period::Year);
    context.facts.facts.iter().filter(move |fact| {
        fact.key.entity == Entity::Unit
            && fact.key.concept == Concept(concept)
            && fact.key.measure == Measure::Level
            && stages.contains(&fact.key.stage)
            && (fact.key.period == year || fact.key.period == Period::Unstated)
            && context.facts.number(fact.number).literal.unit.is_money()
    })
}

pub(super) fn base(context: &Context, fact: &Fact) -> Option<Exact> {
    context.facts.number(fact.number).literal.base()
}

/// How a number is printed, with the unit that it takes from its table.
pub(super) fn printed(context: &Context, fact: &Fact) -> String {
    let literal = &context.facts.number(fact.number).literal;
    let unit = if literal.unit_printed { "" } else { literal.unit.word() };
    format!("{}{unit}", context.source.slice(literal.span))
}

/// By how many per cent `to` is more than `from`, for showing; `None` where it is not more.
pub(super) fn excess(from: Exact, to: Exact) -> Option<Exact> {
    let more = to.minus(from).filter(|more| !more.is_negative() && !more.is_zero())?;
    more.times(Exact::from(100))?.shown_quotient(from, 1)
}
