//! 预算大幅调整未说明: 全年预算 is far more or less than 年初预算 and no sentence says why.

use super::amounts::{base, of_unit, printed};
use super::near::{ADJUSTED, REASON, says};
use super::{Context, Sink};
use crate::exact::Exact;
use crate::facts::Stage;

/// From which change on a reason is asked for: 30 %.
const LARGE: u32 = 30;
/// Smaller budgets change by chance, in 元.
const SMALL: u32 = 50_000;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let first = |stages: &'static [Stage]| of_unit(context, "exp.total", stages).next();
    let (Some(initial), Some(adjusted)) = (first(&[Stage::Initial]), first(&[Stage::Adjusted])) else { return };
    let (Some(from), Some(to)) = (base(context, initial), base(context, adjusted)) else { return };
    let Some(change) = to.minus(from).map(Exact::abs).filter(|_| from > Exact::from(SMALL)) else { return };
    let Some(rate) = change.times(Exact::from(100)).and_then(|change| change.shown_quotient(from, 1)) else { return };
    if rate <= Exact::from(LARGE) || is_explained(context) {
        return;
    }
    let span = |fact: &crate::facts::Fact| context.facts.number(fact.number).literal.span;
    let [one, two] = [initial, adjusted].map(|fact| printed(context, fact));
    let message = format!("年初预算{one}，全年预算{two}，调整{rate}%，全文没有说明调整原因");
    sink.report(span(adjusted), "全年预算数", message).with(span(initial), "年初预算数");
}

/// Whether some sentence gives a reason for a change of the budget, or at least its amount.
fn is_explained(context: &Context) -> bool {
    says(context.document, &[ADJUSTED, REASON]) || says(context.document, &[ADJUSTED, &["元"]])
}
