//! Percentages that were cut off where they should have been rounded.

use super::{Context, Sink};
use crate::facts::{ClaimKind, Operand};
use crate::relations::Relation;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for relation in context.relations.all.iter().filter(|relation| relation.truncated && is_share(context, relation)) {
        let formula = &context.formulas[relation.formula];
        let Some(arithmetic) = context.relations.arithmetic(context.facts, formula, relation) else { continue };
        let Some(stated) = arithmetic.stated().and_then(Operand::number) else { continue };
        let proof = arithmetic.proof(relation.verdict);
        let message = format!("{}应进位为{}", proof.stated, proof.computed);
        let with = proof.computed.clone();
        let mut added = sink.report(context.facts.number(stated).literal.span, "截尾的数", message);
        for number in relation.numbers.iter().filter(|number| **number != stated) {
            added = added.with(context.facts.number(*number).literal.span, "计算依据");
        }
        added.suggest(with, "四舍五入，不截尾").proof(proof);
    }
}

/// Rates are cut off by the systems that compute them, and nobody adds them up; shares are meant to make 100%.
fn is_share(context: &Context, relation: &Relation) -> bool {
    relation.claim.is_some_and(|claim| context.facts.claims[claim].kind == ClaimKind::Share)
}
