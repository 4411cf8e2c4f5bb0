//! The funding block of a self-assessment form: 年初预算数|全年预算数|全年执行数|分值|执行率|得分.

use super::column::{Amount, Column, Role};
use super::sheet::{Sheet, Value, sum_of};
use super::{Extracted, listing};
use crate::document::Unit;
use crate::document::table::is_total_label;
use crate::facts::{ClaimKind, Concept, Entity, Key, Measure, Role as Part, Stage};

/// Facts and claims of a funding block.
pub(super) fn read(sheet: &Sheet, out: &mut Extracted) {
    let rows: Vec<usize> = sheet.band.body.clone().filter(|&row| is_row(sheet, row)).collect();
    let Some(first) = sheet.amounts().next().map(|(column, _)| column) else { return };
    let total = total_row(sheet, &rows, first);
    let base = rate_base(sheet, &rows);
    for &row in &rows {
        bind(sheet, row, Some(row) == total, out);
        claim_rate(sheet, row, base, out);
        if Some(row) == total {
            claim_score(sheet, row, out);
        }
    }
    if let Some(total) = total {
        for (column, _) in sheet.amounts() {
            claim_parts(sheet, &rows, total, column, out);
        }
        listing::read(sheet, total, out);
    }
}

/// A row of the block proper: some cell stands under a column of amounts.
fn is_row(sheet: &Sheet, row: usize) -> bool {
    sheet.amounts().any(|(column, _)| sheet.cell(row, column).is_some())
}

/// 年度资金总额, 总额, 合计, or the first row, unless it is itself a part.
fn total_row(sheet: &Sheet, rows: &[usize], first: &Column) -> Option<usize> {
    let names_total = |row: &&usize| {
        let label = sheet.label_text(**row, first);
        is_total_label(label) || label.contains("总额") || label.ends_with("合计")
    };
    let opens = |row: &usize| {
        if lists_projects(sheet, *row, first) {
            return false;
        }
        let subject = sheet.subject(*row, first);
        let part = subject.scope.is_some() || matches!(subject.concept, Some(Concept("exp.basic" | "exp.project")));
        !part && !sheet.label_text(*row, first).starts_with("其中")
    };
    rows.iter().find(names_total).or_else(|| rows.first().filter(|row| opens(row))).copied()
}

/// 项目名称 over the labels: the rows are projects beside each other, and none of them is the whole.
fn lists_projects(sheet: &Sheet, row: usize, first: &Column) -> bool {
    let label = sheet.label(row, first);
    let over = label.and_then(|label| sheet.columns.iter().find(|column| column.at == label.column));
    sheet.cx.entity == Entity::Unit && over.is_some_and(|column| column.text.contains("名称"))
}

/// The row of the whole amount.
pub(super) fn total(sheet: &Sheet) -> Option<usize> {
    let rows: Vec<usize> = sheet.band.body.clone().filter(|&row| is_row(sheet, row)).collect();
    total_row(sheet, &rows, sheet.amounts().next()?.0)
}

/// The number that the row's weight and score belong to: only the total's count (A11).
pub(super) fn scored_row<'s>(sheet: &'s Sheet, role: Role) -> Option<(Value, &'s Column)> {
    let rows: Vec<usize> = sheet.band.body.clone().filter(|&row| is_row(sheet, row)).collect();
    let (first, _) = sheet.amounts().next()?;
    let column = sheet.only(role)?;
    Some((sheet.value(total_row(sheet, &rows, first)?, column)?, column))
}

fn bind(sheet: &Sheet, row: usize, total: bool, out: &mut Extracted) {
    for (column, amount) in sheet.amounts() {
        let Some(value) = sheet.value(row, column) else { continue };
        let key = amount_key(sheet, row, column, amount, total);
        sheet.bind(out, &value, column, key);
    }
    let others = [(Role::Rate, Measure::Rate), (Role::Weight, Measure::Weight), (Role::Score, Measure::Score)];
    for (role, measure) in others {
        let Some(column) = sheet.only(role) else { continue };
        let Some(value) = sheet.value(row, column) else { continue };
        let amount = Amount { stage: Some(Stage::Unstated), ..Amount::default() };
        let key = Key { measure, ..amount_key(sheet, row, column, amount, total) };
        sheet.bind(out, &value, column, key);
    }
}

/// A project's total is the project's own amount; its parts are told by their scope.
fn amount_key(sheet: &Sheet, row: usize, column: &Column, amount: Amount, total: bool) -> Key {
    let mut subject = sheet.subject(row, column).as_ref().clone();
    if total {
        let whole = matches!(sheet.cx.entity, Entity::Unit);
        subject.concept = Some(if whole { Concept("exp.total") } else { Concept("") });
    }
    // What was carried in and spent is not the amount that was carried in.
    if subject.concept == Some(Concept("carry.in")) {
        subject.concept = None;
    }
    let mut key = sheet.key(&subject, amount, Measure::Level);
    if !total && subject.scope.is_some() && subject.concept.is_none() && sheet.cx.entity == Entity::Unit {
        key.concept = Concept("exp.total");
    }
    key
}

/// The budget that the execution rate refers to: 全年预算数, else 预算数, else 年初预算数.
fn budget<'s>(sheet: &'s Sheet) -> Option<&'s Column> {
    let stages = [Stage::Adjusted, Stage::Budget, Stage::Initial];
    stages.into_iter().find_map(|stage| sheet.staged(stage))
}

/// The column that the execution rates are of: the budget, or another, such as what arrived or was contracted, where more of
/// the rows say so.
pub(super) fn rate_base<'s>(sheet: &'s Sheet, rows: &[usize]) -> Option<&'s Column> {
    let budget = budget(sheet);
    let found = || {
        let (done, rate) = (sheet.staged(Stage::Final)?, sheet.only(Role::Rate)?);
        let fitting = |base: &Column| {
            let values = |row: usize| Some([sheet.value(row, done)?, sheet.value(row, base)?, sheet.value(row, rate)?]);
            rows.iter().filter_map(|&row| values(row)).filter(|[a, b, c]| sheet.is_quotient(a, b, c)).count()
        };
        let said = budget.map_or(0, fitting);
        // A rate of another stage of the budget is a fault, however many rows have it.
        let others = sheet
            .amounts()
            .filter(|(column, amount)| column.at != done.at && !amount.stage.is_some_and(Stage::is_budget));
        let counted = others.map(|(column, amount)| (fitting(column), column, amount.stage));
        let (fits, best, stage) = counted.max_by_key(|(fits, ..)| *fits)?;
        (fits > said && (fits > 1 || stage == Some(Stage::Arrived))).then_some(best)
    };
    found().or(budget)
}

/// 全年执行数 / 全年预算数 = 执行率, in every row that has all three; 执行数 beside 预算数 where there is no rate.
pub(super) fn claim_rate(sheet: &Sheet, row: usize, base: Option<&Column>, out: &mut Extracted) {
    let (Some(done), Some(budget)) = (sheet.staged(Stage::Final), base) else { return };
    let (Some(executed), Some(planned)) = (sheet.value(row, done), sheet.value(row, budget)) else { return };
    let nothing = executed.base.is_zero() && planned.base.is_zero();
    if let Some(column) = sheet.only(Role::Rate)
        && let Some(rate) = sheet.value(row, column).filter(|_| !nothing)
    {
        let roles = [
            (Part::Done, Some((&executed, done))),
            (Part::Budget, Some((&planned, budget))),
            (Part::Rate, Some((&rate, column))),
        ];
        out.claims.push(sheet.across(ClaimKind::Completion, row, &roles));
    }
    let roles = [(Part::Budget, Some((&planned, budget))), (Part::Executed, Some((&executed, done)))];
    out.claims.push(sheet.across(ClaimKind::Execution, row, &roles));
}

/// 分值 × 执行率 = 得分; the operands of the rate stand by for a form that prints none.
fn claim_score(sheet: &Sheet, row: usize, out: &mut Extracted) {
    let value = |column: Option<&Column>| column.and_then(|column| sheet.value(row, column));
    let (weight, score, rate) = (sheet.only(Role::Weight), sheet.only(Role::Score), sheet.only(Role::Rate));
    let (done, budget) = (sheet.staged(Stage::Final), budget(sheet));
    let mut found = [weight, score, rate, done, budget].map(value);
    let printed = score.filter(|_| weight.is_none()).and_then(|column| points(sheet, column));
    let weight = weight.or(score.filter(|_| printed.is_some()));
    found[0] = found[0].take().or(printed);
    if found[0].is_none() || found[1].is_none() {
        return;
    }
    let parts = [Part::Weight, Part::Score, Part::Rate, Part::Done, Part::Budget];
    let columns = [weight, score, rate, done, budget];
    let roles: Vec<_> = (0..parts.len()).map(|at| (parts[at], found[at].as_ref().zip(columns[at]))).collect();
    out.claims.push(sheet.across(ClaimKind::ExecutionScore, row, &roles));
}

/// 得分（20分*执行率）: the weight that the header of the scores prints.
fn points(sheet: &Sheet, column: &Column) -> Option<Value> {
    let row = sheet.band.header.clone().last()?;
    let cell = sheet.table.cell_at(row, column.at)?;
    let mut points = cell.literals.iter().filter(|literal| literal.unit == Unit::Score && literal.unit_printed);
    let stated = points.next().filter(|_| points.next().is_none())?;
    sheet.number(cell.row, stated)
}

/// 年度资金总额 = 当年财政拨款 + 上年结转资金 + 其他资金, in one column.
fn claim_parts(sheet: &Sheet, rows: &[usize], total: usize, column: &Column, out: &mut Extracted) {
    let Some(stated) = sheet.value(total, column) else { return };
    let parts = parts(sheet, rows, total, column);
    let values: Vec<Value> = parts.iter().filter_map(|&row| sheet.value(row, column)).collect();
    if values.is_empty() {
        return;
    }
    let other = |row: &usize| {
        ["其他", "单位资金", "自筹", "自有"].iter().any(|word| sheet.label_text(*row, column).contains(word))
    };
    let closes = sum_of(&values) == Some(stated.base);
    let complete = parts.len() > 1 && (parts.iter().any(other) || parts.len() > 2 || closes && values.len() > 1);
    let kind = if complete { ClaimKind::TableParts } else { ClaimKind::TablePartial };
    out.claims.push(sheet.sum(kind, column, &stated, &values, Part::Items));
}

/// The rows that the total is made of: a second 其中, and rows of a level of government, stand under a part.
fn parts(sheet: &Sheet, rows: &[usize], total: usize, column: &Column) -> Vec<usize> {
    let mut nested = false;
    let mut found = Vec::new();
    for &row in rows.iter().filter(|&&row| row != total) {
        let label = sheet.label_text(row, column);
        let name = sheet.subject(row, column).name.clone();
        let level =
            ["中央", "省级", "市级", "县级", "区级", "本级", "地方", "上级"].iter().any(|word| name.starts_with(word));
        nested = label.starts_with("其中") && !found.is_empty() || nested && level;
        if !nested {
            found.push(row);
        }
    }
    found
}
