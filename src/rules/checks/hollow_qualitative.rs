//! 定性指标空泛: most targets of a form are words that anything would meet.

use super::{Context, Sink};
use crate::facts::form::{Form, Words};

/// Words that set no measure.
const HOLLOW: &[&str] = &[
    "高质量", "及时", "保持", "保障", "逐步", "有所", "明显", "有效", "显著", "良好", "较好", "持续", "不断", "稳定",
    "提升", "提高", "改善", "加强", "强化", "完成", "达成", "优良", "正常", "长期", "促进", "增强", "平稳",
];

/// Fewer indicators say nothing about a form.
const FEWEST: usize = 6;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    context.facts.forms.iter().for_each(|form| check_form(form, sink));
}

fn check_form(form: &Form, sink: &mut Sink) {
    let targets: Vec<&Words> =
        form.indicators.iter().filter_map(|row| row.target.as_ref()).filter(|target| target.is_filled()).collect();
    let hollow: Vec<&&Words> = targets.iter().filter(|target| is_hollow(target)).collect();
    let Some(first) = hollow.first().filter(|_| targets.len() >= FEWEST && hollow.len() * 2 >= targets.len()) else {
        return;
    };
    let message =
        format!("{}个三级指标中{}个的指标值没有可衡量的标准，如“{}”", targets.len(), hollow.len(), first.text);
    sink.report(first.span, "指标值", message).with_all(hollow[1..].iter().map(|other| other.span), "指标值");
}

fn is_hollow(target: &Words) -> bool {
    target.numbers.is_empty()
        && target.text.chars().count() <= 10
        && HOLLOW.iter().any(|word| target.text.contains(word))
}
