//! 次数为零却有费用: 接待0批次 beside 公务接待费6.74万元.

use super::{Context, Sink};
use crate::document::{Literal, LiteralKind, Paragraph};
use crate::facts::{Fact, Measure, Period, Stage};
use crate::rules::reading::tail;

/// What is counted, in which units, and what its money is called.
const COUNTED: &[(&str, &[&str], &str)] = &[
    ("接待", &["批次", "批", "人次", "人", "次"], "sangong.reception"),
    ("团组", &["个", "人次", "人", "批"], "sangong.abroad"),
];

/// Words that explain money without a count.
const EXPLAINED: &[&str] = &["结算", "挂账", "欠付", "以前年度", "往年", "补付"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for (block, paragraph) in context.document.paragraphs() {
        if !paragraph.literals.iter().any(|literal| literal.value.is_zero()) {
            continue;
        }
        if EXPLAINED.iter().any(|word| paragraph.flow.text().contains(word)) {
            continue;
        }
        for counted in COUNTED {
            check_paragraph(context, (block, paragraph), counted, sink);
        }
    }
}

fn check_paragraph(context: &Context, at: (usize, &Paragraph), counted: &(&str, &[&str], &str), sink: &mut Sink) {
    let (block, paragraph) = at;
    let (what, _, concept) = counted;
    let counts: Vec<&Literal> =
        paragraph.literals.iter().filter(|literal| is_count(paragraph, literal, counted)).collect();
    let Some(zero) = counts.first().filter(|_| counts.iter().all(|count| count.value.is_zero())) else { return };
    let Some(money) = context.facts.facts.iter().find(|fact| is_spent(context, fact, block, concept)) else { return };
    let money = &context.facts.number(money.number).literal;
    let [count, spent] = [zero.span, money.span].map(|span| context.source.slice(span));
    let message = format!("{what}{count}，却有费用{spent}");
    sink.report(zero.span, "次数", message).with(money.span, "费用");
}

/// 国内公务接待0批次、0人次
fn is_count(paragraph: &Paragraph, literal: &Literal, (what, units, _): &(&str, &[&str], &str)) -> bool {
    let text = paragraph.flow.text();
    let before = || tail(&text[..literal.range.start], 16);
    let printed = text[literal.range.start..].trim_start_matches(|c: char| c.is_ascii_digit());
    let counts = literal.unit.is_counter() && literal.kind == LiteralKind::Measure;
    counts && units.iter().any(|unit| printed.starts_with(unit)) && before().contains(what)
}

/// Money of the year under report, not of the budget.
fn is_spent(context: &Context, fact: &Fact, block: usize, concept: &str) -> bool {
    let number = context.facts.number(fact.number);
    let this_year =
        context.facts.report.year.is_none_or(|year| matches!(fact.key.period, Period::Year(own) if own == year));
    number.block == block
        && number.literal.unit.is_money()
        && !number.literal.value.is_zero()
        && fact.key.concept.0 == concept
        && fact.key.measure == Measure::Level
        && matches!(fact.key.stage, Stage::Final | Stage::Unstated)
        && this_year
}
