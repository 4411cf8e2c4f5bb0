//! Numbered paragraphs that say the same of one thing after another: 1.甲项目，计划投资…；2.乙项目，计划投资…

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::prose::{RecordGroup, record_place};
use super::{Entity, Fact, Key, Number};
use crate::document::Document;

/// Which facts stand in records of one list.
pub(super) struct Records<'f> {
    document: &'f Document,
    facts: &'f [Fact],
    numbers: &'f [Number],
    /// Read when two facts of one list are first held together.
    lists: OnceCell<Lists<'f>>,
}

#[derive(Default)]
struct Lists<'f> {
    /// The words of the facts of each record.
    labels: BTreeMap<usize, BTreeSet<&'f str>>,
    /// The records of a list that have a fact of a key.
    holders: BTreeMap<(RecordGroup, &'f Key), BTreeSet<usize>>,
}

impl<'f> Records<'f> {
    pub(super) fn new(document: &'f Document, facts: &'f [Fact], numbers: &'f [Number]) -> Records<'f> {
        Records { document, facts, numbers, lists: OnceCell::new() }
    }

    /// Whether two facts of one name are of two records: three records have it, or the two say more in the same words.
    pub(super) fn tell_apart(&self, key: &'f Key, a: &Number, b: &Number) -> bool {
        let place = |number: &Number| record_place(self.document, number.block);
        if !matches!(key.entity, Entity::Item(_)) {
            return false;
        }
        let (Some((group, a)), Some((other, b))) = (place(a), place(b)) else { return false };
        if group != other || a == b {
            return false;
        }
        let lists = self.lists.get_or_init(|| self.read());
        let common = lists.labels[&a].intersection(&lists.labels[&b]).count();
        common >= 2 || lists.holders.get(&(group, key)).is_some_and(|records| records.len() >= 3)
    }

    fn read(&self) -> Lists<'f> {
        let mut found = Lists::default();
        for fact in self.facts {
            let block = self.numbers[fact.number.0 as usize].block;
            let Some((group, record)) = record_place(self.document, block) else { continue };
            found.labels.entry(record).or_default().insert(&fact.label);
            found.holders.entry((group, &fact.key)).or_default().insert(record);
        }
        found
    }
}
