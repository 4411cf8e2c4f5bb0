//! What a writer may have meant to type: every figure that one slip of the pen turns into the printed one.

use super::kind::RepairKind;
use crate::document::literal::Dimension;
use crate::document::{Literal, Unit};
use crate::exact::Exact;
use crate::source::Source;

/// A figure that was perhaps meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) kind: RepairKind,
    /// In the number's own unit, with its sign.
    pub(super) value: Exact,
    pub(super) places: u32,
}

/// The digits of a literal as they are printed, leading zeros and all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    digits: Vec<u8>,
    places: usize,
    negative: bool,
}

/// Longer runs of digits are not figures that a person types.
const MAX_DIGITS: usize = 15;
/// How far a decimal point slips at most.
const MAX_SHIFT: usize = 3;

impl Printed {
    /// `None` where the number is not written in digits.
    pub(super) fn of(source: &Source, literal: &Literal) -> Option<Printed> {
        let (mut digits, mut places, mut pointed) = (Vec::new(), 0, false);
        for c in source.slice(literal.digits).chars() {
            let digit = match c {
                '0'..='9' => c as u8 - b'0',
                '０'..='９' => (c as u32 - '０' as u32) as u8,
                '.' | '．' => {
                    pointed = true;
                    continue;
                }
                ',' | '，' | '-' | '－' => continue,
                _ if c.is_whitespace() => continue,
                _ => return None,
            };
            digits.push(digit);
            places += usize::from(pointed);
        }
        let negative = literal.value.is_negative();
        (1..=MAX_DIGITS).contains(&digits.len()).then_some(Printed { digits, places, negative })
    }

    pub(super) fn len(&self) -> usize {
        self.digits.len()
    }

    /// 02.6 is no way to write a number.
    pub(super) fn has_leading_zero(&self) -> bool {
        begins_with_zero(&self.digits, self.places)
    }

    /// Every figure that one slip turns into this one.
    pub(super) fn each_meant(&self, literal: &Literal, mut f: impl FnMut(Meant)) {
        let mut give = |kind, digits: &[u8], places: usize| {
            if let Some(value) = value(digits, places, self.negative).filter(|_| !begins_with_zero(digits, places)) {
                f(Meant { kind, value, places: places as u32 });
            }
        };
        self.changed(&mut give);
        self.longer(&mut give);
        self.shorter(&mut give);
        self.shifted(&mut give);
        self.in_other_units(literal, &mut f);
    }

    fn changed(&self, give: &mut impl FnMut(RepairKind, &[u8], usize)) {
        let mut digits = self.digits.clone();
        for at in 0..digits.len() {
            if at + 1 < digits.len() && digits[at] != digits[at + 1] {
                digits.swap(at, at + 1);
                give(RepairKind::Swapped, &digits, self.places);
                digits.swap(at, at + 1);
            }
            let own = digits[at];
            for digit in (0..10).filter(|digit| *digit != own) {
                digits[at] = digit;
                give(RepairKind::Digit, &digits, self.places);
            }
            digits[at] = own;
        }
    }

    /// A digit was lost.
    fn longer(&self, give: &mut impl FnMut(RepairKind, &[u8], usize)) {
        let whole = self.digits.len() - self.places;
        for at in 0..=self.digits.len() {
            let mut digits = self.digits.clone();
            digits.insert(at, 0);
            for digit in 0..10 {
                // The same digit before or after its like is the same number.
                if at > 0 && digits[at - 1] == digit && at != whole {
                    continue;
                }
                digits[at] = digit;
                if at <= whole {
                    give(RepairKind::Dropped, &digits, self.places);
                }
                if at >= whole && self.places > 0 {
                    give(RepairKind::Dropped, &digits, self.places + 1);
                }
            }
        }
    }

    /// A digit is too much.
    fn shorter(&self, give: &mut impl FnMut(RepairKind, &[u8], usize)) {
        let whole = self.digits.len() - self.places;
        if self.digits.len() < 2 {
            return;
        }
        for at in 0..self.digits.len() {
            let doubled = at > 0 && self.digits[at - 1] == self.digits[at];
            if doubled && at != whole {
                continue;
            }
            let next = self.digits.get(at + 1) == Some(&self.digits[at]);
            let kind = if doubled || next { RepairKind::Doubled } else { RepairKind::Extra };
            let mut digits = self.digits.clone();
            digits.remove(at);
            let places = self.places - usize::from(at >= whole);
            if places < digits.len() {
                give(kind, &digits, places);
            }
        }
    }

    fn shifted(&self, give: &mut impl FnMut(RepairKind, &[u8], usize)) {
        for shift in 1..=MAX_SHIFT {
            let mut left = self.digits.clone();
            while left.len() <= self.places + shift {
                left.insert(0, 0);
            }
            let significant = left.len() - left.iter().take_while(|digit| **digit == 0).count();
            let whole = left.len() - (self.places + shift);
            let superfluous = left.iter().take(whole - 1).take_while(|digit| **digit == 0).count();
            if significant > 0 {
                let kind = if self.places == 0 { RepairKind::Scaled } else { RepairKind::Point };
                give(kind, &left[superfluous..], self.places + shift);
            }
            let mut right = self.digits.clone();
            right.extend(std::iter::repeat_n(0, shift.saturating_sub(self.places)));
            let places = self.places.saturating_sub(shift);
            let zeros = right.iter().take(right.len() - places - 1).take_while(|digit| **digit == 0).count();
            let kind = if shift <= self.places { RepairKind::Point } else { RepairKind::Scaled };
            give(kind, &right[zeros..], places);
        }
    }

    fn in_other_units(&self, literal: &Literal, f: &mut impl FnMut(Meant)) {
        let mut give = |kind, value: Option<Exact>| {
            if let Some(value) = value {
                f(Meant { kind, value, places: literal.places });
            }
        };
        if literal.unit.dimension() == Dimension::Money && literal.unit_printed {
            for (shift, _) in other_units(literal.unit) {
                give(RepairKind::Unit, Exact::power_of_ten(*shift).and_then(|power| literal.value.times(power)));
            }
        }
        if !literal.value.is_zero() && literal.unit.dimension() != Dimension::People {
            give(RepairKind::Sign, Some(literal.value.negated()));
        }
        if literal.unit == Unit::Percent {
            give(RepairKind::Complement, Exact::from(100).minus(literal.value));
        }
    }
}

/// The units that a figure is mistaken for, and what it grows by, as a power of ten, where that one was meant.
pub(super) fn other_units(unit: Unit) -> &'static [(i32, Unit)] {
    match unit {
        Unit::Yuan => &[(4, Unit::WanYuan)],
        Unit::WanYuan => &[(-4, Unit::Yuan), (4, Unit::YiYuan)],
        Unit::YiYuan => &[(-4, Unit::WanYuan)],
        _ => &[],
    }
}

/// 0.5 begins with the zero that it needs; 05 and 00.5 do not.
fn begins_with_zero(digits: &[u8], places: usize) -> bool {
    digits.len() > places + 1 && digits[0] == 0
}

fn value(digits: &[u8], places: usize, negative: bool) -> Option<Exact> {
    let mantissa = digits.iter().fold(0i128, |value, digit| value * 10 + i128::from(*digit));
    Exact::new(if negative { -mantissa } else { mantissa }, places as u32)
}

#[cfg(test)]
mod tests {
    use super::{Printed, RepairKind, value};

    fn kinds(printed: &str, meant: &str) -> Vec<RepairKind> {
        let read = |text: &str| {
            let places = text.find('.').map_or(0, |at| text.len() - at - 1);
            let digits = text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
            Printed { digits, places, negative: false }
        };
        let (printed, meant) = (read(printed), read(meant));
        let meant = value(&meant.digits, meant.places, false).map(|value| (value, meant.places));
        let mut found = Vec::new();
        let mut give = |kind, digits: &[u8], places: usize| {
            let meant = value(digits, places, false).map(|value| (value, places)) == meant;
            if meant && !super::begins_with_zero(digits, places) {
                found.push(kind);
            }
        };
        printed.changed(&mut give);
        printed.longer(&mut give);
        printed.shorter(&mut give);
        printed.shifted(&mut give);
        found
    }

    #[test]
    fn what_was_meant_is_among_what_is_tried() {
        assert_eq!(kinds("4.32", "4.23"), [RepairKind::Swapped]);
        assert_eq!(kinds("283.53", "283.03"), [RepairKind::Digit]);
        assert_eq!(kinds("172", "1702"), [RepairKind::Dropped]);
        assert_eq!(kinds("2951.9", "2951.09"), [RepairKind::Dropped]);
        assert_eq!(kinds("283.003", "283.03"), [RepairKind::Doubled]);
        assert_eq!(kinds("3303.03", "303.03"), [RepairKind::Doubled]);
        assert_eq!(kinds("17502", "1702"), [RepairKind::Extra]);
        assert_eq!(kinds("02.6", "0.26"), [RepairKind::Point]);
        assert_eq!(kinds("289.814", "2898.14"), [RepairKind::Point]);
        assert_eq!(kinds("45", "450"), [RepairKind::Dropped, RepairKind::Scaled]);
        assert_eq!(kinds("12.5", "12.05"), [RepairKind::Dropped]);
        assert_eq!(kinds("0.5", "5"), [RepairKind::Point]);
        assert_eq!(kinds("4", "0.4"), [RepairKind::Scaled]);
    }
}
