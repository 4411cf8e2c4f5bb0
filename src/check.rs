//! One report, pure: from text to findings.

use crate::document::Document;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::relations::Relations;
use crate::rules::RuleSet;
use crate::source::Source;

/// Everything known about one audited report.
#[derive(Clone, Debug)]
pub struct Audit {
    pub source: Source,
    pub document: Document,
    pub facts: Facts,
    pub relations: Relations,
    /// In their one order.
    pub findings: Vec<Finding>,
    pub ledger: Ledger,
}

/// How far the report was understood: every number of it is in exactly one of the four states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Some relation used it.
    pub checked: u32,
    /// Bound to a concept, but no relation was found.
    pub linked: u32,
    /// A number with a unit that nothing was bound to; also dates, codes and numbers that are names.
    pub read: u32,
    /// Not understood.
    pub unread: u32,
}

impl Ledger {
    pub fn numbers(&self) -> u32 {
        self.checked + self.linked + self.read + self.unread
    }
}

/// Audits one report.
pub fn audit(source: Source, rules: &RuleSet) -> Audit {
    let document = Document::parse(&source);
    let facts = Facts::extract(&source, &document);
    let relations = Relations::evaluate(&facts, rules.formulas());
    let findings = rules.judge(&source, &document, &facts, &relations);
    let ledger = Ledger::default();
    Audit { source, document, facts, relations, findings, ledger }
}
