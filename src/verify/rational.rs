//! Fractions of 128-bit integers. What does not fit is `None`, never rounded.

use std::cmp::Ordering;

/// `top / bottom`, lowest terms, `bottom > 0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rational {
    top: i128,
    bottom: i128,
}

impl Rational {
    pub(super) fn new(top: i128, bottom: i128) -> Option<Rational> {
        if bottom == 0 {
            return None;
        }
        let divisor = gcd(top.unsigned_abs(), bottom.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?;
        let sign = if bottom < 0 { -1 } else { 1 };
        Some(Rational { top: (top / divisor).checked_mul(sign)?, bottom: (bottom / divisor).checked_mul(sign)? })
    }

    /// `10^exponent`
    pub(super) fn power_of_ten(exponent: i32) -> Option<Rational> {
        let power = 10i128.checked_pow(exponent.unsigned_abs())?;
        if exponent < 0 { Rational::new(1, power) } else { Rational::new(power, 1) }
    }

    pub(super) fn plus(self, other: Rational) -> Option<Rational> {
        let top = self.top.checked_mul(other.bottom)?.checked_add(other.top.checked_mul(self.bottom)?)?;
        Rational::new(top, self.bottom.checked_mul(other.bottom)?)
    }

    pub(super) fn minus(self, other: Rational) -> Option<Rational> {
        self.plus(other.negated())
    }

    pub(super) fn times(self, other: Rational) -> Option<Rational> {
        Rational::new(self.top.checked_mul(other.top)?, self.bottom.checked_mul(other.bottom)?)
    }

    pub(super) fn over(self, other: Rational) -> Option<Rational> {
        Rational::new(self.top.checked_mul(other.bottom)?, self.bottom.checked_mul(other.top)?)
    }

    pub(super) fn negated(self) -> Rational {
        Rational { top: -self.top, ..self }
    }

    pub(super) fn abs(self) -> Rational {
        Rational { top: self.top.abs(), ..self }
    }

    pub(super) fn compare(self, other: Rational) -> Option<Ordering> {
        Some(self.minus(other)?.top.cmp(&0))
    }

    pub(super) fn is_whole(self) -> bool {
        self.bottom == 1
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
