//! Headings without a number behind a lone first number.

use super::{Context, Sink};
use crate::document::{Block, BlockKind, MarkerStyle, Paragraph};
use crate::rules::siblings::{Item, short};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for series in context.shared.series() {
        let [only] = series.items.as_slice() else { continue };
        if only.marker.number == 1 && only.heading && only.marker.style == MarkerStyle::HanParen {
            report(context, only, sink);
        }
    }
}

fn report(context: &Context, only: &Item, sink: &mut Sink) {
    let blocks = &context.document.blocks;
    let siblings = blocks[only.block + 1..].iter().enumerate().take_while(|(_, block)| !leaves(block, only));
    let bare: Vec<&Paragraph> =
        siblings.filter_map(|(at, block)| bare(block, &blocks[only.block + 2 + at..])).collect();
    let Some((first, more)) = bare.split_first() else { return };
    let Some(span) = first.flow.origin() else { return };
    let message = format!("“{}”没有序号，而同级的“{}”有", short(first.flow.text()), short(only.words));
    let mut added = sink.report(span, "缺序号的标题", message).with(only.marker.span, "同级序号");
    for paragraph in more {
        if let Some(span) = paragraph.flow.origin() {
            added = added.with(span, "缺序号的标题");
        }
    }
}

/// Whether a block ends the section that the item stands in.
fn leaves(block: &Block, only: &Item) -> bool {
    match &block.kind {
        BlockKind::Title(_) => true,
        BlockKind::Heading(paragraph) | BlockKind::Paragraph(paragraph) => {
            let level = |style: MarkerStyle| style.usual_level();
            paragraph.marker.as_ref().is_some_and(|marker| level(marker.style) <= level(only.marker.style))
        }
        BlockKind::Blank | BlockKind::Furniture | BlockKind::Note(_) | BlockKind::Table(_) => false,
    }
}

/// A heading without a number that is no caption of a table.
fn bare<'d>(block: &'d Block, following: &[Block]) -> Option<&'d Paragraph> {
    let BlockKind::Heading(paragraph) = &block.kind else { return None };
    let next = following.iter().find(|each| !matches!(each.kind, BlockKind::Blank | BlockKind::Furniture));
    let caption = next.is_none_or(|next| matches!(next.kind, BlockKind::Table(_) | BlockKind::Note(_)));
    let names_annex = paragraph.flow.text().contains("附件") || paragraph.flow.text().ends_with('表');
    (paragraph.marker.is_none() && !caption && !names_annex).then_some(paragraph)
}
