//! 高度相似段落: two paragraphs that are the same but for a few words.

use std::collections::BTreeMap;

use super::passage_copied::{SHORTEST as COPIED, stock};
use super::{Context, Sink};
use crate::document::LiteralKind;
use crate::rules::reading::head;
use crate::rules::repeats::{Prose, Repeat};

/// Paragraphs are compared where they have a piece of so many characters in common.
const PIECE: usize = 20;
/// The shortest paragraph, in Chinese characters that are no set phrases.
const SHORTEST: usize = 60;
/// Of the longer paragraph's pairs of characters this share stands in both, in per cent.
const SHARE: usize = 85;
/// A paragraph of more figures is a statement of figures, and those are alike everywhere.
const MOST_FIGURES: usize = 3;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let prose = context.shared.prose();
    let mut pairs: BTreeMap<(usize, usize), Vec<Repeat>> = BTreeMap::new();
    for repeat in prose.repeats(PIECE, stock()) {
        let (first, again) = (prose.paragraph_of(repeat.first.start), prose.paragraph_of(repeat.again.start));
        let apart = context.shared.are_apart(prose.paragraphs[first].block, prose.paragraphs[again].block);
        if first != again && !apart {
            pairs.entry((first, again)).or_default().push(repeat);
        }
    }
    for ((first, again), repeats) in pairs {
        if is_near(context, prose, (first, again), &repeats) {
            report(prose, (first, again), sink);
        }
    }
}

/// Nearly everything is shared, and no piece is so long that it is a copied passage by itself.
fn is_near(context: &Context, prose: &Prose, (first, again): (usize, usize), repeats: &[Repeat]) -> bool {
    let long = |index: usize| prose.weight(&prose.whole(index), stock()) >= SHORTEST;
    let figures = |index: usize| {
        let paragraph = context.document.blocks[prose.paragraphs[index].block].paragraph();
        let literals = paragraph.into_iter().flat_map(|paragraph| &paragraph.literals);
        literals.filter(|literal| literal.kind == LiteralKind::Measure).count()
    };
    let (one, other) = (prose.letters(first), prose.letters(again));
    long(first)
        && long(again)
        && figures(first).max(figures(again)) <= MOST_FIGURES
        && repeats.iter().all(|repeat| prose.weight(&repeat.again, stock()) < COPIED)
        && shared_pairs(one, other) * 100 >= (one.len().max(other.len()) - 1) * SHARE
}

/// How many pairs of neighbouring letters stand in both.
fn shared_pairs(one: &[u32], other: &[u32]) -> usize {
    let mut counts: BTreeMap<&[u32], usize> = BTreeMap::new();
    one.windows(2).for_each(|pair| *counts.entry(pair).or_default() += 1);
    let taken = other.windows(2).filter(|pair| match counts.get_mut(pair) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    });
    taken.count()
}

fn report(prose: &Prose, (first, again): (usize, usize), sink: &mut Sink) {
    let opening = prose.paragraphs[first].text();
    let message = format!("这一段与“{}…”一段只差几个字", head(&opening[prose.paragraphs[first].start..], 12));
    let added = sink.report(prose.span(&prose.whole(again)), "相似的一段", message);
    added.with(prose.span(&prose.whole(first)), "另一段");
}
