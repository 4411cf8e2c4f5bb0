//! A decimal that is exact or absent.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU8;

use rust_decimal::{Decimal, RoundingStrategy};

/// An exact decimal of at most 28 significant digits.
///
/// The mantissa lies in two halves so that the whole takes three words, `None` included.
#[derive(Clone, Copy)]
pub struct Exact {
    high: i64,
    low: u64,
    /// Decimal places, plus one.
    places: NonZeroU8,
}

/// The largest mantissa that a [`Decimal`] holds: 96 bits.
const MAX_MANTISSA: u128 = (1 << 96) - 1;
/// The largest number of decimal places that a [`Decimal`] holds.
const MAX_SCALE: u32 = 28;

/// The powers of ten that fit an [`i128`].
const POWERS: [i128; 39] = {
    let mut powers = [1; 39];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// The powers of ten that fit an [`i64`].
const WORD_POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

impl Exact {
    pub const ZERO: Exact = Exact { high: 0, low: 0, places: NonZeroU8::MIN };
    pub const ONE: Exact = Exact { high: 0, low: 1, places: NonZeroU8::MIN };

    /// `mantissa × 10^-scale`, or `None` where it does not fit.
    pub fn new(mantissa: i128, scale: u32) -> Option<Exact> {
        if scale > MAX_SCALE || mantissa.unsigned_abs() > MAX_MANTISSA {
            return None;
        }
        let places = NonZeroU8::MIN.saturating_add(scale as u8);
        Some(Exact { high: (mantissa >> 64) as i64, low: mantissa as u64, places })
    }

    /// For what only shows: division, rounding, printing.
    fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(self.mantissa(), self.scale())
    }

    fn from_decimal(value: Decimal) -> Exact {
        Exact::new(value.mantissa(), value.scale()).expect("a Decimal has 96 bits and at most 28 places")
    }

    /// The same as [`Exact::new`], but gives up trailing zeros where the mantissa would not fit with them.
    fn reduced(mantissa: i128, scale: u32) -> Option<Exact> {
        if mantissa.unsigned_abs() <= MAX_MANTISSA { Exact::new(mantissa, scale) } else { Exact::cut(mantissa, scale) }
    }

    #[cold]
    fn cut(mut mantissa: i128, mut scale: u32) -> Option<Exact> {
        while mantissa.unsigned_abs() > MAX_MANTISSA && scale > 0 && mantissa % 10 == 0 {
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }
        Exact::new(mantissa, scale)
    }

    /// Ten to the power `exponent`, which may be negative.
    pub fn power_of_ten(exponent: i32) -> Option<Exact> {
        if exponent < 0 {
            return Exact::new(1, exponent.unsigned_abs());
        }
        Exact::new(*POWERS.get(exponent as usize)?, 0)
    }

    /// The mantissa where it fits one word, as nearly all do: words are added and compared much faster.
    fn word(self) -> Option<i64> {
        let low = self.low as i64;
        (self.high == low >> 63).then_some(low)
    }

    /// The mantissa at a larger scale, where it fits one word.
    fn word_at(self, scale: u32) -> Option<i64> {
        self.word()?.checked_mul(*WORD_POWERS.get((scale - self.scale()) as usize)?)
    }

    /// Both mantissas at the larger of the two scales, where each fits one word.
    fn words(self, other: Exact) -> Option<(i64, i64)> {
        let scale = self.scale().max(other.scale());
        Some((self.word_at(scale)?, other.word_at(scale)?))
    }

    fn of_word(mantissa: i64, places: NonZeroU8) -> Exact {
        Exact { high: mantissa >> 63, low: mantissa as u64, places }
    }

    pub fn mantissa(self) -> i128 {
        i128::from(self.high) << 64 | i128::from(self.low)
    }

    /// The number of decimal places that the value carries.
    pub fn scale(self) -> u32 {
        u32::from(self.places.get()) - 1
    }

    /// Whether it is 1, printed without decimals.
    pub fn is_one(self) -> bool {
        self.high == 0 && self.low == 1 && self.places == NonZeroU8::MIN
    }

    pub fn is_zero(self) -> bool {
        self.high == 0 && self.low == 0
    }

    pub fn is_negative(self) -> bool {
        self.high < 0
    }

    pub fn is_integer(self) -> bool {
        self.normal().scale() == 0
    }

    /// Whether a whole number of times `unit`; `None` where that is zero or the digits do not fit.
    pub fn is_multiple_of(self, unit: Exact) -> Option<bool> {
        let (value, unit, _) = self.aligned(unit)?;
        value.checked_rem(unit).map(|rest| rest == 0)
    }

    /// The same value without trailing zeros.
    pub fn normal(self) -> Exact {
        if self.places == NonZeroU8::MIN || !self.is_zero() && self.low % 2 == 1 {
            return self;
        }
        let (mut mantissa, mut scale) = (self.mantissa(), if self.is_zero() { 0 } else { self.scale() });
        while scale > 0 && mantissa % 10 == 0 {
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }
        Exact::new(mantissa, scale).expect("fewer digits fit where more did")
    }

    /// The digits from the first to the last that is not a zero, without sign and point, as a number.
    pub fn significant(self) -> u128 {
        let mut digits = self.mantissa().unsigned_abs();
        while digits != 0 && digits.is_multiple_of(10) {
            digits /= 10;
        }
        digits
    }

    /// How many digits that is; none of zero.
    pub fn significant_digits(self) -> u32 {
        self.significant().checked_ilog10().map_or(0, |order| order + 1)
    }

    pub fn abs(self) -> Exact {
        if self.is_negative() { self.negated() } else { self }
    }

    /// Both mantissas at the larger of the two scales.
    fn aligned(self, other: Exact) -> Option<(i128, i128, u32)> {
        let scale = self.scale().max(other.scale());
        Some((self.lifted(scale)?, other.lifted(scale)?, scale))
    }

    /// The mantissa at a larger scale.
    fn lifted(self, scale: u32) -> Option<i128> {
        match scale - self.scale() {
            0 => Some(self.mantissa()),
            places => self.mantissa().checked_mul(*POWERS.get(places as usize)?),
        }
    }

    pub fn plus(self, other: Exact) -> Option<Exact> {
        if let Some(sum) = self.words(other).and_then(|(a, b)| a.checked_add(b)) {
            return Some(Exact::of_word(sum, self.places.max(other.places)));
        }
        let sum = |a: Exact, b: Exact| {
            let (a, b, scale) = a.aligned(b)?;
            Exact::reduced(a.checked_add(b)?, scale)
        };
        // Trailing zeros take room, and taking them off takes time.
        sum(self, other).or_else(|| sum(self.normal(), other.normal()))
    }

    pub fn minus(self, other: Exact) -> Option<Exact> {
        self.plus(other.negated())
    }

    pub fn negated(self) -> Exact {
        if let Some(negated) = self.word().and_then(i64::checked_neg) {
            return Exact::of_word(negated, self.places);
        }
        let mantissa = -self.mantissa();
        Exact { high: (mantissa >> 64) as i64, low: mantissa as u64, places: self.places }
    }

    pub fn times(self, other: Exact) -> Option<Exact> {
        if other.is_one() {
            return Some(self);
        }
        let scale = self.scale() + other.scale();
        if let Some((a, b)) = self.word().zip(other.word())
            && let Some(product) = a.checked_mul(b)
            && scale <= MAX_SCALE
        {
            return Some(Exact::of_word(product, NonZeroU8::MIN.saturating_add(scale as u8)));
        }
        let product = |a: Exact, b: Exact| Exact::new(a.mantissa().checked_mul(b.mantissa())?, a.scale() + b.scale());
        product(self, other).or_else(|| product(self.normal(), other.normal()))
    }

    /// The quotient rounded half away from zero to `places`: for showing, never for a verdict.
    pub fn shown_quotient(self, divisor: Exact, places: u32) -> Option<Exact> {
        let quotient = self.decimal().checked_div(divisor.decimal())?;
        let rounded = quotient.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        Some(Exact::from_decimal(rounded))
    }

    /// The value rounded half away from zero to `places`.
    pub fn rounded(self, places: u32) -> Exact {
        let rounded = self.decimal().round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        Exact::from_decimal(rounded)
    }

    /// The value printed with exactly `places` decimals where it has fewer.
    pub fn with_places(self, places: u32) -> String {
        let mut value = self.normal().decimal();
        if value.scale() < places.min(MAX_SCALE) {
            value.rescale(places);
        }
        value.to_string()
    }
}

impl Default for Exact {
    fn default() -> Exact {
        Exact::ZERO
    }
}

impl From<u32> for Exact {
    fn from(value: u32) -> Exact {
        Exact { high: 0, low: u64::from(value), places: NonZeroU8::MIN }
    }
}

impl PartialEq for Exact {
    /// By value: 1.0 is 1.
    fn eq(&self, other: &Exact) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    /// By mantissas at one scale. Only the value of smaller scale is lifted; where that leaves 128 bits it is larger in
    /// magnitude than any other [`Exact`], so its sign decides.
    fn cmp(&self, other: &Exact) -> Ordering {
        if let Some((a, b)) = self.words(*other) {
            return a.cmp(&b);
        }
        let scale = self.scale().max(other.scale());
        match (self.lifted(scale), other.lifted(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (None, _) => self.mantissa().signum().cmp(&0),
            (_, None) => 0.cmp(&other.mantissa().signum()),
        }
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}
