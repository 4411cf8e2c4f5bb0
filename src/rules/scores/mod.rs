//! Scores replayed: what each row of points can lawfully have, by its weight, its target, its actual value and the way
//! of scoring that the form itself tells. A row that cannot be replayed says why.

mod band;
mod basis;
mod steps;
mod way;

pub(super) use band::Band;
pub use basis::Basis;
pub use way::Way;

use crate::document::Document;
use crate::exact::Exact;
use crate::facts::form::{Form, IndicatorRow};
use crate::facts::{Facts, NumberId};
use crate::finding::Verdict;
use crate::source::{Source, Span};

/// One scored row of a form, replayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The form among the facts, and the row among its indicators.
    pub form: usize,
    pub row: usize,
    pub weight: NumberId,
    pub score: NumberId,
    /// Or why there is nothing to hold the score against.
    pub outcome: Result<Judged, &'static str>,
}

/// A score beside what the row can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub way: Way,
    pub basis: Basis,
    pub fit: Fit,
    /// `10 × 92% ÷ 95%`: how the points are worked out; `97% ≥ 95%` for a target that was met; empty for bands.
    pub formula: String,
    /// What it comes to, in the places of the score or two more than the weight; the upper end of a band.
    pub due: Exact,
    /// The figures beside weight and score that it was worked out from.
    pub from: Vec<NumberId>,
    /// Where the report itself prints how many points are taken off.
    pub said: Option<Span>,
}

/// How the score stands to what the row can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is what is due, rounded in any usual way.
    Kept,
    Above,
    Below,
}

impl Replay {
    /// The figures that were held against each other.
    pub fn checked(&self) -> impl Iterator<Item = NumberId> {
        let from = self.outcome.as_ref().map_or(&[][..], |judged| &judged.from);
        let own = [self.weight, self.score].into_iter().filter(|_| self.outcome.is_ok());
        own.chain(from.iter().copied())
    }
}

impl Judged {
    /// The verdict that working papers show for a score: what is broken is certain only where the report says how points
    /// are given.
    pub fn verdict(&self, score: Exact) -> Verdict {
        match (self.fit, self.basis) {
            (Fit::Kept, _) if score == self.due || matches!(self.way, Way::Met | Way::Band) => Verdict::Exact,
            (Fit::Kept, _) => Verdict::Rounding,
            (Fit::Above | Fit::Below, Basis::Stated) => Verdict::Broken,
            (Fit::Above | Fit::Below, _) => Verdict::Improbable,
        }
    }

    /// `10 × 92% ÷ 95% = 9.68 ≠ 9.9`
    pub fn arithmetic(&self, score: Exact) -> String {
        let sign = match self.verdict(score) {
            Verdict::Exact => "=",
            Verdict::Rounding => "≈",
            Verdict::Improbable | Verdict::Broken | Verdict::Abstained => "≠",
        };
        match self.way {
            Way::Met | Way::Band => self.formula.clone(),
            Way::Ratio | Way::Inverse | Way::Coefficient | Way::Steps => {
                format!("{} = {} {sign} {score}", self.formula, self.due)
            }
        }
    }

    /// What the figures of `from` are.
    pub fn roles(&self) -> [&'static str; 2] {
        match self.way {
            Way::Coefficient => ["得分系数", ""],
            Way::Met | Way::Ratio | Way::Inverse | Way::Steps | Way::Band => ["指标值", "完成值"],
        }
    }
}

/// Every row with a weight and a score, in the order of the report.
pub fn replay(source: &Source, document: &Document, facts: &Facts) -> Vec<Replay> {
    let mut said = None;
    let steps = std::cell::OnceCell::new();
    let mut replays = Vec::new();
    for (at, form) in facts.forms.iter().enumerate() {
        let mut basis = None;
        for (index, row) in form.indicators.iter().enumerate() {
            let (Some(weight), Some(score)) = (row.weight, row.score) else { continue };
            let basis = *basis.get_or_insert_with(|| {
                let said = *said.get_or_insert_with(|| basis::said(document));
                basis::of(said, form, facts)
            });
            let steps = || steps.get_or_init(|| steps::read(document)).as_slice();
            let outcome = judged(&Row { source, facts, form, row, weight, score }, basis, steps);
            replays.push(Replay { form: at, row: index, weight, score, outcome });
        }
    }
    replays
}

/// A scored row with what it stands in.
struct Row<'a> {
    source: &'a Source,
    facts: &'a Facts,
    form: &'a Form,
    row: &'a IndicatorRow,
    weight: NumberId,
    score: NumberId,
}

impl Row<'_> {
    fn weight(&self) -> Exact {
        self.facts.number(self.weight).literal.value
    }

    fn score(&self) -> Exact {
        self.facts.number(self.score).literal.value
    }
}

fn judged<'s>(row: &Row, basis: Basis, steps: impl Fn() -> &'s [(steps::Step, Span)]) -> Result<Judged, &'static str> {
    if row.weight().is_zero() {
        return Err("分值为零");
    }
    if let Some(judged) = way::by_coefficient(row) {
        return Ok(judged);
    }
    if let Some(judged) = band::judged(row, basis) {
        return Ok(judged);
    }
    way::by_figures(row, basis, steps)
}
