//! Amounts of money of a whole unit, in short: what reports of other years and other units are compared by.

use serde::{Deserialize, Serialize};

use super::{Decimal, Figure, exponent, is_money};
use crate::exact::Exact;
use crate::facts::{Measure, lexicon};

/// An amount of money of the whole unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// See [`concept`].
    pub concept: u16,
    pub stage: u8,
    pub scope: u8,
    pub period: Option<u16>,
    value: i64,
    scale: u8,
    pub unit: u8,
    /// Decimal places, in its own unit.
    pub places: u8,
    pub line: u32,
}

/// Of a report, so many numbers about the whole unit.
const LEVELS: usize = 160;

impl Figure<'_> {
    /// In the base unit of its dimension; `None` where it has too many digits.
    pub fn base(&self) -> Option<Exact> {
        self.value.exact()?.times(Exact::power_of_ten(exponent(self.unit))?)
    }

    /// Whether it is an amount of money of the whole unit.
    pub fn is_level(&self) -> bool {
        self.item.is_empty() && is_money(self.unit) && self.measure == Measure::Level as u8
    }
}

impl Level {
    /// In 元.
    pub fn value(&self) -> Exact {
        Exact::new(i128::from(self.value), u32::from(self.scale)).unwrap_or(Exact::ZERO)
    }

    /// In whole 万元.
    pub fn is_round(&self) -> bool {
        Exact::power_of_ten(4).and_then(|unit| self.value().is_multiple_of(unit)).unwrap_or_default()
    }

    fn of(figure: &Figure<'_>) -> Option<Level> {
        let concept = concept_number(&figure.concept).filter(|_| figure.is_level())?;
        let base = Decimal::from(figure.base()?);
        Some(Level {
            concept,
            stage: figure.stage,
            scope: figure.scope,
            period: (figure.period > 0).then_some(figure.period),
            value: i64::try_from(base.mantissa).ok()?,
            scale: base.scale,
            unit: figure.unit,
            places: figure.value.scale,
            line: figure.line,
        })
    }
}

pub(super) fn of(figures: &[Figure<'_>]) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for level in figures.iter().filter_map(Level::of) {
        // Printed again, it says nothing new.
        if levels.len() < LEVELS && !levels.iter().any(|known| Level { line: level.line, ..*known } == level) {
            levels.push(level);
        }
    }
    levels
}

/// The place of a concept in the lexicon, by its id.
pub fn concept_number(id: &str) -> Option<u16> {
    lexicon().place(id).and_then(|place| u16::try_from(place).ok())
}

/// The name of the concept at a place of the lexicon.
pub fn concept(number: u16) -> &'static str {
    lexicon().entries().get(usize::from(number)).map_or("", |entry| entry.name)
}
