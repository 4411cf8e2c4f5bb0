//! The working papers of an audit: what was read of every number, and what every relation came to, in words that an
//! auditor can check. For output that shows more than the findings.

mod scores;
mod tested;
mod words;

use crate::check::{Audit, State, states};
use crate::document::{Literal, LiteralKind};
use crate::facts::{Fact, lexicon};
use crate::rules::RuleSet;
use crate::source::Span;

pub use tested::Tested;

/// Everything behind the findings of one report.
#[derive(Clone, Debug, Default)]
pub struct Workings {
    /// Every number, in order.
    pub numbers: Vec<Figure>,
    /// Every relation and every scored row, judged or not, in the order of the text.
    pub tested: Vec<Tested>,
    /// The rules that found something or were tested, sorted by id.
    pub rules: Vec<RuleWords>,
}

/// A number of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub span: Span,
    pub state: State,
    /// 金额, 比率, 日期, 编号 …
    pub kind: &'static str,
    /// The value as printed, in ASCII: `1234.50`.
    pub value: String,
    /// 万元; may be empty.
    pub unit: &'static str,
    /// What it was bound to; empty where it was not.
    pub readings: Vec<Reading>,
    /// Why it was not understood.
    pub unread: Option<&'static str>,
}

/// What a number measures, in words. Each may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// In the words of the report.
    pub label: String,
    /// The standard term of the field.
    pub concept: &'static str,
    /// The project; empty for the whole unit.
    pub item: String,
    pub measure: &'static str,
    pub stage: &'static str,
    pub scope: &'static str,
    /// 2023年
    pub period: String,
}

/// What a rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleWords {
    pub id: String,
    pub title: String,
    pub basis: String,
    pub what: String,
    pub why: String,
    pub remedy: String,
}

impl Workings {
    /// The papers of an audit that was made with these rules.
    pub fn of(audit: &Audit, rules: &RuleSet) -> Workings {
        let tested = tested::read(audit, rules);
        Workings { numbers: numbers(audit), rules: rule_words(audit, rules, &tested), tested }
    }
}

fn numbers(audit: &Audit) -> Vec<Figure> {
    let states = states(&audit.facts, &audit.relations, &audit.scores);
    let mut facts = audit.facts.facts.iter().peekable();
    let mut figures = Vec::with_capacity(states.len());
    for (index, (number, state)) in audit.facts.numbers.iter().zip(states).enumerate() {
        let mut readings = Vec::new();
        while let Some(fact) = facts.next_if(|fact| fact.number.0 as usize <= index) {
            readings.push(reading(fact));
        }
        let literal = &number.literal;
        figures.push(Figure {
            span: literal.span,
            state,
            kind: kind(literal),
            value: literal.value.with_places(literal.places),
            unit: literal.unit.word(),
            readings,
            unread: number.unread,
        });
    }
    figures
}

fn kind(literal: &Literal) -> &'static str {
    match literal.kind {
        LiteralKind::Measure => words::dimension(literal.unit.dimension()),
        LiteralKind::Date => "日期",
        LiteralKind::Code => "编号",
        LiteralKind::Name => "名称",
    }
}

fn reading(fact: &Fact) -> Reading {
    let key = &fact.key;
    Reading {
        label: fact.label.clone(),
        concept: lexicon().entry(key.concept).map_or("", |entry| entry.name),
        item: words::item(&key.entity),
        measure: words::measure(key.measure),
        stage: words::stage(key.stage),
        scope: words::scope(key.scope),
        period: words::period(key.period),
    }
}

fn rule_words(audit: &Audit, rules: &RuleSet, tested: &[Tested]) -> Vec<RuleWords> {
    let mut ids: Vec<&str> = audit.findings.iter().map(|finding| finding.rule.as_str()).collect();
    ids.extend(tested.iter().map(|tested| tested.rule.as_str()));
    ids.sort_unstable();
    ids.dedup();
    let words = ids.into_iter().filter_map(|id| rules.page(id)).map(|page| RuleWords {
        id: page.id.clone(),
        title: page.title.clone(),
        basis: page.basis.clone(),
        what: page.what.clone(),
        why: page.why.clone(),
        remedy: page.remedy.clone(),
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Ledger, audit};
    use crate::source::{Encoding, Source};

    const TEXT: &str = "一、支出情况\n2024年基本支出100.00万元，其中人员经费80.00万元，公用经费30.00万元。\n";

    fn papers() -> (Audit, Workings) {
        let rules = RuleSet::builtin();
        let audit = audit(Source::from_text("t", TEXT, Encoding::Utf8), &rules);
        let workings = Workings::of(&audit, &rules);
        (audit, workings)
    }

    #[test]
    fn the_papers_count_what_the_ledger_counts() {
        let (audit, workings) = papers();
        assert_eq!(Ledger::of(workings.numbers.iter().map(|figure| figure.state)), audit.ledger);
        assert_eq!(workings.tested.len(), audit.relations.all.len());
    }

    #[test]
    fn a_number_says_what_it_measures() {
        let (_, workings) = papers();
        let figure = workings.numbers.iter().find(|figure| figure.value == "100.00").expect("it is printed");
        assert_eq!((figure.kind, figure.unit, figure.state), ("金额", "万元", State::Checked));
        assert_eq!((figure.readings[0].concept, figure.readings[0].period.as_str()), ("基本支出", "2024年"));
    }

    #[test]
    fn a_failed_relation_names_its_operands_and_its_rule() {
        let (audit, workings) = papers();
        let failed = workings.tested.iter().find(|tested| tested.verdict.word() == "broken").expect("it fails");
        assert!(failed.arithmetic.contains("80.00 + 30.00 = 110.00"), "{}", failed.arithmetic);
        let texts: Vec<&str> = failed.labels.iter().map(|label| audit.source.slice(label.span)).collect();
        assert_eq!(texts, ["100.00万元", "80.00万元", "30.00万元"]);
        assert!(workings.rules.iter().any(|rule| rule.id == failed.rule && !rule.remedy.is_empty()));
    }
}
