//! 指标方向写反: 项目总成本 ≥ 90万元, 满意度 ≤ 95%.

use std::collections::BTreeSet;

use super::{Context, Sink};
use crate::document::table::without_brackets;
use crate::document::{Cell, Hedge, Literal, Unit};
use crate::exact::Exact;
use crate::facts::form::IndicatorRow;
use crate::finding::Severity;
use crate::rules::indicator::{Sense, figure, printed_sense};
use crate::rules::reading::{head, tail};

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
    in_forms(context, sink);
    in_text(context, sink);
    let forms: BTreeSet<usize> = context.facts.forms.iter().map(|form| form.block).collect();
    let tables = context.document.blocks.iter().enumerate().filter(|(block, _)| !forms.contains(block));
    for table in tables.filter_map(|(_, block)| block.table()) {
        table.rows.iter().for_each(|row| in_row(&row.cells, sink));
    }
}

/// 职工群众满意度≤95%, 满意度达到≤90%的目标: a target that the text states.
fn in_text(context: &Context, sink: &mut Sink) {
    for (_, paragraph) in context.document.paragraphs() {
        let text = paragraph.flow.text();
        for literal in paragraph.literals.iter().filter(|literal| is_at_most(literal)) {
            let before = &text[..literal.range.start];
            let Some(words) = ["≤", "<=", "<"].iter().find_map(|sign| before.strip_suffix(sign)) else { continue };
            let clause = words.rsplit(['，', '。', '；', '、', '：', '（']).next().unwrap_or(words);
            let named = clause.trim_end_matches(['目', '标', '指', '标', '值', '为', '达', '到', '应', '是']);
            let after = &text[literal.range.end..];
            let aimed = after.starts_with("的目标") || after.starts_with("目标");
            // 满意度≤80%不得分: how points are given.
            let scored = head(after, 12).contains(['得', '扣', '时', '档']);
            if is_rate(named) && !scored || aimed && is_rate(last_named(words)) {
                let message = format!("“{}”应当越高越好，却写成不超过", tail(named, 12));
                sink.report(literal.span, "指标值", message).severity(Severity::Warning);
            }
        }
    }
}

/// 抽样调查满意度 of 抽样调查满意度96.4%，达到: the words of the clause before.
fn last_named(words: &str) -> &str {
    let before = words.trim_end_matches(['达', '到', '，']);
    before.trim_end_matches(|c: char| c.is_ascii_digit() || ".%为达到是".contains(c))
}

/// 投诉处置及时率 | ≤95%: in a table that is no form.
fn in_row(cells: &[Cell], sink: &mut Sink) {
    let Some(name) = cells.iter().find(|cell| is_rate(&without_brackets(cell.flow.text()))) else { return };
    let aims = cells.iter().filter(|cell| cell.flow.text().starts_with(['≤', '<', '≥', '>']));
    // ≥90% | ≤80%: the bands of a scale.
    let mut values = aims.clone().flat_map(|cell| &cell.literals).map(|literal| literal.value);
    let one = values.next().is_some_and(|first| values.all(|value| value == first));
    if let Some(target) = aims.clone().find(|cell| one && cell.literals.first().is_some_and(is_at_most)) {
        let message = format!("“{}”应当越高越好，指标值却写成不超过：{}", name.flow.text(), target.flow.text());
        sink.report(target.span, "指标值", message).with(name.span, "指标");
    }
}

fn is_at_most(literal: &Literal) -> bool {
    literal.hedge == Hedge::AtMost && literal.unit == Unit::Percent && literal.value >= Exact::from(80)
}

fn in_forms(context: &Context, sink: &mut Sink) {
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
    is_rate(&without_brackets(&row.name.text))
}

fn is_rate(name: &str) -> bool {
    MORE.iter().any(|word| name.ends_with(word)) && !name.contains(['不', '未', '非'])
}

fn is_fewer(row: &IndicatorRow) -> bool {
    FEWER.iter().any(|word| row.name.text.ends_with(word))
}

fn is_cost(row: &IndicatorRow) -> bool {
    let cost = row.is_under("成本指标") || row.name.text.ends_with("成本");
    cost && !GRANTED.iter().any(|word| row.name.text.contains(word))
}
