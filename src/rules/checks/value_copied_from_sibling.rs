//! 数字抄自别的项目: a form's 全年执行数 breaks with its own budget and is that of another project to the last digit, or all its
//! amounts are those of another.

use std::collections::BTreeSet;

use super::project::{Project, projects};
use super::{Context, Sink};
use crate::exact::Exact;
use crate::facts::{Entity, Measure, NumberId, Stage};
use crate::finding::Severity;

/// So many digits do not agree by chance.
const ODD: u32 = 4;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let projects = projects(context);
    for (at, project) in projects.iter().enumerate() {
        let others = projects.iter().filter(|other| other.amount == project.amount && other.name != project.name);
        let mut owners = others.filter(|other| budget(context, other) == Some(other.amount));
        let (Some(owner), None) = (owners.next(), owners.next()) else {
            report_all(context, project, &projects[..at], sink);
            continue;
        };
        let exceeds = budget(context, project).is_some_and(|budget| budget < project.amount);
        if is_odd(context, project.spent) && exceeds {
            report(context, project, owner, sink);
        } else {
            report_all(context, project, &projects[..at], sink);
        }
    }
}

fn is_odd(context: &Context, number: NumberId) -> bool {
    context.facts.number(number).literal.value.significant_digits() >= ODD
}

fn budget(context: &Context, project: &Project) -> Option<Exact> {
    let cell = project.form.total_row()?.at(Stage::Adjusted)?;
    context.facts.number(cell.number?).literal.base()
}

fn report(context: &Context, project: &Project, owner: &Project, sink: &mut Sink) {
    let span = |id: NumberId| context.facts.number(id).literal.span;
    let printed = context.source.slice(span(project.spent));
    let message = format!("“{}”的全年执行数{printed}超过预算数，与“{}”的一分不差，疑为抄错", project.name, owner.name);
    sink.report(span(project.spent), "抄来的数", message).with(span(owner.spent), "原数");
}

/// The amounts of a form's whole, by stage.
fn amounts(project: &Project) -> Vec<NumberId> {
    let stages = [Stage::Initial, Stage::Budget, Stage::Adjusted, Stage::Final];
    let row = project.form.total_row();
    stages.into_iter().filter_map(|stage| row?.at(stage)?.number).collect()
}

/// Two forms with the same amounts at every stage, at least two of them different and odd: one was filled in from the other.
fn report_all(context: &Context, project: &Project, before: &[Project], sink: &mut Sink) {
    let base = |id: &NumberId| context.facts.number(*id).literal.base();
    let bases = |project: &Project| amounts(project).iter().map(base).collect::<Vec<_>>();
    let own = amounts(project);
    let odd: BTreeSet<Option<Exact>> = own.iter().filter(|id| is_odd(context, **id)).map(base).collect();
    let twin = before.iter().find(|other| other.name != project.name && bases(other) == bases(project));
    let Some(twin) = twin.filter(|twin| odd.len() >= 2 && !(is_told(context, project) && is_told(context, twin)))
    else {
        return;
    };
    let span = |id: NumberId| context.facts.number(id).literal.span;
    let message = format!("“{}”与“{}”的预算数、执行数逐项相同，疑为整行抄来", project.name, twin.name);
    let theirs = amounts(twin);
    let mut added = sink.report(span(project.spent), "全年执行数", message).severity(Severity::Warning);
    for id in own.iter().filter(|id| **id != project.spent).chain(&theirs) {
        added = added.with(span(*id), "相同的数");
    }
}

/// Whether the report tells elsewhere that this is what the project was spent on.
fn is_told(context: &Context, project: &Project) -> bool {
    context.facts.facts.iter().any(|fact| {
        let number = context.facts.number(fact.number);
        fact.key.entity == Entity::Item(project.name.to_owned())
            && (fact.key.measure, fact.key.stage) == (Measure::Level, Stage::Final)
            && number.block != project.form.block
            && number.literal.base() == Some(project.amount)
    })
}
