//! Praise for the execution of a budget that was not executed.

use super::{Context, Sink};
use crate::document::{BlockKind, Hedge, Literal, Paragraph, Unit};
use crate::exact::Exact;
use crate::rules::concordance::Found;
use crate::rules::reading::{contains_any, finder, first_of, tail};
use crate::source::Span;

/// Below this rate, in percent, nobody should call the execution good.
const LOW: u32 = 90;

const PRAISE: &[&str] = &[
    "达到序时进度", "符合序时进度", "执行严格有序", "预算执行有序", "预算执行情况良好", "预算执行良好", "预算执行及时",
    "执行进度良好", "预算执行率较高", "预算执行到位", "预算执行有力", "资金执行情况良好",
];

const ADMITTED: &[&str] = &[
    "执行率不高", "执行率偏低", "执行率较低", "执行率低", "执行进度缓慢", "执行进度偏慢", "执行进度较慢", "执行进度慢",
    "支付进度偏慢", "支付进度缓慢", "支出进度缓慢", "支出进度偏慢", "支出进度较慢", "预算执行缓慢",
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let praise = praise(context);
    let parts = context.shared.parts();
    let mut told = std::collections::BTreeSet::new();
    for (block, span) in praise {
        let part = parts[block];
        if !told.insert(part) {
            continue;
        }
        let words = context.source.slice(span);
        if let Some(rate) = low_rate(context, parts, part) {
            let message = format!("称“{words}”，而执行率只有{}", context.source.slice(rate));
            sink.report(span, "评价", message).with(rate, "执行率");
        } else if let Some(problem) = admitted(context, parts, part) {
            let message = format!("称“{words}”，问题里又说“{}”", context.source.slice(problem));
            sink.report(span, "评价", message).with(problem, "列出的问题");
        } else {
            told.remove(&part);
        }
    }
}

/// Where the running text praises the execution.
fn praise(context: &Context) -> Vec<(usize, Span)> {
    let finder = finder!(PRAISE.iter().copied());
    let mut found = Vec::new();
    for Found { stretch, range, .. } in context.shared.concordance().find(finder).filter(Found::is_body) {
        let before = tail(&stretch.text()[..range.start], 4);
        if !contains_any(before, &["未", "不", "没有", "低于", "确保", "保证", "力争", "要"]) {
            found.push((stretch.block, stretch.span(range)));
        }
    }
    found
}

/// The rate of execution of the whole budget, where it is low.
fn low_rate(context: &Context, parts: &[u32], part: u32) -> Option<Span> {
    let blocks = context.document.blocks.iter().enumerate().filter(|(block, _)| parts[*block] == part);
    blocks.into_iter().find_map(|(_, block)| {
        let BlockKind::Paragraph(paragraph) = &block.kind else { return None };
        paragraph.literals.iter().find(|literal| is_low_rate(paragraph, literal)).map(|literal| literal.span)
    })
}

/// 整体预算执行率83.11%
fn is_low_rate(paragraph: &Paragraph, literal: &Literal) -> bool {
    if literal.unit != Unit::Percent || literal.hedge != Hedge::None || literal.value >= Exact::from(LOW) {
        return false;
    }
    let text = paragraph.flow.text();
    let before = text[..literal.range.start].trim_end_matches(['为', '达', '到', '是', '：', ':']);
    let wholes = [
        "整体预算执行率", "总体预算执行率", "部门预算执行率", "单位预算执行率", "全年预算执行率", "年度预算执行率",
        "整体支出执行率", "整体执行率", "总体执行率", "总预算执行率",
    ];
    wholes.iter().any(|whole| before.ends_with(whole)) && !contains_any(tail(before, 14), &["上年", "项目", "去年"])
}

/// 资金执行率不高, among the problems
fn admitted(context: &Context, parts: &[u32], part: u32) -> Option<Span> {
    let problems = context.shared.problems();
    let own = problems.iter().filter(|each| parts[context.document.section(each.id).block] == part);
    own.flat_map(|problems| &problems.pieces).find_map(|piece| {
        let (at, word) = first_of(piece.text(), ADMITTED)?;
        let clause = tail(&piece.text()[..at], 12);
        let start = piece.range.start + at;
        (!contains_any(clause, &["个别", "部分", "少数", "有的", "某些"]))
            .then(|| piece.paragraph.flow.span(start..start + word.len()))
    })
}
