//! Keys of facts in the words of the field; nothing for what is not stated.

use crate::document::literal::Dimension;
use crate::facts::{Entity, Measure, Period, Scope, Stage};

pub(super) fn item(entity: &Entity) -> String {
    match entity {
        Entity::Unit => String::new(),
        Entity::Item(name) => name.clone(),
    }
}

pub(super) fn period(period: Period) -> String {
    match period {
        Period::Unstated => String::new(),
        Period::Year(year) => format!("{year}年"),
    }
}

pub(super) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Level => "数额",
        Measure::Rate => "执行率",
        Measure::Arrival => "到位率",
        Measure::Control => "控制率",
        Measure::Share => "占比",
        Measure::Change => "增减额",
        Measure::Growth => "增减率",
        Measure::Weight => "分值",
        Measure::Score => "得分",
        Measure::Target => "指标值",
        Measure::Actual => "完成值",
    }
}

pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Unstated => "",
        Stage::Budget => "预算",
        Stage::Initial => "年初预算",
        Stage::Adjustment => "预算调整",
        Stage::Adjusted => "全年预算",
        Stage::Arrived => "到位资金",
        Stage::Final => "决算",
        Stage::CarriedIn => "上年结转",
        Stage::CarriedOut => "年末结转结余",
    }
}

pub(super) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Unstated => "",
        Scope::All => "全口径",
        Scope::Appropriation | Scope::UnderAppropriation => "财政拨款",
        Scope::General | Scope::UnderGeneral => "一般公共预算",
        Scope::GovernmentFund | Scope::UnderGovernmentFund => "政府性基金",
        Scope::StateCapital | Scope::UnderStateCapital => "国有资本经营",
        Scope::SocialInsurance | Scope::UnderSocialInsurance => "社会保险基金",
        Scope::SpecialAccount => "财政专户",
        Scope::Other => "其他资金",
    }
}

pub(super) fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Money => "金额",
        Dimension::MoneyRate => "单价",
        Dimension::Ratio => "比率",
        Dimension::RatioPoint => "百分点",
        Dimension::Score => "分数",
        Dimension::Area => "面积",
        Dimension::People => "人数",
        Dimension::Count => "个数",
        Dimension::Bare => "数",
    }
}
