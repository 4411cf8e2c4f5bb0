//! Tables with several rates or shares: which columns a rate is of, told by the rows themselves.
//!
//! 分配金额|占比|实际支出|支出率|计划点位|完成点位|完成率: no word says that 完成率 is of 点位. Where nearly every row agrees that a
//! column is the quotient of two others, it is meant to be so in every row.

use super::Extracted;
use super::column::{Column, Role};
use super::sheet::{Sheet, Value};
use super::tree::Entry;
use crate::facts::{ClaimKind, Role as Part};

/// A row with the three numbers of a quotient: part, whole, ratio.
type Row = (usize, [Value; 3]);

/// The claims of every rate and share whose operands the rows tell.
pub(super) fn read(sheet: &Sheet, entries: &[Entry], out: &mut Extracted) {
    let several = sheet.only(Role::Rate).is_none();
    for rate in sheet.with(Role::Rate).filter(|_| several) {
        let pairs = amounts(sheet, rate).flat_map(|part| amounts(sheet, rate).map(move |whole| (part, whole)));
        let found = pairs.filter(|(part, whole)| part.at != whole.at).find_map(|(part, whole)| {
            let rows = quotients(sheet, entries, |row| {
                Some([sheet.value(row, part)?, sheet.value(row, whole)?, sheet.value(row, rate)?])
            });
            is_meant(sheet, &rows).then_some((part, whole, rows))
        });
        let Some((part, whole, rows)) = found else { continue };
        for (row, [done, planned, stated]) in &rows {
            let roles = [
                (Part::Done, Some((done, part))),
                (Part::Budget, Some((planned, whole))),
                (Part::Rate, Some((stated, rate))),
            ];
            out.claims.push(sheet.across(ClaimKind::Completion, *row, &roles));
        }
    }
    shares(sheet, entries, out);
}

/// 占比 of the only total row.
fn shares(sheet: &Sheet, entries: &[Entry], out: &mut Extracted) {
    let mut totals = entries.iter().filter(|entry| entry.total);
    let Some(total) = totals.next().filter(|_| totals.next().is_none()) else { return };
    let told = sheet.only(Role::Share).is_some() && sheet.amounts().count() == 1;
    for share in sheet.with(Role::Share).filter(|_| !told) {
        let found = amounts(sheet, share).find_map(|column| {
            let whole = sheet.value(total.row, column)?;
            let rows = quotients(sheet, entries, |row| {
                let part = sheet.value(row, column).filter(|_| row != total.row)?;
                Some([part, whole.clone(), sheet.value(row, share)?])
            });
            is_meant(sheet, &rows).then_some((column, rows))
        });
        let Some((column, rows)) = found else { continue };
        for (row, [part, whole, stated]) in &rows {
            let roles = [
                (Part::Part, Some((part, column))),
                (Part::Whole, Some((whole, column))),
                (Part::Share, Some((stated, share))),
            ];
            out.claims.push(sheet.across(ClaimKind::Share, *row, &roles));
        }
    }
}

/// The columns of quantities, those nearest before the ratio first.
fn amounts<'s>(sheet: &'s Sheet, ratio: &Column) -> impl Iterator<Item = &'s Column> {
    let quantity = |column: &&Column| matches!(column.role, Role::Amount(_) | Role::Other);
    let (before, after): (Vec<&Column>, Vec<&Column>) =
        sheet.columns.iter().filter(quantity).partition(|column| column.at < ratio.at);
    before.into_iter().rev().chain(after)
}

fn quotients(sheet: &Sheet, entries: &[Entry], row: impl Fn(usize) -> Option<[Value; 3]>) -> Vec<Row> {
    let sensible = |values: &[Value; 3]| !values[1].base.is_zero() && same_dimension(sheet, &values[0], &values[1]);
    entries.iter().filter_map(|entry| Some((entry.row, row(entry.row).filter(sensible)?))).collect()
}

fn same_dimension(sheet: &Sheet, a: &Value, b: &Value) -> bool {
    let dimension = |value: &Value| sheet.cx.number(value.id).literal.unit.dimension();
    dimension(a) == dimension(b)
}

/// Whether the rows show that the one is the quotient of the others: at least two that no coincidence explains (not all
/// or nothing of it), and hardly one that does not.
fn is_meant(sheet: &Sheet, rows: &[Row]) -> bool {
    let fits = |(_, [part, whole, ratio]): &&Row| sheet.is_quotient(part, whole, ratio);
    let telling = |(_, [part, whole, _]): &&Row| part.base != whole.base && !part.base.is_zero();
    let fitting = rows.iter().filter(fits);
    let (all, told) = (fitting.clone().count(), fitting.filter(telling).count());
    told >= 2 && rows.len() - all <= (rows.len() / 5).max(1)
}
