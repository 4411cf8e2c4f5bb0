//! Headcounts that two places tell kind by kind.

use std::collections::BTreeMap;

use super::{MOST_PLACES, Pair};
use crate::facts::{Entity, Fact, Measure, Number};

/// 在职15人，离休0人，退休12人, told twice: two kinds of people that agree show that the third is the same as well.
pub(super) fn pairs<'f>(facts: &'f [Fact], numbers: &[Number]) -> Vec<Pair<'f>> {
    let number = |fact: &Fact| &numbers[fact.number.0 as usize];
    let mut told: BTreeMap<usize, Vec<&Fact>> = BTreeMap::new();
    let people = |fact: &&Fact| {
        fact.key.concept.0.starts_with("hc.") && fact.key.measure == Measure::Level && fact.key.entity == Entity::Unit
    };
    for fact in facts.iter().filter(people) {
        told.entry(number(fact).block).or_default().push(fact);
    }
    let lists: Vec<Vec<&Fact>> = told.into_values().filter(|list| list.len() >= 3).take(MOST_PLACES).collect();
    let mut found = Vec::new();
    for (at, one) in lists.iter().enumerate() {
        for two in &lists[at + 1..] {
            let both: Vec<Pair> = one.iter().flat_map(|first| pair_of(first, two, numbers)).collect();
            let apart: Vec<&Pair> = both.iter().filter(|pair| !pair.agrees).collect();
            if let ([pair], true) = (apart.as_slice(), both.len() >= 3) {
                found.push(**pair);
            }
        }
    }
    found
}

/// The one figure of a list that is of the same kind of people.
fn pair_of<'f>(first: &'f Fact, list: &[&'f Fact], numbers: &[Number]) -> Option<Pair<'f>> {
    let base = |fact: &Fact| numbers[fact.number.0 as usize].literal.base();
    let mut same = list.iter().filter(|again| again.key == first.key);
    let again = same.next().filter(|_| same.next().is_none())?;
    Some(Pair { name: usize::MAX, first, again, agrees: base(first) == base(again) })
}
