//! The words that results use for stages, scopes, measures and units. A digest keeps the place of a word in its list.

use crate::document::literal::Dimension;
use crate::document::{Hedge, Unit};
use crate::facts::{Measure, Scope, Stage};
use crate::finding::Verdict;

/// A list by the order in which the variants are declared, and the word at a place of it.
macro_rules! words {
    ($list:ident, $word:ident: $of:ty { $($variant:ident = $text:literal,)* }) => {
        const $list: &[($of, &str)] = &[$((<$of>::$variant, $text),)*];

        pub fn $word(place: u8) -> &'static str {
            $list.get(usize::from(place)).map_or("", |(_, word)| word)
        }
    };
}

words! { MEASURES, measure: Measure {
    Level = "数额", Rate = "执行率", Arrival = "到位率", Control = "控制率", Share = "占比", Change = "增减额", Growth = "增减率",
    Weight = "分值", Score = "得分", Target = "指标值", Actual = "完成值",
} }
words! { SCOPES, scope: Scope {
    Unstated = "", All = "全口径", Appropriation = "财政拨款", General = "一般公共预算", GovernmentFund = "政府性基金",
    StateCapital = "国有资本经营", SocialInsurance = "社会保险基金", SpecialAccount = "财政专户", Other = "其他资金",
    UnderGeneral = "标题：一般公共预算", UnderGovernmentFund = "标题：政府性基金", UnderStateCapital = "标题：国有资本经营",
    UnderSocialInsurance = "标题：社会保险基金", UnderAppropriation = "标题：财政拨款",
} }
words! { STAGES, stage: Stage {
    Unstated = "", Budget = "预算", Initial = "年初预算", Adjustment = "追加调整", Adjusted = "全年预算", Arrived = "到位",
    Final = "决算", CarriedIn = "上年结转", CarriedOut = "年末结转",
} }
words! { UNITS, unit: Unit {
    None = "", Yuan = "元", ThousandYuan = "千元", WanYuan = "万元", YiYuan = "亿元", WanYiYuan = "万亿元", Percent = "%", PerMille = "‰",
    PercentPoint = "百分点", Times = "倍", Score = "分", YuanPer = "元/单位", SquareMetre = "平方米", WanSquareMetre = "万平方米",
    Person = "人", PersonTime = "人次", Counter = "计数", WanCounter = "万计数", YiCounter = "亿计数",
} }
words! { HEDGES, hedge: Hedge {
    None = "", About = "约", More = "余", AtLeast = "以上", AtMost = "以下",
} }
words! { VERDICTS, verdict: Verdict {
    Exact = "exact", Rounding = "rounding", Improbable = "improbable", Broken = "broken", Abstained = "abstained",
} }

/// What a unit measures.
pub fn dimension(place: u8) -> &'static str {
    match UNITS.get(usize::from(place)).map_or(Dimension::Bare, |(unit, _)| unit.dimension()) {
        Dimension::Money => "金额",
        Dimension::MoneyRate => "单价",
        Dimension::Ratio => "比率",
        Dimension::RatioPoint => "百分点",
        Dimension::Score => "分数",
        Dimension::Area => "面积",
        Dimension::People => "人数",
        Dimension::Count => "数量",
        Dimension::Bare => "",
    }
}

/// Ten to this power gives the base unit.
pub(crate) fn exponent(place: u8) -> i32 {
    UNITS.get(usize::from(place)).map_or(0, |(unit, _)| unit.exponent())
}

pub(crate) fn is_money(place: u8) -> bool {
    UNITS.get(usize::from(place)).is_some_and(|(unit, _)| unit.is_money())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_its_place() {
        assert!(MEASURES.iter().enumerate().all(|(at, (each, _))| *each as usize == at));
        assert!(SCOPES.iter().enumerate().all(|(at, (each, _))| *each as usize == at));
        assert!(STAGES.iter().enumerate().all(|(at, (each, _))| *each as usize == at));
        assert!(UNITS.iter().enumerate().all(|(at, (each, _))| *each as usize == at));
        assert!(HEDGES.iter().enumerate().all(|(at, (each, _))| *each as usize == at));
        assert!(VERDICTS.iter().enumerate().all(|(at, (each, _))| *each as usize == at));
        assert_eq!((stage(Stage::Final as u8), scope(Scope::Other as u8), unit(250)), ("决算", "其他资金", ""));
    }
}
