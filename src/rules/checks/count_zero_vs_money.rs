//! No receptions, but money for receptions.

use super::{Context, Sink};
use crate::document::literal::Dimension;
use crate::document::{BlockKind, Literal};
use crate::rules::reading::{clause_around, contains_any, head, tail};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for block in &context.document.blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        let text = paragraph.flow.text();
        if !text.contains("接待")
            || contains_any(text, &["结算", "挂账", "以前年度", "历年", "欠款", "补付", "上年费用"])
        {
            continue;
        }
        let Some(cost) = paragraph.literals.iter().find(|literal| is_cost(text, literal)) else { continue };
        let Some(count) = paragraph.literals.iter().find(|literal| is_no_reception(text, literal)) else { continue };
        let (cost, count) = (cost.span, count.span);
        let message = format!("公务接待费有{}，却写接待{}", context.source.slice(cost), context.source.slice(count));
        sink.report(count, "接待批次", message).with(cost, "接待费");
    }
}

/// 公务接待费支出6.74万元
fn is_cost(text: &str, literal: &Literal) -> bool {
    let before = text[..literal.range.start].trim_end_matches(['为', '是', '：', ':']);
    let before = ["支出决算", "实际支出", "决算数", "支出", "决算", "执行数"]
        .iter()
        .find_map(|w| before.strip_suffix(w))
        .unwrap_or(before);
    literal.unit.dimension() == Dimension::Money
        && !literal.value.is_zero()
        && ["公务接待费", "公务接待经费", "接待费用"].iter().any(|word| before.ends_with(word))
}

/// 国内公务接待0批次
fn is_no_reception(text: &str, literal: &Literal) -> bool {
    let after = &text[literal.range.start..];
    let counts = contains_any(head(after, 4), &["批"]);
    let clause = &text[clause_around(text, literal.range.start)];
    let before = tail(&text[..literal.range.start], 10);
    literal.value.is_zero()
        && counts
        && before.contains("接待")
        && !contains_any(clause, &["外事", "外宾", "境", "其中"])
}
