//! 指标方向写反: 项目总成本 ≥ 90万元, 满意度 ≤ 95%.

use super::{Context, Sink};
use crate::document::Unit;
use crate::facts::form::IndicatorRow;
use crate::rules::indicator::{Sense, figure, printed_sense};

/// Rates that are the better the higher.
const MORE: &[&str] =
    &["满意度", "满意率", "合格率", "达标率", "覆盖率", "及时率", "完好率", "优良率", "知晓率", "办结率"];
/// Rates and counts that are the better the lower.
const FEWER: &[&str] =
    &["投诉率", "差错率", "死亡率", "事故率", "事故发生率", "投诉次数", "事故次数", "流失率", "逾期率"];
/// What costs that are meant to be high are called.
const GRANTED: &[&str] =
    &["标准", "补助", "补贴", "工资", "投入", "节约", "节省", "降低", "压减", "资助", "收益", "效益"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        let Some(target) = row.target.as_ref() else { continue };
        let Some(literal) = figure(context.facts, target) else { continue };
        let wrong = match printed_sense(row, literal) {
            Some(Sense::AtMost) if is_more(row) && literal.unit == Unit::Percent => "应当越高越好，指标值却写成不超过",
            Some(Sense::AtLeast) if is_cost(row) && literal.unit.is_money() => "应当越低越好，指标值却写成不低于",
            Some(Sense::AtLeast) if is_fewer(row) => "应当越低越好，指标值却写成不低于",
            _ => continue,
        };
        let name = &row.name.text;
        let sign = row.sign();
        let message = format!("“{name}”{wrong}：{sign}{}", target.text);
        sink.report(target.span, "指标值", message).with(row.name.span, "三级指标");
    }
}

fn is_more(row: &IndicatorRow) -> bool {
    let name = &row.name.text;
    MORE.iter().any(|word| name.ends_with(word)) && !name.contains(['不', '未', '非'])
}

fn is_fewer(row: &IndicatorRow) -> bool {
    FEWER.iter().any(|word| row.name.text.ends_with(word))
}

fn is_cost(row: &IndicatorRow) -> bool {
    let cost = row.is_under("成本指标") || row.name.text.ends_with("成本");
    cost && !GRANTED.iter().any(|word| row.name.text.contains(word))
}
