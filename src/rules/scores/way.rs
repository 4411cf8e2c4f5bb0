//! Points in proportion: of a target that is to be reached, of one that is not to be passed, and by a coefficient.

use super::{Basis, Fit, Judged, Row};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal, LiteralKind};
use crate::exact::Exact;
use crate::facts::NumberId;
use crate::facts::form::Words;
use crate::rules::indicator::{Sense, comparable, falls_short, figure, is_explained, sense};

/// How the points of a row are worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The target is met: all points.
    Met,
    /// 完成值 ÷ 指标值 × 分值
    Ratio,
    /// 指标值 ÷ 完成值 × 分值, for what should be little.
    Inverse,
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
    Some(Judged { way: Way::Coefficient, basis: Basis::Stated, fit, formula, due: due.shown(row)?, from: vec![id] })
}

/// By target and actual value.
pub(super) fn by_figures(row: &Row, basis: Basis) -> Result<Judged, &'static str> {
    let (target, achieved) = figures(row)?;
    let (planned, done) = (literal(row, target), literal(row, achieved));
    let sense = sense(row.source, row.row, planned).ok_or("看不出指标值是下限还是上限")?;
    let (wanted, had) = comparable(row.source, planned, done).ok_or("指标值与完成值的单位不同")?;
    let from = vec![target, achieved];
    if !falls_short(sense, wanted, had) {
        // Points may lawfully be taken off a target that was met, for a reason that is given.
        let explained = is_explained(row.row);
        let fit = if row.score() < row.weight() && !explained { Fit::Below } else { Fit::Kept };
        let sign = if sense == Sense::AtMost { '≤' } else { '≥' };
        let formula = format!("{} {sign} {}", printed(done), printed(planned));
        return Ok(Judged { way: Way::Met, basis, fit, formula, due: row.weight().normal(), from });
    }
    if basis == Basis::Steps {
        return Err("未达标，而报告另有逐项扣分的办法");
    }
    if row.row.reason.as_ref().is_some_and(says_deduction) {
        return Err("未达标，偏差原因里另写了扣几分");
    }
    if wanted.is_zero() || wanted.is_negative() || had.is_negative() {
        return Err("指标值为零，没有完成比例");
    }
    in_proportion(row, basis, Figures { sense, planned, done, wanted, had, from }).ok_or("位数太多，没有计算")
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
    if target.text.contains('每') != achieved.text.contains('每') {
        return Err("指标值与完成值的单位不同");
    }
    if literal(row, two).hedge != Hedge::None || literal(row, two).kind != LiteralKind::Measure {
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
}

fn in_proportion(row: &Row, basis: Basis, figures: Figures) -> Option<Judged> {
    let Figures { sense, planned, done, wanted, had, from } = figures;
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
            (Way::Inverse, most, least, format!("{weighed} × {} ÷ {}", printed(planned), printed(done)))
        }
        Sense::AtLeast | Sense::Exactly => {
            let due = Due { top: weight.times(had)?, slack: weight.times(half)?, bottom: wanted };
            (Way::Ratio, due, due, format!("{weighed} × {} ÷ {}", printed(done), printed(planned)))
        }
    };
    let exact = Due { bottom: if way == Way::Inverse { had } else { wanted }, ..most };
    // No rounding makes all points of a target that was missed.
    let fit = if row.score() >= weight { Fit::Above } else { least.fit(row, &most)? };
    Some(Judged { way, basis, fit, formula, due: exact.shown(row)?, from })
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
