//! 份数给不出的百分比: 50 questionnaires cannot give 95.33 %.

use super::{Context, Sink};
use crate::document::{Hedge, Literal, LiteralKind, Paragraph, Unit};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::rules::reading::sentence_around;

/// Rates of those asked.
const RATES: &[&str] = &["满意率", "支持率", "知晓率", "合格率", "通过率"];
/// May as well be an average of marks.
const MARKS: &[&str] = &["满意度"];
/// Words that say that it is one, or that not all were asked.
const OTHERWISE: &[&str] = &["平均", "综合", "加权", "得分", "分值", "题", "指数", "折算", "约", "户均"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for (_, paragraph) in context.document.paragraphs() {
        let text = paragraph.flow.text();
        for literal in paragraph.literals.iter().filter(|literal| is_rate(literal)) {
            let sentence = sentence_around(text, literal.range.start);
            let words = &text[sentence.clone()];
            if words.contains("问卷") && !OTHERWISE.iter().any(|word| words.contains(word)) {
                check_rate(context, paragraph, literal, &sentence, sink);
            }
        }
    }
}

fn is_rate(literal: &Literal) -> bool {
    literal.kind == LiteralKind::Measure
        && literal.unit == Unit::Percent
        && literal.hedge == Hedge::None
        && literal.places > 0
}

fn check_rate(
    context: &Context,
    paragraph: &Paragraph,
    rate: &Literal,
    sentence: &std::ops::Range<usize>,
    sink: &mut Sink,
) {
    let text = paragraph.flow.text();
    let before = &text[sentence.start..rate.range.start];
    let named = |rates: &[&str]| {
        rates.iter().any(|name| {
            before.rfind(name).is_some_and(|at| matches!(&before[at + name.len()..], "" | "为" | "达" | "达到" | "是"))
        })
    };
    let severity = match (named(RATES), named(MARKS)) {
        (true, _) => Severity::Warning,
        (_, true) => Severity::Info,
        _ => return,
    };
    let asked: Vec<&Literal> = paragraph
        .literals_in(sentence)
        .filter(|literal| literal.unit.is_counter() && literal.places == 0 && literal.hedge == Hedge::None)
        .collect();
    let counts: Vec<u32> = asked.iter().filter_map(|literal| u32::try_from(literal.value.mantissa()).ok()).collect();
    if counts.is_empty() || counts.iter().any(|count| *count == 0 || *count > 5000 || can_give(*count, rate)) {
        return;
    }
    let message = format!("{}份里有几份，都算不出{}", counts[counts.len() - 1], context.source.slice(rate.span));
    sink.report(rate.span, "百分比", message)
        .severity(severity)
        .with_all(asked.iter().map(|literal| literal.span), "份数");
}

/// Whether some whole number of `count`, in per cent, rounds or is cut to the rate as printed.
fn can_give(count: u32, rate: &Literal) -> bool {
    let near = || {
        // The numerator that comes nearest, and its neighbours.
        let share = rate.value.times(Exact::from(count))?.shown_quotient(Exact::from(100), 0)?;
        let middle = u32::try_from(share.mantissa()).ok()?;
        Some((middle.saturating_sub(1)..=middle + 1).any(|part| {
            let exact = Exact::from(part).times(Exact::from(100));
            let rounded = exact.and_then(|exact| exact.shown_quotient(Exact::from(count), rate.places));
            let cut = exact.zip(rate.value.times(Exact::from(count))).and_then(|(exact, stated)| {
                let unit = Exact::new(1, rate.places)?;
                let next = stated.plus(unit.times(Exact::from(count))?)?;
                Some(stated <= exact && exact < next)
            });
            rounded == Some(rate.value) || cut == Some(true)
        }))
    };
    near().unwrap_or(true)
}
