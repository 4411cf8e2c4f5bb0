//! 完成值照抄指标值: an actual value that is a range (大于14000次) is the target over again.

use super::{Context, Sink};
use crate::document::Hedge;
use crate::facts::form::{Form, IndicatorRow, Words};
use crate::finding::Severity;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in &context.facts.forms {
        check_form(context, form, sink);
    }
}

/// One finding for all rows of a form.
fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let rows: Vec<(&IndicatorRow, &Words, Hedge)> =
        form.indicators.iter().filter_map(|row| copied(context, row)).collect();
    let bounded = rows.iter().position(|(_, _, hedge)| matches!(hedge, Hedge::AtLeast | Hedge::AtMost));
    let Some((row, achieved, _)) = rows.get(bounded.unwrap_or(0)) else { return };
    let more = if rows.len() > 1 { format!("等{}项", rows.len()) } else { String::new() };
    let message = format!("“{}”的完成值“{}”{more}照抄指标值，不是实际完成数", row.name.text, achieved.text);
    let severity = if bounded.is_some() { Severity::Warning } else { Severity::Info };
    let mut added = sink.report(achieved.span, "完成值", message).severity(severity);
    for (row, other, _) in &rows {
        if let Some(target) = &row.target {
            added = added.with(target.span, "指标值");
        }
        if other.span != achieved.span {
            added = added.with(other.span, "完成值");
        }
    }
}

/// The actual value of a row that repeats its target with its hedge.
fn copied<'r>(context: &Context, row: &'r IndicatorRow) -> Option<(&'r IndicatorRow, &'r Words, Hedge)> {
    let (target, achieved) = (row.target.as_ref()?, row.achieved.as_ref()?);
    let hedge = |words: &Words| {
        words.numbers.iter().map(|id| context.facts.number(*id).literal.hedge).find(|hedge| *hedge != Hedge::None)
    };
    let hedge = hedge(achieved).filter(|_| achieved.is_filled() && target.text == achieved.text)?;
    Some((row, achieved, hedge))
}
