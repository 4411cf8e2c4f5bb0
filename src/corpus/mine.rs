//! Relations that hold in nearly all reports of a corpus and are in no rule yet, as pages for a person to accept.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::digest::Details;
use crate::exact::Exact;
use crate::facts::{ConceptEntry, lexicon};

/// Contexts that a proposal must hold in, and of all in which its terms are given, how many of a hundred.
const SUPPORT: usize = 20;
const SHARE: usize = 99;
/// Exceptions that a page names.
const NAMED: usize = 5;
/// Concepts of one context: more would be a table of something else.
const CONCEPTS: usize = 40;

/// A total and what it might be the sum of: one concept or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate<'a> {
    total: &'a str,
    parts: [&'a str; 2],
}

/// A relation that the corpus suggests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub id: String,
    /// The rule page.
    pub page: String,
    pub support: usize,
    pub exceptions: usize,
}

#[derive(Default)]
struct Count {
    asked: usize,
    held: usize,
    /// In how many it is judged by some rule already.
    known: usize,
    /// With the parts of the context before: what chance gives.
    mismatched: usize,
    by_chance: usize,
    exceptions: Vec<String>,
}

/// The amounts of one report about one stage, scope and year.
type Context = BTreeMap<&'static str, (Exact, BTreeSet<u32>)>;

/// Looks for relations, report by report.
#[derive(Default)]
pub struct Miner {
    counts: BTreeMap<Candidate<'static>, Count>,
    before: Context,
}

impl Miner {
    pub fn add(&mut self, path: &str, details: &Details<'_>) {
        let judged: Vec<BTreeSet<u32>> =
            details.relations.iter().map(|relation| relation.numbers.iter().copied().collect()).collect();
        for context in contexts(details) {
            self.add_context(path, &context, &judged);
            self.before = context;
        }
    }

    fn add_context(&mut self, path: &str, context: &Context, judged: &[BTreeSet<u32>]) {
        let concepts: Vec<&'static str> = context.keys().copied().collect();
        for total in &concepts {
            for (at, first) in concepts.iter().enumerate().filter(|(_, first)| *first != total) {
                for second in concepts[at + 1..].iter().filter(|second| *second != total) {
                    self.ask(path, context, judged, Candidate { total, parts: [first, second] });
                }
            }
        }
    }

    fn ask(&mut self, path: &str, context: &Context, judged: &[BTreeSet<u32>], candidate: Candidate<'static>) {
        let Candidate { total, parts: [first, second] } = candidate;
        let (whole, a, b) = (&context[total], &context[first], &context[second]);
        let holds = sums(a.0, b.0, whole.0);
        // Most candidates fail at once, and are only worth counting once they have held somewhere.
        if !holds && !self.counts.contains_key(&candidate) {
            return;
        }
        let known = || judged.iter().any(|numbers| [whole, a, b].iter().all(|(_, ids)| !ids.is_disjoint(numbers)));
        let count = self.counts.entry(candidate).or_default();
        count.asked += 1;
        count.held += usize::from(holds);
        count.known += usize::from(known());
        if !holds {
            count.exceptions.push(path.to_owned());
        }
        if let (Some(a), Some(b)) = (self.before.get(first), self.before.get(second)) {
            count.mismatched += 1;
            count.by_chance += usize::from(sums(a.0, b.0, whole.0));
        }
    }

    /// What holds nearly always and no rule judges, the best supported first.
    pub fn proposals(&self) -> Vec<Proposal> {
        let supported = |(_, count): &(&Candidate<'_>, &Count)| {
            count.held >= SUPPORT && count.held * 100 >= count.asked * SHARE && count.known * 2 < count.asked
        };
        let chosen = self.counts.iter().filter(supported);
        let mut proposals: Vec<Proposal> = chosen.map(|(candidate, count)| proposal(*candidate, count)).collect();
        proposals.sort_by(|a, b| (b.support, &a.id).cmp(&(a.support, &b.id)));
        proposals
    }
}

fn sums(a: Exact, b: Exact, whole: Exact) -> bool {
    a.plus(b) == Some(whole)
}

/// The amounts of a report by stage, scope and year; a concept that is given two values is left out.
fn contexts(details: &Details<'_>) -> Vec<Context> {
    let mut found: BTreeMap<(u8, u8, u16), Context> = BTreeMap::new();
    let mut torn: Vec<((u8, u8, u16), &'static str)> = Vec::new();
    for figure in details.figures.iter().filter(|figure| figure.is_level()) {
        let value = figure.base().filter(|value| !value.is_zero());
        let (Some(entry), Some(value)) = (entry(&figure.concept), value) else { continue };
        let key = (figure.stage, figure.scope, figure.period);
        let context = found.entry(key).or_default();
        let (known, numbers) = context.entry(entry.concept.0).or_insert((value, BTreeSet::new()));
        if *known != value {
            torn.push((key, entry.concept.0));
        }
        numbers.insert(figure.number);
    }
    for (key, concept) in torn {
        found.get_mut(&key).and_then(|context| context.remove(concept));
    }
    found.into_values().filter(|context| (3..=CONCEPTS).contains(&context.len())).collect()
}

fn proposal(candidate: Candidate<'_>, count: &Count) -> Proposal {
    let id = format!("mined-{}-{}-{}", candidate.total, candidate.parts[0], candidate.parts[1]).replace('.', "-");
    Proposal { page: page(candidate, count), support: count.held, exceptions: count.asked - count.held, id }
}

fn entry(concept: &str) -> Option<&'static ConceptEntry> {
    lexicon().place(concept).map(|place| &lexicon().entries()[place])
}

fn name(concept: &str) -> &'static str {
    entry(concept).map_or("", |entry| entry.name)
}

fn page(candidate: Candidate<'_>, count: &Count) -> String {
    let [total, a, b] = [candidate.total, candidate.parts[0], candidate.parts[1]].map(name);
    let sum = format!("{a} + {b}");
    let exceptions: Vec<&str> = count.exceptions.iter().take(NAMED).map(String::as_str).collect();
    let named = if exceptions.is_empty() { String::new() } else { format!("，例外如{}", exceptions.join("、")) };
    let mut out = String::new();
    let _ = write!(
        out,
        "+++\ntitle = \"{total}不等于{a}与{b}之和\"\nfamily = \"sum\"\nseverity = \"warning\"\n\
         basis = \"由报告归纳：{}处中{}处成立，例外{}处；错配检验{}次中{}次碰巧成立。采用前请写明制度依据\"\nsince = \"0.1\"\n+++\n\n\
         查什么：{total}不等于{a}与{b}之和。\n\
         为什么：在所扫描的报告中，这一关系{}处中有{}处成立{named}。\n\
         怎么改：核对三个数；确不适用的，不要采用本规则。\n\n\
         ```formula\n应 {total} = {sum}\n报 “{total}{{{total}}}与{a}、{b}之和{{应为}}不符，相差{{差}}”\n```\n\n## 例\n\n",
        count.asked,
        count.held,
        count.asked - count.held,
        count.mismatched,
        count.by_chance,
        count.asked,
        count.held,
    );
    let _ = write!(
        out,
        "### 报：相差一百万元\n\n~~~报告\n2024年{total}决算[[800.00万元]]。{a}决算[[300.00万元]]。{b}决算[[400.00万元]]。\n~~~\n\n\
         ### 不报：两项之和\n\n~~~报告\n2024年{total}决算700.00万元。{a}决算300.00万元。{b}决算400.00万元。\n~~~\n"
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::digest::{Decimal, Figure, Related, Text};
    use crate::document::Unit;
    use crate::facts::Measure;

    fn details(values: [i128; 3], related: bool) -> Details<'static> {
        let concepts = ["exp.basic", "exp.people", "exp.public"];
        let figure = |(at, concept): (usize, &&'static str)| Figure {
            number: at as u32,
            label: Text::default(),
            concept: Text::from(*concept),
            item: Text::default(),
            measure: Measure::Level as u8,
            scope: 0,
            stage: 6,
            period: 2024,
            value: Decimal { mantissa: values[at], scale: 2 },
            unit: Unit::WanYuan as u8,
            hedge: 0,
            line: 1,
            start: 0,
            end: 0,
        };
        let relation = Related { page: 0, verdict: 0, numbers: vec![0, 1, 2], reason: Text::default() };
        Details {
            figures: concepts.iter().enumerate().map(figure).collect(),
            relations: related.then_some(relation).into_iter().collect(),
        }
    }

    fn mined(related: bool) -> Vec<Proposal> {
        let mut miner = Miner::default();
        for at in 0..30 {
            miner.add("甲.txt", &details([1000 + at * 31, 700 + at * 29, 300 + at * 2], related));
        }
        miner.proposals()
    }

    #[test]
    fn what_always_holds_is_proposed_unless_a_rule_knows_it() {
        let proposals = mined(false);
        assert_eq!(proposals.len(), 1);
        assert_eq!((proposals[0].support, proposals[0].exceptions), (30, 0));
        assert!(proposals[0].page.contains("应 基本支出 = 人员经费 + 公用经费"), "{}", proposals[0].page);
        assert!(mined(true).is_empty());
    }
}
