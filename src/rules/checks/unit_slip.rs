//! 元与万元写错: a figure that breaks a relation and mends it when its unit is the other one.

use std::collections::BTreeSet;

use super::{Context, Sink};
use crate::finding::Finding;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut told = BTreeSet::new();
    sink.recast(
        |finding| is_slip(context, finding),
        |finding| {
            let first = told.insert(finding.primary.span);
            let printed = context.source.slice(finding.primary.span);
            let with = finding.suggestion.as_ref().map_or("", |suggestion| suggestion.with.as_str());
            first.then(|| format!("“{printed}”疑为“{with}”：{}", finding.message))
        },
    );
}

/// Whether the finding proposes the same digits in another unit of money.
fn is_slip(context: &Context, finding: &Finding) -> bool {
    let Some(suggestion) = &finding.suggestion else { return false };
    let printed = context.source.slice(finding.primary.span);
    let digits = |text: &str| text.trim_end_matches(['万', '元', '亿', '千']).to_owned();
    let units = printed.ends_with('元') && suggestion.with.ends_with('元');
    units && printed != suggestion.with && digits(printed) == digits(&suggestion.with)
}
