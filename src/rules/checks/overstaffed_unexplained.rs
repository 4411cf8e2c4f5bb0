//! 超编未说明: more people than posts, and no sentence says why.

use super::near::says;
use super::{Context, Sink, proof};
use crate::facts::{Concept, Entity, Fact, Measure};

/// Words that explain more people than posts.
const EXPLAINED: &[&str] = &[
    "超编", "划转", "改革", "借调", "老人老办法", "自然减员", "消化", "未核编", "编外", "临聘", "聘用", "政府购买",
    "超出编制", "军转", "安置", "核减编制", "挂职",
];

/// Words of posts, beside which an explanation counts.
const POSTS: &[&str] = &["编制", "超编", "满编", "核编", "在编"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let quotas = people(context, "hc.quota", |label| {
        !["行政", "事业", "工勤", "参公", "其中"].iter().any(|word| label.contains(word))
    });
    let actuals = people(context, "hc.actual", |_| true);
    let value = |fact: &&Fact| context.facts.number(fact.number).literal.value;
    let (Some(quota), Some(actual)) =
        (quotas.iter().copied().max_by_key(|fact| value(fact)), actuals.iter().copied().min_by_key(|fact| value(fact)))
    else {
        return;
    };
    if value(&actual) <= value(&quota) || value(&quota).is_zero() || says(context.document, &[EXPLAINED, POSTS]) {
        return;
    }
    let literal = |fact: &Fact| &context.facts.number(fact.number).literal;
    let span = |fact: &Fact| literal(fact).span;
    let proof = proof::pair(literal(actual), ">", literal(quota));
    let message = format!("编制{}人，实有{}人，超编而全文没有说明", value(&quota), value(&actual));
    sink.report(span(actual), "实有人数", message).with(span(quota), "编制数").proof(proof).with_all(
        quotas
            .iter()
            .chain(&actuals)
            .filter(|fact| span(fact) != span(actual) && span(fact) != span(quota))
            .map(|fact| span(fact)),
        "另一处",
    );
}

/// The head counts of the whole unit, parts of them excepted.
fn people<'c>(context: &'c Context, concept: &'static str, plain: fn(&str) -> bool) -> Vec<&'c Fact> {
    let level = |fact: &&Fact| {
        fact.key.entity == Entity::Unit
            && fact.key.concept == Concept(concept)
            && fact.key.measure == Measure::Level
            && plain(&fact.label)
    };
    context.facts.facts.iter().filter(level).collect()
}
