//! A self-evaluation of 100 beside admitted shortcomings.

use super::{Context, Sink};
use crate::document::{BlockKind, Hedge, Literal, Paragraph, Unit};
use crate::exact::Exact;
use crate::rules::reading::{clause_around, head};
use crate::rules::verdicts;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let parts = context.shared.parts();
    let problems = context.shared.problems();
    for (block, each) in context.document.blocks.iter().enumerate() {
        let BlockKind::Paragraph(paragraph) = &each.kind else { continue };
        let Some(score) = paragraph.literals.iter().find(|literal| is_full_score(paragraph, literal)) else { continue };
        let same_part = problems.iter().filter(|each| parts[context.document.section(each.id).block] == parts[block]);
        let Some(admitted) = same_part.filter_map(verdicts::admitted).next() else { continue };
        let message = format!("自评得满分，却列有问题“{}”", head(admitted.text(), 20));
        sink.report(score.span, "自评得分", message).with(admitted.span(), "列出的问题");
        return;
    }
}

/// 自评得分为100分
fn is_full_score(paragraph: &Paragraph, literal: &Literal) -> bool {
    let full = literal.unit == Unit::Score && literal.hedge == Hedge::None && literal.value == Exact::from(100u32);
    if !full {
        return false;
    }
    let text = paragraph.flow.text();
    let before = text[..literal.range.start].trim_end_matches(['为', '是', '：', ':']);
    let claims = [
        "自评得分", "自评总得分", "自评总分", "自评分", "综合得分", "评价得分", "最终得分", "绩效得分", "自评综合得分",
        "自评分数",
    ];
    let clause = &text[clause_around(text, literal.range.start)];
    claims.iter().any(|claim| before.ends_with(claim)) && !clause.contains("项目") && !clause.contains("满分")
}
