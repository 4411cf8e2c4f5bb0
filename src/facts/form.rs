//! Forms: tables row by row, with their blank cells and their words, for rules about how a form was filled in.

use super::{Concept, Entity, NumberId, Period, Scope, Stage};
use crate::document::Blank;
use crate::source::Span;

/// A self-assessment form, or a table of amounts.
#[derive(Clone, Debug)]
pub struct Form {
    /// The block of the (first) table.
    pub block: usize,
    /// The project that it is about, or the whole unit.
    pub entity: Entity,
    /// The project's name as printed.
    pub project: Option<Words>,
    pub amounts: Vec<AmountRow>,
    pub indicators: Vec<IndicatorRow>,
    pub goal: Option<Goal>,
    /// 总分: the sum of the weights and of the scores.
    pub total: ScoreTotal,
}

/// A cell's words.
#[derive(Clone, Debug)]
pub struct Words {
    /// Without blanks; empty for a blank cell.
    pub text: String,
    pub span: Span,
    pub blank: Blank,
    /// The numbers in it, in order.
    pub numbers: Vec<NumberId>,
}

/// 一级指标|二级指标|三级指标|指标值|完成值|分值|得分|偏差原因
#[derive(Clone, Debug)]
pub struct IndicatorRow {
    /// The labels before the name, the outermost first, merged ones filled down.
    pub levels: Vec<Words>,
    pub name: Words,
    pub target: Option<Words>,
    pub achieved: Option<Words>,
    pub weight: Option<NumberId>,
    pub score: Option<NumberId>,
    /// 得分系数: the share of the weight that the form itself gives.
    pub coefficient: Option<NumberId>,
    /// 指标性质: ≥, ≤, =, 定性
    pub sense: Option<Words>,
    /// 度量单位
    pub unit: Option<Words>,
    /// 偏差原因; `None` where the form has no such column.
    pub reason: Option<Words>,
}

/// A row of amounts at several stages.
#[derive(Clone, Debug)]
pub struct AmountRow {
    pub label: Words,
    pub concept: Option<Concept>,
    pub scope: Option<Scope>,
    /// The row adds up the others of its form.
    pub total: bool,
    pub cells: Vec<AmountCell>,
    pub rate: Option<NumberId>,
    pub weight: Option<NumberId>,
    pub score: Option<NumberId>,
}

/// One amount of a row, or its blank cell.
#[derive(Clone, Debug)]
pub struct AmountCell {
    pub stage: Stage,
    pub period: Option<Period>,
    pub words: Words,
    /// The number that is all of the cell.
    pub number: Option<NumberId>,
}

/// 预期目标 beside 实际完成情况.
#[derive(Clone, Debug)]
pub struct Goal {
    pub expected: Words,
    pub achieved: Option<Words>,
}

/// The numbers of the 总分 row.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScoreTotal {
    pub weight: Option<NumberId>,
    pub score: Option<NumberId>,
}

impl Words {
    pub fn is_filled(&self) -> bool {
        self.blank == Blank::Filled
    }

    /// Empty, and not marked as not applicable.
    pub fn is_blank(&self) -> bool {
        matches!(self.blank, Blank::Bare | Blank::Spaces)
    }
}

impl AmountRow {
    /// The only cell of a stage, of this period where there are several.
    pub fn at(&self, stage: Stage) -> Option<&AmountCell> {
        let latest = self.cells.iter().filter(|cell| cell.stage == stage).filter_map(|cell| cell.period).max();
        let mut found = self.cells.iter().filter(|cell| cell.stage == stage && cell.period == latest);
        found.next().filter(|_| found.next().is_none())
    }

    /// The number of the only cell of a stage.
    pub fn number_at(&self, stage: Stage) -> Option<NumberId> {
        self.at(stage)?.number
    }

    /// The budget that spending is held against: of the whole year, else the one that is printed.
    pub fn budget(&self) -> Option<NumberId> {
        [Stage::Adjusted, Stage::Budget, Stage::Initial].into_iter().find_map(|stage| self.number_at(stage))
    }
}

impl IndicatorRow {
    /// Whether a label before the name has a word: 成本
    pub fn is_under(&self, word: &str) -> bool {
        self.levels.iter().any(|level| level.text.contains(word))
    }

    /// The sign of its own column; empty where there is none.
    pub fn sign(&self) -> &str {
        self.sense.as_ref().map_or("", |sense| sense.text.as_str())
    }
}

impl Form {
    /// The row that adds up the others.
    pub fn total_row(&self) -> Option<&AmountRow> {
        self.amounts.iter().find(|row| row.total)
    }
}
