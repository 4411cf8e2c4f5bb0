//! Sentences and clauses of a paragraph.

use crate::source::FlowRange;

/// From after one 。！？ to the next, that mark included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub range: FlowRange,
    pub clauses: Vec<Clause>,
}

/// Text between separators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Without the separator.
    pub range: FlowRange,
    /// What ends it: `，` `；` `。` `：` `、` `（` `）`, or `None` at the end of the paragraph.
    pub end: Option<char>,
    /// How many brackets are open around it.
    pub depth: u8,
}
