//! What comparing reports has to say.

use super::kinds::Kind;

/// A remark on one report or several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The report to open first; `None` for what is missing altogether.
    pub report: Option<u32>,
    pub kind: Kind,
    /// Where in that report, for people; empty for the whole.
    pub place: String,
    pub line: u32,
    pub message: String,
    /// How reports were joined, how many were compared, who the peers are.
    pub evidence: String,
    /// The other reports.
    pub others: Vec<u32>,
}

impl Remark {
    /// A remark on a report as a whole, not on a place in it.
    pub(super) fn of_whole(report: Option<u32>, kind: Kind, message: String, evidence: String) -> Remark {
        Remark { report, kind, place: String::new(), line: 0, message, evidence, others: Vec::new() }
    }

    /// The same remark with the other reports that it is about.
    pub(super) fn with_others(self, others: impl IntoIterator<Item = u32>) -> Remark {
        Remark { others: others.into_iter().collect(), ..self }
    }
}
