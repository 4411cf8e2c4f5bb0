//! How unlikely it is that numbers agree by accident.

use std::collections::BTreeSet;
use std::fmt;

use crate::document::Literal;
use crate::exact::Exact;

/// Agreement that an accident explains in one of a million cases is no evidence: the exponent of ten.
const CERTAIN: u32 = 6;
/// Rarer than this is told as being so rare.
const MOST_TOLD: u32 = 9;
/// Digits of one figure that count: figures of a report are not spread evenly over more.
const MOST_DIGITS: u32 = 5;

/// The chance of an accident, as an exponent of ten: below one in ten to this power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chance(u32);

impl Chance {
    /// That all these totals agree to the last digit with what others add up to, where so many guesses were made; `None`
    /// where that is not unlikely enough. A total that is printed twice agrees twice for one reason.
    pub(super) fn of<'l>(totals: impl Iterator<Item = &'l Literal>, tried: usize) -> Option<Chance> {
        let totals: BTreeSet<Exact> = totals.map(|total| total.value).collect();
        let digits: u32 = totals.iter().map(|total| digits(*total)).sum();
        let chance = digits.saturating_sub(tried.to_string().len() as u32);
        (totals.len() > 1 && chance >= CERTAIN).then_some(Chance(chance))
    }
}

/// The digits that an unrelated figure would have to hit; the first comes nearly by itself.
fn digits(value: Exact) -> u32 {
    value.significant_digits().saturating_sub(1).min(MOST_DIGITS)
}

/// 百万分之一
impl fmt::Display for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = ["百万分之一", "千万分之一", "亿分之一", "十亿分之一"];
        f.write_str(words[(self.0.min(MOST_TOLD) - CERTAIN) as usize])
    }
}
