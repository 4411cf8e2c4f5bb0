//! 执行率得分重复计列: a part of the funds carries points as well as the whole.

use super::{Context, Sink};
use crate::facts::NumberId;
use crate::facts::form::{AmountRow, Form};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    context.facts.forms.iter().for_each(|form| check_form(context, form, sink));
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let points = |row: &AmountRow| row.weight.filter(|id| !context.facts.number(*id).literal.value.is_zero());
    let Some(whole) = form.total_row().and_then(points) else { return };
    let span = |id: NumberId| context.facts.number(id).literal.span;
    for row in form.amounts.iter().filter(|row| !row.total) {
        let (Some(weight), Some(score)) = (points(row), row.score) else { continue };
        let message = format!("“{}”一行也列了分值和得分，执行率只应由年度资金总额计一次分", row.label.text);
        let added = sink.report(span(weight), "分值", message);
        added.with(span(score), "得分").with(span(whole), "年度资金总额的分值");
    }
}
