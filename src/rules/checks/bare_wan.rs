//! “万”后缺“元”: money printed as 513.12万.

use super::{Context, Sink};
use crate::document::{LiteralKind, Unit};
use crate::facts::{Facts, Number};
use crate::source::Span;

/// Words that make what follows money.
const MONEY: &[&str] =
    &["费", "支出", "资金", "预算", "决算", "投入", "成本", "金额", "拨款", "投资", "收入", "元", "经济"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let spans: Vec<Span> = context
        .facts
        .numbers
        .iter()
        .filter(|number| is_bare(context, number))
        .map(|number| number.literal.span)
        .collect();
    let Some(first) = spans.first() else { return };
    let more = if spans.len() > 1 { format!("等{}处", spans.len()) } else { String::new() };
    sink.report(*first, "金额", format!("“{}”{more}“万”后缺“元”", context.source.slice(*first)))
        .with_all(spans[1..].iter().copied(), "金额");
}

fn is_bare(context: &Context, number: &Number) -> bool {
    let literal = &number.literal;
    let printed = literal.unit == Unit::WanYuan && literal.unit_printed && literal.kind == LiteralKind::Measure;
    printed && context.source.slice(literal.span).ends_with('万') && is_money(context, context.facts, number)
}

/// Whether the words before the number, or the labels of its row, speak of money.
fn is_money(context: &Context, facts: &Facts, number: &Number) -> bool {
    let block = &context.document.blocks[number.block];
    let says = |text: &str| MONEY.iter().any(|word| text.contains(word));
    match block.paragraph() {
        Some(paragraph) => {
            let before = &paragraph.flow.text()[..number.literal.range.start];
            says(before.rsplit(['。', '；', '，', ',']).next().unwrap_or(""))
        }
        None => facts
            .forms
            .iter()
            .flat_map(|form| &form.indicators)
            .filter(|row| {
                [&row.target, &row.achieved].into_iter().flatten().any(|words| words.span.contains(number.literal.span))
            })
            .any(|row| says(&row.name.text) || row.levels.iter().any(|level| says(&level.text))),
    }
}
