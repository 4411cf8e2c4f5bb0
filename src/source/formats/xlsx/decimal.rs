//! A stored number as its digits: nothing is computed in binary.

use std::cmp::Ordering;

/// `digits` with the point after the first `point` of them; no zeros at either end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    digits: Vec<u8>,
    point: i32,
}

/// Digits that Excel keeps of a number.
const KEPT: usize = 15;
/// A larger or smaller number than Excel can hold.
const FURTHEST: i32 = 400;

impl Decimal {
    /// `-1234.5`, `9.4083333333333332E-2`
    pub(super) fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i32 = exponent.trim_start_matches('+').parse().ok()?;
        let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if whole.is_empty() && fraction.is_empty() || !(-FURTHEST..=FURTHEST).contains(&exponent) {
            return None;
        }
        let digits: Option<Vec<u8>> =
            whole.bytes().chain(fraction.bytes()).map(|b| b.is_ascii_digit().then(|| b - b'0')).collect();
        let point = i32::try_from(whole.len()).ok()? + exponent;
        let mut number = Decimal { negative: mantissa.starts_with('-'), digits: digits?, point };
        number.trim();
        // The last two of seventeen digits only tell apart what is stored in binary.
        number.keep(KEPT);
        Some(number)
    }

    fn trim(&mut self) {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= zeros as i32;
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            (self.negative, self.point) = (false, 0);
        }
    }

    /// Rounds to so many digits.
    fn keep(&mut self, count: usize) {
        if self.digits.len() <= count {
            return;
        }
        let up = self.digits[count] >= 5;
        self.digits.truncate(count);
        if up {
            self.increment();
        }
        self.trim();
    }

    /// Adds one in the last place.
    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// How many decimals are needed to write it down.
    pub(super) fn places(&self) -> usize {
        usize::try_from(self.digits.len() as i32 - self.point).unwrap_or(0)
    }

    /// How many digits stand before the point.
    pub(super) fn whole_digits(&self) -> usize {
        usize::try_from(self.point).unwrap_or(0).max(1)
    }

    pub(super) fn absolute(&self) -> Decimal {
        Decimal { negative: false, ..self.clone() }
    }

    /// Times ten to a power.
    pub(super) fn shifted(&self, power: i32) -> Decimal {
        let point = if self.is_zero() { 0 } else { self.point + power };
        Decimal { point, ..self.clone() }
    }

    /// Rounded half away from zero.
    pub(super) fn rounded(&self, places: usize) -> Decimal {
        let kept = self.point + places as i32;
        let mut number = self.clone();
        match usize::try_from(kept) {
            Ok(0) if number.digits.first().is_some_and(|digit| *digit >= 5) => {
                (number.digits, number.point) = (vec![1], number.point + 1);
            }
            Ok(0) | Err(_) => {
                number.digits.clear();
                number.trim();
            }
            Ok(kept) => number.keep(kept),
        }
        number
    }

    /// The digits before the point, and exactly so many after it.
    pub(super) fn parts(&self, places: usize) -> (String, String) {
        let rounded = self.rounded(places);
        let at = |index: i32| {
            let digit = usize::try_from(index).ok().and_then(|index| rounded.digits.get(index)).copied().unwrap_or(0);
            char::from(b'0' + digit)
        };
        let whole: String = (0..rounded.point.max(0)).map(at).collect();
        let fraction = (0..places as i32).map(|index| at(rounded.point + index)).collect();
        (if whole.is_empty() { "0".into() } else { whole }, fraction)
    }

    /// Written out in full.
    pub(super) fn plain(&self) -> String {
        let (whole, fraction) = self.parts(self.places());
        let sign = if self.negative { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let sign = |number: &Decimal| if number.is_zero() { 0 } else { 1 - 2 * i32::from(number.negative) };
        let sizes = (self.point, &self.digits).cmp(&(other.point, &other.digits));
        sign(self).cmp(&sign(other)).then(if self.negative { sizes.reverse() } else { sizes })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        Decimal::parse(text).expect("a number").plain()
    }

    #[test]
    fn stored_numbers_are_read_exactly() {
        assert_eq!(plain("1234.50"), "1234.5");
        assert_eq!(plain("9.4083333333333332E-2"), "0.0940833333333333");
        assert_eq!(plain("0.30000000000000004"), "0.3");
        assert_eq!(plain("-1.5E+3"), "-1500");
        assert_eq!(plain("99999999999999999"), "100000000000000000");
        assert_eq!(plain("-0"), "0");
        for text in ["", "-", "1.2.3", "abc", "1E9999", "."] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        let parts = |text: &str, places| Decimal::parse(text).expect("a number").parts(places);
        assert_eq!(parts("2.675", 2), ("2".into(), "68".into()));
        assert_eq!(parts("0.005", 2), ("0".into(), "01".into()));
        assert_eq!(parts("0.004", 2), ("0".into(), "00".into()));
        assert_eq!(parts("999.996", 2), ("1000".into(), "00".into()));
        assert_eq!(parts("1773", 2), ("1773".into(), "00".into()));
        assert_eq!(parts("0.5", 0), ("1".into(), String::new()));
    }

    #[test]
    fn numbers_have_an_order() {
        let numbers = ["-120", "-12.5", "-0.05", "0", "0.0499", "0.05", "1", "1.01", "12.5", "100"];
        let of = |text: &str| Decimal::parse(text).expect("a number");
        assert!(numbers.iter().map(|text| of(text)).is_sorted_by(|one, other| one < other));
        assert_eq!(of("1.50").cmp(&of("15e-1")), Ordering::Equal);
    }
}
