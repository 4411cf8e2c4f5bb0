//! 比率超过100%: a rate of which there cannot be more than all.

use super::{Context, Sink};
use crate::document::{Literal, LiteralKind, Unit};
use crate::exact::Exact;
use crate::facts::{Fact, Measure};
use crate::finding::Severity;
use crate::rules::reading::clause_around;

/// Rates that count some of all.
const RATES: &[&str] = &[
    "满意度", "满意率", "合格率", "达标率", "准确率", "及时率", "知晓率", "优良率", "通过率", "办结率", "完好率",
    "合规率", "成活率", "正确率",
];
/// A hundred points with what some add for extra merits.
const MOST_POINTS: u32 = 150;
/// Words between the rate and its value.
const LINKS: &[&str] =
    &["", "为", "达", "达到", "达到了", "均为", "均达", "均达到", "是", "在", "：", "高达", "提升至"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for number in &context.facts.numbers {
        let literal = &number.literal;
        if !is_too_much(literal) {
            continue;
        }
        let Some(paragraph) = context.document.blocks[number.block].paragraph() else { continue };
        let text = paragraph.flow.text();
        let before = &text[clause_around(text, literal.range.start).start..literal.range.start];
        let rate = RATES
            .iter()
            .find(|rate| before.rfind(**rate).is_some_and(|at| LINKS.contains(&&before[at + rate.len()..])));
        if let Some(rate) = rate {
            report(context, rate, literal, sink);
        } else if falls(before) {
            let message = format!("下降不会超过100%，这里写作{}", context.source.slice(literal.span));
            sink.report(literal.span, "降幅", message).severity(Severity::Warning);
        }
    }
    for fact in context.facts.facts.iter().filter(|fact| fact.key.concept.0 == "score.self") {
        score(context, fact, sink);
    }
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        let Some(rate) = RATES.iter().find(|rate| row.name.text.ends_with(**rate)) else { continue };
        let cells = [&row.target, &row.achieved].into_iter().flatten().flat_map(|words| &words.numbers);
        for literal in cells.map(|id| &context.facts.number(*id).literal).filter(|literal| is_too_much(literal)) {
            report(context, rate, literal, sink);
        }
    }
}

/// 自评得分977.46分, where nothing says what the full mark is: of a hundred, and some for extra merits.
fn score(context: &Context, fact: &Fact, sink: &mut Sink) {
    let number = context.facts.number(fact.number);
    let literal = &number.literal;
    let told = context.document.blocks[number.block].paragraph().map_or("满分", |paragraph| paragraph.flow.text());
    let scored = fact.key.measure == Measure::Score && literal.unit == Unit::Score;
    if scored && literal.value > Exact::from(MOST_POINTS) && !told.contains("满分") {
        let message = format!("百分制的得分不会这么高，这里写作{}", context.source.slice(literal.span));
        sink.report(literal.span, "得分", message);
    }
}

/// 较上年下降223%: to less than nothing.
fn falls(before: &str) -> bool {
    let stem = LINKS.iter().rev().find_map(|link| before.strip_suffix(link).filter(|_| !link.is_empty()));
    ["下降", "降低", "减少", "降幅", "压减"].iter().any(|word| stem.unwrap_or(before).ends_with(word))
        && !["利润", "亏损", "结余", "余额", "盈余", "净"].iter().any(|word| before.contains(word))
}

fn is_too_much(literal: &Literal) -> bool {
    literal.kind == LiteralKind::Measure && literal.unit == Unit::Percent && literal.value > Exact::from(100)
}

fn report(context: &Context, rate: &str, literal: &Literal, sink: &mut Sink) {
    let message = format!("{rate}不会超过100%，这里写作{}", context.source.slice(literal.span));
    sink.report(literal.span, "比率", message);
}
