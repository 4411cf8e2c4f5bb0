//! 原因与增减方向相反: spending went down, and the reason given is one that makes it go up; or the reverse.

use super::{Context, Sink};
use crate::facts::{Fact, Key, Measure};
use crate::rules::reading::{contains_any, head, sentence_around};
use crate::source::FlowRange;

/// What a reason begins with.
const BEGINS: &[&str] = &["主要原因是", "原因是", "主要是由于", "主要是因为", "主要系", "主要是"];
/// A reason stands this near to the change, in characters.
const NEAR: usize = 24;
const UP: &[&str] = &["增加", "增长", "上涨", "增多", "扩大", "提高", "新增", "上升", "追加"];
const DOWN: &[&str] = &["减少", "下降", "压减", "压缩", "节约", "缩减", "降低", "取消", "严控", "从严"];
/// Words by which a reason can turn round, or speaks of the year before.
const TURNS: &[&str] = &[
    "但", "虽", "同时", "上年", "去年", "上期", "一次性", "往年", "以前", "前年", "未", "不", "恢复", "调整", "转",
    "收入", "结转", "结余", "力度", "效率", "管理", "水平", "意识",
];
/// Words of the change itself.
const RISES: &[&str] = &["增加", "增长", "上升", "提高"];
const FALLS: &[&str] = &["减少", "下降", "降低", "压减"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let is_change = |fact: &&Fact| matches!(fact.key.measure, Measure::Change | Measure::Growth) && is_spent(&fact.key);
    for fact in context.facts.facts.iter().filter(is_change) {
        check_fact(context, fact, sink);
    }
}

/// Spending: less of anything else may have such a reason.
fn is_spent(key: &Key) -> bool {
    key.concept.0.starts_with("sangong") || key.concept.0.starts_with("exp.")
}

fn check_fact(context: &Context, fact: &Fact, sink: &mut Sink) {
    let number = context.facts.number(fact.number);
    let falls = match (contains_any(&fact.label, RISES), contains_any(&fact.label, FALLS)) {
        (true, false) => false,
        (false, true) => true,
        _ => return,
    };
    let Some(paragraph) = context.document.blocks[number.block].paragraph() else { return };
    let text = paragraph.flow.text();
    let Some(reason) = reason(text, number.literal.range.end).filter(|_| !number.literal.value.is_zero()) else {
        return;
    };
    let words = &text[reason.clone()];
    if paragraph.literals.iter().any(|literal| reason.contains(&literal.range.start)) || contains_any(words, TURNS) {
        return;
    }
    let (wrong, right) = if falls { (UP, DOWN) } else { (DOWN, UP) };
    if !contains_any(words, wrong) || contains_any(words, right) {
        return;
    }
    let way = if falls { "减少" } else { "增加" };
    let message = format!("支出{way}，所给原因却是“{}”", words.trim_end_matches('。'));
    let span = paragraph.flow.span(reason);
    sink.report(span, "原因", message).with(number.literal.span, "增减");
}

/// The reason that follows a change in its sentence, before the next mark of a new thought.
fn reason(text: &str, from: usize) -> Option<FlowRange> {
    let sentence = sentence_around(text, from);
    let rest = &text[from..sentence.end];
    let near = head(rest, NEAR);
    let (at, word) = BEGINS
        .iter()
        .filter_map(|word| Some((near.find(word)?, word)))
        .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))?;
    let start = from + at + word.len();
    let start = sentence.end - text[start..sentence.end].trim_start_matches(['：', ':', '，', ',']).len();
    let end = text[start..sentence.end].find(['；', ';']).map_or(sentence.end, |end| start + end);
    let between = &rest[..at];
    let plain = between.chars().all(|c| "，,。：:；;（）()其".contains(c));
    (start < end && plain).then_some(start..end)
}
