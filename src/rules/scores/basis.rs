//! What is known of how a form gives points.

use crate::document::Document;
use crate::facts::form::Form;
use crate::facts::{Facts, scheme};
use crate::rules::reading::{contains_any, finder, stretches};

/// How sure it is that points are given in proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The report says so: 未完成的按完成比例计分.
    Stated,
    /// The weights are those of a scheme whose notice says so.
    Scheme,
    /// The weights are of no known scheme.
    Unknown,
    /// The report takes points off in steps (每低1个百分点扣0.5分), or grades by a rubric of its own.
    Steps,
}

/// What the report says of its way of scoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Proportion,
    Steps,
    Nothing,
}

/// Points in proportion, in the words of forms and notes.
const PROPORTION: &[&str] = &[
    "按完成比例", "按实际完成比例", "按完成率", "按比例", "所占比例", "完成值/指标值", "完成值÷指标值",
    "完成值/年度指标值", "完成值÷年度指标值", "完成值与指标值的比例",
];
/// Words of giving points: 考核低于90分的按比例扣减养护费 takes off money.
const POINTS: &[&str] = &["计分", "记分", "得分", "分值", "赋分", "扣分", "给分"];

pub(super) fn said(document: &Document) -> Said {
    let mut proportion = false;
    let is_told = |part: &str| contains_any(part, PROPORTION) && contains_any(part, POINTS);
    for stretch in stretches(document) {
        let text = stretch.text();
        if text.contains('扣') && takes_steps(text) {
            return Said::Steps;
        }
        // Most stretches say nothing of the kind: one pass tells.
        proportion =
            proportion || finder!(PROPORTION.iter().copied()).any(text) && text.split(['。', '；']).any(is_told);
    }
    if proportion { Said::Proportion } else { Said::Nothing }
}

/// 每低1个百分点扣0.5分, 每少一次扣1分: in one sentence, and of points.
fn takes_steps(text: &str) -> bool {
    text.split(['。', '；', '\n'])
        .filter(|sentence| sentence.contains('扣') && sentence.contains('分'))
        .any(|sentence| sentence.find('每').is_some_and(|at| sentence[at..].contains('扣')))
}

pub(super) fn of(said: Said, form: &Form, facts: &Facts) -> Basis {
    match said {
        Said::Steps => Basis::Steps,
        Said::Proportion => Basis::Stated,
        Said::Nothing => match scheme::of(form, &facts.numbers) {
            Some(scheme) if scheme.is_rubric() => Basis::Steps,
            Some(scheme) if scheme.is_known() => Basis::Scheme,
            Some(_) | None => Basis::Unknown,
        },
    }
}
