//! 三级指标名就是指标值: nothing is named that could be measured.

use super::{Context, Sink};
use crate::document::LiteralKind;
use crate::facts::form::IndicatorRow;
use crate::finding::Severity;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        let Some(target) = row.target.as_ref().filter(|target| target.is_filled() && !row.name.text.is_empty()) else {
            continue;
        };
        let Some(severity) = severity(context, row) else { continue };
        let message = match severity {
            Severity::Warning if is_figure(context, row) => format!("三级指标名“{}”是一个数，不是指标", row.name.text),
            _ => format!("三级指标名与指标值同为“{}”", row.name.text),
        };
        let added = sink.report(row.name.span, "三级指标", message).severity(severity);
        let added = added.with(target.span, "指标值");
        if let Some(achieved) = row.achieved.as_ref().filter(|achieved| achieved.text == row.name.text) {
            added.with(achieved.span, "完成值");
        }
    }
}

/// A figure in the name's place, or a name that its target and its actual value only repeat.
fn severity(context: &Context, row: &IndicatorRow) -> Option<Severity> {
    let same = row.target.as_ref().is_some_and(|target| target.text == row.name.text);
    if is_figure(context, row) {
        return Some(Severity::Warning);
    }
    let repeated = row.achieved.as_ref().is_some_and(|achieved| achieved.text == row.name.text);
    let of_quality = row.is_under("质量");
    match (same, repeated && of_quality) {
        (true, true) => Some(Severity::Warning),
        (true, false) => Some(Severity::Info),
        (false, _) => None,
    }
}

/// 2672.18万元, ≥95%
fn is_figure(context: &Context, row: &IndicatorRow) -> bool {
    let [only] = row.name.numbers.as_slice() else { return false };
    let literal = &context.facts.number(*only).literal;
    let rest = row.name.text.len() - literal.range.len();
    literal.kind == LiteralKind::Measure && literal.unit_printed && rest <= '≥'.len_utf8()
}
