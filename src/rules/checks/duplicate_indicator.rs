//! 指标重复设置: one indicator with one target under two heads of one form.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::facts::form::{Form, IndicatorRow};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    context.facts.forms.iter().for_each(|form| check_form(form, sink));
}

fn check_form(form: &Form, sink: &mut Sink) {
    let mut seen: BTreeMap<(&str, &str), Vec<&IndicatorRow>> = BTreeMap::new();
    for row in &form.indicators {
        let Some(target) = row.target.as_ref().filter(|words| !words.text.is_empty()) else { continue };
        if row.name.text.chars().count() < 2 {
            continue;
        }
        // The first of each head; two are enough for one to differ.
        let before = seen.entry((&row.name.text, &target.text)).or_default();
        let other_head = before.iter().copied().find(|first| head(first) != head(row));
        if before.len() < 2 && before.iter().all(|first| head(first) != head(row)) {
            before.push(row);
        }
        let Some(first) = other_head else { continue };
        let Some(other) = &first.target else { continue };
        let heads = [first, row].map(head);
        let message = format!("“{} {}”在“{}”和“{}”下重复设置", row.name.text, target.text, heads[0], heads[1]);
        let added = sink.report(row.name.span, "三级指标", message).with(target.span, "指标值");
        added.with(first.name.span, "先设的指标").with(other.span, "先设的指标值");
    }
}

/// The innermost head over an indicator: 成本指标
fn head(row: &IndicatorRow) -> &str {
    row.levels.last().map_or("", |level| level.text.as_str())
}
