//! One report, pure: from text to findings.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::facts::{Facts, Number, NumberId};
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

/// How far one number was understood: its line of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 核对
    Checked,
    /// 识别
    Linked,
    /// 读出
    Read,
    /// 未读
    Unread,
}

/// The state of every number, in order. A relation that was not judged checks nothing.
pub fn states(facts: &Facts, relations: &Relations) -> Vec<State> {
    let judged = relations.all.iter().filter(|relation| relation.verdict != Verdict::Abstained);
    let checked: BTreeSet<NumberId> = judged.flat_map(|relation| relation.numbers.iter().copied()).collect();
    let linked: BTreeSet<NumberId> = facts.facts.iter().map(|fact| fact.number).collect();
    let state = |(index, number): (usize, &Number)| match NumberId(index as u32) {
        id if checked.contains(&id) => State::Checked,
        id if linked.contains(&id) => State::Linked,
        _ if number.unread.is_none() => State::Read,
        _ => State::Unread,
    };
    facts.numbers.iter().enumerate().map(state).collect()
}

impl Ledger {
    /// How many numbers are in each state.
    pub fn of(states: impl IntoIterator<Item = State>) -> Ledger {
        let mut ledger = Ledger::default();
        for state in states {
            *match state {
                State::Checked => &mut ledger.checked,
                State::Linked => &mut ledger.linked,
                State::Read => &mut ledger.read,
                State::Unread => &mut ledger.unread,
            } += 1;
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
    let ledger = Ledger::of(states(&facts, &relations));
    Audit { source, document, facts, relations, findings, ledger }
}
