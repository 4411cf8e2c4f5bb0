//! The same number on two neighbouring headings or list items.

use super::{Context, Sink};
use crate::finding::Severity;
use crate::rules::siblings::{Series, printed, short};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for series in context.shared.series() {
        for at in 1..series.items.len() {
            pair(series, at, sink);
        }
    }
}

fn pair(series: &Series, at: usize, sink: &mut Sink) {
    let (first, second) = (&series.items[at - 1], &series.items[at]);
    let number = first.marker.number;
    let headings = first.heading && second.heading;
    // A paragraph that stands twice, number and all, is a duplicate of its text, not of its number.
    if second.marker.number != number || first.words == second.words || !(headings || series.items.len() > 3) {
        return;
    }
    let skipped = at >= 2 && series.items[at - 2].marker.number + 2 == number;
    let style = second.marker.style;
    let mut message = format!("“{}”与“{}”都编为“{}”", short(first.words), short(second.words), printed(style, number));
    let soft = first.marker.soft || second.marker.soft;
    if skipped {
        message.push_str(&format!("，而缺“{}”", printed(style, number - 1)));
    }
    let added = if skipped {
        let right = printed(first.marker.style, number - 1);
        let added = sink.report(first.marker.span, "重复的序号", message).with(second.marker.span, "同号标题");
        added.suggest(right, "与前一序号相接")
    } else {
        let added = sink.report(second.marker.span, "重复的序号", message).with(first.marker.span, "同号标题");
        let gap = series.items.get(at + 1).is_none_or(|next| next.marker.number != number + 1);
        if gap { added.suggest(printed(style, number + 1), "与前一序号相接") } else { added }
    };
    if soft {
        added.severity(Severity::Info);
    }
}
