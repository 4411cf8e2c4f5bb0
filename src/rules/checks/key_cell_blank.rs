//! 关键单元格空缺: a cell without a value although its row and its column have theirs.

use super::{Context, Sink};
use crate::document::table::without_brackets;
use crate::exact::Exact;
use crate::facts::form::{AmountCell, AmountRow, Form, IndicatorRow};
use crate::facts::{NumberId, Stage};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in &context.facts.forms {
        if let Some(total) = form.total_row() {
            total.cells.iter().for_each(|cell| check_column(context, form, cell, sink));
        }
        check_achieved(context, form, sink);
        check_target(context, form, sink);
    }
}

/// 年度资金总额 has a number at a stage that its parts do not add up to, and one part has none.
fn check_column(context: &Context, form: &Form, stated: &AmountCell, sink: &mut Sink) {
    let base = |id: NumberId| context.facts.number(id).literal.base();
    let Some(whole) = stated.number.filter(|id| base(*id).is_some_and(|base| !base.is_zero())) else { return };
    let parts: Vec<&AmountRow> = form.amounts.iter().filter(|row| !row.total).collect();
    let beside = |cell: &&AmountCell| cell.stage == stated.stage && cell.period == stated.period;
    let number = |row: &AmountRow| row.cells.iter().find(beside)?.number;
    let sum = parts.iter().filter_map(|row| base(number(row)?)).try_fold(Exact::ZERO, Exact::plus);
    let gaps: Vec<&&AmountRow> = parts.iter().filter(|row| is_gap(context, row, stated.stage)).collect();
    let ([row], true) = (gaps.as_slice(), sum.is_some_and(|sum| Some(sum) < base(whole))) else { return };
    let printed = context.source.slice(context.facts.number(whole).literal.span).trim();
    let message =
        format!("“{}”的{}空着，同列总额为{printed}，本行其他各栏都有数", row.label.text, stage_word(stated.stage));
    let added = sink
        .report(row.label.span, "缺数的行", message)
        .with_all(row.cells.iter().filter(|cell| cell.number.is_some()).map(|other| other.words.span), "同行的数");
    added.with(stated.words.span, "同列的总额");
}

/// Whether the row's cell at the stage is blank and all its other cells hold amounts.
fn is_gap(context: &Context, row: &AmountRow, stage: Stage) -> bool {
    let blank = |cell: &AmountCell| cell.stage == stage && cell.words.is_blank();
    let filled = |cell: &AmountCell| {
        cell.number.is_some_and(|id| !context.facts.number(id).literal.value.is_zero()) || blank(cell)
    };
    row.cells.len() > 1 && row.cells.iter().filter(|cell| blank(cell)).count() == 1 && row.cells.iter().all(filled)
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Initial => "年初预算数",
        Stage::Adjusted => "全年预算数",
        Stage::Final => "执行数",
        Stage::Budget => "预算数",
        Stage::Unstated | Stage::Adjustment | Stage::Arrived | Stage::CarriedIn | Stage::CarriedOut => "金额",
    }
}

/// 实际完成值 is blank in a row that has a target and a score.
fn check_achieved(context: &Context, form: &Form, sink: &mut Sink) {
    let filled = |row: &&IndicatorRow| row.achieved.as_ref().is_some_and(|achieved| achieved.is_filled());
    if form.indicators.iter().filter(filled).count() * 2 <= form.indicators.len() {
        return;
    }
    for row in &form.indicators {
        let (Some(target), Some(achieved), Some(score)) = (&row.target, &row.achieved, row.score) else { continue };
        if target.is_filled() && achieved.is_blank() {
            let score = context.facts.number(score).literal.span;
            let message = format!("“{}”的完成值空着，却有得分{}", row.name.text, context.source.slice(score));
            sink.report(row.name.span, "三级指标", message).with(target.span, "指标值").with(score, "得分");
        }
    }
}

/// 年度指标值 is blank in a row that has a result and a score, where nearly every other row has its target.
fn check_target(context: &Context, form: &Form, sink: &mut Sink) {
    let filled = |row: &&IndicatorRow| row.target.as_ref().is_some_and(|target| target.is_filled());
    let blank = form.indicators.len() - form.indicators.iter().filter(filled).count();
    if blank == 0 || blank * 5 > form.indicators.len() {
        return;
    }
    for row in &form.indicators {
        let (Some(target), Some(achieved), Some(score)) = (&row.target, &row.achieved, row.score) else { continue };
        // 开展培训≥5次: the name says what was aimed at.
        let said = without_brackets(&row.name.text).contains(|c: char| c.is_ascii_digit());
        if target.is_blank() && achieved.is_filled() && !said && !row.name.is_blank() {
            let score = context.facts.number(score).literal.span;
            let message = format!("“{}”的指标值空着，却有完成值{}", row.name.text, achieved.text);
            sink.report(row.name.span, "三级指标", message).with(achieved.span, "完成值").with(score, "得分");
        }
    }
}
