//! 百分号缺失: 占76.23，执行率为98.15。

use super::{Context, Sink};
use crate::document::{Literal, LiteralKind, Unit};
use crate::exact::Exact;
use crate::rules::reading::bodies;

/// What a percentage stands after.
const RATES: &[&str] = &[
    "占", "占比", "执行率", "完成率", "到位率", "满意度", "满意率", "合格率", "同比增长", "同比下降", "增长率",
    "使用率",
];
const LINKS: &[&str] = &["为", "达", "达到", "了", "约"];
/// So many percentages with their sign show that the text prints it.
const USUAL: usize = 2;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let literals = || context.document.paragraphs().flat_map(|(_, paragraph)| &paragraph.literals);
    if literals().filter(|literal| literal.unit == Unit::Percent).count() < USUAL {
        return;
    }
    for stretch in bodies(context.document) {
        let Some(paragraph) = context.document.blocks[stretch.block].paragraph() else { continue };
        for literal in paragraph.literals.iter().filter(|literal| is_bare(literal, stretch.text())) {
            let digits = context.source.slice(literal.span);
            sink.report(literal.span, "比率", format!("“{digits}”后面缺百分号"))
                .suggest(format!("{digits}%"), "补上百分号");
        }
    }
}

fn is_bare(literal: &Literal, text: &str) -> bool {
    let (before, after) = (&text[..literal.range.start], &text[literal.range.end..]);
    let plain = literal.kind == LiteralKind::Measure
        && literal.unit == Unit::None
        && literal.places == 2
        && literal.value <= Exact::from(100);
    let named = || {
        let linked = LINKS.iter().find_map(|link| before.strip_suffix(*link)).unwrap_or(before);
        RATES.iter().any(|word| linked.ends_with(word))
    };
    plain && (after.is_empty() || after.starts_with(['，', '。', '；', '、', '）'])) && named()
}
