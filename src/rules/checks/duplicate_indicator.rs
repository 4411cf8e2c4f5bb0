//! 指标重复设置: one indicator with one target under two heads of one form.

use super::{Context, Sink};
use crate::facts::form::{Form, IndicatorRow};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    context.facts.forms.iter().for_each(|form| check_form(form, sink));
}

fn check_form(form: &Form, sink: &mut Sink) {
    for (at, row) in form.indicators.iter().enumerate() {
        let Some(first) = form.indicators[..at].iter().find(|first| repeats(first, row)) else { continue };
        let (Some(target), Some(other)) = (&row.target, &first.target) else { continue };
        let heads = [first, row].map(head);
        let message = format!("“{} {}”在“{}”和“{}”下重复设置", row.name.text, target.text, heads[0], heads[1]);
        let added = sink.report(row.name.span, "三级指标", message).with(target.span, "指标值");
        added.with(first.name.span, "先设的指标").with(other.span, "先设的指标值");
    }
}

fn repeats(first: &IndicatorRow, row: &IndicatorRow) -> bool {
    let target =
        |row: &IndicatorRow| row.target.as_ref().map(|words| words.text.clone()).filter(|text| !text.is_empty());
    let named = row.name.text.chars().count() >= 2;
    named
        && first.name.text == row.name.text
        && target(first).is_some()
        && target(first) == target(row)
        && head(first) != head(row)
}

/// The innermost head over an indicator: 成本指标
fn head(row: &IndicatorRow) -> &str {
    row.levels.last().map_or("", |level| level.text.as_str())
}
