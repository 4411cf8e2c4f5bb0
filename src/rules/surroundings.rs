//! What 当 lines ask of the report around the figures: its family, and words that stand in it or do not.

use super::shared::Shared;
use crate::document::{Document, Table};
use crate::facts::{Facts, NumberId, ReportKind};

/// Where a formula is asked at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// 当 报告 为 部门整体、决算公开: one of these; any where none is named.
    pub(super) kinds: Vec<ReportKind>,
    pub(super) words: Vec<WordTest>,
}

/// 当 全文 有 “追加”、“调整”; 当 本段 无 “约”
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordTest {
    pub(super) reach: Reach,
    /// One of the words stands there; else none does.
    pub(super) present: bool,
    pub(super) words: Vec<String>,
}

/// How far a test on words looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// 全文
    Report,
    /// 本段: the paragraphs and tables that the figures stand in.
    Paragraph,
}

impl Surroundings {
    /// Whether a formula over these numbers is asked in this report. Without numbers, 本段 is the whole of it.
    pub(super) fn are_met(&self, shared: &Shared, document: &Document, facts: &Facts, numbers: &[NumberId]) -> bool {
        let stands = |test: &WordTest| match test.reach {
            Reach::Paragraph if !numbers.is_empty() => {
                numbers.iter().any(|id| says_one(document, facts.number(*id).block, &test.words))
            }
            Reach::Report | Reach::Paragraph => test.words.iter().any(|word| shared.concordance().holds(word)),
        };
        (self.kinds.is_empty() || self.kinds.contains(&facts.report.kind))
            && self.words.iter().all(|test| stands(test) == test.present)
    }
}

fn says_one(document: &Document, block: usize, words: &[String]) -> bool {
    let says = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
    let Some(block) = document.blocks.get(block) else { return false };
    let paragraph = block.paragraph().is_some_and(|paragraph| says(paragraph.flow.text()));
    paragraph || block.table().into_iter().flat_map(Table::cells).any(|cell| says(cell.flow.text()))
}
