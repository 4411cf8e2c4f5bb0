//! 数字抄自别的项目: a form's 全年执行数 breaks with its own budget and is that of another project to the last digit.

use super::project::{Project, projects};
use super::{Context, Sink};
use crate::facts::{NumberId, Stage};

/// So many digits do not agree by chance.
const ODD: u32 = 4;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let projects = projects(context);
    for project in &projects {
        let spent = context.facts.number(project.spent).literal.value.significant_digits();
        let others = projects.iter().filter(|other| other.amount == project.amount && other.name != project.name);
        let mut owners = others.filter(|other| budget(context, other) == Some(other.amount));
        let (Some(owner), None) = (owners.next(), owners.next()) else { continue };
        let exceeds = budget(context, project).is_some_and(|budget| budget < project.amount);
        if spent >= ODD && exceeds {
            report(context, project, owner, sink);
        }
    }
}

fn budget(context: &Context, project: &Project) -> Option<crate::exact::Exact> {
    let cell = project.form.total_row()?.at(Stage::Adjusted)?;
    context.facts.number(cell.number?).literal.base()
}

fn report(context: &Context, project: &Project, owner: &Project, sink: &mut Sink) {
    let span = |id: NumberId| context.facts.number(id).literal.span;
    let printed = context.source.slice(span(project.spent));
    let message = format!("“{}”的全年执行数{printed}超过预算数，与“{}”的一分不差，疑为抄错", project.name, owner.name);
    sink.report(span(project.spent), "抄来的数", message).with(span(owner.spent), "原数");
}
