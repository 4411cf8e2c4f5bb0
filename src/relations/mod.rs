//! Evaluation: claims and required formulas become relations with verdicts, by exact interval arithmetic.
//! Knows formulas; does not know how a finding looks.

use crate::facts::{Facts, NumberId};
use crate::finding::Verdict;

/// A formula of a rule page.
#[derive(Clone, Debug)]
pub struct Formula;

/// Every relation of a report.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    pub all: Vec<Relation>,
}

/// One relation between numbers of the report, evaluated.
#[derive(Clone, Debug)]
pub struct Relation {
    pub numbers: Vec<NumberId>,
    pub verdict: Verdict,
}

impl Relations {
    pub fn evaluate(_facts: &Facts, _formulas: &[Formula]) -> Relations {
        Relations::default()
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.all.iter().filter(|relation| relation.verdict == verdict).count()
    }
}
