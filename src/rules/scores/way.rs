//! Points in proportion: of a target that is to be reached, of one that is not to be passed, and by a coefficient.

use super::steps::{self, Missed, Step};
use super::{Basis, Fit, Judged, Row};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal, LiteralKind};
use crate::exact::Exact;
use crate::facts::NumberId;
use crate::facts::form::Words;
use crate::rules::indicator::{Sense, about, comparable, counter, falls_short, figure, is_explained, sense};
use crate::source::Span;

/// How the points of a row are worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The target is met: all points.
    Met,
    /// 完成值 ÷ 指标值 × 分值
    Ratio,
    /// 指标值 ÷ 完成值 × 分值, for what should be little.
    Inverse,
    /// So many points off for each so much that is missing, as the report prints it.
    Steps,
    /// 得分系数 × 分值, as the form prints it.
    Coefficient,
    /// One of three bands in words.
    Band,
}

/// The form prints its coefficient: 得分系数90%, 权重10, 得分9.
pub(super) fn by_coefficient(row: &Row) -> Option<Judged> {
    let id = row.row.coefficient?;
    let literal = &row.facts.number(id).literal;
    // 90 under 得分系数 is 90%.
    let (top, bottom) = match literal.base()? {
        share if share > Exact::ONE => (share, Exact::from(100)),
        share => (share, Exact::ONE),
    };
    let due = Due { top: row.weight().times(top)?, slack: Exact::ZERO, bottom };
    let formula = if bottom.is_one() {
        format!("{} × {}", plain(row.weight()), printed(literal))
    } else {
        format!("{} × {} ÷ 100", plain(row.weight()), printed(literal))
    };
    let fit = due.fit(row, &due)?;
    Some(Judged {
        way: Way::Coefficient,
        basis: Basis::Stated,
        fit,
        formula,
        due: due.shown(row)?,
        from: vec![id],
        said: None,
    })
}

/// By target and actual value.
pub(super) fn by_figures<'s>(
    row: &Row,
    basis: Basis,
    steps: impl Fn() -> &'s [(Step, Span)],
) -> Result<Judged, &'static str> {
    let (target, achieved) = figures(row)?;
    let (planned, done) = (literal(row, target), literal(row, achieved));
    let times = times(row, planned)?;
    let sense = sense(row.source, row.row, planned)
        .or_else(|| about(row.source, row.row, planned))
        .ok_or("看不出指标值是下限还是上限")?;
    let (wanted, had) = comparable(row.source, planned, done).ok_or("指标值与完成值的单位不同")?;
    let much = sense != Sense::AtMost;
    let wanted = wanted.times(times).and_then(|wanted| at_best(wanted, planned, !much));
    let had = at_best(had, done, much);
    let (Some(wanted), Some(had)) = (wanted, had) else { return Err("位数太多，没有计算") };
    let from = vec![target, achieved];
    let often = if times.is_one() { String::new() } else { format!(" × {times}") };
    if !falls_short(sense, wanted, had) {
        // Points may lawfully be taken off a target that was met, for a reason that is given.
        let explained = is_explained(row.row) || done.hedge != Hedge::None;
        let fit = if row.score() < row.weight() && !explained { Fit::Below } else { Fit::Kept };
        let sign = if sense == Sense::AtMost { '≤' } else { '≥' };
        let formula = format!("{} {sign} {}{often}", printed(done), printed(planned));
        return Ok(Judged { way: Way::Met, basis, fit, formula, due: row.weight().normal(), from, said: None });
    }
    if basis == Basis::Steps {
        let missed = Missed { sense, planned, wanted, had, from };
        return steps::judged(row, steps(), missed).ok_or("未达标，而报告另有逐项扣分的办法");
    }
    if row.row.reason.as_ref().is_some_and(says_deduction) {
        return Err("未达标，偏差原因里另写了扣几分");
    }
    if wanted.is_zero() || wanted.is_negative() || had.is_negative() {
        return Err("指标值为零，没有完成比例");
    }
    in_proportion(row, basis, Figures { sense, planned, done, wanted, had, from, often }).ok_or("位数太多，没有计算")
}

/// 每月1次 beside 12次: how often in the year that the form is about the target comes up.
fn times(row: &Row, planned: &Literal) -> Result<Exact, &'static str> {
    let text = |words: &Option<Words>| words.as_ref().map_or("", |words| words.text.as_str()).to_owned();
    let (target, achieved) = (text(&row.row.target), text(&row.row.achieved));
    if target.contains('每') == achieved.contains('每') {
        return Ok(Exact::ONE);
    }
    let occasions = ["次", "场", "期", "批", "场次", "批次"].contains(&counter(row.source, planned));
    let often = OFTEN.iter().find(|(word, _)| target.contains(word)).filter(|_| occasions);
    often.map(|(_, times)| Exact::from(*times)).ok_or("指标值与完成值的单位不同")
}

/// How often each comes round in a year. 每周 is 52 or 53 times.
const OFTEN: &[(&str, u32)] = &[("每月", 12), ("每个月", 12), ("每季", 4), ("每半年", 2), ("每年", 1)];

/// 约5000亩, 近4900亩: an inexact figure at its best for the unit.
fn at_best(value: Exact, literal: &Literal, more_is_better: bool) -> Option<Exact> {
    let tenths = match literal.hedge {
        Hedge::About if more_is_better => 11,
        Hedge::About => 9,
        Hedge::More if more_is_better => 12,
        Hedge::More | Hedge::None | Hedge::AtLeast | Hedge::AtMost => return Some(value),
    };
    value.times(Exact::new(tenths, 1)?)
}

/// The only figure of the target and of the actual value.
fn figures(row: &Row) -> Result<(NumberId, NumberId), &'static str> {
    let (Some(target), Some(achieved)) = (&row.row.target, &row.row.achieved) else {
        return Err("表里没有指标值或完成值一栏");
    };
    if !target.is_filled() || !achieved.is_filled() {
        return Err("指标值或完成值空着");
    }
    if target.numbers.is_empty() || achieved.numbers.is_empty() {
        return Err("指标值或完成值是文字");
    }
    let only = |words: &Words| figure(row.facts, words).map(|_| words.numbers[0]);
    let (Some(one), Some(two)) = (only(target), only(achieved)) else {
        return Err("指标值或完成值里不止一个数，或者是日期");
    };
    let inexact = matches!(literal(row, two).hedge, Hedge::AtLeast | Hedge::AtMost);
    if inexact || literal(row, two).kind != LiteralKind::Measure {
        return Err("完成值不是确数");
    }
    Ok((one, two))
}

fn literal<'a>(row: &Row<'a>, id: NumberId) -> &'a Literal {
    &row.facts.number(id).literal
}

/// The reason for a deviation itself says how many points were taken off.
fn says_deduction(words: &Words) -> bool {
    words.text.contains('扣') && words.text.contains('分')
}

/// A target that was not met, with its actual value in one unit.
struct Figures<'a> {
    sense: Sense,
    planned: &'a Literal,
    done: &'a Literal,
    wanted: Exact,
    had: Exact,
    from: Vec<NumberId>,
    /// ` × 12`, for a target of each month.
    often: String,
}

fn in_proportion(row: &Row, basis: Basis, figures: Figures) -> Option<Judged> {
    let Figures { sense, planned, done, wanted, had, from, often } = figures;
    let weight = row.weight();
    let half = half_place(done, had)?;
    let weighed = plain(weight);
    let (way, most, least, formula) = match sense {
        Sense::AtMost => {
            let most = Due { top: weight.times(wanted)?, slack: Exact::ZERO, bottom: had.minus(half)? };
            // Where a figure passes its bound, some provinces take off what it passes it by: 1 − (完成值 − 指标值) ÷ 指标值.
            let rest = wanted.plus(wanted)?.minus(had)?;
            let rest = if rest.is_negative() { Exact::ZERO } else { rest };
            let least = Due { top: weight.times(rest)?, slack: weight.times(half)?, bottom: wanted };
            (Way::Inverse, most, least, format!("{weighed} × {}{often} ÷ {}", printed(planned), printed(done)))
        }
        Sense::AtLeast | Sense::Exactly => {
            let due = Due { top: weight.times(had)?, slack: weight.times(half)?, bottom: wanted };
            (Way::Ratio, due, due, quotient(&weighed, printed(done), printed(planned), &often))
        }
    };
    let exact = Due { bottom: if way == Way::Inverse { had } else { wanted }, ..most };
    // No rounding makes all points of a target that was missed.
    let fit = if row.score() >= weight { Fit::Above } else { least.fit(row, &most)? };
    Some(Judged { way, basis, fit, formula, due: exact.shown(row)?, from, said: None })
}

/// `10 × 11次 ÷ (1次 × 12)`
fn quotient(weight: &str, done: String, planned: String, often: &str) -> String {
    if often.is_empty() {
        format!("{weight} × {done} ÷ {planned}")
    } else {
        format!("{weight} × {done} ÷ ({planned}{often})")
    }
}

/// Half of the last place that a figure is printed with, in the unit of `shown`; nothing for what is counted.
fn half_place(literal: &Literal, shown: Exact) -> Option<Exact> {
    let counted = matches!(literal.unit.dimension(), Dimension::Count | Dimension::People | Dimension::Bare);
    if counted && literal.places == 0 {
        return Some(Exact::ZERO);
    }
    let half = Exact::new(5, literal.places + 1)?;
    if literal.value == shown { Some(half) } else { literal.unit.to_base(half) }
}

/// Points as a quotient, give or take what rounding of the actual value makes of it.
#[derive(Clone, Copy)]
struct Due {
    top: Exact,
    slack: Exact,
    bottom: Exact,
}

impl Due {
    /// How the score of a row stands between these points and `most`, as far as the places that it is printed with tell.
    fn fit(&self, row: &Row, most: &Due) -> Option<Fit> {
        let unit = grain(row)?;
        let half = unit.times(Exact::new(5, 1)?)?;
        let score = row.score();
        if score.minus(half)?.times(most.bottom)? > most.top.plus(most.slack)? {
            return Some(Fit::Above);
        }
        let below = score.plus(unit)?.times(self.bottom)? <= self.top.minus(self.slack)?;
        Some(if below { Fit::Below } else { Fit::Kept })
    }

    fn shown(&self, row: &Row) -> Option<Exact> {
        let places = row.facts.number(row.score).literal.places.max(2);
        Some(self.top.shown_quotient(self.bottom, places)?.normal())
    }
}

/// The steps in which a form gives points: those of the score's last place, or halves where it knows no other fraction.
fn grain(row: &Row) -> Option<Exact> {
    let half = Exact::new(5, 1)?;
    let score = &row.facts.number(row.score).literal;
    let scores = row.form.indicators.iter().filter_map(|row| row.score);
    let halves = scores
        .map(|id| &row.facts.number(id).literal)
        .all(|literal| literal.places <= 1 && literal.value.is_multiple_of(half).unwrap_or(false));
    match score.places {
        1 if halves => Some(half),
        places => Exact::new(1, places),
    }
}

fn plain(value: Exact) -> String {
    value.normal().to_string()
}

fn printed(literal: &Literal) -> String {
    format!("{}{}", literal.value.with_places(literal.places), literal.unit.word())
}
