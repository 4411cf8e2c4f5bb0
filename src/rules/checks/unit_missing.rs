//! 金额缺单位: an amount with decimals after 预算, 支出 and the like, without a unit, in a text that prints units.

use std::cell::LazyCell;

use super::{Context, Sink};
use crate::document::{Literal, LiteralKind, Unit};
use crate::rules::concordance::Found;
use crate::rules::reading::{bodies, contains_any, finder};

/// What an amount stands after.
const MONEY: &[&str] = &[
    "预算", "决算", "支出", "收入", "经费", "拨款", "资金", "结余", "结转", "预算数", "决算数", "执行数", "支出数",
    "收入数", "总额", "金额",
];
/// Words between.
const LINKS: &[&str] = &["为", "是", "共计", "合计", "共", "总计", "达", "数为", "额为"];
/// What states the unit of amounts that follow.
const DECLARED: &[&str] = &["单位：万元", "单位:万元", "单位：元", "单位:元", "单位为万元", "万元）", "以万元为单位"];
/// So many amounts with units show that the text prints them.
const USUAL: usize = 3;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let paragraphs = || context.document.paragraphs().flat_map(|(_, paragraph)| &paragraph.literals);
    if paragraphs().filter(|literal| literal.unit.is_money() && literal.unit_printed).count() < USUAL {
        return;
    }
    let declared = LazyCell::new(|| declared(context));
    for stretch in bodies(context.document) {
        let text = stretch.text();
        let Some(paragraph) = context.document.blocks[stretch.block].paragraph() else { continue };
        let mut bare = paragraph.literals.iter().filter(|literal| is_bare(literal, text)).peekable();
        if bare.peek().is_none()
            || contains_any(text, &["单位", "(万元"])
            || is_declared(context, &declared, stretch.block)
        {
            continue;
        }
        for literal in bare {
            let digits = context.source.slice(literal.span);
            sink.report(literal.span, "金额", format!("“{digits}”后面没有单位，不知是元还是万元"));
        }
    }
}

/// The paragraphs that state a unit for what follows, in order.
fn declared(context: &Context) -> Vec<usize> {
    let found = context.shared.concordance().find(finder!(DECLARED.iter().copied())).filter(Found::is_body);
    found.map(|found| found.stretch.block).collect()
}

/// 各项目列示如下（单位：万元）: holds for the paragraphs that follow under the same heading.
fn is_declared(context: &Context, declared: &[usize], block: usize) -> bool {
    let section = |block: usize| context.document.blocks[block].section;
    let last = declared[..declared.partition_point(|declared| *declared <= block)].last();
    last.is_some_and(|declared| section(*declared) == section(block))
}

fn is_bare(literal: &Literal, text: &str) -> bool {
    let (before, after) = (&text[..literal.range.start], &text[literal.range.end..]);
    let plain = literal.kind == LiteralKind::Measure && literal.unit == Unit::None && literal.places == 2;
    let named = || {
        let linked = LINKS.iter().find_map(|link| before.strip_suffix(*link)).unwrap_or(before);
        MONEY.iter().any(|word| linked.ends_with(word))
    };
    plain && after.starts_with(['，', '。', '；', '、']) && named()
}
