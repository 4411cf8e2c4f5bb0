//! 定性指标得分与档次不符: 部分达成年度指标 with nine tenths of the points.

use super::{Context, Sink};
use crate::exact::Exact;
use crate::facts::form::IndicatorRow;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        check_row(context, row, sink);
    }
}

fn check_row(context: &Context, row: &IndicatorRow, sink: &mut Sink) {
    let (Some(achieved), Some(weight), Some(score)) = (&row.achieved, row.weight, row.score) else { return };
    let Some(band) = Band::of(&achieved.text) else { return };
    let [weight, score] = [weight, score].map(|id| &context.facts.number(id).literal);
    let times = |percent: u32| weight.value.times(Exact::new(i128::from(percent), 2)?);
    let (low, high) = band.share();
    let (Some(low), Some(high)) = (times(low), times(high)) else { return };
    if weight.value.is_zero() || low <= score.value && score.value <= high {
        return;
    }
    let message = format!(
        "“{}”完成值为“{}”，得分应在{}至{}之间，不是{}",
        row.name.text,
        achieved.text,
        low.normal(),
        high.normal(),
        score.value
    );
    sink.report(score.span, "得分", message).with(weight.span, "分值").with(achieved.span, "完成值");
}

/// The three bands of the filling instructions.
#[derive(Clone, Copy)]
enum Band {
    Met,
    Partly,
    Missed,
}

impl Band {
    /// Only the words of the instructions themselves say the band.
    fn of(text: &str) -> Option<Band> {
        let said =
            ["达成年度指标", "达成预期指标", "达成年度目标", "达成预期目标"].iter().find_map(|word| text.find(word))?;
        match &text[..said] {
            "" | "全部" | "已" => Some(Band::Met),
            "部分" => Some(Band::Partly),
            "未" => Some(Band::Missed),
            _ => None,
        }
    }

    /// The least and the most of the points in it, in per cent; where provinces differ, the wider.
    fn share(self) -> (u32, u32) {
        match self {
            Band::Met => (80, 100),
            Band::Partly => (50, 80),
            Band::Missed => (0, 60),
        }
    }
}
