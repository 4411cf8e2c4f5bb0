//! The execution rate as an indicator of its own: 预算执行率 | 全年预算816.05万元，全年执行792.18万元 | 100% | 97.07% | 10 | 9.71

use super::Extracted;
use super::column::{Column, Role};
use super::sheet::{Sheet, Value};
use crate::document::table::Cell;
use crate::document::{Literal, Unit};
use crate::facts::{Claim, ClaimKind, Operand, Role as Part};

/// The claims of a row whose words state budget and spending.
pub(super) fn read(sheet: &Sheet, row: usize, out: &mut Extracted) {
    let cells = &sheet.table.rows[row].cells;
    let Some((budget, done)) = cells.iter().find_map(|cell| stated(sheet, cell)) else { return };
    let Some(rate) = value(sheet, row, Role::Achieved).filter(|value| is_rate(sheet, value)) else { return };
    let operand = |value: &Value, name: &str| vec![Operand::of(value.id).named(name)];
    let operands = vec![
        (Part::Done, operand(&done, "全年执行")),
        (Part::Budget, operand(&budget, "全年预算")),
        (Part::Rate, operand(&rate, "执行率")),
    ];
    let claim =
        |kind, roles| Claim { kind, roles, span: sheet.table.rows[row].span, subject: "预算执行率".to_owned() };
    out.claims.push(claim(ClaimKind::Completion, operands));
    if let (Some(weight), Some(score)) = (value(sheet, row, Role::Weight), value(sheet, row, Role::Score)) {
        let roles = vec![
            (Part::Weight, operand(&weight, "分值")),
            (Part::Score, operand(&score, "得分")),
            (Part::Rate, operand(&rate, "执行率")),
        ];
        out.claims.push(claim(ClaimKind::ExecutionScore, roles));
    }
}

/// 全年预算816.05万元，全年执行792.18万元
fn stated(sheet: &Sheet, cell: &Cell) -> Option<(Value, Value)> {
    let [budget, done] = cell.literals.as_slice() else { return None };
    let text = cell.flow.text();
    let (before, between) = (&text[..budget.range.start], &text[budget.range.end..done.range.start]);
    let spent = ["执行", "支出", "决算"].iter().any(|word| between.contains(word));
    let money = |literal: &Literal| literal.unit.is_money();
    if !before.contains("预算") || !spent || !money(budget) || !money(done) {
        return None;
    }
    Some((sheet.number(cell.row, budget)?, sheet.number(cell.row, done)?))
}

fn value(sheet: &Sheet, row: usize, role: Role) -> Option<Value> {
    let column: &Column = sheet.only(role)?;
    sheet.value(row, column)
}

fn is_rate(sheet: &Sheet, value: &Value) -> bool {
    sheet.cx.number(value.id).literal.unit == Unit::Percent
}
