//! “存在的问题：无” beside problems or measures.

use super::{Context, Sink};
use crate::rules::reading::{Piece, contains_any, says_none};
use crate::rules::verdicts::{self, Problems};
use crate::source::Span;

/// The shortest text that says something, in characters.
const SHORTEST: usize = 15;
/// No more other problems than this are marked.
const MOST_PLACES: usize = 6;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let all = context.shared.problems();
    for problems in all.iter().filter(|problems| problems.none) {
        let Some(span) = answer(context, problems) else { continue };
        let measures = verdicts::measures(context.document, problems);
        let measures: Vec<&Piece> = measures.iter().filter(|piece| says_something(piece)).collect();
        let listed: Vec<Span> = all.iter().filter_map(verdicts::admitted).map(Piece::span).collect();
        let message = match (measures.is_empty(), listed.is_empty()) {
            (true, true) => continue,
            (false, _) => "写着没有问题，却列出了改进措施",
            (true, false) => "此处写着没有问题，别处却列出了问题",
        };
        sink.report(span, "称没有问题", message)
            .with_all(measures.iter().map(|piece| piece.span()), "改进措施")
            .with_all(listed.into_iter().take(MOST_PLACES), "列出的问题");
    }
}

/// The words 无, or the heading that holds them.
fn answer(context: &Context, problems: &Problems) -> Option<Span> {
    let heading = &context.document.blocks[context.document.section(problems.id).block];
    match problems.pieces.as_slice() {
        [only] => Some(only.span()),
        _ => heading.paragraph()?.flow.origin(),
    }
}

fn says_something(piece: &Piece) -> bool {
    let text = piece.text();
    let acts = ["加强", "完善", "改进", "避免", "监督", "健全", "规范", "建议", "提高", "细化", "强化", "优化"];
    text.chars().count() >= SHORTEST && !says_none(text) && contains_any(text, &acts)
}
