//! One fact printed in several places.

use std::collections::BTreeMap;

use super::{Claim, ClaimKind, Concept, Entity, Fact, Key, Measure, Number, NumberId, Operand, Period, Role, Stage};
use crate::exact::Exact;
use crate::source::Span;

/// Claims that equal keys have equal numbers: each number against the one that most places print.
pub(super) fn read(facts: &[Fact], numbers: &[Number]) -> Vec<Claim> {
    let mut groups: BTreeMap<&Key, Vec<&Fact>> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| is_comparable(&fact.key)) {
        groups.entry(&fact.key).or_default().push(fact);
    }
    let mut claims = Vec::new();
    for (key, group) in groups {
        let group = distinct(&group, numbers);
        if group.len() >= 2 {
            pairs(key, &group, numbers, &mut claims);
        }
    }
    claims
}

/// Names that mean something else in every place.
const VAGUE: &[&str] = &[
    "其他", "合计", "小计", "其中", "总计", "办公", "水", "电", "其它", "专项", "项目", "单位", "部门", "货物", "工程",
    "服务",
];

/// Whether a key is complete enough for its numbers to have to agree.
fn is_comparable(key: &Key) -> bool {
    let named = match &key.entity {
        Entity::Unit => key.concept != Concept(""),
        Entity::Item(name) => name.chars().count() >= 3 && !VAGUE.contains(&name.as_str()),
    };
    let amount = key.measure == Measure::Level && key.stage != Stage::Unstated;
    let rate = key.measure == Measure::Rate;
    let people = key.concept.0.starts_with("hc.");
    named && key.period != Period::Unstated && (amount || rate || people && key.measure == Measure::Level)
}

/// The facts of a group without those that are the same number, in order.
fn distinct<'f>(group: &[&'f Fact], numbers: &[Number]) -> Vec<&'f Fact> {
    let mut facts = group.to_vec();
    facts.sort_by_key(|fact| fact.number);
    facts.dedup_by_key(|fact| fact.number);
    let dimension = |fact: &Fact| numbers[fact.number.0 as usize].literal.unit.dimension();
    let Some(first) = facts.first().map(|fact| dimension(fact)) else { return facts };
    facts.retain(|fact| dimension(fact) == first);
    facts
}

fn pairs(key: &Key, group: &[&Fact], numbers: &[Number], claims: &mut Vec<Claim>) {
    let value = |fact: &Fact| numbers[fact.number.0 as usize].literal.base();
    let model = most_printed(group, value);
    for fact in group.iter().filter(|fact| fact.number != model.number) {
        let operand = |fact: &Fact| Operand::of(fact.number).named(name(key, fact));
        let span = |id: NumberId| numbers[id.0 as usize].literal.span;
        let roles = vec![(Role::First, vec![operand(fact)]), (Role::Second, vec![operand(model)])];
        let span: Span = span(fact.number);
        claims.push(Claim { kind: ClaimKind::Same, roles, span, subject: name(key, fact) });
    }
}

/// The fact whose value most places print; of two, the first.
fn most_printed<'f>(group: &[&'f Fact], value: impl Fn(&Fact) -> Option<Exact>) -> &'f Fact {
    let votes = |fact: &Fact| group.iter().filter(|other| value(other) == value(fact)).count();
    let mut best = group[0];
    for fact in group {
        if votes(fact) > votes(best) {
            best = fact;
        }
    }
    best
}

fn name(key: &Key, fact: &Fact) -> String {
    match &key.entity {
        Entity::Item(name) => name.clone(),
        Entity::Unit => {
            super::lexicon().entry(key.concept).map_or_else(|| fact.label.clone(), |entry| entry.name.to_owned())
        }
    }
}
