//! A second report of the same kind in one file.

use std::collections::BTreeSet;

use crate::document::{Block, BlockKind, Document, MarkerStyle};

/// How many headings two reports must share.
const SHARED_HEADINGS: usize = 2;

/// Where a second report begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Second {
    /// The first block of its title.
    pub(super) block: usize,
    /// The first block of the first report's title.
    pub(super) first: usize,
}

/// The second title of a whole report whose sections repeat those of the first.
pub(super) fn second_report(document: &Document) -> Option<Second> {
    let titles: Vec<usize> = (0..document.blocks.len()).filter(|at| begins_report(document, *at)).collect();
    let (&first, rest) = titles.split_first()?;
    rest.iter().copied().find_map(|block| {
        let before = headings(&document.blocks[first..block]);
        let after = headings(&document.blocks[block..]);
        let shared = before.intersection(&after).count() >= SHARED_HEADINGS;
        let same_kind = kind(document, first) == kind(document, block);
        // A cover and a list of contents before the report's own title are no report.
        let written = document.blocks[first..block].iter().filter(|block| is_prose(block)).count() >= 2;
        (shared && same_kind && written).then_some(Second { block, first })
    })
}

/// The lines of the title that begins at a block, joined.
fn title_text(document: &Document, at: usize) -> String {
    let filled =
        document.blocks[at..].iter().filter(|block| !matches!(block.kind, BlockKind::Blank | BlockKind::Furniture));
    let lines = filled.take_while(|block| matches!(block.kind, BlockKind::Title(_)));
    lines.filter_map(Block::paragraph).map(|paragraph| paragraph.flow.text()).collect()
}

/// What a report is on: 绩效, 决算 or 预算.
fn kind(document: &Document, at: usize) -> Option<&'static str> {
    let text = title_text(document, at);
    ["绩效", "决算", "预算"].into_iter().find(|word| text.contains(word))
}

fn is_prose(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.flow.text().contains('。'))
}

/// Whether a block begins the title of a report on a whole unit, not of a project's and not of an attachment.
fn begins_report(document: &Document, at: usize) -> bool {
    let filled = |block: &&Block| !matches!(block.kind, BlockKind::Blank | BlockKind::Furniture);
    let is_title = |block: &Block| matches!(block.kind, BlockKind::Title(_));
    if !is_title(&document.blocks[at]) || document.blocks[..at].iter().rfind(filled).is_some_and(is_title) {
        return false;
    }
    let attached = document.blocks[..at].iter().rev().filter(filled).take(2).any(is_attachment);
    let text = title_text(document, at);
    let whole = ["自评报告", "评价报告", "绩效报告", "决算说明", "情况说明"].iter().any(|end| text.ends_with(end));
    whole && !attached && !text.contains("项目") && !text.contains("专项")
}

fn is_attachment(block: &Block) -> bool {
    block.paragraph().and_then(|p| p.marker.as_ref()).is_some_and(|marker| marker.style == MarkerStyle::Attachment)
}

/// The words of the headings without their numbers.
fn headings(blocks: &[Block]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for block in blocks {
        let Some(paragraph) = block.paragraph() else { continue };
        if let (Some(_), Some(title)) = (&paragraph.marker, &paragraph.title) {
            found.insert(paragraph.flow.slice(title.clone()));
        }
    }
    found
}
