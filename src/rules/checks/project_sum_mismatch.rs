//! 项目自评表合计与项目支出不符: the forms together spend more than all projects.

use super::amounts::{base, of_unit, printed};
use super::project::projects;
use super::{Context, Sink, proof};
use crate::document::Literal;
use crate::exact::Exact;
use crate::facts::Stage;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let projects = projects(context);
    let names: std::collections::BTreeSet<&str> = projects.iter().map(|project| project.name).collect();
    let Some(total) = of_unit(context, "exp.project", &[Stage::Final]).next() else { return };
    let sum = projects.iter().map(|project| project.amount).try_fold(Exact::ZERO, Exact::plus);
    let (Some(sum), Some(stated)) = (sum, base(context, total)) else { return };
    // Forms for some projects only add up to less. A hundredth of 万元 for each may be rounding.
    let slack = Exact::from(50 * (projects.len() as u32 + 1));
    let over = sum.minus(stated).is_some_and(|over| over > slack);
    if names.len() < 2 || names.len() < projects.len() || !over {
        return;
    }
    let literal = |id| &context.facts.number(id).literal;
    let unit = literal(total.number).unit;
    let Some(shown) = unit.of_base(sum) else { return };
    let message = format!(
        "{}张项目自评表的执行数合计{}{}，超过项目支出{}",
        projects.len(),
        shown.with_places(2),
        unit.word(),
        printed(context, total)
    );
    let spent: Vec<&Literal> = projects.iter().map(|project| literal(project.spent)).collect();
    let proof = proof::sum(&spent, ">", literal(total.number));
    sink.report(literal(total.number).span, "项目支出", message)
        .proof(proof)
        .with_all(projects.iter().map(|project| literal(project.spent).span), "全年执行数");
}
