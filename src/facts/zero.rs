//! 上年为0万元，增长100%: growth from nothing, stated in one sentence.

use super::{Claim, ClaimKind, Facts, NumberId, Operand, Role, id_at};
use crate::document::{Document, Hedge, Literal, Paragraph, Unit};

/// Claims of a growth rate over a previous amount of zero.
pub(super) fn read(document: &Document, facts: &Facts) -> Vec<Claim> {
    let id = |literal: &Literal| id_at(&facts.numbers, literal.span);
    let mut claims = Vec::new();
    for (_, paragraph) in document.paragraphs() {
        for pair in paragraph.literals.windows(2).filter(|pair| is_growth_from_zero(paragraph, &pair[0], &pair[1])) {
            if let (Some(zero), Some(rate)) = (id(&pair[0]), id(&pair[1])) {
                claims.push(claim(paragraph, zero, rate, &pair[0], &pair[1]));
            }
        }
    }
    claims
}

fn claim(paragraph: &Paragraph, zero: NumberId, rate: NumberId, first: &Literal, last: &Literal) -> Claim {
    let span = paragraph.flow.span(first.range.start..last.range.end);
    let roles = vec![
        (Role::Previous, vec![Operand::of(zero).named("上年数")]),
        (Role::Growth, vec![Operand::of(rate).named("增长率")]),
    ];
    Claim { kind: ClaimKind::Change, roles, span, subject: String::new() }
}

/// 上年未购置车辆，支出为0万元，比上年增长100%
fn is_growth_from_zero(paragraph: &Paragraph, zero: &Literal, rate: &Literal) -> bool {
    let units = zero.unit.is_money() && zero.value.is_zero() && rate.unit == Unit::Percent && !rate.value.is_zero();
    if !units || zero.hedge != Hedge::None {
        return false;
    }
    let text = paragraph.flow.text();
    let sentence = paragraph.sentence_at(zero.range.start);
    let Some(sentence) = sentence.filter(|sentence| sentence.range.contains(&rate.range.start)) else { return false };
    let last_year = ["上年", "去年"];
    let before = text[sentence.range.start..zero.range.start].rsplit(['；', ';', '（']).next().unwrap_or("");
    let between = &text[zero.range.end..rate.range.start];
    let opens = last_year.iter().filter_map(|word| before.rfind(word)).max();
    // 与上年相比支出为0 is this year's zero.
    let of_last_year = opens.is_some_and(|at| {
        let head = &before[..at];
        let tail = &before[at..];
        !head.ends_with(['与', '比', '较', '同', '和']) && tail.chars().count() <= 20 && !tail.contains(['比', '较'])
    });
    of_last_year
        && between.chars().count() <= 12
        && ["增长", "上升", "增加", "增幅"].iter().any(|word| between.contains(word))
}
