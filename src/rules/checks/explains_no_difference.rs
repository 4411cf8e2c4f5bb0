//! 解释并不存在的差异: the text explains why budget and final accounts differ, and in the form they are equal.

use super::near::sentences;
use super::{Context, Sink};
use crate::document::Paragraph;
use crate::facts::form::Form;
use crate::facts::{Entity, NumberId, Stage};
use crate::source::FlowRange;

/// Words of a difference between budget and final accounts.
const DIFFERENCE: &[&str] =
    &["预算和决算的差异", "预算与决算的差异", "预算决算差异", "预决算差异", "预算与执行的差异", "决算与预算的差异"];
/// Words that give its cause.
const CAUSED: &[&str] = &["导致", "造成", "产生", "形成", "引起"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for (block, paragraph, sentence) in sentences(context.document) {
        let Some(words) = difference(paragraph, &sentence.range) else { continue };
        let about = context.facts.project_of(block).cloned().unwrap_or(Entity::Unit);
        let mut forms = context.facts.forms.iter().filter(|form| form.entity == about && form.total_row().is_some());
        let (Some(form), None) = (forms.next(), forms.next()) else { continue };
        if let Some(equal) = all_equal(context, form) {
            report(context, paragraph, words, &equal, sink);
        }
    }
}

fn report(context: &Context, paragraph: &Paragraph, words: FlowRange, equal: &[NumberId], sink: &mut Sink) {
    let literal = |id: NumberId| &context.facts.number(id).literal;
    let message = format!(
        "文中解释预算与决算的差异，而该项目自评表的预算数与执行数都是{}",
        context.source.slice(literal(equal[0]).span)
    );
    sink.report(paragraph.flow.span(words), "所解释的差异", message)
        .with_all(equal.iter().map(|id| literal(*id).span), "表中数");
}

/// 导致预算和决算的差异
fn difference(paragraph: &Paragraph, sentence: &FlowRange) -> Option<FlowRange> {
    let text = paragraph.flow.slice(sentence.clone());
    if !text.contains("差异") {
        return None;
    }
    let caused = CAUSED.iter().any(|word| text.contains(word));
    let (at, word) = DIFFERENCE.iter().find_map(|word| Some((text.find(word)?, word))).filter(|_| caused)?;
    Some(sentence.start + at..sentence.start + at + word.len())
}

/// The amounts of the whole, where every stage has the same.
fn all_equal(context: &Context, form: &Form) -> Option<Vec<NumberId>> {
    let row = form.total_row()?;
    let found: Vec<NumberId> = [Stage::Initial, Stage::Adjusted, Stage::Budget, Stage::Final]
        .iter()
        .filter_map(|stage| row.number_at(*stage))
        .collect();
    let value = |id: &NumberId| context.facts.number(*id).literal.base();
    let equal = found.len() >= 2
        && row.number_at(Stage::Final).is_some()
        && found.windows(2).all(|pair| value(&pair[0]) == value(&pair[1]));
    equal.then_some(found)
}
