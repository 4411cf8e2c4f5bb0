//! 百分点写成百分比: 由90%提高到95%，提高5%, where five points are meant.

use super::{Context, Sink};
use crate::facts::{ClaimKind, Operand, Role};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for claim in context.facts.claims.iter().filter(|claim| claim.kind == ClaimKind::Points) {
        let number = |role: Role| claim.role(role).first().and_then(Operand::number);
        let all = number(Role::Current).zip(number(Role::Previous)).zip(number(Role::Growth));
        let Some(((current, previous), growth)) = all else { continue };
        let literal = |id| &context.facts.number(id).literal;
        let [now, then, change] = [current, previous, growth].map(|id| context.source.slice(literal(id).span));
        let points = format!("{}个百分点", literal(growth).value.with_places(literal(growth).places));
        let message = format!("{now}与{then}相差{points}，写成了{change}");
        let added = sink.report(literal(growth).span, "变化", message).suggest(points, "两个百分比之差是百分点");
        added.with(literal(current).span, "本期").with(literal(previous).span, "上期");
    }
}
