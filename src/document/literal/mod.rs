//! Numbers as printed.

mod date;
mod digits;
mod hedge;
mod scan;
mod unit;
mod written;

pub use scan::{scan, scan_from};
pub(crate) use written::{is_written_digit, worth};

use crate::exact::{Exact, Interval};
use crate::source::{FlowRange, Span};

/// A number of the report, kept as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    pub kind: LiteralKind,
    /// The digits, sign and unit in the report: `1,234.50万元`.
    pub span: Span,
    /// The digits alone, in the report.
    pub digits: Span,
    /// The same as `span`, in the flow that was scanned.
    pub range: FlowRange,
    /// The number as printed, in its own unit: 9.62 for 9.62%, 2463.3 for 2463.3万元.
    pub value: Exact,
    /// Printed decimal places.
    pub places: u32,
    pub unit: Unit,
    /// Whether the unit is printed with the number; otherwise it is inherited (table) or absent.
    pub unit_printed: bool,
    pub hedge: Hedge,
}

/// What kind of thing the digits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiteralKind {
    /// A number that measures something: amounts, percentages, counts, scores.
    Measure,
    /// 2024年, 2024年度, 2023年12月31日, 10月17日, 1-2月, 2024-05-16
    Date,
    /// 〔2024〕8号, 2130199, telephone numbers, row numbers, 第5号
    Code,
    /// Part of a name or of a list number: 附件3-1, A4纸, 三公, 1.
    Name,
}

/// A unit of measure. Money converts; nothing else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    None,
    Yuan,
    ThousandYuan,
    WanYuan,
    YiYuan,
    WanYiYuan,
    Percent,
    PerMille,
    /// 个百分点
    PercentPoint,
    /// 倍
    Times,
    /// 分 (scores)
    Score,
    /// 元/人, 元/人·月: a rate of money, comparable with nothing else
    YuanPer,
    /// 平方米 (㎡, m², m^2, 平米)
    SquareMetre,
    /// 万平方米
    WanSquareMetre,
    /// 人, 人次, 名, 户
    Person,
    PersonTime,
    /// A counter whose word is kept in the text: 个, 项, 家, 次, 辆, 场, 台, 公里, 天, 小时, 亩, 吨 …
    Counter,
    /// 万 before a counter: 13万次, 万亩
    WanCounter,
    /// 亿 before a counter or alone: 3亿次, 3亿
    YiCounter,
}

/// How a number is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    None,
    /// 约, 近, 左右, 大约, 上下
    About,
    /// 余, 多: somewhat more
    More,
    /// 以上, 超过, 大于, 不低于, ≥, 至少, 不少于
    AtLeast,
    /// 以下, 不超过, 小于, 不足, ≤, 以内
    AtMost,
}

/// What can be compared and added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    Money,
    MoneyRate,
    Ratio,
    RatioPoint,
    Score,
    Area,
    People,
    Count,
    Bare,
}

impl Unit {
    /// Ten to this power gives the base unit: 元, 1 (for ratios), 平方米, one.
    pub fn exponent(self) -> i32 {
        match self {
            Unit::WanYuan | Unit::WanSquareMetre | Unit::WanCounter => 4,
            Unit::YiYuan | Unit::YiCounter => 8,
            Unit::WanYiYuan => 12,
            Unit::ThousandYuan => 3,
            Unit::Percent | Unit::PercentPoint => -2,
            Unit::PerMille => -3,
            _ => 0,
        }
    }

    pub fn dimension(self) -> Dimension {
        match self {
            Unit::None => Dimension::Bare,
            Unit::Yuan | Unit::ThousandYuan | Unit::WanYuan | Unit::YiYuan | Unit::WanYiYuan => Dimension::Money,
            Unit::YuanPer => Dimension::MoneyRate,
            Unit::Percent | Unit::PerMille | Unit::Times => Dimension::Ratio,
            Unit::PercentPoint => Dimension::RatioPoint,
            Unit::Score => Dimension::Score,
            Unit::SquareMetre | Unit::WanSquareMetre => Dimension::Area,
            Unit::Person | Unit::PersonTime => Dimension::People,
            Unit::Counter | Unit::WanCounter | Unit::YiCounter => Dimension::Count,
        }
    }

    /// Whether it counts single things: a whole number of them is exact, one of 万 is rounded.
    pub fn is_counter(self) -> bool {
        matches!(self, Unit::Counter | Unit::Person | Unit::PersonTime)
    }

    /// How findings print the unit.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::ThousandYuan => "千元",
            Unit::WanYuan => "万元",
            Unit::YiYuan => "亿元",
            Unit::WanYiYuan => "万亿元",
            Unit::Percent => "%",
            Unit::PerMille => "‰",
            Unit::PercentPoint => "个百分点",
            Unit::Times => "倍",
            Unit::Score => "分",
            Unit::YuanPer => "元/单位",
            Unit::SquareMetre => "平方米",
            Unit::WanSquareMetre => "万平方米",
            Unit::Person => "人",
            Unit::PersonTime => "人次",
            Unit::WanCounter => "万",
            Unit::YiCounter => "亿",
            Unit::None | Unit::Counter => "",
        }
    }
}

impl Literal {
    /// The value in the base unit of its dimension: 元 for money, a fraction for percentages. `None` past 28 digits.
    pub fn base(&self) -> Option<Exact> {
        self.unit.to_base(self.value)
    }

    /// Half a unit in the place `places`, in the base unit.
    fn half_ulp(&self, places: u32) -> Option<Exact> {
        let exponent = self.unit.exponent() - 1 - places as i32;
        if exponent < 0 {
            Exact::new(5, exponent.unsigned_abs())
        } else {
            Exact::power_of_ten(exponent)?.times(Exact::from(5))
        }
    }

    /// What the number can stand for as printed, in the base unit (the loose interval).
    pub fn loose(&self) -> Option<Interval> {
        self.interval(self.places)
    }

    /// What the number can stand for where the report usually prints `usual` decimals for this unit: trailing zeros are
    /// dropped in writing, so a printed 400 is normally 400.00 (the strict interval). In the base unit.
    pub fn strict(&self, usual: u32) -> Option<Interval> {
        self.interval(self.places.max(usual))
    }

    fn interval(&self, places: u32) -> Option<Interval> {
        use crate::exact::End;
        let (value, half) = (self.base()?, self.half_ulp(places)?);
        let near = if self.unit.is_counter() && self.places == 0 {
            Interval::point(value)
        } else {
            Interval::rounding(value, half)?
        };
        if self.hedge == Hedge::None {
            return Some(near);
        }
        let tenth = value.times(Exact::new(1, 1)?)?;
        Some(match self.hedge {
            Hedge::None => near,
            Hedge::About => Interval { low: End::Closed(value.minus(tenth)?), high: End::Closed(value.plus(tenth)?) },
            Hedge::More => Interval { low: near.low, high: End::Closed(value.plus(tenth)?.plus(tenth)?) },
            Hedge::AtLeast => Interval { low: near.low, high: End::Unbounded },
            Hedge::AtMost => Interval { low: End::Unbounded, high: near.high },
        })
    }
}
