//! 成本指标与资金不符: a cost indicator of a form that is the form's own total but for a slip of the pen.

use super::{Context, Sink, proof};
use crate::document::Literal;
use crate::facts::Stage;
use crate::facts::form::{Form, Words};
use crate::facts::slip::is_slip;
use crate::rules::indicator::figure;

/// Fewer digits than these are too often near each other by chance.
const FEWEST_DIGITS: u32 = 4;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    context.facts.forms.iter().for_each(|form| check_form(context, form, sink));
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let Some(total) = form.total_row() else { return };
    let planned = total.budget();
    let spent = total.number_at(Stage::Final);
    for row in form.indicators.iter().filter(|row| row.is_under("成本")) {
        let sides = [(&row.target, planned, "指标值", "预算数"), (&row.achieved, spent, "完成值", "全年执行数")];
        for (words, whole, role, other) in sides {
            let (Some(words), Some(whole)) = (words.as_ref(), whole) else { continue };
            let whole = &context.facts.number(whole).literal;
            let Some(stated) = stated(context, form, words, whole) else { continue };
            let message = format!(
                "成本指标“{}”的{role}{}，而{other}为{}",
                row.name.text,
                words.text,
                context.source.slice(whole.span)
            );
            let proof = proof::pair(whole, "≠", stated);
            sink.report(stated.span, role, message).with(whole.span, other).proof(proof);
        }
    }
}

/// The amount of a cell that is a slip for the whole, and no other amount of the form.
fn stated<'c>(context: &'c Context, form: &Form, words: &Words, whole: &Literal) -> Option<&'c Literal> {
    let found = figure(context.facts, words).filter(|figure| figure.unit.is_money())?;
    let long = whole.value.significant_digits() >= FEWEST_DIGITS;
    let cells = form.amounts.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.number);
    let other = cells.into_iter().any(|id| context.facts.number(id).literal.base() == found.base());
    (long && whole.unit.is_money() && !other && found.base() != whole.base() && is_slip(found, whole)).then_some(found)
}
