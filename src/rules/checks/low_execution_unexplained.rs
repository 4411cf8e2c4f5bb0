//! 执行率低未说明原因: less than nine tenths were spent and no sentence says why.

use super::near::sentences;
use super::{Context, Sink};
use crate::document::{Literal, LiteralKind, Unit};
use crate::exact::Exact;
use crate::facts::form::Form;
use crate::rules::indicator::is_explained;
use crate::rules::reading::contains_any;

/// From this rate on no reason is asked for.
const ENOUGH: u32 = 90;
/// What a sentence on the reason speaks of.
const SUBJECT: &[&str] =
    &["执行", "支付", "支出", "结余", "结转", "资金", "进度", "未完成", "到位", "剩余", "拨付", "工期", "跨年", "尾款"];
/// What says as much without a word for a reason: 预备费未动用, 质保金尚未支付.
const UNSPENT: &[&str] = &["未动用", "未支付", "未付款", "质保金", "质量保证金", "审减", "核减"];
const REASON: &[&str] = &["原因", "由于", "因", "导致", "受", "主要是", "鉴于", "系"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let unexplained = |form| low_rate(context, form).filter(|_| !has_reason(form));
    let rates: Vec<&Literal> = context.facts.forms.iter().filter_map(unexplained).collect();
    if rates.is_empty() || is_explained_in_words(context) {
        return;
    }
    for rate in rates {
        let message =
            format!("执行率{}，低于{ENOUGH}%，全文和偏差原因栏都没有说明原因", context.source.slice(rate.span));
        sink.report(rate.span, "执行率", message);
    }
}

fn low_rate<'c>(context: &'c Context, form: &Form) -> Option<&'c Literal> {
    let rate = &context.facts.number(form.total_row()?.rate?).literal;
    let low = rate.value < Exact::from(ENOUGH) && !rate.value.is_zero() && !rate.value.is_negative();
    // 0.88 in a column of rates is eighty-eight hundredths.
    (rate.kind == LiteralKind::Measure && rate.unit == Unit::Percent && low).then_some(rate)
}

fn has_reason(form: &Form) -> bool {
    form.indicators.iter().any(is_explained)
}

/// Whether some sentence of the text gives a reason for what was spent or left, or one of a form's cells does.
fn is_explained_in_words(context: &Context) -> bool {
    sentences(context.document).any(|(_, paragraph, sentence)| {
        let text = paragraph.flow.slice(sentence.range.clone());
        contains_any(text, SUBJECT) && contains_any(text, REASON) || contains_any(text, UNSPENT)
    })
}
