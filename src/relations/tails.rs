//! Tail differences: what rounding figure by figure can leave between a total and many parts, and what it hardly ever
//! leaves. How a report rounds is seen from the sums that hold.

use std::collections::BTreeMap;

use super::binding::Bound;
use super::precision::Reading;
use super::range::Range;
use super::residual::Residual;
use super::{Equation, Relation};
use crate::exact::{Errors, Exact};
use crate::facts::NumberId;
use crate::finding::Verdict;

/// Sums of fewer figures are left alone: their figures may be sums of rounded ones themselves.
const FEWEST: usize = 8;
/// Rarer than this must a difference be in any case, one in a thousand.
const RARE: u128 = 1_000;
/// So rare that of a million consistent sums not even one in a thousand millions is doubted.
const NEVER: u128 = 1_000_000_000;
/// Units in the usual place by which a figure is moved by hand so that another sum closes.
const BY_HAND: u32 = 2;

/// How a report rounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habit {
    /// It may round to the nearest; it may cut off.
    half: bool,
    cut: bool,
    /// A difference must be as rare as one in so many.
    times: u128,
}

impl Habit {
    /// The habit that the sums of a report show.
    pub(super) fn of<'a>(sums: impl Iterator<Item = (&'a Relation, Equation<'a>)>) -> Habit {
        let mut seen: BTreeMap<&[NumberId], Sum> = BTreeMap::new();
        for (relation, equation) in sums {
            let tails = equation.tails().filter(|tails| tails.errors.len() >= 3);
            if let Some(tails) = tails.filter(|_| !seen.contains_key(relation.numbers.as_slice())) {
                seen.insert(&relation.numbers, Sum::of(&tails, relation.verdict == Verdict::Exact));
            }
        }
        let odds =
            |times: fn(&Sum) -> u128| seen.values().map(times).fold(1u128, |odds, times| (odds * times).min(NEVER));
        let (half, cut) = (odds(|sum| sum.against_half) < NEVER, odds(|sum| sum.against_cut) < NEVER);
        // Where every other sum closes to the last digit, the report does not round figure by figure.
        let open = seen.values().filter(|sum| !sum.exact).count();
        let closing = seen.values().filter(|_| open <= 1);
        let balanced =
            closing.fold(MILLION, |odds, sum| (odds * MILLION / sum.by_chance).min(NEVER * MILLION)) / MILLION;
        let times = (NEVER * seen.len().max(1) as u128 / balanced).max(RARE);
        let known = half != cut;
        Habit { half: half || !known, cut: cut || !known, times }
    }

    /// Whether figures may have been cut off.
    pub(super) fn cuts(self) -> bool {
        self.cut
    }

    /// Whether the sides are further apart than this habit ever leaves them.
    pub(super) fn excludes(self, bound: &Bound, residual: &Residual) -> bool {
        residual.len() >= FEWEST && Tails::of(bound, residual).is_some_and(|tails| self.finds_rare(&tails))
    }

    fn finds_rare(self, tails: &Tails) -> bool {
        let apart = |(reads, distance): (bool, Option<Exact>)| !reads || tails.is_rarer(distance, self.times);
        tails.errors.len() >= FEWEST && [(self.half, tails.half), (self.cut, tails.cut)].into_iter().all(apart)
    }

    /// Of a difference that is excluded: as an exponent of ten, in one of how many cases rounding would leave it.
    pub(super) fn rarity(self, tails: &Tails) -> Option<u32> {
        let errors = Errors::of(tails.errors.iter().copied()).filter(|_| self.finds_rare(tails))?;
        let distances = [(self.half, tails.half), (self.cut, tails.cut)].into_iter().filter(|(reads, _)| *reads);
        distances.filter_map(|(_, distance)| Some(errors.rarity(distance?, MOST_TOLD))).min()
    }
}

/// What one sum says of the habit: one in how many figures that were rounded, or cut off, would come to this.
struct Sum {
    exact: bool,
    against_half: u128,
    against_cut: u128,
    /// It closes, where figures rounded one by one would do so in so many of a million cases.
    by_chance: u128,
}

impl Sum {
    fn of(tails: &Tails, exact: bool) -> Sum {
        let never = |distance| if tails.is_rarer(distance, NEVER) { NEVER } else { 1 };
        Sum {
            exact,
            against_half: never(tails.half),
            // Figures that were added up as they are printed close however they were shortened.
            against_cut: if exact { 1 } else { never(tails.cut) },
            by_chance: if exact { tails.closes_by_chance() } else { MILLION },
        }
    }
}

/// The rounding errors of one sum.
pub(super) struct Tails {
    /// The width of each figure's error.
    errors: Vec<Exact>,
    /// How far the errors would have to add up from where they do on average; `None` where that cannot be said.
    half: Option<Exact>,
    cut: Option<Exact>,
    /// How many figures have a last digit that says something.
    telling: usize,
}

impl Tails {
    /// `None` where the residual is not a sum of printed amounts.
    pub(super) fn of(bound: &Bound, residual: &Residual) -> Option<Tails> {
        let factors = residual.factors()?;
        if bound.is_hedged() || bound.has_ratios() {
            return None;
        }
        let width = |range: Range| range.high?.minus(range.low?);
        let printed: Vec<(Exact, bool)> = factors
            .iter()
            .map(|(variable, factor)| {
                let value = bound.value(*variable);
                let width = width(value.range(Reading::Loose))?;
                Some((width.times(factor.abs())?, is_round(value.nominal, width)))
            })
            .collect::<Option<_>>()?;
        let printed: Vec<(Exact, bool)> = printed.into_iter().filter(|(width, _)| !width.is_zero()).collect();
        let round = printed.iter().filter(|(_, round)| *round).count();
        // One figure in ten ends in a zero by chance; where many do, they were rounded before they were printed.
        let coarse = round >= 3 && round * 10 >= printed.len() * 3;
        let ten = Exact::from(10);
        let widen = |(width, round): &(Exact, bool)| if coarse && *round { width.times(ten) } else { Some(*width) };
        let mut errors = printed.iter().map(widen).collect::<Option<Vec<Exact>>>()?;
        errors.sort_unstable();
        let by_hand = errors.get(errors.len() / 2)?.times(Exact::from(BY_HAND))?;
        let distance = |reading| {
            let range = residual.range(bound, None, reading).ok()?;
            range.low?.plus(range.high?)?.abs().times(Exact::new(5, 1)?)?.minus(by_hand)
        };
        let (half, cut) = (distance(Reading::Loose), distance(Reading::Cut));
        Some(Tails { errors, half, cut, telling: printed.len() - round })
    }

    fn is_rarer(&self, distance: Option<Exact>, times: u128) -> bool {
        let far = distance.filter(|distance| !distance.is_negative() && !distance.is_zero());
        far.zip(Errors::of(self.errors.iter().copied())).is_some_and(|(far, errors)| errors.is_rarer(far, times))
    }

    /// Figures that were rounded one by one add up to the last digit in so many of a million cases.
    fn closes_by_chance(&self) -> u128 {
        let finest = self.errors.first().filter(|finest| self.errors.last() == Some(finest));
        let closes = || {
            let half = finest?.times(Exact::new(5, 1)?)?;
            let parts = self.telling.checked_sub(1).filter(|parts| *parts >= 2)?;
            Some(Errors::of(vec![*finest?; parts.min(ENOUGH)])?.within(half, MILLION))
        };
        closes().unwrap_or(MILLION).max(1)
    }
}

const MILLION: u128 = 1_000_000;
/// A difference rarer than one in a thousand millions is told as being so rare.
const MOST_TOLD: u32 = 9;
/// As many parts show the habit as well as more.
const ENOUGH: usize = 40;

/// Whether the last printed place is a zero.
fn is_round(value: Exact, width: Exact) -> bool {
    let ten = width.times(Exact::from(10));
    ten.and_then(|ten| value.is_multiple_of(ten)).unwrap_or(false)
}
