//! Relations that no word states and nearly every line of a table keeps: 节约额 = 概算投资 − 实际投资.
//!
//! Fields are columns, or rows where a table lists its items across. A formula over fields is taken for meant where at
//! least three lines keep it that say something, and at most one does not, which looks like a slip of the pen. A sum is
//! taken for meant also where all lines but one keep it to so many digits that an accident is out of the question.

mod blocks;
mod chance;

use self::chance::Chance;
use super::Extracted;
use super::column::{Column, Role};
use super::sheet::{Sheet, Value};
use crate::document::Literal;
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::formula::{Formula, Known};
use crate::facts::{Claim, ClaimKind, Operand};
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

/// The claims that the numbers of a band show by themselves, as far as none `from` there on, where the claims of its table
/// begin, has made them.
pub(super) fn read(sheet: &Sheet, from: usize, out: &mut Extracted) {
    let mut known = Known::of(&out.claims[from..]);
    for (fields, sum) in [(columns(sheet), ClaimKind::CrossFoot), (rows(sheet), ClaimKind::TotalRow)] {
        if (3..=MOST_FIELDS).contains(&fields.len()) {
            let table = Fields { sheet, fields, sum };
            table.formulas().iter().for_each(|formula| table.claim(formula, None, &mut known, out));
            for (formula, chance) in table.unlikely() {
                table.claim(&formula, Some(chance), &mut known, out);
            }
        }
    }
    blocks::read(sheet, &mut known, out);
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

/// The fields of a band: its columns, or its rows; and what a sum of them is called.
struct Fields<'s, 'a> {
    sheet: &'s Sheet<'a>,
    fields: Vec<Field>,
    sum: ClaimKind,
}

impl<'a> Fields<'_, 'a> {
    /// The formulas that the lines keep.
    fn formulas(&self) -> Vec<Formula> {
        let count = self.fields.len();
        let kept = |formula: &Formula| formula.is_kept(self.literals(formula));
        let mut found: Vec<Formula> = (0..count).filter_map(|total| self.sums(total).into_iter().rfind(kept)).collect();
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

    fn sums(&self, total: usize) -> Vec<Formula> {
        Formula::sums(total, self.fields.len(), &self.fields[total].name)
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

    /// The numbers of these fields in one line; `None` where one is missing.
    fn operands(&self, places: &[usize], line: usize) -> Option<Vec<&Value>> {
        places.iter().map(|&field| self.fields[field].values[line].as_ref()).collect()
    }

    /// The literals of a formula in every line that has them all.
    fn literals(&self, formula: &Formula) -> impl Iterator<Item = Vec<&'a Literal>> {
        let places = formula.places();
        self.lines().filter_map(move |line| {
            let value = |&field: &usize| self.fields[field].values[line].as_ref();
            places.iter().map(|field| value(field).map(|value| self.literal(value))).collect()
        })
    }

    /// The sums that hardly hold by accident in all lines but one.
    fn unlikely(&self) -> Vec<(Formula, Chance)> {
        let count = self.fields.len();
        let sums = |total: usize| self.sums(total).into_iter().rev();
        let tried = (0..count).map(|total| sums(total).count()).sum::<usize>() * self.lines().len();
        let found = |total: usize| sums(total).find_map(|sum| self.chance(&sum, tried).map(|chance| (sum, chance)));
        (0..count).filter_map(found).collect()
    }

    /// How unlikely it is that a sum holds by accident where it holds; `None` where it fails twice, or that is not unlikely.
    fn chance(&self, sum: &Formula, tried: usize) -> Option<Chance> {
        let (mut closing, mut broken) = (Vec::new(), 0);
        let places = sum.places();
        for values in self.lines().filter_map(|line| self.operands(&places, line)) {
            let literals: Vec<&Literal> = values.iter().map(|value| self.literal(value)).collect();
            let told = literals[1..].iter().filter(|part| !part.value.is_zero()).count() > 1;
            if !sum.is_sensible(&literals) {
                return None;
            }
            // What is less than one of its parts is no sum of them, but an average or a rate of all.
            let is_sum = values[1..].iter().all(|part| part.base <= values[0].base);
            if told && closes(&values) {
                closing.push(literals[0]);
            } else if !is_sum {
                return None;
            } else if !sum.fits(&literals) {
                broken += 1;
            }
        }
        Chance::of(closing.into_iter(), tried).filter(|_| broken < 2)
    }

    /// 其余3列中“甲”都等于“乙”至“丁”之和（碰巧的机会不到百万分之一）
    fn told(&self, formula: &Formula, chance: Chance) -> String {
        let places = formula.places();
        let (name, lines) =
            (|at: usize| &self.fields[at].name, if self.sum == ClaimKind::CrossFoot { "行" } else { "列" });
        let (first, last) = (name(places[1]), name(places[places.len() - 1]));
        let between = if places.len() == 3 { "与" } else { "至" };
        let whole = name(places[0]);
        format!("其余各{lines}中“{whole}”都等于“{first}”{between}“{last}”之和（碰巧的机会不到{chance}）")
    }

    /// The claims of a formula in every line; `chance` where nothing but that speaks for it.
    fn claim(&self, formula: &Formula, chance: Option<Chance>, known: &mut Known, out: &mut Extracted) {
        let places = formula.places();
        for line in self.lines() {
            let Some(values) = self.operands(&places, line) else { continue };
            if !known.admits(values.iter().map(|value| value.id).collect(), chance.is_some() || formula.works_out()) {
                continue;
            }
            let named = |(value, field): (&&Value, usize)| Operand::of(value.id).named(&self.fields[field].name);
            let operands = values.iter().zip(places.iter().copied()).map(named).collect();
            let span = values.iter().map(|value| self.literal(value).span).reduce(Span::cover);
            let Some(span) = span else { continue };
            let (kind, roles) = formula.claim(self.sum, operands);
            let kind = if chance.is_some() { ClaimKind::Hidden } else { kind };
            let subject = chance.map_or(String::new(), |chance| self.told(formula, chance));
            out.claims.push(Claim { kind, roles, span, subject });
        }
    }
}

/// Whether the first number is the sum of all others, to the last digit.
fn closes(values: &[&Value]) -> bool {
    let sum = values[1..].iter().try_fold(Exact::ZERO, |sum, value| sum.plus(value.base));
    sum == Some(values[0].base)
}
