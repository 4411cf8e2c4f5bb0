//! Byte ranges of a report's text.

use serde::Serialize;

/// A half-open byte range of one [`super::Source`]'s text, always on character boundaries.
///
/// Spans are made in `source` only: from a line, from a [`super::Flow`], or by joining spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub(in crate::source) fn new(start: u32, end: u32) -> Span {
        debug_assert!(start <= end, "a span runs forwards");
        Span { start, end }
    }

    pub fn start(self) -> usize {
        self.start as usize
    }

    pub fn end(self) -> usize {
        self.end as usize
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The empty span at the start of this one.
    pub fn at_start(self) -> Span {
        Span::new(self.start, self.start)
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}
