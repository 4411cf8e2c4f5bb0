//! One band of a table with its columns: the view that every family of tables is read through.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::column::{self, Amount, Column, Role};
use super::subject::{Subject, subject};
use super::{Extracted, TableContext};
use crate::document::table::{Band, Cell, Table, is_total_label};
use crate::document::{Literal, LiteralKind};
use crate::exact::Exact;
use crate::facts::fit::is_ratio;
use crate::facts::{
    Claim, ClaimKind, Concept, Entity, Fact, Key, Measure, NumberId, Operand, Period, Role as Part, Scope, Stage,
};

/// A band with its columns.
pub(super) struct Sheet<'a> {
    pub(super) cx: &'a TableContext<'a>,
    pub(super) table: &'a Table,
    pub(super) band: &'a Band,
    pub(super) columns: Vec<Column>,
    /// The labels read so far, by row and column of the grid.
    subjects: RefCell<BTreeMap<(usize, usize), Rc<Subject>>>,
}

/// A number in a cell.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) id: NumberId,
    /// In the base unit.
    pub(super) base: Exact,
    pub(super) row: usize,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(cx: &'a TableContext<'a>, table: &'a Table, band: &'a Band) -> Sheet<'a> {
        Sheet { cx, table, band, columns: column::columns(table, band, cx.year), subjects: RefCell::default() }
    }

    /// The columns of a role.
    pub(super) fn with(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.role == role)
    }

    /// The only column of a role; none where there are two, since then neither is meant for sure.
    pub(super) fn only(&self, role: Role) -> Option<&Column> {
        let mut found = self.with(role);
        found.next().filter(|_| found.next().is_none())
    }

    pub(super) fn amounts(&self) -> impl Iterator<Item = (&Column, Amount)> {
        self.columns.iter().filter_map(|column| match column.role {
            Role::Amount(amount) => Some((column, amount)),
            _ => None,
        })
    }

    /// The only column of amounts of a stage.
    pub(super) fn staged(&self, stage: Stage) -> Option<&Column> {
        let mut found = self.amounts().filter(|(_, amount)| amount.stage == Some(stage));
        found.next().filter(|_| found.next().is_none()).map(|(column, _)| column)
    }

    /// The cell of a row under a column, if it stands there alone.
    pub(super) fn cell(&self, row: usize, column: &Column) -> Option<&'a Cell> {
        self.table
            .cell_at(row, column.at)
            .filter(|cell| cell.column == column.at && self.table.stands_under(self.band, cell))
    }

    /// The number that a cell holds and nothing else.
    pub(super) fn value(&self, row: usize, column: &Column) -> Option<Value> {
        let literal = self.cell(row, column)?.value()?;
        self.number(row, literal)
    }

    /// Whether `part ÷ whole` can be `ratio`, as printed.
    pub(super) fn is_quotient(&self, part: &Value, whole: &Value, ratio: &Value) -> bool {
        let literal = |value: &Value| &self.cx.number(value.id).literal;
        is_ratio(literal(part), literal(whole), literal(ratio))
    }

    pub(super) fn number(&self, row: usize, literal: &Literal) -> Option<Value> {
        let id = self.cx.number_at(literal.span).filter(|_| literal.kind == LiteralKind::Measure)?;
        Some(Value { id, base: self.cx.number(id).literal.base()?, row })
    }

    /// The labels of a row to the left of a column, merged ones filled down, joined.
    pub(super) fn label(&self, row: usize, column: &Column) -> Option<&'a Cell> {
        let cells = self.table.rows[row].cells.iter().filter(|cell| cell.column < column.at);
        let words = |cell: &&Cell| cell.is_filled() && cell.value().is_none();
        cells.clone().rev().find(words).or_else(|| {
            cells.clone().rev().filter(|cell| !cell.is_filled()).find_map(|cell| self.table.filled_down(cell))
        })
    }

    pub(super) fn label_text(&self, row: usize, column: &Column) -> &'a str {
        self.label(row, column).map_or("", |cell| cell.flow.text())
    }

    /// What a number of a row is about.
    pub(super) fn subject(&self, row: usize, column: &Column) -> Rc<Subject> {
        let Some(label) = self.label(row, column) else { return Rc::default() };
        let mut subjects = self.subjects.borrow_mut();
        let read = || Rc::new(subject(label.flow.text(), self.cx.year));
        Rc::clone(subjects.entry((label.row, label.column)).or_insert_with(read))
    }

    /// Whether the first label of a row says that it adds up others.
    pub(super) fn is_total(&self, row: usize) -> bool {
        self.table.rows[row]
            .cells
            .iter()
            .find(|cell| cell.is_filled())
            .is_some_and(|cell| is_total_label(cell.flow.text()))
    }

    /// An operand named by its row.
    pub(super) fn operand(&self, value: &Value, column: &Column) -> Operand {
        Operand::of(value.id).named(&self.subject(value.row, column).name)
    }

    /// A claim in one column: 合计 and 各项.
    pub(super) fn sum(&self, kind: ClaimKind, column: &Column, total: &Value, items: &[Value], part: Part) -> Claim {
        let operands = items.iter().map(|item| self.operand(item, column)).collect();
        let span = self.cell(total.row, column).map_or(self.table.rows[total.row].span, |cell| cell.span);
        let subject = format!("{}（{}）", self.subject(total.row, column).name, column.text);
        Claim { kind, roles: vec![(Part::Total, vec![self.operand(total, column)]), (part, operands)], span, subject }
    }

    /// A claim within a row, of the roles that have a value.
    pub(super) fn across(&self, kind: ClaimKind, row: usize, roles: &[(Part, Option<(&Value, &Column)>)]) -> Claim {
        let named = |(value, column): (&Value, &Column)| Operand::of(value.id).named(&column.text);
        let found = roles.iter().filter_map(|(part, value)| Some((*part, vec![named((*value)?)])));
        let first = roles.iter().find_map(|(_, value)| *value);
        let subject = first.map_or(String::new(), |(_, column)| self.subject(row, column).name.clone());
        Claim { kind, roles: found.collect(), span: self.table.rows[row].span, subject }
    }

    /// The key of an amount by its row and its column.
    pub(super) fn key(&self, subject: &Subject, amount: Amount, measure: Measure) -> Key {
        let cx = self.cx;
        Key {
            entity: subject.entity(&cx.entity),
            concept: subject.concept.or(amount.concept).unwrap_or(Concept("")),
            measure,
            scope: subject.scope.or(amount.scope).unwrap_or(cx.scope),
            stage: subject.stage.or(amount.stage).unwrap_or(cx.stage),
            period: subject.period.or(amount.period).or(cx.year.map(Period::Year)).unwrap_or(Period::Unstated),
        }
    }

    /// Binds a number of a row to a key.
    pub(super) fn bind(&self, out: &mut Extracted, value: &Value, column: &Column, key: Key) {
        let label = format!("{}{}", self.subject(value.row, column).name, column.text);
        out.facts.push(Fact { number: value.id, key, label });
    }

    /// The key of something that has no stage: a score, a weight, an indicator.
    pub(super) fn plain_key(&self, entity: Entity, concept: Concept, measure: Measure) -> Key {
        let period = self.cx.year.map_or(Period::Unstated, Period::Year);
        Key { entity, concept, measure, scope: Scope::Unstated, stage: Stage::Unstated, period }
    }
}

/// The sum in the base unit.
pub(super) fn sum_of(values: &[Value]) -> Option<Exact> {
    values.iter().try_fold(Exact::ZERO, |sum, value| sum.plus(value.base))
}
