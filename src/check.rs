//! One report, pure: from text to findings.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::facts::{Facts, Number, NumberId};
use crate::finding::{Finding, Verdict};
use crate::relations::Relations;
use crate::rules::{Fit, Replay, RuleSet, replay};
use crate::source::Source;

/// Everything known about one audited report.
#[derive(Clone, Debug)]
pub struct Audit {
    pub source: Source,
    pub document: Document,
    pub facts: Facts,
    pub relations: Relations,
    /// The scored rows of its forms, replayed.
    pub scores: Vec<Replay>,
    /// In their one order.
    pub findings: Vec<Finding>,
    pub ledger: Ledger,
    pub score_ledger: ScoreLedger,
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

/// What became of the rows of points: every one was replayed, or says why it was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoreLedger {
    /// The score is one that the row can have.
    pub kept: u32,
    /// It is not.
    pub outside: u32,
    /// Why rows were not replayed, and how many; the most frequent reason first.
    pub abstained: Vec<(&'static str, u32)>,
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

/// The state of every number, in order. A relation that was not judged checks nothing, nor does a score.
pub fn states(facts: &Facts, relations: &Relations, scores: &[Replay]) -> Vec<State> {
    let judged = relations.all.iter().filter(|relation| relation.verdict != Verdict::Abstained);
    let read = |number: &Number| if number.unread.is_none() { State::Read } else { State::Unread };
    let mut states: Vec<State> = facts.numbers.iter().map(read).collect();
    let mut set = |number: NumberId, state: State| states[number.0 as usize] = state;
    facts.facts.iter().for_each(|fact| set(fact.number, State::Linked));
    judged.flat_map(|relation| &relation.numbers).for_each(|number| set(*number, State::Checked));
    scores.iter().flat_map(Replay::checked).for_each(|number| set(number, State::Checked));
    states
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

impl ScoreLedger {
    pub fn of(scores: &[Replay]) -> ScoreLedger {
        let mut ledger = ScoreLedger::default();
        let mut reasons: BTreeMap<&'static str, u32> = BTreeMap::new();
        for replay in scores {
            match &replay.outcome {
                Ok(judged) if judged.fit == Fit::Kept => ledger.kept += 1,
                Ok(_) => ledger.outside += 1,
                Err(reason) => *reasons.entry(reason).or_default() += 1,
            }
        }
        ledger.abstained = reasons.into_iter().collect();
        ledger.abstained.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        ledger
    }

    pub fn not_replayed(&self) -> u32 {
        self.abstained.iter().map(|(_, rows)| rows).sum()
    }

    pub fn rows(&self) -> u32 {
        self.kept + self.outside + self.not_replayed()
    }
}

/// Audits one report.
pub fn audit(source: Source, rules: &RuleSet) -> Audit {
    let document = Document::parse(&source);
    let facts = Facts::extract(&source, &document);
    let relations = Relations::evaluate(&facts, rules.formulas());
    let scores = replay(&source, &document, &facts);
    let findings = rules.judge(&source, &document, &facts, &relations, &scores);
    let ledger = Ledger::of(states(&facts, &relations, &scores));
    let score_ledger = ScoreLedger::of(&scores);
    Audit { source, document, facts, relations, scores, findings, ledger, score_ledger }
}
