//! Labels and numbers in one cell: `其中：基本支出：437.32` beside `其中：一般公共预算：2156.10`, two independent lists
//! that share rows (A8).

use super::Extracted;
use super::column::{Amount, Column};
use super::sheet::{Sheet, Value, sum_of};
use super::subject::{Subject, subject};
use crate::document::Cell;
use crate::facts::{Claim, ClaimKind, Concept, Key, Measure, Operand, Period, Role as Part, Stage};

/// A cell `label：number`, or `label：` left blank.
struct Entry {
    subject: Subject,
    value: Option<Value>,
}

/// The lists under a funding block whose total stands in row `total`.
pub(super) fn read(sheet: &Sheet, total: usize, out: &mut Extracted) {
    let cells = sheet.band.body.clone().flat_map(|row| &sheet.table.rows[row].cells);
    let mut lists: Vec<(usize, Vec<Entry>)> = Vec::new();
    for cell in cells {
        let Some(entry) = entry(sheet, cell) else { continue };
        match lists.iter_mut().find(|(column, _)| *column == cell.column) {
            Some((_, list)) => list.push(entry),
            None => lists.push((cell.column, vec![entry])),
        }
    }
    for (_, list) in &lists {
        claim(sheet, total, list, out);
    }
}

/// `项目支出：1732.87`
fn entry(sheet: &Sheet, cell: &Cell) -> Option<Entry> {
    let text = cell.flow.text();
    let (label, number) = text.rsplit_once(['：', ':'])?;
    let subject = subject(label, sheet.cx.year);
    let listed = subject.scope.is_some() || subject.concept.is_some();
    if !listed || label.chars().count() > 24 {
        return None;
    }
    if number.is_empty() {
        return Some(Entry { subject, value: None });
    }
    let [literal] = cell.literals.as_slice() else { return None };
    let whole = literal.range.start == text.len() - number.len() && literal.range.end == text.len();
    let value = sheet.number(cell.row, literal).filter(|_| whole)?;
    Some(Entry { subject, value: Some(value) })
}

/// The list adds up to the money spent, or to the budget where that is what it adds up to.
fn claim(sheet: &Sheet, total: usize, list: &[Entry], out: &mut Extracted) {
    let values: Vec<Value> = list.iter().filter_map(|entry| entry.value.clone()).collect();
    let Some((stated, column, stage)) = whole(sheet, total, &values) else { return };
    for entry in list {
        if let Some(value) = &entry.value {
            bind(sheet, &entry.subject, value, stage, out);
        }
    }
    if values.is_empty() {
        return;
    }
    let items = list.iter().filter_map(|entry| Some(Operand::of(entry.value.as_ref()?.id).named(&entry.subject.name)));
    let kind = if list.len() > 1 { ClaimKind::TableParts } else { ClaimKind::TablePartial };
    let roles = vec![(Part::Total, vec![sheet.operand(&stated, column)]), (Part::Items, items.collect())];
    let subject = format!("{}（{}）", sheet.subject(total, column).name, column.text);
    let span = sheet.cell(total, column).map_or(sheet.table.span, |cell| cell.span);
    out.claims.push(Claim { kind, roles, span, subject });
}

/// What the list is a list of: 全年执行数, unless it adds up exactly to 全年预算数 and not to that.
fn whole<'s>(sheet: &'s Sheet, total: usize, values: &[Value]) -> Option<(Value, &'s Column, Stage)> {
    let stated = |stage: Stage| {
        let column = sheet.staged(stage)?;
        Some((sheet.value(total, column)?, column, stage))
    };
    let sum = sum_of(values)?;
    let spent = stated(Stage::Final);
    let exact = |found: &(Value, &Column, Stage)| found.0.base == sum;
    if spent.as_ref().is_some_and(exact) {
        return spent;
    }
    let budgets = [Stage::Adjusted, Stage::Budget, Stage::Initial];
    budgets.into_iter().filter_map(stated).find(exact).or(spent)
}

fn bind(sheet: &Sheet, subject: &Subject, value: &Value, stage: Stage, out: &mut Extracted) {
    let amount = Amount { stage: Some(stage), period: sheet.cx.year.map(Period::Year), ..Amount::default() };
    let key = sheet.key(subject, amount, Measure::Level);
    let concept = subject.concept.unwrap_or(Concept("exp.total"));
    out.facts.push(crate::facts::Fact { number: value.id, key: Key { concept, ..key }, label: subject.name.clone() });
}
