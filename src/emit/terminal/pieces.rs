//! Labels cut at line ends.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::finding::{Finding, Label};
use crate::source::{Line, Source};

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

/// The labels of a finding, the primary one first.
pub(super) fn labels(finding: &Finding) -> impl Iterator<Item = &Label> {
    std::iter::once(&finding.primary).chain(&finding.related)
}

/// The pieces of the first `limit` labels, by the lines that they stand on.
pub(super) fn by_line(source: &Source, finding: &Finding, limit: usize) -> BTreeMap<u32, (Line, Vec<Piece>)> {
    let mut lines: BTreeMap<u32, (Line, Vec<Piece>)> = BTreeMap::new();
    for (index, label) in labels(finding).take(limit).enumerate() {
        for (line, piece) in cut(source, index, label) {
            lines.entry(line.number).or_insert_with(|| (line, Vec::new())).1.push(piece);
        }
    }
    lines.values_mut().for_each(|(_, pieces)| pieces.sort_by_key(|piece| (piece.range.start, piece.range.end)));
    lines
}

/// A label that runs over many lines shows where it begins and where it ends.
fn cut(source: &Source, index: usize, label: &Label) -> Vec<(Line, Piece)> {
    let (start, end) = (label.span.start(), label.span.end());
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
        let mut finding = samples::sum(&samples::source(samples::PROSE));
        finding.primary = samples::label(&source, "233.\n19万元", "合计");
        finding.related.clear();
        let lines = by_line(&source, &finding, 9);
        let texts: Vec<_> = lines.values().map(|(_, pieces)| &source.text()[pieces[0].range.clone()]).collect();
        assert_eq!(texts, ["233.", "19万元"]);
    }
}
