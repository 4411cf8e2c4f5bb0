//! Control tables: 编制数|实际在职人数|控制率, 批复规模|实际规模|规模控制率|预算投资|实际投资|投资概算控制率.

use super::Extracted;
use super::column::{Column, Role};
use super::sheet::Sheet;
use crate::facts::{ClaimKind, Concept, Entity, Measure, Role as Part};

/// Words of what is allowed.
const ALLOWED: &[&str] = &["编制", "批复", "概算", "预算", "批准", "计划", "核定"];
/// Words of what is.
const ACTUAL: &[&str] = &["在职", "实际", "实有", "竣工", "决算", "在编", "建设"];

/// Facts and claims of a control table: each rate goes with the two columns before it.
pub(super) fn read(sheet: &Sheet, out: &mut Extracted) {
    for (at, rate) in sheet.columns.iter().enumerate().filter(|(_, column)| column.role == Role::Control) {
        let [.., one, two] = &sheet.columns[..at] else { continue };
        let Some((quota, actual)) = order(one, two) else { continue };
        for row in sheet.band.body.clone() {
            read_row(sheet, row, [quota, actual, rate], out);
        }
    }
}

/// Which of two columns is the allowance and which is what is.
fn order<'c>(one: &'c Column, two: &'c Column) -> Option<(&'c Column, &'c Column)> {
    let says = |column: &Column, words: &[&str]| words.iter().any(|word| column.text.contains(word));
    if says(one, ALLOWED) && says(two, ACTUAL) {
        Some((one, two))
    } else if says(two, ALLOWED) && says(one, ACTUAL) {
        Some((two, one))
    } else {
        None
    }
}

fn read_row(sheet: &Sheet, row: usize, [quota, actual, rate]: [&Column; 3], out: &mut Extracted) {
    let value = |column: &Column| sheet.value(row, column);
    let (allowed, is, stated) = (value(quota), value(actual), value(rate));
    let people = quota.text.contains("编制");
    let concepts =
        if people { [Concept("hc.quota"), Concept("hc.actual"), Concept("hc.actual")] } else { [Concept(""); 3] };
    let measures = [Measure::Level, Measure::Level, Measure::Control];
    let found = [(&allowed, quota), (&is, actual), (&stated, rate)];
    for ((value, column), (concept, measure)) in found.into_iter().zip(concepts.into_iter().zip(measures)) {
        let Some(value) = value else { continue };
        let entity = if people { sheet.cx.entity.clone() } else { Entity::Item(column.text.clone()) };
        sheet.bind(out, value, column, sheet.plain_key(entity, concept, measure));
    }
    // 0, 0, 0: nothing was built.
    if let (Some(allowed), Some(is), Some(stated)) = (&allowed, &is, &stated)
        && !allowed.base.is_zero()
    {
        let roles = [
            (Part::Actual, Some((is, actual))),
            (Part::Quota, Some((allowed, quota))),
            (Part::Rate, Some((stated, rate))),
        ];
        out.claims.push(sheet.across(ClaimKind::Control, row, &roles));
    }
}
