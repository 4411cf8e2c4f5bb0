//! 单位成本与自评表不符: 平均每平方米38.30元 in the text beside 每平方米养护成本 3.83元 in the form.

use super::{Context, Sink, proof};
use crate::document::{Hedge, Literal};
use crate::facts::form::IndicatorRow;
use crate::facts::slip::is_slip;
use crate::rules::indicator::figure;
use crate::rules::reading::tail;

/// What a cost may be counted for.
const PER: &[&str] = &[
    "每平方米", "每平米", "每公里", "每千米", "每亩", "每公顷", "每人次", "每人", "每户", "每名", "每辆", "每台",
    "每套", "每场", "每次", "每期", "每吨", "每株", "每棵", "每盏", "每个", "每份", "每件", "人均", "户均", "亩均",
    "次均", "场均",
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let rows = context.facts.forms.iter().flat_map(|form| &form.indicators);
    let costs: Vec<(&IndicatorRow, &str, &Literal)> = rows.filter_map(|row| cost(context, row)).collect();
    if costs.is_empty() {
        return;
    }
    for (_, paragraph) in context.document.paragraphs() {
        let text = paragraph.flow.text();
        for literal in
            paragraph.literals.iter().filter(|literal| literal.unit.is_money() && literal.hedge == Hedge::None)
        {
            let before = tail(&text[..literal.range.start], 8).trim_end_matches(['为', '约', '成', '本']);
            let Some(per) = PER.iter().find(|per| before.ends_with(**per)) else { continue };
            let alike: Vec<_> = costs.iter().filter(|(_, of, _)| of == per).collect();
            let [(row, _, printed)] = alike.as_slice() else { continue };
            if literal.base() == printed.base() || !is_slip(literal, printed) {
                continue;
            }
            let [here, there] = [literal, printed].map(|literal| context.source.slice(literal.span));
            let message = format!("“{}”正文写{here}，自评表完成值为{there}", row.name.text);
            let proof = proof::pair(printed, "≠", literal);
            let added = sink.report(literal.span, "正文", message).proof(proof);
            added.with(printed.span, "表中完成值").with(row.name.span, "三级指标");
        }
    }
}

/// An indicator of what one of something cost.
fn cost<'c>(context: &'c Context, row: &'c IndicatorRow) -> Option<(&'c IndicatorRow, &'static str, &'c Literal)> {
    let per = *PER.iter().find(|per| row.name.text.contains(**per))?;
    let printed = figure(context.facts, row.achieved.as_ref()?)?;
    (printed.unit.is_money() && printed.unit_printed && printed.hedge == Hedge::None).then_some((row, per, printed))
}
