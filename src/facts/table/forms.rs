//! Tables as forms: every row with its words and its blank cells.

use super::column::{Column, Role};
use super::sheet::Sheet;
use super::subject::bare;
use super::{Family, TableContext, family, funding, indicators};
use crate::document::table::{Cell, NATURES, is_total_label};
use crate::facts::form::{AmountCell, AmountRow, Form, Goal, IndicatorRow, ScoreTotal, Words};
use crate::facts::{NumberId, Stage};

/// Adds the form that a table is, if it is one.
pub(super) fn read(cx: &TableContext, block: usize, sheets: &[Sheet], forms: &mut Vec<Form>) {
    if let Some(form) = form(cx, block, sheets) {
        join(cx, forms, form);
    }
}

fn form(cx: &TableContext, block: usize, sheets: &[Sheet]) -> Option<Form> {
    let project = super::project_cell(cx.table).map(|cell| words(cx, cell));
    let mut form = Form {
        block,
        entity: cx.entity.clone(),
        project,
        amounts: Vec::new(),
        indicators: Vec::new(),
        goal: goal(cx),
        total: ScoreTotal::default(),
    };
    for sheet in sheets {
        match family(sheet) {
            Some(Family::Indicators) => read_indicators(sheet, &mut form),
            Some(Family::Funding) => read_amounts(sheet, funding::total(sheet), &mut form),
            Some(Family::Amounts) => read_amounts(sheet, None, &mut form),
            Some(Family::Control) | None => {}
        }
    }
    let empty = form.amounts.is_empty() && form.indicators.is_empty() && form.goal.is_none();
    (!empty).then_some(form)
}

/// The indicators of a table go on with the form whose funding block stands in the table before it.
fn join(cx: &TableContext, forms: &mut Vec<Form>, next: Form) {
    let goes_on = |last: &&mut Form| {
        last.indicators.is_empty() && next.amounts.is_empty() && next.project.is_none() && cx.before.is_some()
    };
    match forms.last_mut().filter(goes_on) {
        Some(last) => {
            last.indicators = next.indicators;
            last.total = next.total;
            last.goal = last.goal.take().or(next.goal);
        }
        None => forms.push(next),
    }
}

fn words(cx: &TableContext, cell: &Cell) -> Words {
    let numbers = cell.literals.iter().filter_map(|literal| cx.number_at(literal.span)).collect();
    Words { text: cell.flow.text().to_owned(), span: cell.span, blank: cell.blank, numbers }
}

fn read_indicators(sheet: &Sheet, form: &mut Form) {
    let (leaves, total) = indicators::rows(sheet);
    let remarks = Remarks::of(sheet);
    form.indicators.extend(leaves.iter().filter_map(|&row| indicator(sheet, &remarks, row)));
    if let Some(total) = total {
        form.total =
            ScoreTotal { weight: number(sheet, total, Role::Weight), score: number(sheet, total, Role::Score) };
    }
}

/// The number of a row in the only column of a role.
fn number(sheet: &Sheet, row: usize, role: Role) -> Option<NumberId> {
    Some(sheet.value(row, sheet.only(role)?)?.id)
}

/// The columns that say more about an indicator.
struct Remarks<'s> {
    sense: Option<&'s Column>,
    unit: Option<&'s Column>,
    reason: Option<&'s Column>,
    coefficient: Option<&'s Column>,
}

impl<'s> Remarks<'s> {
    fn of(sheet: &'s Sheet) -> Remarks<'s> {
        let headed =
            |words: &[&str]| sheet.columns.iter().find(|column| words.iter().any(|word| column.text.contains(word)));
        Remarks {
            sense: headed(NATURES),
            unit: headed(&["度量单位", "计量单位"]),
            reason: headed(&["偏差原因", "偏差分析", "未完成原因", "原因分析", "扣分原因"]),
            coefficient: headed(&["得分系数"]),
        }
    }
}

fn indicator(sheet: &Sheet, remarks: &Remarks, row: usize) -> Option<IndicatorRow> {
    let at =
        |column: Option<&Column>| column.and_then(|column| sheet.cell(row, column)).map(|cell| words(sheet.cx, cell));
    let name = indicators::name_cell(sheet, row)?;
    let levels = sheet.table.labels(row, name.column).into_iter().map(|cell| words(sheet.cx, cell)).collect();
    Some(IndicatorRow {
        levels,
        name: words(sheet.cx, name),
        target: at(sheet.only(Role::Target)),
        achieved: at(sheet.only(Role::Achieved)),
        weight: number(sheet, row, Role::Weight).or_else(|| indicators::named_weight(sheet, row).map(|value| value.id)),
        score: number(sheet, row, Role::Score),
        coefficient: remarks.coefficient.and_then(|column| sheet.value(row, column)).map(|value| value.id),
        sense: at(remarks.sense),
        unit: at(remarks.unit),
        reason: at(remarks.reason),
    })
}

fn read_amounts(sheet: &Sheet, total: Option<usize>, form: &mut Form) {
    let Some(first) = first_amount(sheet) else { return };
    for row in sheet.band.body.clone() {
        let Some(label) = sheet.label(row, first).filter(|label| label.row == row) else { continue };
        let cells: Vec<AmountCell> = amount_cells(sheet, row, label);
        if cells.is_empty() {
            continue;
        }
        let subject = sheet.subject(row, first);
        let adds_up = total == Some(row) || is_total_label(bare(label.flow.text()));
        form.amounts.push(AmountRow {
            label: words(sheet.cx, label),
            concept: subject.concept,
            scope: subject.scope,
            total: adds_up,
            cells,
            rate: number(sheet, row, Role::Rate),
            weight: number(sheet, row, Role::Weight),
            score: number(sheet, row, Role::Score),
        });
    }
}

/// The first column that holds amounts: 项目资金（万元） over the labels of a block holds none.
fn first_amount<'s>(sheet: &'s Sheet) -> Option<&'s Column> {
    let holds = |column: &Column| sheet.band.body.clone().any(|row| sheet.value(row, column).is_some());
    sheet.amounts().map(|(column, _)| column).find(|column| holds(column))
}

/// The cells of a row under columns of amounts, as far as the row's first label is theirs.
fn amount_cells(sheet: &Sheet, row: usize, label: &Cell) -> Vec<AmountCell> {
    let own = |column: &Column| sheet.label(row, column).is_some_and(|other| std::ptr::eq(other, label));
    sheet
        .amounts()
        .filter(|(column, _)| own(column))
        .filter_map(|(column, amount)| {
            let cell = sheet.cell(row, column)?;
            let stage = amount.stage.unwrap_or(Stage::Unstated);
            let number = sheet.value(row, column).map(|value| value.id);
            Some(AmountCell { stage, period: amount.period, words: words(sheet.cx, cell), number })
        })
        .collect()
}

/// 预期目标|实际完成情况 over the goal and what came of it.
fn goal(cx: &TableContext) -> Option<Goal> {
    let table = cx.table;
    table.rows.iter().enumerate().find_map(|(at, row)| {
        let expected = row.cells.iter().find(|cell| cell.flow.text().ends_with("预期目标"))?;
        let achieved = row.cells.iter().find(|cell| cell.flow.text().contains("完成情况"));
        let below = |over: &Cell| table.cell_at(at + 1, over.column).filter(|cell| cell.is_filled());
        Some(Goal {
            expected: words(cx, below(expected)?),
            achieved: achieved.and_then(below).map(|cell| words(cx, cell)),
        })
    })
}
