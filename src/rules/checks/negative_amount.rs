//! 金额为负: a budget or an expense below zero.

use super::{Context, Sink};
use crate::document::literal::Dimension;
use crate::facts::{Measure, Stage};
use crate::rules::reading::contains_any;

/// Names of what may well be negative.
const MAY_BE: &[&str] = &[
    "结余", "结转", "调整", "追加", "追减", "调减", "增减", "增加", "减少", "差", "变动", "净", "冲", "退", "利润",
    "盈亏", "收益", "缺口",
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for fact in &context.facts.facts {
        let literal = &context.facts.number(fact.number).literal;
        let stated = matches!(fact.key.stage, Stage::Initial | Stage::Adjusted | Stage::Arrived | Stage::Final);
        let spent = fact.key.measure == Measure::Level && literal.unit.dimension() == Dimension::Money;
        if literal.value.is_negative() && stated && spent && !contains_any(&fact.label, MAY_BE) {
            let message = format!("“{}”是负数，没有说明", fact.label);
            sink.report(literal.span, "负数", message);
        }
    }
}
