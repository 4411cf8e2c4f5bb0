//! A second report of the same kind in one file.

use std::collections::BTreeSet;

use super::{Context, Sink};
use crate::document::Document;
use crate::rules::reading::{Place, head, stretches};
use crate::source::Span;

/// The shortest repeated paragraph that is marked, in characters.
const MARKED: usize = 25;
/// No more paragraphs than this are marked.
const MOST_MARKED: usize = 16;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let document = context.document;
    let Some(second) = context.shared.second() else { return };
    let (Some(span), Some(first)) = (title_span(document, second.block), title_span(document, second.first)) else {
        return;
    };
    let message = format!("文件里还有第二份报告“{}”，与前一份大段重复", context_title(document, second.block));
    sink.report(span, "第二份报告的标题", message)
        .with(first, "第一份报告的标题")
        .with_all(repeated(document, second.block), "重复的段落");
}

fn context_title(document: &Document, block: usize) -> String {
    head(document.blocks[block].paragraph().map_or("", |paragraph| paragraph.flow.text()), 30).to_owned()
}

fn title_span(document: &Document, block: usize) -> Option<Span> {
    document.blocks[block].paragraph()?.flow.origin()
}

/// The paragraphs of the second report that stand in the first one as well.
fn repeated(document: &Document, second: usize) -> Vec<Span> {
    let body = |place| matches!(place, Place::Body | Place::Heading);
    let all: Vec<_> = stretches(document).filter(|stretch| body(stretch.place)).collect();
    let first: BTreeSet<&str> =
        all.iter().filter(|stretch| stretch.block < second).map(|stretch| &stretch.text()[stretch.start..]).collect();
    all.iter()
        .filter(|stretch| stretch.block > second && stretch.text().chars().count() >= MARKED)
        .filter(|stretch| first.contains(&stretch.text()[stretch.start..]))
        .take(MOST_MARKED)
        .map(|stretch| stretch.span(stretch.start..stretch.text().len()))
        .collect()
}
