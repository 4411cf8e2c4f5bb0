//! Finding facts by their keys.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::label::trim_edges;
use super::slip::is_slip;
use super::{Concept, Entity, Fact, Key, Measure, Number, NumberId, Period, Scope, Stage};

/// The facts of a report by what they are about.
pub(super) struct Index<'f> {
    numbers: &'f [Number],
    levels: BTreeMap<(&'f Entity, Concept, Period), Vec<&'f Fact>>,
    /// Levels by their words, read when one is first asked for.
    called: OnceCell<BTreeMap<&'f str, Vec<NumberId>>>,
}

/// What is looked for; the scope may be open.
#[derive(Clone, Debug)]
pub(super) struct Query<'q> {
    pub(super) entity: &'q Entity,
    pub(super) concept: Concept,
    pub(super) stage: Stage,
    pub(super) scope: Scope,
    pub(super) period: Period,
}

impl<'q> Query<'q> {
    /// The same thing as `key`, at another stage.
    pub(super) fn like(key: &'q Key, stage: Stage) -> Query<'q> {
        Query { entity: &key.entity, concept: key.concept, stage, scope: key.scope, period: key.period }
    }
}

impl<'f> Index<'f> {
    pub(super) fn new(facts: &'f [Fact], numbers: &'f [Number]) -> Index<'f> {
        let mut levels: BTreeMap<_, Vec<&Fact>> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.key.measure == Measure::Level) {
            levels.entry((&fact.key.entity, fact.key.concept, fact.key.period)).or_default().push(fact);
        }
        Index { numbers, levels, called: OnceCell::new() }
    }

    pub(super) fn number(&self, id: NumberId) -> &'f Number {
        &self.numbers[id.0 as usize]
    }

    /// The fact that a text at number `near` means: of the best matching scope, the nearest before, else the nearest after.
    /// `None` where equally near candidates of different scope disagree.
    pub(super) fn find(&self, query: &Query, near: NumberId) -> Option<NumberId> {
        let facts = self.levels.get(&(query.entity, query.concept, query.period))?;
        let staged = || facts.iter().filter(|fact| fact.key.stage == query.stage && fact.number != near);
        let scoped: Vec<NumberId> =
            staged().filter(|fact| fact.key.scope == query.scope).map(|fact| fact.number).collect();
        if !scoped.is_empty() {
            return nearest(&scoped, near).filter(|_| self.is_one(&scoped));
        }
        let open: Vec<&&Fact> = staged().filter(|fact| fact.key.scope.may_be(query.scope)).collect();
        let agree = open.windows(2).all(|pair| pair[0].key.scope == pair[1].key.scope);
        let ids: Vec<NumberId> = open.iter().map(|fact| fact.number).collect();
        if agree && self.is_one(&ids) { nearest(&ids, near) } else { None }
    }

    /// The number that goes under some words, 总投资 or 概算总投资, where all that do agree but for slips.
    pub(super) fn called(&self, words: &str, near: NumberId) -> Option<NumberId> {
        let called = self.called.get_or_init(|| {
            let mut called: BTreeMap<&str, Vec<NumberId>> = BTreeMap::new();
            for fact in self.levels.values().flatten() {
                let name = trim_edges(&fact.label);
                let name =
                    ["项目", "概算", "计划", "估算"].iter().fold(name, |name, word| name.trim_start_matches(word));
                called.entry(trim_edges(name)).or_default().push(fact.number);
            }
            called
        });
        let found = called.get(trim_edges(words))?;
        nearest(found, near).filter(|_| self.is_one(found))
    }

    /// Whether numbers can all be of one fact: they agree, but for slips. Else which is meant cannot be told.
    fn is_one(&self, ids: &[NumberId]) -> bool {
        let literal = |id: &NumberId| &self.number(*id).literal;
        let first = &ids[..1.min(ids.len())];
        first.iter().all(|first| {
            ids.iter().all(|id| literal(id).base() == literal(first).base() || is_slip(literal(id), literal(first)))
        })
    }

    /// Whether any number is of the concept.
    pub(super) fn knows(&self, concept: Concept) -> bool {
        self.levels.keys().any(|(_, known, _)| *known == concept)
    }

    /// The same at the first of several stages that has one.
    pub(super) fn find_staged(&self, key: &Key, stages: &[Stage], near: NumberId) -> Option<(Stage, NumberId)> {
        stages.iter().find_map(|&stage| Some((stage, self.find(&Query::like(key, stage), near)?)))
    }
}

/// The last at or before `near`, else the first after it.
fn nearest(ids: &[NumberId], near: NumberId) -> Option<NumberId> {
    let before = ids.iter().filter(|id| **id < near).max();
    before.or_else(|| ids.iter().min()).copied()
}
