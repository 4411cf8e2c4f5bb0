//! Lists that the report gives twice: where most items of one list return in another with the same figures, an item that
//! returns with another figure, or under a name that is only a little different, is the same fact all the same.

mod renamed;
mod staff;

use std::collections::{BTreeMap, BTreeSet};

use super::same::{alias, is_near, looser};
use super::{Claim, ClaimKind, Entity, Fact, Key, Number, Operand, Period, Role};
use crate::document::literal::Dimension;

/// How many numbers away a figure of the same list may stand.
const REACH: u32 = 40;
/// A name that stands in more places is told no pairs: they would not be two lists.
const MOST_PLACES: usize = 8;

/// Two places that print a figure under one name, of one stage and year.
#[derive(Clone, Copy, Debug)]
struct Pair<'f> {
    name: usize,
    first: &'f Fact,
    again: &'f Fact,
    agrees: bool,
}

/// Claims that figures of lists given twice are equal, where they are not.
pub(super) fn read(facts: &[Fact], numbers: &[Number], claims: &mut Vec<Claim>) {
    let pairs = pairs(facts, numbers);
    let known: Vec<_> = claims.iter().filter(|claim| claim.kind == ClaimKind::Same).map(ends).collect();
    let mut apart: Vec<Pair> =
        pairs.iter().filter(|pair| !pair.agrees && is_backed(pair, &pairs, numbers)).copied().collect();
    // Of several places that print the same other figure, the first is enough.
    let value = |fact: &Fact| numbers[fact.number.0 as usize].literal.base();
    let mut seen = BTreeSet::new();
    apart.retain(|pair| seen.insert((pair.again.number, value(pair.first))));
    let told: Vec<Claim> = apart
        .into_iter()
        .chain(renamed::pairs(facts, numbers, &pairs))
        .chain(staff::pairs(facts, numbers))
        .map(|pair| {
            let operand = |fact: &Fact| Operand::of(fact.number).named(super::same::name(&fact.key, fact));
            let roles = vec![(Role::First, vec![operand(pair.again)]), (Role::Second, vec![operand(pair.first)])];
            let span = numbers[pair.again.number.0 as usize].literal.span;
            Claim { kind: ClaimKind::Same, roles, span, subject: super::same::name(&pair.again.key, pair.again) }
        })
        .filter(|claim| !known.contains(&ends(claim)))
        .collect();
    claims.extend(told);
}

/// The two numbers of a claim, in order.
fn ends(claim: &Claim) -> Vec<super::NumberId> {
    let mut ends: Vec<_> = claim.numbers().collect();
    ends.sort_unstable();
    ends
}

/// Every two places of one name whose keys are equal but for a heading's scope.
fn pairs<'f>(facts: &'f [Fact], numbers: &[Number]) -> Vec<Pair<'f>> {
    let number = |fact: &Fact| &numbers[fact.number.0 as usize];
    let mut groups: BTreeMap<(&str, Period), Vec<&Fact>> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| is_near(&fact.key)) {
        if number(fact).literal.unit.dimension() == Dimension::Money {
            groups.entry((alias(fact), fact.key.period)).or_default().push(fact);
        }
    }
    let mut pairs = Vec::new();
    for (name, group) in groups.values().enumerate().filter(|(_, group)| group.len() <= MOST_PLACES * 4) {
        let prints = |block: usize, value| {
            group.iter().any(|fact| number(fact).block == block && number(fact).literal.base() == value)
        };
        let places: Vec<&&Fact> = group.iter().take(MOST_PLACES * 2).collect();
        for (at, first) in places.iter().enumerate() {
            for again in places[at + 1..].iter().filter(|again| may_be_one(&first.key, &again.key)) {
                let (here, there) = (number(first), number(again));
                let values = (here.literal.base(), there.literal.base());
                let agrees = values.0 == values.1;
                // Where a place prints the other's figure too, under another stage or scope, the two are told apart.
                let told_apart = !agrees && (prints(there.block, values.0) || prints(here.block, values.1));
                if here.block != there.block && !told_apart {
                    pairs.push(Pair { name, first, again, agrees });
                }
            }
        }
    }
    pairs
}

/// Whether two keys are of one stage, and of one scope as far as the figures themselves say.
fn may_be_one(a: &Key, b: &Key) -> bool {
    // Two amounts of the whole unit under one word are more often of two things than those of one project.
    let named = [a, b].into_iter().any(|key| matches!(key.entity, Entity::Item(_)));
    let alike = a.is_of_one_kind(b) && looser(a, b) && a.stage == b.stage;
    named && alike && (a.scope == b.scope || is_only_heading(a) && is_only_heading(b))
}

/// Whether no words of the figure's own say which money it is.
fn is_only_heading(key: &Key) -> bool {
    key.scope == super::Scope::Unstated || key.scope == key.scope.inherited()
}

/// Whether the names around both places return with equal figures: three times as many as return with others, and more of
/// them where headings give the two lists different scopes.
fn is_backed(pair: &Pair, pairs: &[Pair], numbers: &[Number]) -> bool {
    let one_scope = pair.first.key.scope == pair.again.key.scope;
    if !one_scope && is_more_money(pair, pairs, numbers) {
        return false;
    }
    let least = if one_scope { 3 } else { 6 };
    let (agreeing, names) = backing(pair, pairs);
    agreeing >= least && agreeing >= 3 * (names - agreeing)
}

/// Whether another name differs by the same amount between the two scopes: 农林水支出 and its 防汛 of all funds are both
/// larger by what other money paid.
fn is_more_money(pair: &Pair, pairs: &[Pair], numbers: &[Number]) -> bool {
    let base = |fact: &Fact| numbers[fact.number.0 as usize].literal.base();
    let gap = |pair: &Pair| base(pair.again)?.minus(base(pair.first)?);
    pairs.iter().any(|other| {
        let scopes = (other.first.key.scope, other.again.key.scope) == (pair.first.key.scope, pair.again.key.scope);
        other.name != pair.name && !other.agrees && scopes && gap(other) == gap(pair)
    })
}

/// How many names around both places return with equal figures, and how many return at all.
fn backing(pair: &Pair, pairs: &[Pair]) -> (usize, usize) {
    let is_near = |a: &Fact, b: &Fact| a.number.0.abs_diff(b.number.0) <= REACH;
    let beside = pairs.iter().filter(|other| {
        is_near(pair.first, other.first)
            && is_near(pair.again, other.again)
            && other.first.key.stage == pair.first.key.stage
            && other.first.key.scope == pair.first.key.scope
            && other.again.key.scope == pair.again.key.scope
    });
    let mut names: BTreeMap<usize, bool> = BTreeMap::new();
    for other in beside {
        *names.entry(other.name).or_default() |= other.agrees;
    }
    (names.values().filter(|agrees| **agrees).count(), names.len())
}
