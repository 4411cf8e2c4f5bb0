//! 定性指标得分与档次不符: 部分达成年度指标 with nine tenths of the points.

use super::{Context, Sink};
use crate::facts::form::IndicatorRow;
use crate::rules::scores::Band;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        check_row(context, row, sink);
    }
}

fn check_row(context: &Context, row: &IndicatorRow, sink: &mut Sink) {
    let (Some(achieved), Some(weight), Some(score)) = (&row.achieved, row.weight, row.score) else { return };
    let Some(band) = Band::of(&achieved.text) else { return };
    let [weight, score] = [weight, score].map(|id| &context.facts.number(id).literal);
    let Some((low, high)) = band.points(weight.value) else { return };
    if weight.value.is_zero() || low <= score.value && score.value <= high {
        return;
    }
    let message =
        format!("“{}”完成值为“{}”，得分应在{}至{}之间，不是{}", row.name.text, achieved.text, low, high, score.value);
    sink.report(score.span, "得分", message).with(weight.span, "分值").with(achieved.span, "完成值");
}
