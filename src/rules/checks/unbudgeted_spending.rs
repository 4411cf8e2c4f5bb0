//! 无预算支出: the budget cell is zero or blank and money was spent.

use super::near::{ADJUSTED, sentences};
use super::{Context, Sink};
use crate::exact::Exact;
use crate::facts::form::{AmountCell, AmountRow, Form};
use crate::facts::label::normal_name;
use crate::facts::{Concept, NumberId, Stage};
use crate::finding::Severity;

/// What a small unbudgeted amount is, in 元.
const SMALL: u32 = 50_000;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in &context.facts.forms {
        for row in form.amounts.iter().filter(|row| !carries(row)) {
            check_row(context, form, row, sink);
        }
    }
}

fn check_row(context: &Context, form: &Form, row: &AmountRow, sink: &mut Sink) {
    let Some((spent, done)) = row.at(Stage::Final).and_then(|cell| Some((cell, cell.number?))) else { return };
    let budgets: Vec<&AmountCell> = row
        .cells
        .iter()
        .filter(|cell| cell.stage.is_budget())
        .filter(|cell| cell.period == spent.period || cell.period.is_none())
        .collect();
    let base = |id: NumberId| context.facts.number(id).literal.base();
    let amount = base(done).filter(|amount| !amount.is_zero() && !amount.is_negative());
    let none = |cell: &&AmountCell| match cell.number {
        Some(id) => base(id).is_some_and(Exact::is_zero),
        None => cell.words.is_blank() && is_filled_elsewhere(form, cell),
    };
    let Some(amount) = amount.filter(|_| !budgets.is_empty() && budgets.iter().all(none)) else { return };
    if is_explained(context, row) || !context.facts.number(done).literal.unit.is_money() {
        return;
    }
    let literal = &context.facts.number(done).literal;
    let printed = if budgets[0].number.is_some() { "为0" } else { "空白" };
    let message = format!(
        "“{}”预算{printed}，决算{}{}，未见说明",
        row.label.text,
        context.source.slice(literal.span),
        unit(literal)
    );
    let named = row.concept.is_some_and(|concept| concept != Concept("exp.total"));
    let severity = if named && amount >= Exact::from(SMALL) { Severity::Warning } else { Severity::Info };
    sink.report(literal.span, "决算数", message)
        .severity(severity)
        .with(row.label.span, "项目")
        .with_all(budgets.iter().filter(|cell| cell.number.is_some()).map(|cell| cell.words.span), "预算数");
}

/// The unit that a number takes from its table.
fn unit(literal: &crate::document::Literal) -> &'static str {
    if literal.unit_printed { "" } else { literal.unit.word() }
}

/// Money carried over from the year before needs no budget of this year.
fn carries(row: &AmountRow) -> bool {
    row.total || row.label.text.contains("结转") || row.label.text.contains("结余") || row.label.text.contains("收入")
}

/// Whether the column holds numbers in other rows, so that the blank cell is a gap.
fn is_filled_elsewhere(form: &Form, cell: &AmountCell) -> bool {
    let like = |other: &&AmountCell| other.stage == cell.stage && other.period == cell.period && other.number.is_some();
    form.amounts.iter().flat_map(|row| &row.cells).filter(like).count() >= 2
}

/// Whether a sentence about the row speaks of a change of the budget.
fn is_explained(context: &Context, row: &AmountRow) -> bool {
    let name = normal_name(super::near::bare(&row.label.text));
    let concept = row.concept.and_then(|concept| crate::facts::lexicon().entry(concept)).map_or("", |entry| entry.name);
    sentences(context.document).any(|(_, paragraph, sentence)| {
        let text = paragraph.flow.slice(sentence.range.clone());
        let about = !name.is_empty() && text.contains(name.as_str()) || !concept.is_empty() && text.contains(concept);
        let changed =
            ADJUSTED.iter().chain(&["年初无预算", "年初未", "未列入", "未安排"]).any(|word| text.contains(word));
        about && changed
    })
}
