//! Numbered paragraphs that say the same of one thing after another: 1.甲项目，计划投资…；2.乙项目，计划投资…

use std::collections::{BTreeMap, BTreeSet};

use super::prose::{RecordGroup, record_place};
use super::{Entity, Fact, Key, Number};
use crate::document::Document;

/// Which facts stand in records of one list.
pub(super) struct Records<'f> {
    /// For each block, the list that it belongs to and its record there.
    places: BTreeMap<usize, (RecordGroup, usize)>,
    /// The words of the facts of each record.
    labels: BTreeMap<usize, BTreeSet<&'f str>>,
    /// The records of a list that have a fact of a key.
    holders: BTreeMap<(RecordGroup, &'f Key), BTreeSet<usize>>,
}

impl<'f> Records<'f> {
    pub(super) fn read(document: &Document, facts: &'f [Fact], numbers: &[Number]) -> Records<'f> {
        let mut found = Records { places: BTreeMap::new(), labels: BTreeMap::new(), holders: BTreeMap::new() };
        for fact in facts {
            let block = numbers[fact.number.0 as usize].block;
            let Some((group, record)) = record_place(document, block) else { continue };
            found.places.insert(block, (group, record));
            found.labels.entry(record).or_default().insert(&fact.label);
            found.holders.entry((group, &fact.key)).or_default().insert(record);
        }
        found
    }

    /// Whether two facts of one name are of two records: three records have it, or the two say more in the same words.
    pub(super) fn tell_apart(&self, key: &'f Key, a: &Number, b: &Number) -> bool {
        let place = |number: &Number| self.places.get(&number.block).copied();
        let (Some((group, a)), Some((other, b))) = (place(a), place(b)) else { return false };
        if group != other || a == b || !matches!(key.entity, Entity::Item(_)) {
            return false;
        }
        let common = self.labels[&a].intersection(&self.labels[&b]).count();
        common >= 2 || self.holders.get(&(group, key)).is_some_and(|records| records.len() >= 3)
    }
}
