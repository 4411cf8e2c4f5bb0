//! Figures and relations of a report.

use super::{Decimal, Figure, Related, Text};
use crate::check::Audit;
use crate::exact::Exact;
use crate::facts::{Entity, Period};
use crate::relations::Relation;
use crate::rules::RuleSet;

impl From<Exact> for Decimal {
    fn from(value: Exact) -> Decimal {
        Decimal { mantissa: value.mantissa(), scale: value.scale() as u8 }
    }
}

impl Decimal {
    pub fn exact(self) -> Option<Exact> {
        Exact::new(self.mantissa, u32::from(self.scale))
    }
}

pub(super) fn figures(audit: &Audit) -> Vec<Figure<'_>> {
    let figure = |fact: &'_ crate::facts::Fact| {
        let literal = &audit.facts.number(fact.number).literal;
        Figure {
            number: fact.number.0,
            label: Text::from(fact.label.clone()),
            concept: Text::from(fact.key.concept.0),
            item: match &fact.key.entity {
                Entity::Unit => Text::default(),
                Entity::Item(name) => Text::from(name.clone()),
            },
            measure: fact.key.measure as u8,
            scope: fact.key.scope as u8,
            stage: fact.key.stage as u8,
            period: match fact.key.period {
                Period::Unstated => 0,
                Period::Year(year) => year,
            },
            value: literal.value.into(),
            unit: literal.unit as u8,
            hedge: literal.hedge as u8,
            line: audit.source.position(literal.span.start()).line,
            start: literal.span.start() as u32,
            end: literal.span.end() as u32,
        }
    };
    audit.facts.facts.iter().map(figure).collect()
}

pub(super) fn relations<'a>(audit: &'a Audit, rules: &RuleSet) -> Vec<Related<'a>> {
    let related = |relation: &Relation| Related {
        page: rules.formulas()[relation.formula].page as u16,
        verdict: relation.verdict as u8,
        numbers: relation.numbers.iter().map(|number| number.0).collect(),
        reason: Text::from(relation.reason.unwrap_or_default()),
    };
    audit.relations.all.iter().map(related).collect()
}
