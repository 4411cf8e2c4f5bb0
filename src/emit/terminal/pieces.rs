//! Labels cut at line ends.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::source::{Line, Source, Span};

/// The part of a label that stands on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// In the report's text.
    pub(super) range: Range<usize>,
    /// 0 for the primary label, then the related ones.
    pub(super) label: usize,
    /// The label began on an earlier line.
    pub(super) later: bool,
}

/// Lines by number, with the pieces that stand on them in the order of the text.
pub(super) type ByLine = BTreeMap<u32, (Line, Vec<Piece>)>;

/// The pieces of the labels at these spans.
pub(super) fn of(source: &Source, labels: impl Iterator<Item = Span>) -> ByLine {
    let mut lines = ByLine::new();
    for (index, span) in labels.enumerate() {
        for (line, piece) in cut(source, index, span) {
            lines.entry(line.number).or_insert_with(|| (line, Vec::new())).1.push(piece);
        }
    }
    lines.values_mut().for_each(|(_, pieces)| pieces.sort_by_key(|piece| (piece.range.start, piece.range.end)));
    lines
}

/// A label that runs over many lines shows where it begins and where it ends.
fn cut(source: &Source, index: usize, label: Span) -> Vec<(Line, Piece)> {
    let (start, end) = (label.start(), label.end());
    let first = source.line_at(start);
    let last = if end > start { source.line_at(end - 1) } else { first };
    let on = |line: Line, later| {
        let within = |at: usize| at.clamp(line.span.start(), line.span.end());
        (line, Piece { range: within(start)..within(end), label: index, later })
    };
    let later = (last.number > first.number).then(|| on(last, true)).filter(|(_, piece)| !piece.range.is_empty());
    std::iter::once(on(first, false)).chain(later).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::report::samples;
    use super::*;

    #[test]
    fn a_label_over_lines_is_cut() {
        let source = samples::source("甲233.\n19万元乙\n");
        let span = samples::label(&source, "233.\n19万元", "合计").span;
        let lines = of(&source, std::iter::once(span));
        let texts: Vec<_> = lines.values().map(|(_, pieces)| &source.text()[pieces[0].range.clone()]).collect();
        assert_eq!(texts, ["233.", "19万元"]);
    }
}
