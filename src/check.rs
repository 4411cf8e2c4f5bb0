//! One report, pure: from text to findings.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::facts::{Facts, NumberId};
use crate::finding::{Finding, Verdict};
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
    /// The state of every number. A relation that was not judged checks nothing.
    fn of(facts: &Facts, relations: &Relations) -> Ledger {
        let judged = relations.all.iter().filter(|relation| relation.verdict != Verdict::Abstained);
        let checked: BTreeSet<NumberId> = judged.flat_map(|relation| relation.numbers.iter().copied()).collect();
        let linked: BTreeSet<NumberId> = facts.facts.iter().map(|fact| fact.number).collect();
        let mut ledger = Ledger::default();
        for (index, number) in facts.numbers.iter().enumerate() {
            let id = NumberId(index as u32);
            let state = if checked.contains(&id) {
                &mut ledger.checked
            } else if linked.contains(&id) {
                &mut ledger.linked
            } else if number.unread.is_none() {
                &mut ledger.read
            } else {
                &mut ledger.unread
            };
            *state += 1;
        }
        ledger
    }

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
    let ledger = Ledger::of(&facts, &relations);
    Audit { source, document, facts, relations, findings, ledger }
}
