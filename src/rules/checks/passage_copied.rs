//! A long passage of one paragraph that stands in another one as well.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::rules::reading::{Finder, head};
use crate::rules::repeats::{Prose, Repeat};

/// The shortest passage, in Chinese characters that are not figures or set phrases.
pub(super) const SHORTEST: usize = 60;
/// No more places than this are marked.
const MOST_PLACES: usize = 12;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let prose = context.shared.prose();
    let mut groups: BTreeMap<usize, Vec<Repeat>> = BTreeMap::new();
    // The paragraph that a copy was first copied from: a copy of a copy counts with the original.
    let mut roots: BTreeMap<usize, usize> = BTreeMap::new();
    for repeat in prose.repeats(SHORTEST, stock()) {
        let (first, again) = (prose.paragraph_of(repeat.first.start), prose.paragraph_of(repeat.again.start));
        let apart = context.shared.are_apart(prose.paragraphs[first].block, prose.paragraphs[again].block);
        // The same paragraph, whole paragraphs and whole reports have rules of their own.
        if first != again && !apart && !is_whole(prose, first, again) {
            let root = roots.get(&first).copied().unwrap_or(first);
            roots.entry(again).or_insert(root);
            groups.entry(root).or_default().push(repeat);
        }
    }
    for repeats in groups.values() {
        report(prose, repeats, sink);
    }
}

/// Whether two paragraphs are equal as a whole.
fn is_whole(prose: &Prose, first: usize, again: usize) -> bool {
    let words = |index: usize| {
        let stretch = &prose.paragraphs[index];
        &stretch.text()[stretch.start..]
    };
    words(first) == words(again)
}

/// One finding for everything that was copied from one paragraph.
fn report(prose: &Prose, repeats: &[Repeat], sink: &mut Sink) {
    let longest = repeats.iter().max_by_key(|repeat| repeat.again.len()).expect("a group has a repeat");
    let span = prose.span(&longest.again);
    let text = prose.paragraphs[prose.paragraph_of(longest.first.start)].text();
    let targets: std::collections::BTreeSet<usize> =
        repeats.iter().map(|repeat| prose.paragraph_of(repeat.again.start)).collect();
    let message = match targets.len() {
        1 => format!("有{}字与“{}…”一段逐字相同", longest.again.len(), head(text, 12)),
        count => format!("“{}…”一段的文字在另外{count}段里逐字重复，最长{}字", head(text, 12), longest.again.len()),
    };
    let shown = || repeats.iter().take(MOST_PLACES);
    let others = shown().map(|repeat| prose.span(&repeat.again)).filter(|again| *again != span);
    sink.report(span, "照抄的文字", message)
        .with_all(shown().map(|repeat| prose.span(&repeat.first)), "原文")
        .with_all(others, "照抄的文字");
}

/// Set phrases, which do not count as copied.
pub(super) fn stock() -> &'static Finder {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        phrases: Vec<String>,
    }
    static STOCK: OnceLock<Finder> = OnceLock::new();
    STOCK.get_or_init(|| {
        let raw: Raw = toml::from_str(include_str!("../../../rules/data/stock-phrases.toml"))
            .expect("stock-phrases.toml is read by the tests of the pages on copied text");
        Finder::new(raw.phrases.iter().map(String::as_str))
    })
}
