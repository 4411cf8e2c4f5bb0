//! Siblings that are numbered in different styles.

use super::{Context, Sink};
use crate::finding::Severity;
use crate::rules::siblings::{Item, Series, printed};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let series = context.shared.series();
    for each in series {
        odd_runs(each, sink);
    }
    minor(context, series, sink);
}

/// One finding for each run of items that do not have the style of most.
fn odd_runs(series: &Series, sink: &mut Sink) {
    let usual = series.style();
    let odd = |item: &Item| !item.marker.style.is_like(usual);
    let mut at = 0;
    while at < series.items.len() {
        let run: Vec<&Item> = series.items[at..].iter().take_while(|item| odd(item)).collect();
        if let Some(first) = run.first() {
            report(series, first, &run[1..], sink);
        }
        at += run.len().max(1);
    }
}

fn report(series: &Series, first: &Item, more: &[&Item], sink: &mut Sink) {
    let usual = series.style();
    let right = printed(usual, first.marker.number);
    let message = format!("同级标题用“{}”，此处用“{}”", right, printed(first.marker.style, first.marker.number));
    let mut beside = series.items.iter().filter(|item| item.marker.style.is_like(usual));
    let before = beside.clone().rfind(|item| item.block < first.block);
    sink.report(first.marker.span, "样式不同的序号", message)
        .with_all(more.iter().map(|item| item.marker.span), "样式不同的序号")
        .with_all(before.or_else(|| beside.next()).map(|item| item.marker.span), "同级序号")
        .suggest(right, "与同级标题一致");
}

/// 1. beside 1、, (1) beside （1）: once for a report, as a hint.
fn minor(context: &Context, series: &[Series], sink: &mut Sink) {
    let form = |item: &Item| {
        let text = context.source.slice(item.marker.span);
        (item.marker.style, text.starts_with('('), text.ends_with(')'))
    };
    let pairs = series.iter().flat_map(|series| series.items.windows(2));
    let mixed = pairs.into_iter().find(|pair| {
        pair[0].marker.style.is_like(pair[1].marker.style) && form(&pair[0]) != form(&pair[1]) && pair[1].heading
    });
    let Some([first, second]) = mixed else { return };
    let text = |item: &Item| context.source.slice(item.marker.span).to_owned();
    let message = format!("同级序号写法不一：“{}”与“{}”", text(first), text(second));
    let added = sink.report(second.marker.span, "写法不同的序号", message).with(first.marker.span, "同级序号");
    added.severity(Severity::Info);
}
