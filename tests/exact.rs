//! Exact decimals answer exactly or not at all, whatever their size.

use std::cmp::Ordering;

use gouji::exact::{End, Exact, Interval};
use proptest::prelude::*;

/// Large primes: a wrong sum or product of 200 bits agrees modulo all of them by accident less than once in 10^50.
const PRIMES: [i128; 3] = [(1 << 61) - 1, (1 << 31) - 1, 1_000_000_007];

/// Any decimal that fits.
fn any_exact() -> impl Strategy<Value = Exact> {
    let edge: i128 = (1 << 96) - 1;
    let mantissa = prop_oneof![
        -edge..=edge,
        -1_000_000_000_000i128..=1_000_000_000_000,
        (0u32..96).prop_map(|bits| 1i128 << bits),
        Just(edge),
        Just(-edge),
        Just(0),
    ];
    (mantissa, 0u32..=28).prop_map(|(mantissa, scale)| Exact::new(mantissa, scale).expect("it fits by construction"))
}

fn power(exponent: u32, prime: i128) -> i128 {
    (0..exponent).fold(1, |power, _| power * 10 % prime)
}

/// `value × 10^56` modulo a prime: a whole number for every pair of scales.
fn residue(value: Exact, prime: i128) -> i128 {
    value.mantissa().rem_euclid(prime) * power(56 - value.scale(), prime) % prime
}

/// The digits of a value at 28 decimals, padded so that they compare as text.
fn digits(value: Exact) -> String {
    let text = value.abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole:0>40}{decimals:0<28}")
}

fn reference_order(a: Exact, b: Exact) -> Ordering {
    let magnitude = digits(a).cmp(&digits(b));
    match (a.is_negative(), b.is_negative()) {
        (false, false) => magnitude,
        (true, true) => magnitude.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn sums_are_exact_or_absent(a in any_exact(), b in any_exact()) {
        if let Some(sum) = a.plus(b) {
            for prime in PRIMES {
                prop_assert_eq!((residue(a, prime) + residue(b, prime)) % prime, residue(sum, prime));
            }
            prop_assert_eq!(sum.minus(b).map(|back| back == a), Some(true));
        }
    }

    #[test]
    fn products_are_exact_or_absent(a in any_exact(), b in any_exact()) {
        if let Some(product) = a.times(b) {
            for prime in PRIMES {
                let shift = power(56, prime);
                prop_assert_eq!(residue(a, prime) * residue(b, prime) % prime, residue(product, prime) * shift % prime);
            }
        }
    }

    #[test]
    fn order_is_that_of_the_digits(a in any_exact(), b in any_exact()) {
        prop_assert_eq!(a.cmp(&b), reference_order(a, b));
        prop_assert_eq!(a == b, a.cmp(&b) == Ordering::Equal);
    }

    /// Amounts as reports print them never need more digits than there are.
    #[test]
    fn amounts_of_reports_never_overflow(a in -10i128.pow(14)..10i128.pow(14), b in -10i128.pow(14)..10i128.pow(14)) {
        let (x, y) = (Exact::new(a, 6).expect("small"), Exact::new(b, 2).expect("small"));
        prop_assert_eq!(x.plus(y), Exact::new(a + b * 10_000, 6));
        prop_assert_eq!(x.times(y), Exact::new(a * b, 8));
        prop_assert_eq!(x.minus(y), Exact::new(a - b * 10_000, 6));
    }

    #[test]
    fn new_refuses_what_does_not_fit(mantissa in any::<i128>(), scale in 0u32..40) {
        let fits = mantissa.unsigned_abs() < 1 << 96 && scale <= 28;
        prop_assert_eq!(Exact::new(mantissa, scale).is_some(), fits);
    }

    #[test]
    fn an_interval_contains_its_closed_ends_only(value in -10_000i128..10_000, half in 1i128..100, probe in -10_200i128..10_200) {
        let exact = |mantissa| Exact::new(mantissa, 3).expect("small");
        let rounding = Interval::rounding(exact(value), exact(half)).expect("small");
        prop_assert_eq!(rounding.contains(exact(probe)), value - half <= probe && probe < value + half);
        let truncation = Interval::truncation(exact(value), exact(half)).expect("small");
        prop_assert_eq!(truncation.contains(exact(probe)), value <= probe && probe < value + half);
        let above = Interval { low: End::Open(exact(value)), high: End::Unbounded };
        prop_assert_eq!(above.contains(exact(probe)), value < probe);
        prop_assert_eq!(rounding.meets(&Interval::point(exact(probe))), rounding.contains(exact(probe)));
    }
}

#[test]
fn the_mantissa_without_a_positive_twin_is_refused() {
    assert_eq!(Exact::new(i128::MIN, 0), None);
    assert_eq!(Exact::new(i128::MAX, 0), None);
}

#[test]
fn what_rust_decimal_rounds_in_silence_is_refused() {
    let max = Exact::new((1 << 96) - 1, 0).expect("the largest");
    assert_eq!(max.plus(Exact::new(4, 1).expect("small")), None);
    let (a, b) = (Exact::new(12_345_678_901_234_567, 4), Exact::new(1_234_567_890_123_456_789, 9));
    assert_eq!(a.zip(b).and_then(|(a, b)| a.times(b)), None);
}
