//! Relations that no word states and nearly every line of a table keeps: 节约额 = 概算投资 − 实际投资.
//!
//! Fields are columns, or rows where a table lists its items across. A formula over fields is taken for meant where at
//! least three lines keep it that say something, and at most one does not, which looks like a slip of the pen.

mod blocks;
mod formula;

use std::collections::BTreeSet;

use self::formula::Formula;
use super::Extracted;
use super::column::{Column, Role};
use super::sheet::{Sheet, Value};
use crate::document::Literal;
use crate::document::literal::Dimension;
use crate::facts::{Claim, NumberId, Operand};
use crate::source::Span;

/// Fewer numbers make no field.
const FEWEST: usize = 3;
/// More fields than this are not tried with each other.
const MOST_FIELDS: usize = 14;

/// A column, or a row, with its number in every line.
struct Field {
    name: String,
    values: Vec<Option<Value>>,
}

/// The numbers that earlier claims relate: what is said once is not said again.
type Known = BTreeSet<Vec<NumberId>>;

/// The claims that the numbers of a band show by themselves, as far as nothing else has made them.
pub(super) fn read(sheet: &Sheet, out: &mut Extracted) {
    let mut known: Known = out.claims.iter().map(|claim| sorted(claim.numbers())).collect();
    for (fields, across) in [(columns(sheet), true), (rows(sheet), false)] {
        if (3..=MOST_FIELDS).contains(&fields.len()) {
            let table = Fields { sheet, fields, across };
            table.formulas().iter().for_each(|formula| table.claim(formula, &mut known, out));
        }
    }
    blocks::read(sheet, &mut known, out);
}

fn sorted(ids: impl Iterator<Item = NumberId>) -> Vec<NumberId> {
    let mut ids: Vec<NumberId> = ids.collect();
    ids.sort_unstable();
    ids
}

fn numeric<'s>(sheet: &'s Sheet) -> impl Iterator<Item = &'s Column> {
    sheet.columns.iter().filter(|column| column.role != Role::Code)
}

fn columns(sheet: &Sheet) -> Vec<Field> {
    let values = |column: &Column| sheet.band.body.clone().map(|row| sheet.value(row, column)).collect();
    let fields = numeric(sheet).map(|column| Field { name: column.text.clone(), values: values(column) });
    fields.filter(is_told).collect()
}

fn rows(sheet: &Sheet) -> Vec<Field> {
    let Some(last) = sheet.columns.last() else { return Vec::new() };
    let name = |row: usize| sheet.subject(row, last).name.clone();
    let values = |row: usize| numeric(sheet).map(|column| sheet.value(row, column)).collect();
    let fields = sheet.band.body.clone().map(|row| Field { name: name(row), values: values(row) });
    fields.filter(is_told).collect()
}

fn is_told(field: &Field) -> bool {
    field.values.iter().flatten().count() >= FEWEST
}

/// The fields of a band: its columns (`across` a row), or its rows.
struct Fields<'s, 'a> {
    sheet: &'s Sheet<'a>,
    fields: Vec<Field>,
    across: bool,
}

impl<'a> Fields<'_, 'a> {
    /// The formulas that the lines keep.
    fn formulas(&self) -> Vec<Formula> {
        let count = self.fields.len();
        let kept = |formula: &Formula| self.is_kept(formula);
        let mut found: Vec<Formula> =
            (0..count).filter_map(|total| Formula::sums(total, count).into_iter().rfind(kept)).collect();
        found.extend((0..count.saturating_sub(3)).map(|opening| Formula::Balance { opening }).filter(kept));
        for target in 0..count {
            let pairs = (0..count).flat_map(|a| (0..count).map(move |b| (a, b)));
            let others = pairs.filter(|&(a, b)| a != b && a != target && b != target);
            let name = |field: usize| self.fields[field].name.as_str();
            let of_two = |(a, b)| Formula::of_two([target, a, b], self.dimension(target), name);
            found.extend(others.flat_map(of_two).find(kept));
        }
        found
    }

    fn dimension(&self, field: usize) -> Option<Dimension> {
        self.fields[field].values.iter().flatten().next().map(|value| self.literal(value).unit.dimension())
    }

    fn literal(&self, value: &Value) -> &'a Literal {
        &self.sheet.cx.number(value.id).literal
    }

    fn lines(&self) -> std::ops::Range<usize> {
        0..self.fields.first().map_or(0, |field| field.values.len())
    }

    /// The numbers of a formula in one line; `None` where one is missing.
    fn operands(&self, formula: &Formula, line: usize) -> Option<Vec<&Value>> {
        formula.places().into_iter().map(|field| self.fields[field].values[line].as_ref()).collect()
    }

    /// Whether the lines show that a formula is meant.
    fn is_kept(&self, formula: &Formula) -> bool {
        let (mut fitting, mut telling, mut broken) = (0, 0, None);
        for line in self.lines() {
            let Some(values) = self.operands(formula, line) else { continue };
            let literals: Vec<&Literal> = values.iter().map(|value| self.literal(value)).collect();
            let fits = formula.fits(&literals);
            if !formula.is_sensible(&literals) || broken.is_some() && !fits {
                return false;
            }
            if fits {
                fitting += 1;
                telling += usize::from(formula.is_telling(&literals));
            } else {
                broken = Some(literals);
            }
        }
        formula.is_shown(fitting, telling, broken.as_deref())
    }

    fn claim(&self, formula: &Formula, known: &mut Known, out: &mut Extracted) {
        for line in self.lines() {
            let Some(values) = self.operands(formula, line) else { continue };
            if !known.insert(sorted(values.iter().map(|value| value.id))) {
                continue;
            }
            let named = |(value, field): (&&Value, usize)| Operand::of(value.id).named(&self.fields[field].name);
            let operands = values.iter().zip(formula.places()).map(named).collect();
            let span = values.iter().map(|value| self.literal(value).span).reduce(Span::cover);
            let Some(span) = span else { continue };
            let (kind, roles) = formula.claim(self.across, operands);
            out.claims.push(Claim { kind, roles, span, subject: String::new() });
        }
    }
}
