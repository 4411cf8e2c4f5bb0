//! 单位名称写法不一: the report of a 服务中心 speaks of itself as a 局.

use super::{Context, Sink};
use crate::rules::concordance::Found;
use crate::rules::reading::tail;
use crate::source::Span;

/// What names of units end in, the longer first.
const ENDS: &[&str] =
    &["服务中心", "管理中心", "事务中心", "委员会", "管理局", "办公室", "中心", "局", "委", "站", "所"];
/// The shortest words that tell one unit from others.
const SHORTEST: usize = 4;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some((name, _)) = context.facts.report.entity.as_ref() else { return };
    let Some(own) = ENDS.iter().find(|end| name.ends_with(**end)) else { return };
    let body = &name[..name.len() - own.len()];
    let stem = body.rsplit(['省', '市', '县', '区', '州', '旗']).next().unwrap_or(body);
    if stem.chars().count() < SHORTEST {
        return;
    }
    // 局 for 管理局 is short for it.
    let others: Vec<&&str> = ENDS.iter().filter(|end| !own.ends_with(**end) && !end.ends_with(*own)).collect();
    let mut found: Vec<(Span, String)> = Vec::new();
    for Found { stretch, range, .. } in context.shared.concordance().places(stem).filter(Found::is_body) {
        let text = stretch.text();
        let rest = &text[range.end..];
        let Some(end) = others.iter().find(|end| rest.starts_with(***end)) else { continue };
        let before = tail(&text[..range.start], 1);
        // 市机关事务管理局 is another unit, and so is the one of 原.
        if ["省", "市", "县", "区", "州", "旗", "国", "原", "级", "央", "”", "和", "、"].contains(&before)
        {
            continue;
        }
        let range = range.start..range.end + end.len();
        found.push((stretch.span(range.clone()), text[range].to_owned()));
    }
    let Some(((span, words), more)) = found.split_first() else { return };
    sink.report(*span, "另一种写法", format!("本单位是“{name}”，这里写作“{words}”"))
        .with_all(more.iter().map(|(span, _)| *span), "另一种写法");
}
