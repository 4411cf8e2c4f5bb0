//! 几乎没有支出却全部完成: hardly any of the budget was spent, and every indicator has all of its points.

use super::{Context, Sink};
use crate::exact::Exact;
use crate::facts::form::{Form, IndicatorRow};
use crate::facts::{NumberId, Stage};
use crate::rules::indicator::{has_full_marks, is_explained};

/// Fewer indicators may all be met without money.
const FEWEST: usize = 3;
/// Less than one part of so many of the budget was spent.
const PART: u32 = 10;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in &context.facts.forms {
        check_form(context, form, sink);
    }
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let perfect = |row: &IndicatorRow| has_full_marks(context.facts, row) && !is_explained(row);
    if form.indicators.len() < FEWEST || !form.indicators.iter().all(perfect) {
        return;
    }
    let Some((budget, spent)) = amounts(form) else { return };
    let literal = |id: NumberId| &context.facts.number(id).literal;
    let (Some(whole), Some(part)) = (literal(budget).base(), literal(spent).base()) else { return };
    if whole.is_zero() || part.times(Exact::from(PART)).is_none_or(|tenfold| tenfold > whole) {
        return;
    }
    let text = |id: NumberId| context.source.slice(literal(id).span).trim();
    let rows = form.indicators.len();
    let message = format!("预算{}，只支出{}，{rows}个指标却全部满分，没有说明", text(budget), text(spent));
    sink.report(literal(spent).span, "执行数", message).with(literal(budget).span, "预算数");
}

/// Budget and spending of the row that adds up the others.
fn amounts(form: &Form) -> Option<(NumberId, NumberId)> {
    let row = form.total_row()?;
    Some((row.budget()?, row.number_at(Stage::Final)?))
}
