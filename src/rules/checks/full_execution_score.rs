//! 执行率不足却满分: the row of the execution rate has all of its points although less than the budget was spent.

use super::{Context, Sink};
use crate::exact::{End, Exact};
use crate::facts::form::{AmountRow, Form};
use crate::facts::{Facts, NumberId, Stage};
use crate::finding::{Severity, Verdict};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in &context.facts.forms {
        for row in form.amounts.iter().filter(|row| row.total) {
            check_row(context, form, row, sink);
        }
    }
}

fn check_row(context: &Context, form: &Form, row: &AmountRow, sink: &mut Sink) {
    let facts = context.facts;
    let (Some(weight), Some(score)) = (row.weight, row.score) else { return };
    let Some(rate) = rate(facts, row) else { return };
    let value = |id: NumberId| facts.number(id).literal.value;
    let full = value(weight) == value(score) && !value(weight).is_zero();
    if !full || rate.shown >= Exact::ONE || judged_already(context, score) {
        return;
    }
    // A form that gives whole points only may have rounded 99.6% of ten points.
    let points = value(weight).times(rate.shown);
    let rounds = points.is_some_and(|points| points.rounded(0) == value(score)) && !uses_decimals(facts, form);
    let text = |id: NumberId| context.source.slice(facts.number(id).literal.span);
    let shown = rate.shown.times(Exact::from(100)).map_or(String::new(), |percent| percent.rounded(2).with_places(2));
    let message = format!("执行率{shown}%，不足100%，执行率得分却给满分{}", text(score));
    let severity = if rounds { Severity::Warning } else { Severity::Error };
    let mut added = sink.report(facts.number(score).literal.span, "得分", message).severity(severity);
    for (id, role) in rate.from {
        added = added.with(facts.number(id).literal.span, role);
    }
    added.with(facts.number(weight).literal.span, "分值");
}

/// The execution rate of a row with the numbers that it comes from.
struct Rate {
    shown: Exact,
    from: Vec<(NumberId, &'static str)>,
}

/// The printed rate, else that of the operands. None where a rate printed as 100% may be anything from 99.5% on.
fn rate(facts: &Facts, row: &AmountRow) -> Option<Rate> {
    if let Some(id) = row.rate {
        let literal = &facts.number(id).literal;
        let high = match literal.loose()?.high {
            End::Open(high) | End::Closed(high) => high,
            End::Unbounded => return None,
        };
        let below = high <= Exact::ONE;
        return below.then_some(Rate { shown: literal.base()?, from: vec![(id, "执行率")] });
    }
    let budget = row.budget()?;
    let done = row.number_at(Stage::Final)?;
    let base = |id: NumberId| facts.number(id).literal.base().filter(|base| !base.is_zero());
    let shown = base(done)?.shown_quotient(base(budget)?, 4)?;
    Some(Rate { shown, from: vec![(budget, "预算数"), (done, "执行数")] })
}

/// Whether a formula has already found the score wrong.
fn judged_already(context: &Context, score: NumberId) -> bool {
    let of_score = |relation: &&crate::relations::Relation| {
        let page = context.formulas[relation.formula].page;
        matches!(relation.verdict, Verdict::Broken)
            && relation.numbers.contains(&score)
            && context.is_page(page, "execution-score")
    };
    context.relations.all.iter().any(|relation| of_score(&relation))
}

fn uses_decimals(facts: &Facts, form: &Form) -> bool {
    let scores = form.indicators.iter().filter_map(|row| row.score).chain(form.total.score);
    scores.into_iter().any(|id| !facts.number(id).literal.value.is_integer())
}
