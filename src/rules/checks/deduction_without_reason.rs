//! 扣分无偏差原因: points were taken off and the column for the reason is blank.

use super::{Context, Sink};
use crate::facts::form::{Form, IndicatorRow};
use crate::finding::Severity;
use crate::rules::indicator::{is_explained, is_reason};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    context.facts.forms.iter().for_each(|form| check_form(context, form, sink));
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let deducted: Vec<&IndicatorRow> = form.indicators.iter().filter(|row| is_deducted(context, row)).collect();
    let explained = deducted.iter().any(|row| is_explained(row));
    for row in deducted {
        let (Some(reason), Some(weight), Some(score)) = (&row.reason, row.weight, row.score) else { continue };
        if is_reason(reason) {
            continue;
        }
        let [weight, score] = [weight, score].map(|id| &context.facts.number(id).literal);
        let message = format!("“{}”分值{}，得分{}，未填偏差原因", row.name.text, weight.value, score.value);
        let severity = if explained { Severity::Warning } else { Severity::Info };
        let added = sink.report(score.span, "得分", message).severity(severity);
        added.with(weight.span, "分值").with(row.name.span, "三级指标");
    }
}

fn is_deducted(context: &Context, row: &IndicatorRow) -> bool {
    let value = |id| context.facts.number(id).literal.value;
    matches!((row.weight.map(value), row.score.map(value)), (Some(weight), Some(score)) if score < weight)
}
