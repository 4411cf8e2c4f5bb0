//! Judging: rule pages, their formulas, and the few checks written in Rust.

use crate::document::Document;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::relations::{Formula, Relations};
use crate::source::Source;

/// The rules in force.
#[derive(Debug, Default)]
pub struct RuleSet {
    formulas: Vec<Formula>,
}

impl RuleSet {
    /// The rules that are built in.
    pub fn builtin() -> RuleSet {
        RuleSet::default()
    }

    pub fn formulas(&self) -> &[Formula] {
        &self.formulas
    }

    /// The findings of every rule, in their one order.
    pub fn judge(&self, _: &Source, _: &Document, _: &Facts, _: &Relations) -> Vec<Finding> {
        Vec::new()
    }
}
