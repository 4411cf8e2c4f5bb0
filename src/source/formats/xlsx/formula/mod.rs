//! Formulas computed again: whether the number that a cell stores is what its formula says.
//!
//! `read` computes a formula in fractions (`ratio`) from what other cells store; `moved` writes down the formulas that cells
//! share. What a formula says is known for arithmetic and a few functions; every other one is left as it is.

mod moved;
mod ratio;
mod read;

use std::collections::BTreeMap;

use super::decimal::Decimal;
use super::sheet::Place;
use super::show;
pub(super) use moved::moved;
use ratio::Ratio;
use read::{Reader, Value};

/// What Excel's own arithmetic may be off by, in parts of one.
const NOISE: i128 = 1_000_000;
/// Cells that all formulas of a workbook may read together.
const MOST: usize = 4_000_000;
/// Bytes of all formulas of a sheet; shared ones are written down for each cell.
const MOST_TEXT: usize = 16 << 20;
/// Bytes of a line of arithmetic that someone may still read.
const LONGEST: usize = 600;

/// What a cell stores, as far as formulas see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    Number(Decimal),
    Text,
    /// A number kept as text, which sums pass over.
    Figure,
    /// An error, a truth, or a formula without a result.
    Unknown,
}

/// The formula of a cell whose result is a number.
struct Formula {
    place: Place,
    text: String,
    /// The number format of the cell.
    format: String,
}

/// The cells of a sheet that formulas read.
#[derive(Default)]
pub(in crate::source::formats) struct Cells {
    name: String,
    stored: BTreeMap<Place, Stored>,
    formulas: Vec<Formula>,
    written: usize,
}

/// A cell that does not say what its formula says, or whose formula does not say what it seems to.
pub(super) struct Fault {
    pub(super) place: Place,
    pub(super) formula: String,
    pub(super) stored: Decimal,
    pub(super) kind: Kind,
    /// The figures that the formula reads, by sheet and place.
    pub(super) operands: Vec<(usize, Place)>,
}

pub(super) enum Kind {
    /// The formula gives another number.
    Differs {
        computed: Decimal,
        /// As the cell would show it.
        shown: String,
        difference: Decimal,
        /// By less than what the last place that the cell shows is worth.
        slight: bool,
        /// 1.1 + 2.2
        line: Option<String>,
    },
    /// A sum passes over these figures, since they are kept as text.
    PassesOver(Vec<(usize, Place)>),
}

impl Cells {
    pub(super) fn new(name: &str) -> Cells {
        Cells { name: name.to_owned(), ..Cells::default() }
    }

    pub(super) fn store(&mut self, place: Place, stored: Stored) {
        self.stored.insert(place, stored);
    }

    pub(super) fn stored(&self, place: Place) -> Option<&Decimal> {
        match self.stored.get(&place) {
            Some(Stored::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Whether a cell holds a number, also one kept as text.
    pub(super) fn holds_figure(&self, place: Place) -> bool {
        matches!(self.stored.get(&place), Some(Stored::Number(_) | Stored::Figure))
    }

    pub(super) fn has_formulas(&self) -> bool {
        !self.formulas.is_empty()
    }

    pub(super) fn takes_formulas(&self) -> bool {
        self.written <= MOST_TEXT
    }

    pub(super) fn formula(&mut self, place: Place, text: String, format: &str) {
        self.written += text.len();
        if self.takes_formulas() {
            self.formulas.push(Formula { place, text, format: format.to_owned() });
        }
    }
}

/// The faults of the formulas on each sheet of a workbook.
pub(super) fn faults(sheets: &[Cells], from_1904: bool) -> Vec<Vec<Fault>> {
    let mut left = MOST;
    let mut on_sheet = |(home, cells): (usize, &Cells)| {
        cells.formulas.iter().filter_map(|formula| fault(sheets, home, formula, from_1904, &mut left)).collect()
    };
    sheets.iter().enumerate().map(&mut on_sheet).collect()
}

fn fault(sheets: &[Cells], home: usize, formula: &Formula, from_1904: bool, left: &mut usize) -> Option<Fault> {
    let stored = sheets[home].stored(formula.place)?;
    let result = Reader::new(&formula.text, sheets, home, left).whole()?;
    let kind = match differing(result.value, stored, &formula.format, from_1904) {
        Some(kind) => kind,
        None if result.passed_over.is_empty() => return None,
        None => Kind::PassesOver(result.passed_over),
    };
    let (place, text, stored) = (formula.place, formula.text.clone(), stored.clone());
    Some(Fault { place, formula: text, stored, kind, operands: result.operands })
}

/// What a formula gives, where that is not what the cell shows.
fn differing(value: Value, stored: &Decimal, format: &str, from_1904: bool) -> Option<Kind> {
    let apart = value.ratio.minus(Ratio::of(stored)?)?.absolute();
    if apart.is_less(Ratio::whole(1).over(Ratio::whole(NOISE))?)? {
        return None;
    }
    let computed = value.ratio.decimal()?;
    let shown = show::shown(&computed, format, from_1904);
    // What the number format rounds away, no reader sees.
    if shown == show::shown(stored, format, from_1904) {
        return None;
    }
    let last = Ratio::of(&Decimal::parse("1")?.shifted(-show::places(&shown)))?;
    let slight = !last.is_less(apart)?;
    let line = value.line.map(|(text, _)| text);
    Some(Kind::Differs { computed, shown, difference: apart.decimal()?, slight, line })
}
