//! How far independent rounding errors add up, and how rarely: the Irwin–Hall distribution, in whole numbers.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::Exact;

/// Independent errors around zero, each uniform over a width of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// Counts by width, in steps of [`Errors::step`].
    widths: BTreeMap<u128, usize>,
    /// Half a unit in the finest place.
    step: Exact,
}

/// More errors than this are not added up: the sum below has as many terms, of as many digits.
const MOST: usize = 400;
/// More terms than this only arise from widths of many kinds.
const MOST_TERMS: usize = 20_000;

impl Errors {
    /// Errors of these widths; `None` where there are too many, or too different ones.
    pub fn of(widths: impl IntoIterator<Item = Exact>) -> Option<Errors> {
        let widths: Vec<Exact> = widths.into_iter().filter(|width| !width.is_zero()).collect();
        let scale = widths.iter().map(|width| width.normal().scale()).max()?;
        let step = Exact::new(5, scale + 1)?;
        let mut errors = Errors { widths: BTreeMap::new(), step };
        for width in &widths {
            *errors.widths.entry(errors.steps(*width)?).or_default() += 1;
        }
        let terms = errors.widths.values().try_fold(1, |terms: usize, count| terms.checked_mul(count + 1))?;
        (widths.len() <= MOST && terms <= MOST_TERMS).then_some(errors)
    }

    /// Whether the errors add up to `distance` or further from zero, to either side, in fewer than one of `times` cases.
    pub fn is_rarer(&self, distance: Exact, times: u128) -> bool {
        !self.is_common(distance, times) && self.beyond(distance).is_some_and(|(beyond, all)| beyond * times < all)
    }

    /// Whether the errors add up to `distance` or further in at least one of `times` cases, as far as their spread tells
    /// without adding up. A sum S of uniform errors has E\[S⁴\] ≤ 3σ⁴, so by Paley and Zygmund's inequality it lies beyond
    /// t in at least (1 − t²/σ²)² / 3 of all cases.
    fn is_common(&self, distance: Exact, times: u128) -> bool {
        let Some(steps) = self.steps(distance) else { return false };
        let square = |width: u128| BigUint::from(width) * width;
        // 12σ²; a width is the whole range of an error.
        let spread: BigUint = self.widths.iter().map(|(width, count)| square(*width) * *count).sum();
        let reach = square(steps) * 12u8;
        reach < spread && (&spread - reach).pow(2) * times >= spread.pow(2) * 3u8
    }

    /// In how many of `of` cases the errors add up to less than `distance`, rounded up.
    pub fn within(&self, distance: Exact, of: u128) -> u128 {
        let Some((beyond, all)) = self.beyond(distance) else { return of };
        of - u128::try_from(beyond * of / all).unwrap_or(of).min(of)
    }

    /// In one of how many cases the errors add up to `distance` or further: the largest power of ten up to `most` that
    /// stays below, as its exponent.
    pub fn rarity(&self, distance: Exact, most: u32) -> u32 {
        let Some((beyond, all)) = self.beyond(distance) else { return 0 };
        (1..=most).take_while(|power| &beyond * 10u128.pow(*power) < all).count() as u32
    }

    /// The cases beyond a distance, and all of them. With n errors over widths w, of sum W, the chance to stay below t
    /// from one end is Σ (−1)^|A| (t − w(A))^n / (n! Πw) over all sets A of widths that fit into t.
    fn beyond(&self, distance: Exact) -> Option<(BigUint, BigUint)> {
        let whole: u128 = self.widths.iter().map(|(width, count)| width * *count as u128).sum();
        // A step is half a unit, so half of the whole is whole.
        let inside = (whole / 2).saturating_sub(self.steps(distance)?);
        let count: usize = self.widths.values().sum();
        let (mut plus, mut minus) = (BigUint::default(), BigUint::default());
        self.each_set(inside, &mut |rest, sets, odd| {
            let term = BigUint::from(rest).pow(count as u32) * sets;
            *(if odd { &mut minus } else { &mut plus }) += term;
        });
        let orders = (1..=count).fold(BigUint::from(1u8), |product, each| product * each);
        let all = self.widths.iter().fold(orders, |all, (width, count)| all * BigUint::from(*width).pow(*count as u32));
        Some(((plus - minus) * 2u8, all))
    }

    /// Calls `f` for every choice of how many of each width fit into `inside`: what is left, how many sets make that
    /// choice, and whether their number of widths is odd.
    fn each_set(&self, inside: u128, f: &mut impl FnMut(u128, &BigUint, bool)) {
        let mut open = vec![(inside, BigUint::from(1u8), false)];
        for (width, count) in &self.widths {
            let mut next = Vec::new();
            for (rest, sets, odd) in open {
                let (mut rest, mut ways, mut odd) = (rest, BigUint::from(1u8), odd);
                for taken in 0..=*count {
                    next.push((rest, &sets * &ways, odd));
                    let Some(less) = rest.checked_sub(*width) else { break };
                    ways = ways * (count - taken) / (taken + 1);
                    (rest, odd) = (less, !odd);
                }
            }
            open = next;
        }
        open.iter().for_each(|(rest, sets, odd)| f(*rest, sets, *odd));
    }

    /// A length in steps, cut off.
    fn steps(&self, length: Exact) -> Option<u128> {
        let scale = self.step.scale().max(length.scale());
        let at = |value: Exact| value.mantissa().checked_mul(10i128.checked_pow(scale - value.scale())?);
        Some((at(length.abs())? / at(self.step)?).unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::{Errors, Exact};

    fn of(units: u32) -> Exact {
        Exact::from(units)
    }

    fn errors(count: usize) -> Errors {
        Errors::of(vec![of(1); count]).expect("there are few")
    }

    #[test]
    fn small_sums_are_as_in_the_textbook() {
        // Two errors: the density is a triangle. Beyond half a unit lie 2 × (½)² / 2 = 1/4 of the cases.
        let half = Exact::new(5, 1).expect("a half is a decimal");
        assert!(!errors(2).is_rarer(half, 4) && errors(2).is_rarer(half, 3));
        // Four errors: beyond one unit lie 2 / 4! = 1/12.
        assert!(!errors(4).is_rarer(of(1), 12) && errors(4).is_rarer(of(1), 11));
        // All of them at their ends: never.
        assert!(errors(4).is_rarer(of(2), u128::MAX));
    }

    #[test]
    fn what_the_spread_tells_is_so() {
        for (count, times) in [(1, 4), (2, 20), (8, 1000), (60, 1000), (60, 1_000_000_000)] {
            let errors = errors(count);
            let at = |tenths: i128| Exact::new(tenths, 1).expect("tenths are decimals");
            let common: Vec<i128> = (0..=50).filter(|tenths| errors.is_common(at(*tenths), times)).collect();
            let rarer = |tenths: &i128| errors.beyond(at(*tenths)).is_some_and(|(beyond, all)| beyond * times < all);
            assert!(!common.is_empty() && !common.iter().any(rarer), "{count} errors, {times} times: {common:?}");
        }
    }

    #[test]
    fn what_is_not_beyond_is_within() {
        let half = Exact::new(5, 1).expect("a half is a decimal");
        assert_eq!((errors(2).within(half, 1000), errors(2).within(of(1), 1000)), (750, 1000));
    }

    #[test]
    fn many_errors_nearly_cancel() {
        // Sixty errors have a standard deviation of √5 units.
        assert_eq!(errors(60).rarity(of(3), 20), 0);
        assert_eq!(errors(60).rarity(of(8), 20), 3);
        assert_eq!(errors(60).rarity(of(14), 20), 10);
        assert_eq!(errors(60).rarity(of(31), 20), 20);
    }

    #[test]
    fn one_coarse_figure_covers_for_fine_ones() {
        let mixed =
            |coarse| Errors::of(vec![of(1); 20].into_iter().chain(vec![of(100); coarse])).expect("there are few");
        assert_eq!(mixed(0).rarity(of(9), 9), 9);
        assert_eq!(mixed(1).rarity(of(40), 9), 0);
        assert!(mixed(1).rarity(of(59), 9) >= 9);
    }

    #[test]
    fn what_is_too_much_is_not_rare() {
        assert_eq!(Errors::of(vec![of(1); 401]), None);
        assert_eq!(Errors::of([]), None);
    }
}
