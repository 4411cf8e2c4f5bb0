//! “存在的问题：无” beside a form that says otherwise: targets that were missed, points that were taken off.

use super::{Context, Sink};
use crate::rules::reading::says_none;
use crate::rules::scores::Way;
use crate::rules::verdicts::{admitted, measures};
use crate::source::Span;

/// No more rows than this are marked.
const MOST_PLACES: usize = 6;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let all = context.shared.problems();
    let spoken = |problems: &&_| measures(context.document, problems).iter().any(|piece| !says_none(piece.text()));
    // Where problems or measures are told elsewhere, another rule says so.
    let Some(problems) = all.iter().find(|problems| problems.none && !spoken(problems)) else { return };
    if all.iter().any(|other| admitted(other).is_some()) {
        return;
    }
    let section = context.document.section(problems.id);
    let span = match problems.pieces.as_slice() {
        [only] => only.span(),
        _ => section.span,
    };
    let missed = missed(context);
    let Some((name, _)) = missed.first() else { return };
    let message = match missed.len() {
        1 => format!("写着没有问题，自评表里“{name}”却没有完成"),
        rows => format!("写着没有问题，自评表里“{name}”等{rows}个指标却没有完成"),
    };
    sink.report(span, "称没有问题", message)
        .with_all(missed.iter().take(MOST_PLACES).map(|(_, place)| *place), "没有完成的指标");
}

/// The indicators whose actual value falls short of the target, and where they are named.
fn missed<'c>(context: &'c Context) -> Vec<(&'c str, Span)> {
    let short = context.scores.iter().filter(|replay| {
        replay.outcome.as_ref().is_ok_and(|judged| matches!(judged.way, Way::Ratio | Way::Inverse | Way::Steps))
    });
    let row = |form: usize, row: usize| &context.facts.forms[form].indicators[row].name;
    short.map(|replay| row(replay.form, replay.row)).map(|name| (name.text.as_str(), name.span)).collect()
}
