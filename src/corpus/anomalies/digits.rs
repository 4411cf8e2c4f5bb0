//! Digits of the amounts of one unit over the years: last digits, and the first two against Benford's law.

use std::collections::BTreeMap;

use crate::corpus::digest::Level;
use crate::corpus::gather::Corpus;
use crate::corpus::kinds::Kind;
use crate::corpus::remark::Remark;
use crate::exact::Exact;

/// Amounts that each test needs.
const LAST: usize = 100;
const FIRST_TWO: usize = 300;
/// The first digits of amounts that span fewer orders of magnitude follow no law.
const ORDERS: u32 = 3;
/// Chi-square of nine degrees of freedom that chance exceeds once in a thousand times, in hundredths.
const CHI_SQUARE: u64 = 2788;
/// Mean deviation from Benford's law beyond what n explains, in millionths.
const EXCESS: u64 = 2200;

/// How often the first two digits are 10 to 99, in millionths.
const BENFORD: [u32; 90] = [
    41_393, 37_789, 34_762, 32_185, 29_963, 28_029, 26_329, 24_824, 23_481, 22_276, 21_189, 20_203, 19_305, 18_483,
    17_729, 17_033, 16_390, 15_794, 15_240, 14_723, 14_240, 13_788, 13_364, 12_965, 12_589, 12_234, 11_899, 11_582,
    11_281, 10_995, 10_724, 10_465, 10_219, 9_984, 9_760, 9_545, 9_340, 9_143, 8_955, 8_774, 8_600, 8_433, 8_273,
    8_118, 7_969, 7_825, 7_687, 7_553, 7_424, 7_299, 7_179, 7_062, 6_949, 6_839, 6_733, 6_631, 6_531, 6_434, 6_340,
    6_249, 6_160, 6_074, 5_990, 5_909, 5_830, 5_752, 5_677, 5_604, 5_532, 5_463, 5_395, 5_329, 5_264, 5_201, 5_140,
    5_080, 5_021, 4_963, 4_907, 4_853, 4_799, 4_746, 4_695, 4_645, 4_596, 4_548, 4_501, 4_454, 4_409, 4_365,
];

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut units: BTreeMap<u32, (u32, Vec<&Level>)> = BTreeMap::new();
    for (report, at) in corpus.reports.iter().zip(0..) {
        let (last, levels) = units.entry(report.unit).or_default();
        *last = at;
        levels.extend(report.levels.iter().filter(|level| !level.value().is_zero()));
    }
    let remark = |(last, mut levels): (u32, Vec<&Level>)| {
        // One amount printed in several places counts once.
        levels.sort_by_key(|level| level.value());
        levels.dedup_by_key(|level| level.value());
        let amounts: Vec<Exact> = levels.iter().map(|level| level.value()).collect();
        let says = benford(&amounts).or_else(|| last_digits(&levels))?;
        let unit = corpus.unit_name(&corpus.reports[last as usize]);
        let evidence = format!("单位：{unit}，历年各不相同的金额n={}", levels.len());
        Some(Remark::of_whole(Some(last), Kind::FirstDigits, format!("{says}，建议核查"), evidence))
    };
    units.into_values().filter_map(remark).collect()
}

fn benford(amounts: &[Exact]) -> Option<String> {
    let orders = amounts.iter().map(|amount| amount.rounded(0).mantissa().unsigned_abs().max(1).ilog10());
    let (low, high) = (orders.clone().min()?, orders.max()?);
    let mut counts = [0_u64; 90];
    for two in amounts.iter().filter_map(first_two) {
        counts[two - 10] += 1;
    }
    let n: u64 = counts.iter().sum();
    if n < FIRST_TWO as u64 || high - low < ORDERS {
        return None;
    }
    let deviations =
        counts.iter().zip(BENFORD).map(|(count, expected)| (count * 1_000_000 / n).abs_diff(u64::from(expected)));
    let mean = deviations.sum::<u64>() / 90;
    // The mean deviation that chance gives n amounts: one over the root of 158.8 n.
    let chance = (10_000_000_000_000 / (1588 * n)).isqrt();
    (mean > chance + EXCESS)
        .then(|| format!("{n}个金额的首两位数字与本福特分布的平均偏差为百万分之{mean}，随机波动约为百万分之{chance}"))
}

/// 12 of 0.0123, 50 of 500000.
fn first_two(amount: &Exact) -> Option<usize> {
    let digits = amount.significant();
    let two = match digits.checked_ilog10()? {
        0 => digits * 10,
        order => digits / 10_u128.pow(order - 1),
    };
    usize::try_from(two).ok()
}

fn last_digits(levels: &[&Level]) -> Option<String> {
    // The last printed place of amounts with two decimals of 万元 or 元, zeros included.
    let printed = levels.iter().filter(|level| level.places == 2);
    let last = |level: &&&Level| {
        let unit = crate::corpus::digest::exponent(level.unit) - 2;
        let steps = level.value().times(Exact::power_of_ten(-unit)?)?;
        Some((steps.rounded(0).mantissa().unsigned_abs() % 10) as usize)
    };
    let mut counts = [0_u64; 10];
    printed.filter_map(|level| last(&level)).for_each(|digit| counts[digit] += 1);
    let n: u64 = counts.iter().sum();
    let chi_square = counts.iter().map(|count| (10 * count).abs_diff(n).pow(2)).sum::<u64>() * 100 / (10 * n).max(1);
    let (digit, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let uneven = n >= LAST as u64 && chi_square > CHI_SQUARE;
    uneven.then(|| format!("{n}个金额的末位数字分布不均，其中{most}个是{digit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_adds_up() {
        assert_eq!(BENFORD.iter().sum::<u32>().abs_diff(1_000_000) / 10, 0);
    }

    fn amount(mantissa: i128, scale: u32) -> Exact {
        Exact::new(mantissa, scale).expect("an amount of few digits")
    }

    #[test]
    fn every_amount_but_zero_has_two_first_digits() {
        let of = |mantissa, scale| first_two(&amount(mantissa, scale));
        assert_eq!((of(123_456, 2), of(-123, 4), of(500_000, 0), of(5, 2)), (Some(12), Some(12), Some(50), Some(50)));
        assert_eq!(of(0, 2), None);
    }

    #[test]
    fn negative_amounts_have_orders_of_magnitude_too() {
        let like = |least: i128| (0..400).map(|at| amount(least - at, 0)).collect::<Vec<_>>();
        assert_eq!(benford(&like(-9_000)), None, "all of one order");
        let mut wide = like(-9_000);
        wide.extend([amount(-1, 0), amount(5_000_000, 0)]);
        assert!(benford(&wide).is_some());
    }
}
