//! What is to be written beside the text of a report.

use crate::source::Span;

/// One finding, as it is written into the file that it was found in.
#[derive(Clone, Debug)]
pub struct Remark {
    /// The characters that the remark hangs on.
    pub primary: Span,
    /// What it says, line by line.
    pub lines: Vec<String>,
    /// Other places that it speaks of, with the words that lead there.
    pub related: Vec<(Span, String)>,
}

/// Who writes remarks. They are known by it when they are taken out again.
pub(super) const AUTHOR: &str = "gouji";
