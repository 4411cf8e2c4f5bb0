//! What a report says of itself: its parts, its problems, its measures.

use crate::document::{Document, MarkerStyle, SectionId};

use super::reading::{Piece, contains_any, says_none, section_text};

/// Which of the reports in one file each block belongs to: a title or an attachment begins the next one.
pub(super) fn parts(document: &Document) -> Vec<u32> {
    let mut part = 0;
    let mut inside_title = false;
    let number = |block: &crate::document::Block| {
        use crate::document::BlockKind;
        let title = match &block.kind {
            BlockKind::Title(_) => true,
            BlockKind::Heading(paragraph) | BlockKind::Paragraph(paragraph) => {
                paragraph.marker.as_ref().is_some_and(|marker| marker.style == MarkerStyle::Attachment)
            }
            BlockKind::Note(_) | BlockKind::Table(_) => false,
            BlockKind::Blank | BlockKind::Furniture => inside_title,
        };
        if title && !inside_title {
            part += 1;
        }
        inside_title = title;
        part
    };
    document.blocks.iter().map(number).collect()
}

/// A section on problems.
pub(super) struct Problems<'d> {
    pub(super) id: SectionId,
    pub(super) pieces: Vec<Piece<'d>>,
    /// It answers 无.
    pub(super) none: bool,
}

/// The sections on problems, the innermost where they nest.
pub(super) fn problems(document: &Document) -> Vec<Problems<'_>> {
    let ids = (0..document.sections.len() as u32).map(SectionId);
    let found = ids.filter(|id| is_on_problems(&document.section(*id).title) && !has_inner(document, *id));
    found
        .map(|id| {
            let pieces = section_text(document, id);
            let none = answers_none(&document.section(id).title, &pieces);
            Problems { id, pieces, none }
        })
        .collect()
}

fn is_on_problems(title: &str) -> bool {
    title.contains("问题")
        && contains_any(title, &["存在", "主要问题", "问题及", "问题和", "发现的问题", "问题与"])
        && !contains_any(title, &["整改情况", "上年", "上年度", "解决", "说明的问题"])
}

/// Whether a subsection is on problems too: 四、存在的问题及措施 above （一）存在的问题.
fn has_inner(document: &Document, outer: SectionId) -> bool {
    document.sections.iter().any(|section| section.parent == Some(outer) && is_on_problems(&section.title))
}

fn answers_none(title: &str, pieces: &[Piece]) -> bool {
    match pieces {
        [] => title.ends_with("问题无") || title.ends_with("问题：无"),
        [only] => says_none(only.text()) || ["。无", "。无。", "，无。"].iter().any(|end| only.text().ends_with(end)),
        _ => false,
    }
}

/// Words that admit a shortcoming.
const SHORTCOMINGS: &[&str] = &[
    "不足", "滞后", "缓慢", "有待", "差距", "不够", "偏低", "迟缓", "不完善", "不尽完善", "欠缺", "薄弱", "不强",
    "不到位", "不高", "不细", "不合理", "仍需", "还需", "未能", "未完成", "不准确", "不规范", "不及时", "困难", "偏慢",
    "较慢", "粗放", "不均衡", "脱节", "单一", "不全面",
];

/// The piece of a problem section that admits a shortcoming.
pub(super) fn admitted<'p, 'd>(problems: &'p Problems<'d>) -> Option<&'p Piece<'d>> {
    if problems.none {
        return None;
    }
    problems.pieces.iter().find(|piece| contains_any(piece.text(), SHORTCOMINGS))
}

/// The text of the section on measures that goes with a section on problems: its next sibling.
pub(super) fn measures<'d>(document: &'d Document, problems: &Problems) -> Vec<Piece<'d>> {
    let own = document.section(problems.id);
    let next = (problems.id.0 + 1..document.sections.len() as u32)
        .map(SectionId)
        .find(|id| document.section(*id).level <= own.level);
    let Some(next) = next.filter(|id| document.section(*id).parent == own.parent) else { return Vec::new() };
    let on_measures = contains_any(&document.section(next).title, &["改进", "措施", "建议", "整改"]);
    if on_measures { section_text(document, next) } else { Vec::new() }
}
