//! 公用经费超预算: far more was spent on running costs than the budget gave, and no sentence says why.

use super::amounts::{base, excess, of_unit, printed};
use super::near::{ADJUSTED, REASON, says};
use super::{Context, Sink, proof};
use crate::exact::Exact;
use crate::facts::{Fact, Stage};

/// From which excess on it is reported: smaller ones are the usual adjustment of the year, 30 %.
const LARGE: u32 = 30;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let first = |stages: &'static [Stage]| of_unit(context, "exp.public", stages).next();
    let (Some(budget), Some(done)) = (first(&[Stage::Initial, Stage::Budget]), first(&[Stage::Final])) else { return };
    let (Some(from), Some(to)) = (base(context, budget).filter(|base| !base.is_zero()), base(context, done)) else {
        return;
    };
    let adjusted = first(&[Stage::Adjusted]).is_some();
    let Some(rate) = excess(from, to).filter(|rate| *rate > Exact::from(LARGE) && !adjusted) else { return };
    if says(context.document, &[ADJUSTED, REASON]) {
        return;
    }
    let literal = |fact: &Fact| &context.facts.number(fact.number).literal;
    let proof = proof::pair(literal(done), ">", literal(budget));
    let [one, two] = [budget, done].map(|fact| printed(context, fact));
    let message = format!("公用经费预算{one}，决算{two}，超出{rate}%，未见说明");
    sink.report(literal(done).span, "决算数", message).with(literal(budget).span, "预算数").proof(proof);
}
