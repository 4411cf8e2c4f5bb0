//! Fractions of whole numbers: what formulas give, without rounding.

use crate::source::formats::xlsx::decimal::Decimal;

/// Decimals that are kept of a stored number.
const PLACES: usize = 12;
const UNIT: i128 = 1_000_000_000_000;
/// Larger numbers are no figures of a report.
const MOST: i128 = i128::MAX / 1_000_000_000;
/// Digits after the point of a quotient that is written down; a decimal keeps the first fifteen of all.
const SHOWN: usize = 20;

/// In lowest terms; the lower part is above nought. What does not fit is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    upper: i128,
    lower: i128,
}

impl Ratio {
    pub(super) const ZERO: Ratio = Ratio { upper: 0, lower: 1 };

    fn new(upper: i128, lower: i128) -> Option<Ratio> {
        let divisor = common(upper, lower);
        let sign = lower.signum();
        (lower != 0 && divisor != 0).then(|| Ratio { upper: sign * upper / divisor, lower: sign * lower / divisor })
    }

    pub(super) fn of(number: &Decimal) -> Option<Ratio> {
        let (whole, fraction) = number.parts(PLACES);
        let units: i128 = format!("{whole}{fraction}").parse().ok().filter(|units| *units < MOST)?;
        Ratio::new(if number.negative { -units } else { units }, UNIT)
    }

    pub(super) fn whole(number: i128) -> Ratio {
        Ratio { upper: number, lower: 1 }
    }

    pub(super) fn plus(self, other: Ratio) -> Option<Ratio> {
        let left = self.upper.checked_mul(other.lower)?;
        let right = other.upper.checked_mul(self.lower)?;
        Ratio::new(left.checked_add(right)?, self.lower.checked_mul(other.lower)?)
    }

    pub(super) fn minus(self, other: Ratio) -> Option<Ratio> {
        self.plus(other.negated())
    }

    pub(super) fn times(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(self.upper.checked_mul(other.upper)?, self.lower.checked_mul(other.lower)?)
    }

    /// `None` also where the divisor is nought.
    pub(super) fn over(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(self.upper.checked_mul(other.lower)?, self.lower.checked_mul(other.upper)?)
    }

    pub(super) fn negated(self) -> Ratio {
        Ratio { upper: -self.upper, ..self }
    }

    pub(super) fn absolute(self) -> Ratio {
        Ratio { upper: self.upper.abs(), ..self }
    }

    pub(super) fn is_less(self, other: Ratio) -> Option<bool> {
        Some(self.minus(other)?.upper < 0)
    }

    /// Rounded half away from nought; `None` at a half, which binary arithmetic may round either way.
    pub(super) fn rounded(self, places: u32) -> Option<Ratio> {
        let scale = 10_i128.checked_pow(places)?;
        let scaled = self.upper.abs().checked_mul(scale)?;
        let (whole, rest) = (scaled / self.lower, scaled % self.lower);
        let twice = rest.checked_mul(2)?;
        if twice == self.lower {
            return None;
        }
        let whole = whole + i128::from(twice > self.lower);
        Ratio::new(self.upper.signum() * whole, scale)
    }

    /// The whole number that it is, if it is a small one.
    pub(super) fn small(self) -> Option<u32> {
        (self.lower == 1).then(|| u32::try_from(self.upper).ok()).flatten().filter(|number| *number <= 9)
    }

    /// As digits, of which Excel keeps fifteen.
    pub(super) fn decimal(self) -> Option<Decimal> {
        let (whole, mut rest) = (self.upper.abs() / self.lower, self.upper.abs() % self.lower);
        let mut text = format!("{}{whole}.", if self.upper < 0 { "-" } else { "" });
        for _ in 0..SHOWN {
            rest = rest.checked_mul(10)?;
            text += &(rest / self.lower).to_string();
            rest %= self.lower;
        }
        Decimal::parse(&text)
    }
}

/// The greatest common divisor.
fn common(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.abs(), other.abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Ratio {
        Ratio::of(&Decimal::parse(text).expect("a number")).expect("in range")
    }

    fn shown(ratio: Option<Ratio>) -> String {
        ratio.and_then(Ratio::decimal).map_or("-".into(), |number| number.plain())
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(shown(of("0.1").plus(of("0.2"))), "0.3");
        assert_eq!(shown(of("1").over(of("3"))), "0.333333333333333");
        assert_eq!(shown(of("-12.5").times(of("2"))), "-25");
        assert_eq!(shown(of("1").over(Ratio::ZERO)), "-");
        assert_eq!(of("0.5").is_less(of("2").over(of("3")).expect("a quotient")), Some(true));
    }

    #[test]
    fn halves_are_not_rounded() {
        assert_eq!(shown(of("12.344").rounded(2)), "12.34");
        assert_eq!(shown(of("-12.346").rounded(2)), "-12.35");
        assert_eq!(of("12.345").rounded(2), None);
    }
}
