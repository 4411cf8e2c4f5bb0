//! 全部满分: every indicator of a form has all of its points and no deviation is noted.

use super::{Context, Sink};
use crate::facts::form::{Form, IndicatorRow};
use crate::rules::indicator::{has_full_marks, is_explained};
use crate::source::Span;

/// Fewer indicators may well all be met.
const FEWEST: usize = 8;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let perfect: Vec<&Form> = context.facts.forms.iter().filter(|form| is_perfect(context, form)).collect();
    // The blank reason is what is worth a look; the scores themselves may be right.
    let place = |form: &&Form| {
        let first = &form.indicators[0];
        first.reason.as_ref().map_or(first.name.span, |reason| reason.span)
    };
    let blanks: Vec<Span> = perfect.iter().map(place).collect();
    let Some(&first) = blanks.first() else { return };
    let rows: usize = perfect.iter().map(|form| form.indicators.len()).sum();
    let message = match perfect.len() {
        1 => format!("{rows}个三级指标全部满分，偏差原因一项未填"),
        forms => format!("{forms}张自评表的{rows}个三级指标全部满分，偏差原因一项未填"),
    };
    sink.report(first, "偏差原因", message).with_all(blanks[1..].iter().copied(), "偏差原因");
}

fn is_perfect(context: &Context, form: &Form) -> bool {
    let unexplained = |row: &IndicatorRow| !is_explained(row);
    form.indicators.len() >= FEWEST
        && form.indicators.iter().all(|row| has_full_marks(context.facts, row) && unexplained(row))
}
