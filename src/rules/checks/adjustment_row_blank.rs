//! 预算调整未填: the row of the adjustment is blank although budget and final accounts differ.

use super::{Context, Sink};
use crate::facts::form::AmountRow;
use crate::facts::{Concept, Entity, Fact, Measure, Stage};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.amounts) {
        let named = row.label.text.contains("基本支出") && row.label.text.contains("调整");
        let empty =
            row.cells.iter().all(|cell| !cell.words.is_filled()) && row.cells.iter().any(|cell| cell.words.is_blank());
        if named && row.cells.len() > 1 && empty {
            check_row(context, row, sink);
        }
    }
}

fn check_row(context: &Context, row: &AmountRow, sink: &mut Sink) {
    let (Some(budget), Some(done)) = (find(context, &[Stage::Initial, Stage::Budget]), find(context, &[Stage::Final]))
    else {
        return;
    };
    let [budget, done] = [budget, done].map(|fact| &context.facts.number(fact.number).literal);
    if budget.base() == done.base() {
        return;
    }
    let [from, to] = [budget, done].map(|literal| context.source.slice(literal.span));
    let message = format!("“{}”空着，而基本支出预算{from}、决算{to}", row.label.text);
    sink.report(row.label.span, "未填的行", message).with(budget.span, "预算数").with(done.span, "决算数");
}

/// The whole unit's 基本支出 at the first of these stages that is stated.
fn find<'c>(context: &'c Context, stages: &[Stage]) -> Option<&'c Fact> {
    let level = |fact: &&Fact| {
        fact.key.entity == Entity::Unit
            && fact.key.concept == Concept("exp.basic")
            && fact.key.measure == Measure::Level
    };
    stages.iter().find_map(|stage| context.facts.facts.iter().filter(level).find(|fact| fact.key.stage == *stage))
}
