//! 指标值与完成值单位不一致: 30场 planned, 2天 done.

use super::{Context, Sink};
use crate::document::Literal;
use crate::document::literal::Dimension;
use crate::facts::form::IndicatorRow;
use crate::rules::indicator::{counter, figure};

const TIMES: &[&str] = &["天", "日", "工作日", "小时", "分钟", "个月", "年", "周"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        check_row(context, row, sink);
    }
}

fn check_row(context: &Context, row: &IndicatorRow, sink: &mut Sink) {
    let (Some(target), Some(achieved)) = (&row.target, &row.achieved) else { return };
    // 每月一次 and 12次 are one measure in two words.
    let periodic = |text: &str| text.contains(['每', '/']);
    if periodic(&target.text) || periodic(&achieved.text) {
        return;
    }
    let (Some(planned), Some(done)) = (figure(context.facts, target), figure(context.facts, achieved)) else { return };
    if planned.unit_printed && done.unit_printed && is_other(context, planned, done) {
        let message = format!("“{}”指标值是{}，完成值是{}，不是同一种量", row.name.text, target.text, achieved.text);
        sink.report(achieved.span, "完成值", message).with(target.span, "指标值");
    }
}

fn is_other(context: &Context, planned: &Literal, done: &Literal) -> bool {
    let (one, two) = (planned.unit.dimension(), done.unit.dimension());
    let plain = |dimension| matches!(dimension, Dimension::Money | Dimension::Area | Dimension::Count);
    if one == Dimension::Count && two == Dimension::Count {
        let [a, b] = [planned, done].map(|literal| TIMES.contains(&counter(context.source, literal)));
        return a != b;
    }
    plain(one) && plain(two) && one != two
}
