//! 年初与全年口径混用: 预算B，其中基本支出X, where X is of the year's spending and not of that budget.

use super::amounts::{base, of_unit, printed};
use super::{Context, Sink};
use crate::exact::Exact;
use crate::facts::{Fact, Stage};

const PLANNED: &[Stage] = &[Stage::Initial, Stage::Budget];
const DONE: &[Stage] = &[Stage::Adjusted, Stage::Final];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let block = |fact: &Fact| context.facts.number(fact.number).block;
    let mut wholes = of_unit(context, "exp.total", PLANNED).filter(|fact| is_prose(context, fact)).peekable();
    let mut whole = None;
    for part in of_unit(context, "exp.basic", PLANNED).filter(|fact| is_prose(context, fact)) {
        while let Some(next) = wholes.next_if(|fact| fact.number < part.number) {
            whole = Some(next);
        }
        if let Some(whole) = whole.filter(|whole| block(whole) == block(part)) {
            check_pair(context, whole, part, sink);
        }
    }
}

fn check_pair(context: &Context, whole: &Fact, part: &Fact, sink: &mut Sink) {
    let (Some(stated), Some(basic)) = (base(context, whole), base(context, part)) else { return };
    let equal = |fact: &&Fact, value: Exact| base(context, fact) == Some(value);
    let spent = of_unit(context, "exp.basic", &[Stage::Final, Stage::Adjusted]).find(|fact| equal(fact, basic));
    let rest = stated.minus(basic);
    let planned = of_unit(context, "exp.project", PLANNED).any(|fact| base(context, fact) == rest);
    let Some(total) =
        of_unit(context, "exp.total", DONE).find(|fact| !equal(fact, stated) && closes(context, fact, basic))
    else {
        return;
    };
    let closed = of_unit(context, "exp.project", DONE)
        .find(|fact| base(context, fact).and_then(|project| project.plus(basic)) == base(context, total));
    let (Some(project), false) = (closed, planned) else { return };
    let span = |fact: &Fact| context.facts.number(fact.number).literal.span;
    let [whole_text, part_text, total_text] = [whole, part, total].map(|fact| printed(context, fact));
    let message = format!("基本支出{part_text}是{total_text}的组成部分，不是预算{whole_text}的：年初与全年口径混用");
    let mut added = sink.report(span(part), "基本支出", message).with(span(whole), "预算数");
    added = added.with(span(project), "项目支出").with(span(total), "全年数");
    if let Some(spent) = spent {
        added.with(span(spent), "全年基本支出");
    }
}

/// Whether 基本支出 and some 项目支出 of the year make up a total.
fn closes(context: &Context, total: &Fact, basic: Exact) -> bool {
    let rest = base(context, total).and_then(|total| total.minus(basic));
    of_unit(context, "exp.project", DONE).any(|project| rest.is_some() && base(context, project) == rest)
}

fn is_prose(context: &Context, fact: &Fact) -> bool {
    context.facts.number(fact.number).cell.is_none()
}
