//! What the cells of an indicator row say to each other.

use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal, LiteralKind, Unit};
use crate::exact::Exact;
use crate::facts::form::{IndicatorRow, Words};
use crate::facts::{Facts, NumberId};
use crate::source::Source;

/// How the actual value must stand to the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    AtLeast,
    AtMost,
    Exactly,
}

/// Things of which there should be few.
const UNWANTED: &[&str] = &[
    "投诉", "事故", "死亡", "差错", "失误", "能耗", "成本", "费用", "支出", "流失", "损失", "违规", "违法", "案件",
    "舆情", "发病", "逾期", "超支", "误差", "闲置", "时间", "时限", "天数", "工期", "用时", "耗时", "周期", "上访",
    "信访", "排放", "伤亡", "返修", "故障", "缺陷", "冲击",
];

/// Words that turn them round: 投诉办结率, 成本节约率, 事故下降率
const TURNED: &[&str] = &[
    "办结", "处理", "处置", "化解", "下降", "降低", "减少", "节约", "节省", "回复", "查处", "整改", "及时", "按时",
    "响应", "覆盖", "压减", "达标", "满意", "控制率", "完成", "合规", "准时", "按期", "缩短", "培训", "演练", "办理",
    "审结", "侦破",
];

/// Counters of time: without a sign, neither more nor less is surely better.
const TIMES: &[&str] = &["天", "日", "工作日", "小时", "分钟", "个月", "月", "年", "周"];

/// How the row's target is meant; `None` where that is not certain.
pub(super) fn sense(source: &Source, row: &IndicatorRow, target: &Literal) -> Option<Sense> {
    let named = row.sense.as_ref().is_some_and(Words::is_filled);
    match target.hedge {
        Hedge::None if !named => plain_sense(source, row, target),
        _ => printed_sense(row, target),
    }
}

/// How a target of about so much is meant, by the indicator's name.
pub(super) fn about(source: &Source, row: &IndicatorRow, target: &Literal) -> Option<Sense> {
    let unsaid = target.hedge == Hedge::About && !row.sense.as_ref().is_some_and(Words::is_filled);
    plain_sense(source, row, target).filter(|_| unsaid)
}

/// How the row itself says that its target is meant.
pub(super) fn printed_sense(row: &IndicatorRow, target: &Literal) -> Option<Sense> {
    let printed = row.sense.as_ref().filter(|words| words.is_filled()).map(|words| words.text.as_str());
    if let Some(sense) = printed {
        return named_sense(sense);
    }
    match target.hedge {
        Hedge::AtLeast => Some(Sense::AtLeast),
        Hedge::AtMost => Some(Sense::AtMost),
        Hedge::About | Hedge::More | Hedge::None => None,
    }
}

fn named_sense(text: &str) -> Option<Sense> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["≥", ">", "大于", "正向", "不低于", "不少于"]) {
        Some(Sense::AtLeast)
    } else if has(&["≤", "<", "小于", "反向", "逆向", "不超过", "不高于"]) {
        Some(Sense::AtMost)
    } else {
        has(&["=", "等于"]).then_some(Sense::Exactly)
    }
}

/// The sense of a target without a sign, by the indicator's name.
fn plain_sense(source: &Source, row: &IndicatorRow, target: &Literal) -> Option<Sense> {
    let has = |words: &[&str]| words.iter().any(|word| row.name.text.contains(word));
    match (has(UNWANTED), has(TURNED)) {
        (true, false) => Some(Sense::AtMost),
        (true, true) => None,
        _ if TIMES.contains(&counter(source, target)) => None,
        _ if matches!(target.unit.dimension(), Dimension::Money | Dimension::MoneyRate) => None,
        _ => Some(Sense::AtLeast),
    }
}

/// The words of the unit after a number; 大类 are 类.
pub(super) fn counter<'s>(source: &'s Source, literal: &Literal) -> &'s str {
    let text = source.text();
    text[literal.digits.end()..literal.span.end().max(literal.digits.end())].trim().trim_start_matches('大')
}

/// The only measure of a cell, where the cell says nothing else with numbers.
pub(super) fn figure<'f>(facts: &'f Facts, words: &Words) -> Option<&'f Literal> {
    let literal = &facts.number(only(&words.numbers)?).literal;
    (literal.kind == LiteralKind::Measure).then_some(literal)
}

fn only(numbers: &[NumberId]) -> Option<NumberId> {
    match numbers {
        [one] => Some(*one),
        _ => None,
    }
}

/// Target and actual value in one unit; `None` where they cannot be compared for sure.
pub(super) fn comparable(source: &Source, target: &Literal, achieved: &Literal) -> Option<(Exact, Exact)> {
    let (one, two) = (target.unit.dimension(), achieved.unit.dimension());
    if one == Dimension::Bare || two == Dimension::Bare {
        let plain = |unit: Unit| unit == Unit::None || unit.exponent() <= 0;
        return (plain(target.unit) && plain(achieved.unit)).then_some((target.value, achieved.value));
    }
    let counters = [target, achieved].map(|literal| counter(source, literal));
    let occasions = |word: &str| matches!(word, "次" | "场" | "场次" | "批次" | "期" | "批");
    let counted = one == Dimension::Count && target.unit_printed && achieved.unit_printed;
    if one != two || counted && counters[0] != counters[1] && !counters.iter().all(|word| occasions(word)) {
        return None;
    }
    Some((target.base()?, achieved.base()?))
}

/// Whether the actual value falls short of the target.
pub(super) fn falls_short(sense: Sense, target: Exact, achieved: Exact) -> bool {
    match sense {
        Sense::AtLeast => achieved < target,
        Sense::AtMost => achieved > target,
        Sense::Exactly if target.is_zero() => achieved > target,
        Sense::Exactly => achieved < target,
    }
}

/// Whether a reason is given: not empty, not 无.
pub(super) fn is_reason(words: &Words) -> bool {
    words.is_filled() && !matches!(words.text.as_str(), "无" | "无。" | "无偏差" | "不适用" | "无扣分")
}

/// Whether a reason for the deviation of a row is given.
pub(super) fn is_explained(row: &IndicatorRow) -> bool {
    row.reason.as_ref().is_some_and(is_reason)
}

/// Whether a row has all of its points.
pub(super) fn has_full_marks(facts: &Facts, row: &IndicatorRow) -> bool {
    let value = |id: NumberId| facts.number(id).literal.value;
    match (row.weight.map(value), row.score.map(value)) {
        (Some(weight), Some(score)) => weight == score && !weight.is_zero(),
        _ => false,
    }
}
