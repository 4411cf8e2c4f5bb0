//! A unit that calls itself by another kind of body: 我办 in the report of a 中心.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::finding::Severity;
use crate::rules::concordance::Found;
use crate::rules::reading::finder;
use crate::rules::regions::reporting_unit;
use crate::source::Span;

/// How a body calls itself, how its name ends, and the words that only begin like it.
const BODIES: &[(&str, &[&str], &[&str])] = &[
    ("我局", &["局"], &["我局部", "我局势", "我局面"]),
    ("我中心", &["中心"], &["我中心城", "我中心任"]),
    ("我委", &["委员会", "委"], &["我委托", "我委派", "我委员", "我委办"]),
    ("我办", &["办公室", "办"], &["我办理", "我办事", "我办公", "我办学", "我办法", "我办好", "我办结"]),
    ("我院", &["院"], &["我院落", "我院校", "我院士"]),
    ("我馆", &["馆"], &[]),
    ("我校", &["学校", "校", "中学", "小学", "大学", "学院"], &["我校园"]),
    ("我站", &["站"], &["我站在", "我站位"]),
    ("我队", &["队"], &["我队伍"]),
    ("我厅", &["厅"], &[]),
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some((name, name_span)) = reporting_unit(context) else { return };
    let Some(own) = BODIES.iter().position(|(_, ends, _)| ends.iter().any(|end| name.ends_with(end))) else { return };
    let found = references(context);
    let own_count = found.get(&own).map_or(0, Vec::len);
    if own_count == 0 {
        return;
    }
    for (_, spans) in found.iter().filter(|(body, spans)| **body != own && spans.len() < own_count.max(3)) {
        let word = context.source.slice(spans[0]);
        let message = format!("本单位是“{name}”，此处自称“{word}”");
        let added = sink
            .report(spans[0], "不一致的自称", message)
            .with(name_span, "本单位")
            .with_all(spans[1..].iter().copied(), "不一致的自称");
        if spans.len() > 2 {
            added.severity(Severity::Info);
        }
    }
}

/// Where the report's running text says 我局, 我中心 and so on, by index in [`BODIES`].
fn references(context: &Context) -> BTreeMap<usize, Vec<Span>> {
    let finder = finder!(BODIES.iter().map(|(word, _, _)| *word));
    let mut found: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for Found { stretch, range, word: body } in context.shared.concordance().find(finder).filter(Found::is_body) {
        let (_, _, longer) = BODIES[body];
        let rest = &stretch.text()[range.start..];
        if !longer.iter().any(|word| rest.starts_with(word)) {
            found.entry(body).or_default().push(stretch.span(range));
        }
    }
    found
}
