//! The score that the text claims against the total of the scoring table.

use super::{Context, Sink};
use crate::document::{BlockKind, Literal};
use crate::facts::{Concept, Fact, Measure};

const SCORE: Concept = Concept("score.self");

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let (in_table, in_text): (Vec<&Fact>, Vec<&Fact>) =
        context.facts.facts.iter().filter(|fact| is_score(fact)).partition(|fact| is_in_table(context, fact));
    for prose in in_text {
        let literal = literal(context, prose);
        let totals: Vec<&Literal> = in_table
            .iter()
            .filter(|fact| same(fact, prose) && !apart(context, fact, prose))
            .map(|f| self::literal(context, f))
            .collect();
        let Some(first) = totals.first().filter(|_| !totals.iter().any(|total| agree(literal, total))) else {
            continue;
        };
        let show = |literal: &Literal| literal.value.with_places(literal.places);
        let message = format!("正文得分{}，表中总分{}", show(literal), show(first));
        sink.report(literal.span, "正文得分", message).with(first.span, "表中总分");
    }
}

fn is_score(fact: &Fact) -> bool {
    fact.key.concept == SCORE && matches!(fact.key.measure, Measure::Score | Measure::Level)
}

fn is_in_table(context: &Context, fact: &Fact) -> bool {
    context.facts.number(fact.number).cell.is_some()
}

fn same(a: &Fact, b: &Fact) -> bool {
    a.key.entity == b.key.entity && a.key.period == b.key.period
}

/// A score of the whole unit against the form of a project.
fn apart(context: &Context, total: &Fact, prose: &Fact) -> bool {
    let BlockKind::Table(table) = &context.document.blocks[context.facts.number(total.number).block].kind else {
        return false;
    };
    let captions = table.captions.iter().filter_map(|&block| context.document.blocks[block].paragraph());
    let of_project = captions.map(|caption| caption.flow.text()).any(|text| text.contains("项目"));
    of_project && ["整体", "部门"].iter().any(|word| prose.label.contains(word))
}

fn literal<'a>(context: &Context<'a>, fact: &Fact) -> &'a Literal {
    &context.facts.number(fact.number).literal
}

/// Whether two scores can be the same: one may be rounded.
fn agree(a: &Literal, b: &Literal) -> bool {
    match (a.loose(), b.loose()) {
        (Some(a), Some(b)) => a.meets(&b),
        _ => true,
    }
}
