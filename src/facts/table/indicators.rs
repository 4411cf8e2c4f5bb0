//! Indicator blocks: 一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分.

use super::column::{Column, Role};
use super::funding;
use super::sheet::{Sheet, Value, sum_of};
use super::{Extracted, Family, family, inline};
use crate::document::table::{is_subtotal_label, is_total_label};
use crate::document::{Blank, Cell, LiteralKind, Table, Unit};
use crate::exact::Exact;
use crate::facts::{Claim, ClaimKind, Concept, Entity, Measure, Operand, Role as Part};

/// Facts and claims of an indicator block.
pub(super) fn read(sheet: &Sheet, out: &mut Extracted) {
    let (leaves, end) = rows(sheet);
    for &row in &leaves {
        read_leaf(sheet, row, out);
        inline::read(sheet, row, out);
    }
    if let Some(weight) = sheet.only(Role::Weight) {
        claim_groups(sheet, &leaves, weight, out);
    }
    if let Some(total) = end {
        let weights = (Role::Weight, ClaimKind::WeightTotal, Part::Weights, Measure::Weight);
        let scores = (Role::Score, ClaimKind::ScoreTotal, Part::Scores, Measure::Level);
        for (role, kind, part, measure) in [weights, scores] {
            claim_total(sheet, &leaves, total, (role, kind, part), out);
            bind_total(sheet, total, role, measure, out);
        }
    }
}

/// The rows of indicators, and the row of their total.
pub(super) fn rows(sheet: &Sheet) -> (Vec<usize>, Option<usize>) {
    let rows: Vec<usize> = sheet.band.body.clone().collect();
    let end = rows.iter().copied().find(|&row| sheet.is_total(row) && !is_subtotal(sheet, row));
    let leaves = rows.iter().copied().filter(|&row| end.is_none_or(|end| row < end) && is_leaf(sheet, row)).collect();
    (leaves, end)
}

fn is_subtotal(sheet: &Sheet, row: usize) -> bool {
    sheet.table.rows[row]
        .cells
        .iter()
        .find(|cell| cell.is_filled())
        .is_some_and(|cell| is_subtotal_label(cell.flow.text()))
}

/// A row with a cell under 分值 or 得分 that adds up nothing.
fn is_leaf(sheet: &Sheet, row: usize) -> bool {
    let scored = [Role::Weight, Role::Score].into_iter().filter_map(|role| sheet.only(role));
    let adds_up = |text: &str| is_total_label(text) || is_subtotal_label(text);
    let totals = sheet.table.rows[row].cells.iter().any(|cell| adds_up(cell.flow.text()));
    !totals && scored.into_iter().any(|column| sheet.cell(row, column).is_some())
}

/// One indicator: 分值, 得分, 指标值, 完成值.
fn read_leaf(sheet: &Sheet, row: usize, out: &mut Extracted) {
    let roles = [
        (Role::Weight, Part::Weight, Measure::Weight),
        (Role::Score, Part::Score, Measure::Score),
        (Role::Target, Part::Target, Measure::Target),
        (Role::Achieved, Part::Achieved, Measure::Actual),
    ];
    let name = name(sheet, row);
    let mut found = Vec::new();
    for (role, part, measure) in roles {
        let column = sheet.only(role);
        let value = match column {
            Some(column) => sheet.cell(row, column).and_then(|cell| figure(sheet, cell)),
            None if role == Role::Weight => named_weight(sheet, row),
            None => None,
        };
        let Some(value) = value else { continue };
        let key = sheet.plain_key(Entity::Item(name.clone()), Concept(""), measure);
        out.facts.push(crate::facts::Fact { number: value.id, key, label: name.clone() });
        found.push((part, vec![Operand::of(value.id).named(column.map_or("分值", |column| &column.text))]));
    }
    if found.len() > 1 {
        out.claims.push(Claim {
            kind: ClaimKind::Indicator,
            roles: found,
            span: sheet.table.rows[row].span,
            subject: name,
        });
    }
}

/// The one number of a cell: ≥300家次; nothing where several could be meant.
fn figure(sheet: &Sheet, cell: &Cell) -> Option<Value> {
    let mut measures = cell.literals.iter().filter(|literal| literal.kind == LiteralKind::Measure);
    let first = measures.next().filter(|_| measures.next().is_none())?;
    sheet.number(cell.row, first)
}

/// The innermost words before the target: 三级指标.
fn name(sheet: &Sheet, row: usize) -> String {
    name_cell(sheet, row).map_or(String::new(), |cell| cell.flow.text().to_owned())
}

/// The cell of the innermost words before the target.
pub(super) fn name_cell<'s>(sheet: &Sheet<'s>, row: usize) -> Option<&'s Cell> {
    let level = sheet.columns.iter().filter(|column| matches!(column.role, Role::Level(_))).max_by_key(|column| {
        match column.role {
            Role::Level(level) => level,
            _ => 0,
        }
    });
    let named = level.and_then(|column| sheet.cell(row, column)).filter(|cell| cell.is_filled());
    let cells = &sheet.table.rows[row].cells;
    // 指标|分值|得分|扣分原因: what stands behind the marks is no name.
    let marks =
        [Role::Weight, Role::Score].into_iter().filter_map(|role| sheet.with(role).next()).map(|column| column.at);
    let marks = marks.min().unwrap_or(usize::MAX);
    let is_words = |cell: &&Cell| cell.is_filled() && cell.literals.is_empty();
    let words = || {
        let before = cells.iter().filter(|cell| cell.column < marks).rfind(is_words);
        before.or_else(|| cells.iter().rfind(is_words))
    };
    named.or_else(words)
}

/// A column's numbers in the rows; none where a row was left blank, since then nothing is known about the sum.
fn all(sheet: &Sheet, rows: &[usize], column: &Column) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    for &row in rows {
        match (sheet.value(row, column), sheet.cell(row, column).map(|cell| cell.blank)) {
            (Some(value), _) => values.push(value),
            // A bare cell may go on with a merged one above it.
            (None, Some(Blank::Bare | Blank::Merged)) => {}
            _ => return None,
        }
    }
    (!values.is_empty()).then_some(values)
}

/// 产出指标（50分）: the weights of the rows beside a label that prints its points.
fn claim_groups(sheet: &Sheet, leaves: &[usize], weight: &Column, out: &mut Extracted) {
    for row in sheet.band.header.clone() {
        for cell in sheet.table.rows[row].cells.iter().filter(|cell| cell.column < weight.at) {
            if let Some(stated) = stated_points(sheet, cell) {
                claim_group(sheet, cell, &stated, leaves, weight, out);
            }
        }
    }
    for (at, &row) in leaves.iter().enumerate() {
        for cell in sheet.table.rows[row].cells.iter().filter(|cell| cell.column < weight.at) {
            let Some(stated) = stated_points(sheet, cell) else { continue };
            let beside = |row: &usize| match sheet.table.cell_at(*row, cell.column) {
                Some(other) => {
                    let continues = matches!(other.blank, Blank::Bare | Blank::Merged);
                    other.row == cell.row || continues || other.flow.text() == cell.flow.text()
                }
                None => false,
            };
            if at == 0 || !beside_before(sheet, leaves[at - 1], cell) {
                let rows: Vec<usize> = leaves[at..].iter().copied().take_while(beside).collect();
                claim_group(sheet, cell, &stated, &rows, weight, out);
            }
        }
    }
}

/// 验收合格率（15分）: the weight that an indicator's name prints, in a form without a column of weights.
pub(super) fn named_weight(sheet: &Sheet, row: usize) -> Option<Value> {
    let cell = name_cell(sheet, row).filter(|_| sheet.with(Role::Weight).next().is_none())?;
    stated_points(sheet, cell)
}

/// Whether the row before repeats the label, so that the group began earlier.
fn beside_before(sheet: &Sheet, row: usize, cell: &Cell) -> bool {
    sheet
        .table
        .cell_at(row, cell.column)
        .is_some_and(|other| other.is_filled() && other.flow.text() == cell.flow.text())
}

/// The points that a label prints: 产出指标（50分）
fn stated_points(sheet: &Sheet, label: &Cell) -> Option<Value> {
    let mut points = label.literals.iter().filter(|literal| literal.unit == Unit::Score && literal.unit_printed);
    let stated = points.next().filter(|_| points.next().is_none() && label.value().is_none())?;
    sheet.number(label.row, stated)
}

fn claim_group(sheet: &Sheet, label: &Cell, stated: &Value, rows: &[usize], weight: &Column, out: &mut Extracted) {
    let Some(values) = all(sheet, rows, weight) else { return };
    let name = crate::document::table::without_brackets(label.flow.text()).into_owned();
    let items = values.iter().map(|value| Operand::of(value.id).named(self::name(sheet, value.row))).collect();
    let key = sheet.plain_key(Entity::Item(name.clone()), Concept(""), Measure::Weight);
    out.facts.push(crate::facts::Fact { number: stated.id, key, label: name.clone() });
    let roles = vec![(Part::Total, vec![Operand::of(stated.id).named(&name)]), (Part::Weights, items)];
    out.claims.push(Claim { kind: ClaimKind::WeightGroup, roles, span: label.span, subject: name });
}

/// 总分: every weight or score, with that of the funding block, where the form has one.
fn claim_total(sheet: &Sheet, leaves: &[usize], total: usize, what: (Role, ClaimKind, Part), out: &mut Extracted) {
    let (role, kind, part) = what;
    let Some(column) = sheet.only(role) else { return };
    let (Some(stated), Some(values)) = (sheet.value(total, column), all(sheet, leaves, column)) else { return };
    let execution = match funding_block(sheet) {
        Some(block) => match funding::scored_row(&block, role) {
            Some((value, column)) => vec![Operand::of(value.id).named(&block.subject(value.row, column).name)],
            None => return,
        },
        // The usual points of the execution rate are missing: they may stand in a form that was not recognised.
        None if misses_execution(&stated, &values) || weights_miss_execution(sheet, leaves, total) => return,
        None => Vec::new(),
    };
    let leaves = values.iter().map(|value| Operand::of(value.id).named(name(sheet, value.row)));
    let items = execution.into_iter().chain(leaves).collect();
    let total_name = sheet.subject(total, column).name.clone();
    let roles = vec![(Part::Total, vec![Operand::of(stated.id).named(&total_name)]), (part, items)];
    let span = sheet.cell(total, column).map_or(sheet.table.span, |cell| cell.span);
    out.claims.push(Claim { kind, roles, span, subject: total_name });
}

/// Whether the total is 10 or 20 points more than the rows.
fn misses_execution(stated: &Value, values: &[Value]) -> bool {
    let rest = sum_of(values).and_then(|sum| stated.base.minus(sum));
    rest.is_some_and(|rest| [10, 20].into_iter().any(|points| rest == Exact::from(points)))
}

/// The same of the weights: then the scores miss it too, whatever it was.
fn weights_miss_execution(sheet: &Sheet, leaves: &[usize], total: usize) -> bool {
    let Some(column) = sheet.only(Role::Weight) else { return false };
    let (stated, values) = (sheet.value(total, column), all(sheet, leaves, column));
    stated.zip(values).is_some_and(|(stated, values)| misses_execution(&stated, &values))
}

/// The funding block that the total includes: in the same table, or in one right before it.
fn funding_block<'s>(sheet: &Sheet<'s>) -> Option<Sheet<'s>> {
    let in_table = |table: &'s Table| {
        let bands = table.bands.iter().filter(|band| !band.header.is_empty());
        bands.map(|band| Sheet::new(sheet.cx, table, band)).find(|other| family(other) == Some(Family::Funding))
    };
    in_table(sheet.table).or_else(|| in_table(sheet.cx.before?))
}

fn bind_total(sheet: &Sheet, total: usize, role: Role, measure: Measure, out: &mut Extracted) {
    let Some(column) = sheet.only(role) else { return };
    let Some(value) = sheet.value(total, column) else { return };
    let key = sheet.plain_key(sheet.cx.entity.clone(), Concept("score.self"), measure);
    sheet.bind(out, &value, column, key);
}
