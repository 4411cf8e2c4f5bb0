//! 超额完成过多未说明: an actual value far above its target with full marks and no word on why.

use super::{Context, Sink};
use crate::document::Hedge;
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::form::{IndicatorRow, Words};
use crate::rules::indicator::{Sense, comparable, figure, has_full_marks, is_reason, sense};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        let (Some(target), Some(achieved)) = (&row.target, &row.achieved) else { continue };
        let unexplained = row.reason.as_ref().is_some_and(|reason| !is_reason(reason));
        if unexplained && has_full_marks(context.facts, row) && is_far_above(context, row, target, achieved) {
            let sign = row.sign();
            let message = format!(
                "“{}”指标值{sign}{}，完成值{}，超出三成以上，没有说明原因",
                row.name.text, target.text, achieved.text
            );
            sink.report(achieved.span, "完成值", message).with(target.span, "指标值");
        }
    }
}

/// Whether the actual value is at least 130 % of the target. Of small counts one or two more is not much.
fn is_far_above(context: &Context, row: &IndicatorRow, target: &Words, achieved: &Words) -> bool {
    let far = || {
        let (planned, done) = (figure(context.facts, target)?, figure(context.facts, achieved)?);
        let alike = target.text.contains('每') == achieved.text.contains('每');
        let plain = matches!(planned.hedge, Hedge::None | Hedge::AtLeast) && done.hedge == Hedge::None;
        // 增长率≥3%，实际8%: of a change and of money no third more or less is expected.
        let counted = !matches!(planned.unit.dimension(), Dimension::Money | Dimension::MoneyRate);
        let grows = ["增长", "增幅", "增速", "提高", "提升"].iter().any(|word| row.name.text.contains(word));
        sense(context.source, row, planned).filter(|sense| *sense == Sense::AtLeast && alike && plain)?;
        let (planned, done) = comparable(context.source, planned, done)?;
        let more = done.minus(planned)?;
        let far = more.times(Exact::from(10))? >= planned.times(Exact::from(3))?;
        Some(counted && !grows && far && more >= Exact::from(3) && !planned.is_zero())
    };
    far().unwrap_or(false)
}
