//! 指标值填成分值: the target is the bare number of the weight although a date or a rate is asked for.

use super::{Context, Sink};
use crate::document::{Hedge, Literal, LiteralKind, Unit};
use crate::facts::form::{IndicatorRow, Words};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        check_row(context, row, sink);
    }
}

fn check_row(context: &Context, row: &IndicatorRow, sink: &mut Sink) {
    let Some(target) = row.target.as_ref().filter(|target| is_weight(context, row, target)) else { return };
    let achieved = row.achieved.as_ref();
    let dated = |words: &Words| words.numbers.iter().any(|id| literal(context, *id).kind == LiteralKind::Date);
    let slipped = achieved.filter(|achieved| is_weight(context, row, achieved));
    let asks = asks_for_date_or_rate(&row.name.text) || dated(&row.name);
    let other = achieved.filter(|achieved| dated(achieved));
    if row.sense.as_ref().or(row.unit.as_ref()).is_some_and(Words::is_filled)
        || !(slipped.is_some() && asks || other.is_some())
    {
        return;
    }
    let message = match other {
        Some(achieved) => {
            format!("“{}”的指标值是分值“{}”，与完成值{}不可比", row.name.text, target.text, achieved.text)
        }
        None => format!("“{}”的指标值和完成值都填成了分值“{}”", row.name.text, target.text),
    };
    let added = sink.report(target.span, "指标值", message).with(row.name.span, "三级指标");
    if let Some(achieved) = slipped.or(other) {
        added.with(achieved.span, "完成值");
    }
}

/// The number of the weight without unit or sign.
fn is_weight(context: &Context, row: &IndicatorRow, words: &Words) -> bool {
    let ([only], Some(weight)) = (words.numbers.as_slice(), row.weight) else { return false };
    let (number, weight) = (literal(context, *only), literal(context, weight));
    let bare = !number.unit_printed && matches!(number.unit, Unit::None) && number.hedge == Hedge::None;
    bare && number.range.len() == words.text.len() && number.value == weight.value
}

/// 完成时限, 按时完成率, 于12月31日之前完成
fn asks_for_date_or_rate(name: &str) -> bool {
    let ends = ["率", "时间", "时限", "日期", "期限", "满意度", "之前完成", "前完成", "及时性"];
    ends.iter().any(|end| name.trim_end_matches(['）', ')', '。']).ends_with(end))
}

fn literal<'c>(context: &'c Context, id: crate::facts::NumberId) -> &'c Literal {
    &context.facts.number(id).literal
}
