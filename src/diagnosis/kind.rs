//! How a printed figure may have come to be wrong, and how likely that is.

use crate::exact::Exact;

/// What undoing a mistake does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RepairKind {
    /// 432 for 423
    Swapped,
    /// 1 for 7
    Digit,
    /// 172 for 1702
    Dropped,
    /// 17022 for 1702
    Doubled,
    /// 17502 for 1702
    Extra,
    /// 17.02 for 1.702
    Point,
    /// 1702 for 170200
    Scaled,
    /// 元 for 万元
    Unit,
    /// -4.32 for 4.32, 减少 for 增加
    Sign,
    /// 83.81% for 16.19%
    Complement,
    /// The figure of a neighbouring cell, of another form or year.
    Copied,
    /// Two siblings stand in each other's place.
    Exchanged,
    /// The same mistake as in another place that prints the same fact.
    Echoed,
    /// Computed wrongly, or from figures that have changed since.
    Computed,
    /// Anything else.
    Other,
}

impl RepairKind {
    /// What happened, in the words of a finding.
    pub fn word(self) -> &'static str {
        match self {
            RepairKind::Swapped => "相邻数字颠倒",
            RepairKind::Digit => "一位数字写错",
            RepairKind::Dropped => "漏写一位数字",
            RepairKind::Doubled => "重复写了一位数字",
            RepairKind::Extra => "多写一位数字",
            RepairKind::Point => "小数点错位",
            RepairKind::Scaled => "数量级写错",
            RepairKind::Unit => "金额单位写错",
            RepairKind::Sign => "正负或增减写反",
            RepairKind::Complement => "写成了100%减去该数",
            RepairKind::Copied => "抄成了相邻处的数",
            RepairKind::Exchanged => "两数互相错位",
            RepairKind::Echoed => "同一数在另一处也写错",
            RepairKind::Computed | RepairKind::Other => "按其余各数推算",
        }
    }

    /// Whether it is a slip of the pen, which leaves a trace in the printed digits.
    pub fn is_typed(self) -> bool {
        !matches!(self, RepairKind::Computed | RepairKind::Other | RepairKind::Echoed)
    }

    /// How unlikely this mistake is, in tenths of a bit, for a figure of so many digits: what it takes to say which kind
    /// of mistake was made, where, and what was put there.
    pub(super) fn cost(self, digits: usize) -> i32 {
        let place = log2(digits);
        match self {
            RepairKind::Unit => 20,
            RepairKind::Digit => 15 + place + ANY_DIGIT,
            RepairKind::Dropped => 25 + log2(digits + 1),
            RepairKind::Doubled => 25 + place,
            RepairKind::Swapped => 25 + log2(digits.saturating_sub(1)),
            RepairKind::Point => 35,
            RepairKind::Scaled => 45,
            RepairKind::Extra => 35 + place + ANY_DIGIT,
            RepairKind::Sign => 35,
            RepairKind::Complement => 40,
            RepairKind::Copied => 60,
            RepairKind::Exchanged | RepairKind::Echoed => 30,
            RepairKind::Computed => 120,
            RepairKind::Other => 60 + ANY_DIGIT * digits.max(2) as i32,
        }
    }
}

/// Which of ten digits: log₂ 10, in tenths.
const ANY_DIGIT: i32 = 33;

/// log₂ n in tenths, cut off; 0 for 0.
fn log2(n: usize) -> i32 {
    let tenth_power = (n.clamp(1, 1000) as u128).pow(10);
    tenth_power.ilog2() as i32
}

/// A figure as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    pub kind: RepairKind,
    /// In the base unit.
    pub base: Exact,
    /// In the number's own unit.
    pub printed: Exact,
    /// Decimals to print it with.
    pub places: u32,
}

#[cfg(test)]
mod tests {
    use super::{RepairKind, log2};

    #[test]
    fn logarithms_are_in_tenths() {
        assert_eq!([1, 2, 3, 4, 8, 10].map(log2), [0, 10, 15, 20, 30, 33]);
    }

    #[test]
    fn a_slip_is_likelier_than_an_arbitrary_figure() {
        for digits in 3..9 {
            for kind in [RepairKind::Swapped, RepairKind::Digit, RepairKind::Dropped, RepairKind::Unit] {
                assert!(kind.cost(digits) < RepairKind::Other.cost(digits), "{kind:?} of {digits}");
            }
        }
    }
}
