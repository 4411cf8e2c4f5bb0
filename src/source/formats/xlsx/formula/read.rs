//! A formula to the number that it gives.

use super::{Cells, LONGEST, Place, Ratio, Stored};
use crate::source::formats::xlsx::decimal::Decimal;
use crate::source::formats::xlsx::sheet::place_of;

/// Brackets and signs inside one another.
const DEEPEST: usize = 40;

/// How tightly the parts of a line of arithmetic hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    Sum,
    Product,
    Figure,
}

pub(super) struct Value {
    pub(super) ratio: Ratio,
    /// The figures that it came from, as a line of arithmetic; `None` where one would not say what was done.
    pub(super) line: Option<(String, Bond)>,
}

/// A formula that was computed.
pub(super) struct Computed {
    pub(super) value: Value,
    /// The figures that it reads, in order.
    pub(super) operands: Vec<(usize, Place)>,
    /// Figures in its sums that are kept as text.
    pub(super) passed_over: Vec<(usize, Place)>,
}

pub(super) struct Reader<'f, 'l> {
    rest: &'f str,
    sheets: &'f [Cells],
    /// The sheet that references without a name mean.
    home: usize,
    left: &'l mut usize,
    depth: usize,
    operands: Vec<(usize, Place)>,
    passed_over: Vec<(usize, Place)>,
}

impl<'f, 'l> Reader<'f, 'l> {
    pub(super) fn new(text: &'f str, sheets: &'f [Cells], home: usize, left: &'l mut usize) -> Reader<'f, 'l> {
        Reader { rest: text, sheets, home, left, depth: 0, operands: Vec::new(), passed_over: Vec::new() }
    }

    /// `SUM(B2:B6)-B4+12.5`; `None` for what is not known or does not give a number for certain.
    pub(super) fn whole(mut self) -> Option<Computed> {
        self.takes('=');
        let value = self.sum()?;
        let whole = self.rest.trim().is_empty();
        whole.then_some(Computed { value, operands: self.operands, passed_over: self.passed_over })
    }

    fn sum(&mut self) -> Option<Value> {
        self.depth += 1;
        let mut sum = if self.depth <= DEEPEST { self.product()? } else { return None };
        loop {
            sum = match () {
                () if self.takes('+') => sum.joined("+", self.product()?, Ratio::plus)?,
                () if self.takes('-') => sum.joined("-", self.product()?, Ratio::minus)?,
                () => break,
            };
        }
        self.depth -= 1;
        Some(sum)
    }

    fn product(&mut self) -> Option<Value> {
        let mut product = self.signed()?;
        loop {
            product = match () {
                () if self.takes('*') => product.joined("×", self.signed()?, Ratio::times)?,
                () if self.takes('/') => product.joined("÷", self.signed()?, Ratio::over)?,
                () => return Some(product),
            };
        }
    }

    fn signed(&mut self) -> Option<Value> {
        let mut negative = false;
        loop {
            match () {
                () if self.takes('-') => negative = !negative,
                () if self.takes('+') => {}
                () => break,
            }
        }
        let value = self.figure()?;
        Some(if negative { Value::bare(value.ratio.negated()) } else { value })
    }

    fn figure(&mut self) -> Option<Value> {
        let mut value = if self.takes('(') {
            let inner = self.sum()?;
            self.takes(')').then_some(inner)?
        } else {
            self.word_or_reference()?
        };
        while self.takes('%') {
            value = Value::bare(value.ratio.over(Ratio::whole(100))?);
        }
        Some(value)
    }

    fn word_or_reference(&mut self) -> Option<Value> {
        let before = self.rest;
        let word = self.word();
        if let Some(number) = Decimal::parse(word).filter(|_| !word.is_empty()) {
            return Some(Value::of(Ratio::of(&number)?, &number));
        }
        if self.takes('(') {
            return self.function(&word.to_ascii_uppercase());
        }
        self.rest = before;
        let (sheet, first, last) = self.range()?;
        if first != last {
            return None;
        }
        match self.sheets.get(sheet)?.stored.get(&first) {
            None => Some(Value::bare(Ratio::ZERO)),
            Some(Stored::Number(number)) => {
                self.operands.push((sheet, first));
                Some(Value::of(Ratio::of(number)?, number))
            }
            Some(Stored::Text | Stored::Figure | Stored::Unknown) => None,
        }
    }

    fn function(&mut self, name: &str) -> Option<Value> {
        self.depth += 1;
        let value = match name {
            _ if self.depth > DEEPEST => return None,
            "SUM" => sum(self.arguments()?)?,
            "AVERAGE" => average(&self.arguments()?)?,
            "MAX" => self.arguments()?.into_iter().try_fold(None, |most, next| further(most, next, false))??,
            "MIN" => self.arguments()?.into_iter().try_fold(None, |least, next| further(least, next, true))??,
            "ABS" => match <[Value; 1]>::try_from(self.plain_arguments()?) {
                Ok([value]) => Value::bare(value.ratio.absolute()),
                Err(_) => return None,
            },
            "ROUND" => match <[Value; 2]>::try_from(self.plain_arguments()?) {
                Ok([value, places]) => Value::bare(value.ratio.rounded(places.ratio.small()?)?),
                Err(_) => return None,
            },
            _ => return None,
        };
        self.depth -= 1;
        Some(value)
    }

    fn plain_arguments(&mut self) -> Option<Vec<Value>> {
        let mut found = Vec::new();
        loop {
            found.push(self.sum()?);
            if self.takes(')') {
                return Some(found);
            }
            self.takes(',').then_some(())?;
        }
    }

    /// The figures in the brackets of a function that takes ranges. Text in its cells counts for nothing.
    fn arguments(&mut self) -> Option<Vec<Value>> {
        let mut found = Vec::new();
        loop {
            let before = self.rest;
            match self.range().filter(|_| self.rest.trim_start().starts_with([',', ')'])) {
                Some(range) => self.collect(range, &mut found)?,
                None => {
                    self.rest = before;
                    found.push(self.sum()?);
                }
            }
            if self.takes(')') {
                return Some(found);
            }
            self.takes(',').then_some(())?;
        }
    }

    fn collect(&mut self, (sheet, first, last): (usize, Place, Place), found: &mut Vec<Value>) -> Option<()> {
        for (&place, stored) in self.sheets.get(sheet)?.stored.range((first.0, 0)..(last.0.checked_add(1)?, 0)) {
            *self.left = self.left.checked_sub(1)?;
            if !(first.1..=last.1).contains(&place.1) {
                continue;
            }
            match stored {
                Stored::Number(number) => {
                    self.operands.push((sheet, place));
                    found.push(Value::of(Ratio::of(number)?, number));
                }
                Stored::Figure => self.passed_over.push((sheet, place)),
                Stored::Text => {}
                Stored::Unknown => return None,
            }
        }
        Some(())
    }

    /// `B2`, `$B$2:B9`, `收支表!B2`, `'收支 表'!B2:B9`; the first and the last cell.
    fn range(&mut self) -> Option<(usize, Place, Place)> {
        let sheet = self.sheet()?;
        let first = place_of(self.word())?;
        let last = if self.takes(':') { place_of(self.word())? } else { first };
        (first.0 <= last.0 && first.1 <= last.1).then_some((sheet, first, last))
    }

    /// The sheet of a reference; `None` for other workbooks and for what has no name here.
    fn sheet(&mut self) -> Option<usize> {
        let rest = self.rest.trim_start();
        let (name, after) = match rest.strip_prefix('\'') {
            Some(quoted) => {
                let end = quoted.find("'!")?;
                (&quoted[..end], &quoted[end + 2..])
            }
            None => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len());
                match rest[end..].strip_prefix('!') {
                    Some(after) => (&rest[..end], after),
                    None => return Some(self.home),
                }
            }
        };
        self.rest = after;
        self.sheets.iter().position(|sheet| sheet.name.eq_ignore_ascii_case(name))
    }

    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self) -> &'f str {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '$' || c == '.')).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        word
    }
}

impl Value {
    fn of(ratio: Ratio, number: &Decimal) -> Value {
        Value { ratio, line: (!number.negative).then(|| (number.plain(), Bond::Figure)) }
    }

    /// One that no line of arithmetic tells.
    fn bare(ratio: Ratio) -> Value {
        Value { ratio, line: None }
    }

    fn joined(self, sign: &str, other: Value, with: impl Fn(Ratio, Ratio) -> Option<Ratio>) -> Option<Value> {
        let (bond, least) = match sign {
            "+" => (Bond::Sum, Bond::Sum),
            "-" => (Bond::Sum, Bond::Product),
            "×" => (Bond::Product, Bond::Product),
            _ => (Bond::Product, Bond::Figure),
        };
        let bracketed = |(text, own): (String, Bond), least| if own < least { format!("({text})") } else { text };
        let line = self
            .line
            .zip(other.line)
            .map(|(left, right)| (format!("{} {sign} {}", bracketed(left, bond), bracketed(right, least)), bond))
            .filter(|(line, _)| line.len() <= LONGEST);
        Some(Value { ratio: with(self.ratio, other.ratio)?, line })
    }
}

fn sum(values: Vec<Value>) -> Option<Value> {
    let mut values = values.into_iter();
    let first = values.next().unwrap_or(Value::bare(Ratio::ZERO));
    values.try_fold(first, |sum, next| sum.joined("+", next, Ratio::plus))
}

fn average(values: &[Value]) -> Option<Value> {
    let sum = values.iter().try_fold(Ratio::ZERO, |sum, next| sum.plus(next.ratio))?;
    Some(Value::bare(sum.over(Ratio::whole(values.len() as i128))?))
}

/// The smaller or the larger one; the outer `None` where they cannot be compared.
fn further(one: Option<Value>, other: Value, smaller: bool) -> Option<Option<Value>> {
    let Some(one) = one else { return Some(Some(Value::bare(other.ratio))) };
    let taken = one.ratio.is_less(other.ratio)? == smaller;
    Some(Some(if taken { one } else { Value::bare(other.ratio) }))
}

#[cfg(test)]
mod tests {
    use super::super::{Fault, Kind, faults};
    use super::*;

    /// What formulas on the first of two sheets give where it differs, with the line of arithmetic.
    fn differing(formula: &str, stored: &str) -> Vec<String> {
        let number = |text: &str| Stored::Number(Decimal::parse(text).expect("a number"));
        let at = |name: &str| place_of(name).expect("a name");
        let mut sheets = [Cells::new("收支表"), Cells::new("明细 表")];
        for (name, value) in [("B2", "0.1"), ("B3", "0.2"), ("B5", "12.5"), ("A1", "-3"), ("B7", stored)] {
            sheets[0].store(at(name), number(value));
        }
        sheets[0].store(at("B4"), Stored::Text);
        sheets[0].store(at("B6"), Stored::Figure);
        sheets[0].store(at("C1"), Stored::Unknown);
        sheets[1].store(at("B2"), number("40"));
        sheets[0].formula(at("B7"), formula.to_owned(), "General");
        let said = |fault: &Fault| match &fault.kind {
            Kind::Differs { computed, line, .. } => {
                format!("{} [{}]", computed.plain(), line.as_deref().unwrap_or("-"))
            }
            Kind::PassesOver(figures) => format!("passes over {}", figures.len()),
        };
        faults(&sheets, false).iter().flatten().map(said).collect()
    }

    #[test]
    fn what_is_stored_as_computed_is_right() {
        for (formula, stored) in [
            ("SUM(B2:B5)", "12.8"),
            ("B2+B3", "0.30000000000000004"),
            ("-A1+$B$5-SUM(B2,B3,1.2)", "14"),
            ("B9", "0"),
            ("B2/B3", "0.5"),
            ("B2/(B2+B3+B3+B3)", "0.142857142857143"),
            ("ROUND(B5/7,2)", "1.79"),
            ("AVERAGE(B2:B5)", "4.26666666666667"),
            ("MAX(B2:B5)-MIN(A1,B2)", "15.5"),
            ("'明细 表'!B2*B3%", "0.08"),
            ("ABS(A1)", "3"),
            ("-+B2", "-0.1"),
            ("+-+-B2", "0.1"),
        ] {
            assert_eq!(differing(formula, stored), [""; 0], "{formula}");
        }
    }

    #[test]
    fn what_differs_is_told_with_its_arithmetic() {
        assert_eq!(differing("SUM(B2:B5)", "12.9"), ["12.8 [0.1 + 0.2 + 12.5]"]);
        assert_eq!(differing("A1-B2", "3.1"), ["-3.1 [-]"]);
        assert_eq!(differing("(B5-B2)*'明细 表'!B2", "490"), ["496 [(12.5 - 0.1) × 40]"]);
        assert_eq!(differing("B5-(B2-B3)", "12.5"), ["12.6 [12.5 - (0.1 - 0.2)]"]);
    }

    /// Every figure of a long sum would copy all of them once more.
    #[test]
    fn a_line_that_no_one_reads_does_not_grow() {
        let one = Decimal::parse("1").expect("a number");
        let ones = |count: usize| sum((0..count).map(|_| Value::of(Ratio::whole(1), &one)).collect()).expect("a sum");
        assert_eq!(ones(150).line.map(|(line, _)| line.len()), Some(597));
        let long = ones(151);
        assert_eq!((long.ratio, long.line), (Ratio::whole(151), None));
    }

    #[test]
    fn a_sum_that_passes_over_a_figure_is_told() {
        assert_eq!(differing("SUM(B2:B6)", "12.8"), ["passes over 1"]);
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        let deep = "(".repeat(5_000);
        for formula in [
            "SUM(Sheet9!A1)", "B4+B2", "B6+B2", "SUM(C1:C2)", "SUM(B2:B3", "IF(B2>0,1,2)", "", "[1]收支表!B2",
            "SUBTOTAL(9,B2:B3)", "NOW()", "B2/B9", "OFFSET(B2,1,0)", "B2:B3", "SUM(B:B)", "预算数", "ROUND(B5/4,2)",
            &deep,
        ] {
            assert_eq!(differing(formula, "99"), [""; 0], "{formula}");
        }
    }
}
