//! Sums computed again: whether the number that a cell stores is what its formula says.
//!
//! Only sums and differences of cells are; every other formula is left as it is.

use std::collections::BTreeMap;

use super::decimal::Decimal;
use super::sheet::{Place, place_of};

/// Decimals that are kept of a number.
const PLACES: usize = 12;
/// What Excel's own arithmetic may be off by, in units of the last place that is kept.
const NOISE: i128 = 1_000_000;
/// Cells that all formulas of a sheet may read together.
const MOST: usize = 2_000_000;

/// What a cell stores, as far as formulas see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    /// In units of the last place that is kept.
    Number(i128),
    Text,
    /// An error, or a formula without a result.
    Unknown,
}

/// A stored number in units of the last place that is kept.
pub(super) fn units(number: &Decimal) -> Option<i128> {
    let (whole, fraction) = number.parts(PLACES);
    let units: i128 = format!("{whole}{fraction}").parse().ok().filter(|units| *units < i128::MAX / 1_000_000_000)?;
    Some(if number.negative { -units } else { units })
}

/// The cells of a sheet that formulas read.
#[derive(Default)]
pub(super) struct Cells {
    pub(super) stored: BTreeMap<Place, Stored>,
    pub(super) formulas: Vec<(Place, String)>,
}

impl Cells {
    /// The cells whose formula gives another number than they store, with that number.
    pub(super) fn disagreeing(&self) -> Vec<(Place, String)> {
        let mut left = MOST;
        let differs = |(place, formula): &(Place, String)| {
            let Some(Stored::Number(stored)) = self.stored.get(place) else { return None };
            let computed = Reader { rest: formula, cells: self, left: &mut left }.whole()?;
            ((computed - stored).abs() > NOISE).then(|| (*place, plain(computed)))
        };
        self.formulas.iter().filter_map(differs).collect()
    }
}

fn plain(units: i128) -> String {
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = PLACES + 1);
    let (whole, fraction) = digits.split_at(digits.len() - PLACES);
    let fraction = fraction.trim_end_matches('0');
    let (sign, point) = (if units < 0 { "-" } else { "" }, if fraction.is_empty() { "" } else { "." });
    format!("{sign}{whole}{point}{fraction}")
}

struct Reader<'f, 'l> {
    rest: &'f str,
    cells: &'f Cells,
    left: &'l mut usize,
}

impl Reader<'_, '_> {
    /// `SUM(B2:B6)-B4+12.5`; `None` for what is no sum.
    fn whole(mut self) -> Option<i128> {
        let mut sum = 0;
        let mut sign = if self.takes('-') { -1 } else { 1 };
        self.takes('+');
        loop {
            sum += sign * self.term()?;
            sign = match () {
                () if self.takes('+') => 1,
                () if self.takes('-') => -1,
                () => return self.rest.trim().is_empty().then_some(sum),
            };
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self) -> &str {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '$' || c == '.')).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        word
    }

    fn term(&mut self) -> Option<i128> {
        let word = self.word().to_owned();
        if word.eq_ignore_ascii_case("sum") {
            return if self.takes('(') { self.arguments() } else { None };
        }
        if let Some(number) = Decimal::parse(&word) {
            return units(&number);
        }
        match self.cells.stored.get(&place_of(&word)?) {
            None => Some(0),
            Some(Stored::Number(units)) => Some(*units),
            Some(Stored::Text | Stored::Unknown) => None,
        }
    }

    /// What stands in the brackets of a sum. Text in its cells counts for nothing.
    fn arguments(&mut self) -> Option<i128> {
        let mut sum = 0;
        loop {
            let word = self.word().to_owned();
            let first = place_of(&word);
            sum += match first {
                Some(first) if self.takes(':') => {
                    let last = place_of(self.word())?;
                    self.range(first, last)?
                }
                Some(first) => self.range(first, first)?,
                None => units(&Decimal::parse(&word)?)?,
            };
            if self.takes(')') {
                return Some(sum);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn range(&mut self, first: Place, last: Place) -> Option<i128> {
        let mut sum = 0;
        for (place, stored) in self.cells.stored.range((first.0, 0)..(last.0.checked_add(1)?, 0)) {
            *self.left = self.left.checked_sub(1)?;
            if (first.1..=last.1).contains(&place.1) {
                sum += match stored {
                    Stored::Number(units) => *units,
                    Stored::Text => 0,
                    Stored::Unknown => return None,
                };
            }
        }
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(formula: &str, stored: &str) -> Vec<String> {
        let number = |text: &str| Stored::Number(units(&Decimal::parse(text).expect("a number")).expect("in range"));
        let mut cells = Cells::default();
        for (name, value) in [("B2", "0.1"), ("B3", "0.2"), ("B5", "12.5"), ("A1", "-3")] {
            cells.stored.insert(place_of(name).expect("a name"), number(value));
        }
        cells.stored.insert(place_of("B4").expect("a name"), Stored::Text);
        cells.stored.insert(place_of("C1").expect("a name"), Stored::Unknown);
        cells.stored.insert(place_of("B7").expect("a name"), number(stored));
        cells.formulas.push((place_of("B7").expect("a name"), formula.to_owned()));
        cells.disagreeing().into_iter().map(|(_, computed)| computed).collect()
    }

    #[test]
    fn sums_are_computed_again() {
        for (formula, stored) in
            [("SUM(B2:B6)", "12.8"), ("B2+B3", "0.30000000000000004"), ("-A1+$B$5-SUM(B2,B3,1.2)", "14"), ("B9", "0")]
        {
            assert!(cells(formula, stored).is_empty(), "{formula}");
        }
        assert_eq!(cells("SUM(B2:B6)", "12.9"), ["12.8"]);
        assert_eq!(cells("A1-B2", "3.1"), ["-3.1"]);
    }

    #[test]
    fn what_is_no_sum_is_left_alone() {
        for formula in
            ["B2*B3", "ROUND(SUM(B2:B3),2)", "Sheet2!A1", "B4+B2", "SUM(C1:C2)", "SUM(B2:B3", "IF(B2>0,1,2)", ""]
        {
            assert!(cells(formula, "99").is_empty(), "{formula}");
        }
    }
}
