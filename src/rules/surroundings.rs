//! What 当 lines ask of the report around the figures: its family, and words that stand in it or do not.

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
    pub(super) fn are_met(&self, document: &Document, facts: &Facts, numbers: &[NumberId]) -> bool {
        let blocks = |reach| match reach {
            Reach::Paragraph if !numbers.is_empty() => numbers.iter().map(|id| facts.number(*id).block).collect(),
            Reach::Report | Reach::Paragraph => (0..document.blocks.len()).collect::<Vec<usize>>(),
        };
        let of_kind = self.kinds.is_empty() || self.kinds.contains(&facts.report.kind);
        of_kind
            && self.words.iter().all(|test| {
                blocks(test.reach).into_iter().any(|block| says_one(document, block, &test.words)) == test.present
            })
    }
}

fn says_one(document: &Document, block: usize, words: &[String]) -> bool {
    let says = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
    let Some(block) = document.blocks.get(block) else { return false };
    let paragraph = block.paragraph().is_some_and(|paragraph| says(paragraph.flow.text()));
    paragraph || block.table().into_iter().flat_map(Table::cells).any(|cell| says(cell.flow.text()))
}
