//! A fund that is said to be nil, with an amount elsewhere.

use super::{Context, Sink};
use crate::document::literal::Dimension;
use crate::document::{Literal, Paragraph, SectionId};
use crate::rules::reading::{contains_any, says_none, section_text, sentence_around};
use crate::source::Span;

const FUNDS: &[&str] = &["政府性基金", "国有资本经营", "社会保险基金"];
/// The longest way from the name of a fund to its amount, in bytes.
const REACH: usize = 60;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for fund in FUNDS {
        let Some(none) = declared_none(context, fund) else { continue };
        let amounts: Vec<Span> = context.document.paragraphs().flat_map(|(_, each)| amounts(each, fund)).collect();
        let Some((first, more)) = amounts.split_first() else { continue };
        let message = format!("“{fund}”一节写“无”，这里却有{}", context.source.slice(*first));
        sink.report(*first, "金额", message).with(none, "称没有").with_all(more.iter().copied(), "金额");
    }
}

/// 三、政府性基金预算支出情况 / 无
fn declared_none(context: &Context, fund: &str) -> Option<Span> {
    let ids = (0..context.document.sections.len() as u32).map(SectionId);
    ids.filter(|id| context.document.section(*id).title.contains(fund)).find_map(|id| {
        let pieces = section_text(context.document, id);
        match pieces.as_slice() {
            [only] if says_none(only.text()) || denies(only.text(), fund) => Some(only.span()),
            _ => None,
        }
    })
}

/// 本单位没有政府性基金预算支出。
fn denies(text: &str, fund: &str) -> bool {
    let short = text.chars().count() <= 40 && !text.contains(|c: char| c.is_ascii_digit());
    short && text.contains(fund) && contains_any(text, &["没有", "无", "未安排"])
}

/// Amounts above zero that the running text gives to a fund.
fn amounts(paragraph: &Paragraph, fund: &str) -> Vec<Span> {
    let text = paragraph.flow.text();
    let of_fund = |at: usize| {
        let end = at + fund.len();
        let literal = paragraph.literals.iter().find(|literal| literal.range.start >= end)?;
        is_own_amount(text, end, literal).then_some(literal.span)
    };
    text.match_indices(fund).filter_map(|(at, _)| of_fund(at)).collect()
}

fn is_own_amount(text: &str, from: usize, literal: &Literal) -> bool {
    let between = &text[from..literal.range.start];
    let money =
        literal.unit.dimension() == Dimension::Money && !literal.value.is_zero() && !literal.value.is_negative();
    let others = ["无", "不含", "除", "没有", "一般公共", "比", "较", "上年", "增加", "减少"];
    let apart = between.contains(['，', '。', '；', '、']) || between.len() > REACH || contains_any(between, &others);
    let sentence = &text[sentence_around(text, from)];
    money
        && !apart
        && contains_any(between, &["支出", "决算", "执行", "收入", "拨款"])
        && !contains_any(sentence, &["上年", "去年", "下年", "指"])
}
