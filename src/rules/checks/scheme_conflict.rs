//! 同一报告评分办法不一: the forms of two projects give the execution row different points.

use super::{Context, Sink};
use crate::facts::form::Form;
use crate::facts::{Entity, NumberId};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let weight = |form: &Form| form.total_row()?.weight;
    let of_project = |form: &&Form| matches!(form.entity, Entity::Item(_)) && !form.indicators.is_empty();
    let weights: Vec<NumberId> = context.facts.forms.iter().filter(of_project).filter_map(weight).collect();
    let literal = |id: NumberId| &context.facts.number(id).literal;
    let Some((first, more)) = weights.split_first() else { return };
    if let Some(other) = more.iter().find(|other| literal(**other).value != literal(*first).value) {
        let [one, two] = [*first, *other].map(|id| context.source.slice(literal(id).span));
        let message = format!("各项目的执行率分值不一：一张表是{one}，一张表是{two}");
        sink.report(literal(*other).span, "执行率分值", message).with(literal(*first).span, "另一张表");
    }
}
