//! 完成数与未完成数加不出总数: 共设置5个指标，完成3个，未完成1个。

use super::near::sentences;
use super::{Context, Sink, proof};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal};
use crate::rules::indicator::counter;
use crate::rules::reading::tail;

/// What the whole is announced by.
const ALL: &[&str] =
    &["共", "共有", "共设", "共设置", "设置", "设定", "设定了", "设置了", "共计", "共安排", "应完成", "下达"];
const DONE: &[&str] = &["完成", "已完成", "全部完成", "完成了", "达成", "已达成"];
const UNDONE: &[&str] = &["未完成", "尚未完成", "未完成的", "未达成", "没有完成", "尚未达成"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for (_, paragraph, sentence) in sentences(context.document) {
        let text = paragraph.flow.text();
        let counts: Vec<&Literal> = paragraph
            .literals_in(&sentence.range)
            .filter(|literal| literal.unit.dimension() == Dimension::Count && literal.hedge == Hedge::None)
            .collect();
        let [all, done, undone] = counts.as_slice() else { continue };
        let said = |literal: &Literal, words: &[&str]| {
            let before = tail(&text[sentence.range.start..literal.range.start], 5);
            words.iter().any(|word| before.ends_with(word))
        };
        let split = said(all, ALL) && said(done, DONE) && !said(done, UNDONE) && said(undone, UNDONE);
        let alike = [done, undone].iter().all(|each| counter(context.source, each) == counter(context.source, all));
        let Some(sum) = done.value.plus(undone.value).filter(|_| split && alike) else { continue };
        if sum != all.value {
            let message = format!("共{}，完成与未完成的合起来是{sum}", context.source.slice(all.span));
            let proof = proof::sum(&[done, undone], "≠", all);
            let added = sink.report(all.span, "总数", message).proof(proof);
            added.with(done.span, "完成").with(undone.span, "未完成");
        }
    }
}
