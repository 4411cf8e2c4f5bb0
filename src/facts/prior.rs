//! Last year's figure of one thing, by what two places say of it: 比上年的17.3万元增加…, 比上年增加1.1万元.

use std::collections::{BTreeMap, BTreeSet};

use super::{Claim, ClaimKind, Concept, Entity, Fact, Key, Measure, Number, NumberId, Operand, Role, Scope, Stage};
use crate::document::{Document, Hedge};

/// Words by which a comparison is of other money or other bodies than the figures that were reported.
const SCOPED: &[&str] = &["同口径", "可比", "剔除", "扣除", "还原", "不含", "不包括", "并入", "划转", "合并后"];
/// Words of a fall.
const DOWN: &[&str] = &["减少", "下降", "降低", "压减", "缩减", "少支"];
/// A fact that more places compare is not looked at in all of them.
const MOST_PLACES: usize = 20;

/// What is compared.
type Subject<'f> = (&'f Entity, Concept, Scope);

/// What one place says of a figure and of the one of the year before.
struct Comparison {
    current: NumberId,
    previous: Option<NumberId>,
    change: Option<Operand>,
}

/// Claims that two comparisons of one figure with last year's measure from the same one.
pub(super) fn read(document: &Document, facts: &[Fact], numbers: &[Number], claims: &mut Vec<Claim>) {
    let reader = Reader { document, facts, numbers };
    let mut compared: BTreeMap<Subject, Vec<Comparison>> = BTreeMap::new();
    for (subject, comparison) in reader.stated(claims).into_iter().chain(reader.changes(claims)) {
        compared.entry(subject).or_default().push(comparison);
    }
    for places in compared.values() {
        let places = &places[..places.len().min(MOST_PLACES)];
        for (at, one) in places.iter().enumerate() {
            for other in &places[at + 1..] {
                claims.extend(reader.one_base(one, other).or_else(|| reader.one_base(other, one)));
            }
        }
    }
}

struct Reader<'a> {
    document: &'a Document,
    facts: &'a [Fact],
    numbers: &'a [Number],
}

impl<'a> Reader<'a> {
    fn number(&self, id: NumberId) -> &'a Number {
        &self.numbers[id.0 as usize]
    }

    /// Comparisons that print last year's figure beside this year's.
    fn stated(&self, claims: &[Claim]) -> Vec<(Subject<'a>, Comparison)> {
        let comparison = |claim: &Claim| {
            let number = |role: Role| claim.role(role).first().and_then(Operand::number);
            let (current, previous) = (number(Role::Current)?, number(Role::Previous)?);
            let fact = self.facts.binary_search_by_key(&current, |fact| fact.number).ok()?;
            let subject = subject(&self.facts[fact].key)?;
            let together = self.number(previous).block == self.number(current).block;
            let change = claim.role(Role::Change).first().cloned();
            let said = together && self.is_with_last_year(previous);
            said.then_some((subject, Comparison { current, previous: Some(previous), change }))
        };
        claims.iter().filter(|claim| claim.kind == ClaimKind::Change).filter_map(comparison).collect()
    }

    /// Changes beside which last year's figure is not printed, each after this year's.
    fn changes(&self, claims: &[Claim]) -> Vec<(Subject<'a>, Comparison)> {
        let stated: BTreeSet<NumberId> = claims
            .iter()
            .filter(|claim| claim.kind == ClaimKind::Change && !claim.role(Role::Previous).is_empty())
            .flat_map(|claim| claim.role(Role::Change))
            .filter_map(Operand::number)
            .collect();
        let comparison = |(at, fact): (usize, &'a Fact)| {
            let subject = subject(&fact.key).filter(|_| fact.key.measure == Measure::Change)?;
            let block = self.number(fact.number).block;
            let mut before = self.facts[..at].iter().rev().take_while(|other| self.number(other.number).block == block);
            let current = before.find(|other| other.key.measure == Measure::Level)?;
            let own = self::subject(&current.key) == Some(subject) && self.is_with_last_year(fact.number);
            let negative = DOWN.iter().any(|word| fact.label.contains(word));
            let change = Operand { negative, ..Operand::of(fact.number).named(fact.label.clone()) };
            let current = current.number;
            own.then_some((subject, Comparison { current, previous: None, change: Some(change) }))
        };
        let alone = self.facts.iter().enumerate().filter(|(_, fact)| !stated.contains(&fact.number));
        alone.filter_map(comparison).collect()
    }

    /// Whether the words of a comparison name last year's accounts, and its paragraph no other scope.
    fn is_with_last_year(&self, id: NumberId) -> bool {
        let number = self.number(id);
        let Some(paragraph) = self.document.blocks[number.block].paragraph() else { return false };
        let text = paragraph.flow.text();
        let from = paragraph.sentence_at(number.literal.range.start).map_or(0, |sentence| sentence.range.start);
        let words = &text[from..number.literal.range.start];
        let last_year = ["上年", "去年", "同期", "同比", "上一年"].iter().any(|word| words.contains(word));
        let exact = number.literal.hedge == Hedge::None && number.cell.is_none();
        exact && last_year && !words.contains("预算") && !SCOPED.iter().any(|word| text.contains(word))
    }

    /// The claim that two places measure one figure from one of last year: the first says from which, or neither does.
    fn one_base(&self, one: &Comparison, other: &Comparison) -> Option<Claim> {
        let base = |id: NumberId| self.number(id).literal.base();
        let apart = self.number(one.current).block != self.number(other.current).block;
        if !apart || base(one.current) != base(other.current) {
            return None;
        }
        match (one.previous, other.previous) {
            (Some(first), Some(second)) => Some(self.same(named(first, "上年数"), named(second, "上年数"))),
            (Some(previous), None) => {
                let change = other.change.clone()?;
                let span = self.number(change.number()?).literal.span;
                let roles = vec![
                    (Role::Current, vec![named(other.current, "本年数")]),
                    (Role::Previous, vec![named(previous, "上年数")]),
                    (Role::Change, vec![change]),
                ];
                Some(Claim { kind: ClaimKind::Change, roles, span, subject: "上年数".into() })
            }
            (None, None) => {
                let (first, second) = (one.change.clone()?, other.change.clone()?);
                let alike = first.negative == second.negative;
                alike.then(|| self.same(first.named("与上年相比的增减额"), second.named("与上年相比的增减额")))
            }
            (None, Some(_)) => None,
        }
    }

    fn same(&self, first: Operand, second: Operand) -> Claim {
        let span = second.number().map_or(self.numbers[0].literal.span, |id| self.number(id).literal.span);
        let subject = second.name.clone();
        let roles = vec![(Role::First, vec![second]), (Role::Second, vec![first])];
        Claim { kind: ClaimKind::Same, roles, span, subject }
    }
}

fn named(id: NumberId, name: &str) -> Operand {
    Operand::of(id).named(name)
}

/// What a key is of, where its words name it and it was not merely planned.
fn subject(key: &Key) -> Option<Subject<'_>> {
    let is_named = !key.concept.0.is_empty() || matches!(key.entity, Entity::Item(_));
    (is_named && key.stage == Stage::Final).then_some((&key.entity, key.concept, key.scope))
}
