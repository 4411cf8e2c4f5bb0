//! 同一项目金额不一致: 全年执行数 of a form against the cost indicator of the form and the list in the text.

use super::project::{Project, projects};
use super::{Context, Sink, proof};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal};
use crate::facts::form::IndicatorRow;
use crate::facts::label::normal_name;
use crate::facts::{Entity, Fact, Measure, NumberId, Stage};
use crate::rules::indicator::figure;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    projects(context).iter().for_each(|project| check_project(context, project, sink));
}

fn check_project(context: &Context, project: &Project, sink: &mut Sink) {
    let others: Vec<(NumberId, &str)> = costs(context, project).chain(listed(context, project)).collect();
    let literal = |id: NumberId| &context.facts.number(id).literal;
    let differs = |id: NumberId| !meets(literal(id), literal(project.spent));
    let conflicts: Vec<&(NumberId, &str)> = others.iter().filter(|(id, _)| differs(*id)).collect();
    // One figure among several that agree with the form is that figure's own mistake.
    let Some((first, role)) = conflicts.first().filter(|_| conflicts.len() == others.len()) else { return };
    let [one, two] = [project.spent, *first].map(|id| context.source.slice(literal(id).span));
    let unit = if literal(project.spent).unit_printed { "" } else { literal(project.spent).unit.word() };
    let message = format!("“{}”全年执行数{one}{unit}，{role}为{two}", project.name);
    let proof = proof::pair(literal(*first), "≠", literal(project.spent));
    let mut added = sink.report(literal(project.spent).span, "全年执行数", message).proof(proof);
    for (id, role) in &conflicts {
        added = added.with(literal(*id).span, role);
    }
}

/// Whether two figures can be one; 396.10 without a unit can be any.
fn meets(a: &Literal, b: &Literal) -> bool {
    a.unit.dimension() != b.unit.dimension() || a.loose().zip(b.loose()).is_none_or(|(a, b)| a.meets(&b))
}

/// 成本指标 绿化费 31.6万: what the form itself says that the project cost.
fn costs<'c>(context: &'c Context, project: &'c Project) -> impl Iterator<Item = (NumberId, &'static str)> + 'c {
    let of_project = |row: &&IndicatorRow| {
        let name = normal_name(&row.name.text);
        let cost = row.is_under("成本");
        let own = name.chars().count() >= 2 && project.name.contains(name.as_str());
        cost && (own || ["项目总成本", "项目成本", "总成本"].contains(&row.name.text.as_str()))
    };
    project.form.indicators.iter().filter(of_project).filter_map(|row| {
        let achieved = row.achieved.as_ref()?;
        let literal = figure(context.facts, achieved)?;
        let money =
            literal.unit.dimension() == Dimension::Money && literal.unit_printed && literal.hedge == Hedge::None;
        Some((*achieved.numbers.first()?, "成本指标完成值")).filter(|_| money)
    })
}

/// What the text outside the form says was spent on the project or paid in for it.
fn listed<'c>(context: &'c Context, project: &'c Project) -> impl Iterator<Item = (NumberId, &'static str)> + 'c {
    let stated = |fact: &&Fact| {
        let number = context.facts.number(fact.number);
        let own = matches!(&fact.key.entity, Entity::Item(name) if name == project.name);
        // The words of one paragraph about several things are not all about the project itself.
        let whole = fact.label.contains("费") || fact.label.contains(project.name) || fact.label.contains("执行");
        own && number.cell.is_none()
            && whole
            && fact.key.measure == Measure::Level
            && fact.key.stage == Stage::Final
            && number.literal.unit.is_money()
            && number.literal.hedge == Hedge::None
    };
    context.facts.facts.iter().filter(stated).map(|fact| (fact.number, "正文所列金额"))
}
