//! 标题下无内容: 六、存在的问题 right before 七、, among parts that all say something.

use super::{Context, Sink};
use crate::document::{BlockKind, Document, MarkerStyle, SectionId};

/// A heading is a short line.
const LONGEST: usize = 24;
/// Among so many parts one that says nothing was forgotten.
const USUAL: usize = 4;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let document = context.document;
    let parts: Vec<SectionId> =
        (0..document.sections.len() as u32).map(SectionId).filter(|id| is_part(document, *id)).collect();
    let empty: Vec<SectionId> =
        parts.windows(2).filter(|pair| is_empty(document, pair[0], pair[1])).map(|pair| pair[0]).collect();
    let [only] = empty.as_slice() else { return };
    let section = document.section(*only);
    // A line of the contents: the part itself comes later.
    let again = document.sections.iter().any(|other| other.block > section.block && other.title == section.title);
    if parts.len() < USUAL || again {
        return;
    }
    let message = format!("“{}”标题下没有内容", section.title);
    sink.report(section.span, "空的部分", message);
}

/// 一、 on a line of its own.
fn is_part(document: &Document, id: SectionId) -> bool {
    let section = document.section(id);
    let BlockKind::Heading(paragraph) = &document.blocks[section.block].kind else { return false };
    let numbered = paragraph.marker.as_ref().is_some_and(|marker| marker.style == MarkerStyle::Han);
    let short =
        section.title.chars().count() <= LONGEST && !section.title.contains(['。', '；', '无', '附', '见', '，']);
    section.level == 1
        && numbered
        && short
        && paragraph.title.as_ref().is_some_and(|title| title.end == paragraph.flow.text().len())
}

/// Whether nothing but blanks stands between a part and the next, which bears the next number.
fn is_empty(document: &Document, one: SectionId, next: SectionId) -> bool {
    let (from, to) = (document.section(one).block, document.section(next).block);
    let number = |block: usize| document.blocks[block].paragraph().and_then(|p| p.marker.as_ref()).map(|m| m.number);
    let follows = number(from).zip(number(to)).is_some_and(|(a, b)| b == a + 1);
    let blank = |block: &crate::document::Block| matches!(block.kind, BlockKind::Blank | BlockKind::Furniture);
    follows && document.blocks[from + 1..to].iter().all(blank)
}
