//! 没有题目: the file begins with 一、 and has no title at all.

use super::{Context, Sink};
use crate::document::{BlockKind, MarkerStyle};

/// A file of fewer parts is an excerpt.
const FEWEST: usize = 4;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let document = context.document;
    if context.facts.report.title.is_some() || document.sections.len() < FEWEST {
        return;
    }
    let silent = |kind: &BlockKind| matches!(kind, BlockKind::Blank | BlockKind::Furniture);
    let Some(first) = document.blocks.iter().find(|block| !silent(&block.kind)) else { return };
    let BlockKind::Heading(heading) = &first.kind else { return };
    let begins = heading.marker.as_ref().is_some_and(|marker| marker.style == MarkerStyle::Han && marker.number == 1);
    if begins && let Some(span) = heading.flow.origin() {
        sink.report(span, "第一行", "文件一开头就是正文，没有题目，看不出是哪个单位、哪一年、哪一类报告");
    }
}
