//! 超额完成过多未说明: the actual value is far above the target, and no reason is given.

use super::{Context, Sink};
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::NumberId;
use crate::facts::form::{IndicatorRow, Words};
use crate::rules::indicator::{Sense, comparable, is_reason, sense};
use crate::rules::scores::{Replay, Way};
use crate::source::Span;

/// Far above is three tenths more.
const FAR: (i128, u32) = (13, 1);
/// Of small counts, two for one is not much.
const LEAST: u32 = 3;
/// No more rows than this are marked.
const MOST_PLACES: usize = 6;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut next = 0;
    for form in 0..context.facts.forms.len() {
        let own = context.scores[next..].iter().take_while(|replay| replay.form == form).count();
        let far: Vec<Far> = context.scores[next..next + own].iter().filter_map(|replay| far(context, replay)).collect();
        next += own;
        report(&far, sink);
    }
}

struct Far<'c> {
    row: &'c IndicatorRow,
    target: Span,
    achieved: Span,
}

fn far<'c>(context: &'c Context, replay: &Replay) -> Option<Far<'c>> {
    let judged = replay.outcome.as_ref().ok().filter(|judged| judged.way == Way::Met)?;
    let row = &context.facts.forms[replay.form].indicators[replay.row];
    let ([target, achieved], true) = (judged.from.as_slice(), is_blank(row.reason.as_ref()?)) else { return None };
    let literal = |id: &NumberId| &context.facts.number(*id).literal;
    let (planned, done) = (literal(target), literal(achieved));
    let counted = matches!(planned.unit.dimension(), Dimension::Count | Dimension::People);
    let at_least = sense(context.source, row, planned) == Some(Sense::AtLeast);
    let (wanted, had) = comparable(context.source, planned, done).filter(|_| counted && at_least)?;
    let bound = wanted.times(Exact::new(FAR.0, FAR.1)?)?;
    let much = had.minus(wanted)? >= Exact::from(LEAST);
    (had >= bound && much && !wanted.is_zero()).then_some(Far { row, target: planned.span, achieved: done.span })
}

/// Not even 无 stands there.
fn is_blank(words: &Words) -> bool {
    !words.is_filled() || !is_reason(words)
}

fn report(far: &[Far], sink: &mut Sink) {
    let Some((first, more)) = far.split_first() else { return };
    let (Some(target), Some(achieved)) = (&first.row.target, &first.row.achieved) else { return };
    let also = if more.is_empty() { String::new() } else { format!("等{}个指标", far.len()) };
    let message =
        format!("“{}”指标值{}，完成{}，{also}超过三成，没有说明原因", first.row.name.text, target.text, achieved.text);
    let mut added = sink.report(first.achieved, "完成值", message).with(first.target, "指标值");
    for other in more.iter().take(MOST_PLACES) {
        added = added.with(other.achieved, "完成值").with(other.target, "指标值");
    }
}
