//! 分值空着: a row has a target, an actual value and a score, and no weight, in a form whose other rows have theirs.

use super::{Context, Sink};
use crate::facts::form::{Form, IndicatorRow, Words};

/// Fewer rows tell nothing about the form.
const FEWEST: usize = 4;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in &context.facts.forms {
        check_form(context, form, sink);
    }
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let blank: Vec<&IndicatorRow> = form.indicators.iter().filter(|row| row.weight.is_none()).collect();
    // Several rows may share the points of one merged cell.
    let ([row], true) = (blank.as_slice(), form.indicators.len() >= FEWEST) else { return };
    let filled = |words: &Option<Words>| words.as_ref().is_some_and(Words::is_filled);
    let Some(score) = row.score.filter(|_| filled(&row.target) && filled(&row.achieved)) else { return };
    let score = context.facts.number(score).literal.span;
    let message = format!("“{}”有得分{}，分值却空着", row.name.text, context.source.slice(score).trim());
    sink.report(row.name.span, "三级指标", message).with(score, "得分");
}
