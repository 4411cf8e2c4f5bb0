//! 每低1个百分点扣0.5分，扣完为止: points taken off in steps, as the report prints them.

use std::ops::Range;

use super::{Basis, Fit, Judged, Row, Way};
use crate::document::Document;
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::NumberId;
use crate::rules::indicator::{Sense, counter};
use crate::rules::reading::stretches;
use crate::source::Span;

/// So many points for each so much that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The indicator that it is for: 满意度.
    subject: String,
    per: Exact,
    /// 个百分点, 次, 家
    unit: String,
    off: Exact,
    /// Where the points stand in the sentence.
    at: Range<usize>,
}

/// Words between 每 and the number.
const SHORT: &[&str] = &[
    "降低", "低于", "低", "减少", "少于", "少", "下降", "缺少", "缺", "超过", "超出", "超", "高于", "高", "多", "增加",
];
/// Indicators are told by no shorter name.
const SHORTEST: usize = 2;
/// With more steps a row has lost all of its points.
const MOST_STEPS: u32 = 1000;

/// The steps that the report prints, and where it prints the points.
pub(super) fn read(document: &Document) -> Vec<(Step, Span)> {
    let mut found = Vec::new();
    for stretch in stretches(document) {
        let mut start = 0;
        for sentence in stretch.text().split_inclusive(['。', '；', '\n']) {
            let step = step(sentence.trim_end_matches(['。', '；', '\n']));
            found.extend(step.map(|step| {
                let span = stretch.span(start + step.at.start..start + step.at.end);
                (step, span)
            }));
            start += sentence.len();
        }
    }
    found
}

/// 注：满意度每低1个百分点扣0.5分
fn step(sentence: &str) -> Option<Step> {
    let (before, after) = sentence.split_once('每')?;
    let (short, taken) = after.split_once('扣')?;
    let short = SHORT.iter().find_map(|word| short.strip_prefix(word))?;
    let (per, unit) = number(short)?;
    let taken = taken.trim_start_matches(['除', '减']);
    let (off, points) = number(taken)?;
    let at = sentence.len() - taken.len()..sentence.len() - points.len();
    let subject = before.rsplit(['，', '：', ':', '、', '注']).next().unwrap_or(before);
    let subject = subject.trim_end_matches(['率', '值']).trim_end_matches("指标");
    let unit = unit.trim_end_matches(['，', ',']).to_owned();
    let whole = !unit.contains(['，', '每', '的']) && points.starts_with('分');
    (whole && !per.is_zero() && !off.is_zero()).then(|| Step { subject: subject.to_owned(), per, unit, off, at })
}

/// A number at the beginning of a text, and what follows it.
fn number(text: &str) -> Option<(Exact, &str)> {
    if let Some(rest) = text.strip_prefix('一') {
        return Some((Exact::ONE, rest));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa: i128 = format!("{whole}{part}").parse().ok()?;
    Some((Exact::new(mantissa, u32::try_from(part.len()).ok()?)?, rest))
}

/// A target that was missed, with what is missing.
pub(super) struct Missed<'a> {
    pub(super) sense: Sense,
    pub(super) planned: &'a crate::document::Literal,
    pub(super) wanted: Exact,
    pub(super) had: Exact,
    pub(super) from: Vec<NumberId>,
}

/// The points of a row whose steps the report prints: counted in whole steps, a begun one counted or not.
pub(super) fn judged(row: &Row, steps: &[(Step, Span)], missed: Missed) -> Option<Judged> {
    let mut own = steps.iter().filter(|(step, _)| step.is_of(row, &missed));
    let (step, said) = own.next().filter(|_| own.next().is_none())?;
    let short = match missed.sense {
        Sense::AtMost => missed.had.minus(missed.wanted)?,
        Sense::AtLeast | Sense::Exactly => missed.wanted.minus(missed.had)?,
    };
    let short = if step.is_of_points() { short.times(Exact::from(100))? } else { short };
    let (full, begun) = counted(short, step.per)?;
    let weight = row.weight();
    let left = |count: u32| {
        let rest = weight.minus(step.off.times(Exact::from(count))?)?;
        Some(if rest.is_negative() { Exact::ZERO } else { rest.normal() })
    };
    let (most, least) = (left(full)?, left(begun)?);
    let fit = match row.score() {
        score if score > most => Fit::Above,
        score if score < least => Fit::Below,
        _ => Fit::Kept,
    };
    let formula = format!("{} - {full} × {}", weight.normal(), step.off.normal());
    Some(Judged {
        way: Way::Steps,
        basis: Basis::Stated,
        fit,
        formula,
        due: most,
        from: missed.from,
        said: Some(*said),
    })
}

/// How many whole steps there are in what is missing, and how many with a begun one.
fn counted(short: Exact, per: Exact) -> Option<(u32, u32)> {
    let full =
        (0..MOST_STEPS).take_while(|count| per.times(Exact::from(count + 1)).is_some_and(|sum| sum <= short)).count();
    let full = u32::try_from(full).ok()?;
    let begun = full + u32::from(per.times(Exact::from(full))? < short);
    Some((full, begun))
}

impl Step {
    fn is_of_points(&self) -> bool {
        self.unit.contains('%') || self.unit.contains("百分点")
    }

    /// Whether the step is for this row, by the words before it and by what it counts.
    fn is_of(&self, row: &Row, missed: &Missed) -> bool {
        let name = &row.row.name.text;
        let named = self.subject.chars().count() >= SHORTEST
            && (name.contains(&self.subject) || row.row.levels.iter().any(|level| level.text.contains(&self.subject)));
        let ratio = missed.planned.unit.dimension() == Dimension::Ratio;
        let alike = if ratio { self.is_of_points() } else { counter(row.source, missed.planned) == self.unit };
        named && alike
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, step};
    use crate::exact::Exact;

    #[test]
    fn steps_are_read() {
        let found = step("注：满意度每低1个百分点扣0.5分，扣完为止").expect("a step");
        assert_eq!((found.subject.as_str(), found.unit.as_str()), ("满意度", "个百分点"));
        assert_eq!((Some(found.per), Some(found.off)), (Exact::new(1, 0), Exact::new(5, 1)));
        assert!(step("每低1个百分点扣减养护费100元").is_none());
        assert_eq!(step("开展培训每少一次扣1分").map(|step| step.unit), Some("次".to_owned()));
    }

    #[test]
    fn begun_steps_may_count() {
        let whole = |value: u32| Exact::from(value);
        assert_eq!(counted(whole(5), whole(1)), Some((5, 5)));
        assert_eq!(counted(whole(5), whole(2)), Some((2, 3)));
        assert_eq!(counted(whole(1), whole(2)), Some((0, 1)));
    }
}
