//! 未达标却满分: the actual value falls short of the target and the row has all of its points.

use super::{Context, Sink};
use crate::document::Hedge;
use crate::facts::NumberId;
use crate::facts::form::{IndicatorRow, Words};
use crate::finding::Severity;
use crate::rules::indicator::{comparable, falls_short, figure, has_full_marks, is_explained, sense};

/// Actual values that say of themselves that the target was not met.
const UNMET: &[&str] =
    &["未完成", "未达成", "未达标", "部分完成", "部分达成", "未实现", "未开展", "没有完成", "未达到"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        if has_full_marks(context.facts, row) {
            check_row(context, row, sink);
        }
    }
}

fn check_row(context: &Context, row: &IndicatorRow, sink: &mut Sink) {
    let (Some(target), Some(achieved), Some(score)) = (&row.target, &row.achieved, row.score) else { return };
    let told = UNMET.contains(&achieved.text.trim_end_matches(['。', '；']));
    if !told && !is_short(context, row, target, achieved) {
        return;
    }
    let explained = is_explained(row);
    let printed = |id: NumberId| context.source.slice(context.facts.number(id).literal.span);
    let sign = row.sign();
    let message = format!(
        "“{}”指标值{sign}{}，完成值{}，未达标却得满分{}",
        row.name.text,
        target.text,
        achieved.text,
        printed(score)
    );
    let severity = if told || explained { Severity::Warning } else { Severity::Error };
    let added = sink.report(context.facts.number(score).literal.span, "得分", message).severity(severity);
    added.with(target.span, "指标值").with(achieved.span, "完成值");
}

fn is_short(context: &Context, row: &IndicatorRow, target: &Words, achieved: &Words) -> bool {
    let short = || {
        let (planned, done) = (figure(context.facts, target)?, figure(context.facts, achieved)?);
        let alike = target.text.contains('每') == achieved.text.contains('每');
        let sense = sense(context.source, row, planned).filter(|_| alike && done.hedge == Hedge::None)?;
        let (planned, done) = comparable(context.source, planned, done)?;
        Some(falls_short(sense, planned, done))
    };
    short().unwrap_or(false)
}
