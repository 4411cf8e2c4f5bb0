//! 成本指标倒填执行数: the target of the costs is what was spent, to the last digit, and not what was budgeted.

use super::{Context, Sink};
use crate::document::Literal;
use crate::facts::Stage;
use crate::facts::form::Form;
use crate::finding::Severity;
use crate::rules::indicator::figure;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    context.facts.forms.iter().for_each(|form| check_form(context, form, sink));
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let literal = |id| &context.facts.number(id).literal;
    let Some(row) = form.total_row() else { return };
    let (Some(planned), Some(spent)) = (row.number_at(Stage::Initial), row.number_at(Stage::Final)) else { return };
    // The target may have been set anew with the budget, and all of that spent.
    let adjusted = row.number_at(Stage::Adjusted).is_some_and(|id| literal(id).base() == literal(spent).base());
    if literal(planned).base() == literal(spent).base() || !is_odd(literal(spent)) {
        return;
    }
    for row in form.indicators.iter().filter(|row| row.is_under("成本")) {
        let Some(target) = row.target.as_ref() else { continue };
        let Some(figure) = figure(context.facts, target).filter(|figure| figure.unit.is_money()) else { continue };
        if figure.base() == literal(spent).base() {
            let message = format!(
                "成本指标的指标值{}与全年执行数一分不差，而年初预算是{}，疑为事后倒填",
                target.text,
                context.source.slice(literal(planned).span)
            );
            let added = sink.report(target.span, "指标值", message);
            let added = if adjusted { added.severity(Severity::Info) } else { added };
            added.with(literal(spent).span, "全年执行数").with(literal(planned).span, "年初预算数");
        }
    }
}

/// Not a round sum: a budget may well be spent in full.
fn is_odd(literal: &Literal) -> bool {
    literal.value.significant_digits() >= 4
}
