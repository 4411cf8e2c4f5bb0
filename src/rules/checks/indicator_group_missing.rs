//! 缺少必设的一级指标: a form with 产出 and without 效益 or 满意度.

use super::{Context, Sink};
use crate::facts::form::Form;
use crate::facts::scheme;

/// A form of fewer rows is an excerpt.
const FEWEST: usize = 5;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in context.facts.forms.iter().filter(|form| form.indicators.len() >= FEWEST) {
        check_form(context, form, sink);
    }
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let Some(scheme) = scheme::of(form, &context.facts.numbers).filter(|scheme| !scheme.is_rubric()) else { return };
    let has = |name: &str| scheme.groups.iter().any(|(group, _)| group == name);
    // Every row is of a group that is known, or nothing can be said to be missing.
    let grouped = form.indicators.iter().all(|row| row.is_under("指标"));
    if !grouped || !has("产出") {
        return;
    }
    let says = |word: &str| {
        let cells = form.indicators.iter().flat_map(|row| row.levels.iter().chain([&row.name]));
        cells.into_iter().any(|cell| cell.text.contains(word))
    };
    let missing: Vec<&str> = ["效益", "满意"].into_iter().filter(|word| !has(word) && !says(word)).collect();
    let missing: Vec<&str> =
        missing.into_iter().map(|word| if word == "满意" { "满意度指标" } else { "效益指标" }).collect();
    if missing.is_empty() {
        return;
    }
    let first = &form.indicators[0];
    let place = first.levels.first().map_or(first.name.span, |level| level.span);
    sink.report(place, "一级指标", format!("指标表有产出指标，没有{}", missing.join("和")));
}
