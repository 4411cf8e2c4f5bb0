//! What is equal, together: passages that are equal but for their numbers, among which what is alike is sought, and sentences.

use rayon::prelude::*;

use super::names::Names;
use super::near::{self, Alike};
use super::sketch::{Sketch, fingerprint};
use super::template::Families;
use super::{ALL_PAIRS, Item, Passages, Texts};
use crate::corpus::digest::Own;

/// No group yet.
const NONE: u32 = u32::MAX;
/// Slots for the first few groups.
const SLOTS: usize = 1024;

/// Members as they come, each with the group of those that have the same key. Groups are numbered by their first members.
/// Keys are fingerprints: their last bits differ as all others do.
#[derive(Debug, Default)]
pub(super) struct Grouping {
    /// The groups by the last bits of their keys, or in one of the next slots: at least half of them are empty.
    slots: Vec<u32>,
    /// Of each group.
    keys: Vec<u64>,
    /// Of each member.
    groups: Vec<u32>,
}

impl Grouping {
    pub(super) fn of(keys: impl Iterator<Item = u64>) -> Grouping {
        let mut grouping = Grouping::default();
        keys.for_each(|key| {
            grouping.push(key);
        });
        grouping
    }

    /// Takes the next member; whether it is the first of its group.
    pub(super) fn push(&mut self, key: u64) -> bool {
        if self.keys.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        let is_first = self.slots[slot] == NONE;
        if is_first {
            self.slots[slot] = self.keys.len() as u32;
            self.keys.push(key);
        }
        self.groups.push(self.slots[slot]);
        is_first
    }

    fn grow(&mut self) {
        self.slots = vec![NONE; (self.slots.len() * 2).max(SLOTS)];
        for (group, key) in (0..).zip(&self.keys) {
            let slot = self.slot(*key);
            self.slots[slot] = group;
        }
    }

    /// The slot of a key, or the one that it would take.
    fn slot(&self, key: u64) -> usize {
        let last = self.slots.len() - 1;
        let is_other = |group: u32| group != NONE && self.keys[group as usize] != key;
        let mut slot = key as usize & last;
        while is_other(self.slots[slot]) {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// The group of a member.
    pub(super) fn group(&self, member: u32) -> u32 {
        self.groups[member as usize]
    }

    pub(super) fn key(&self, group: u32) -> u64 {
        self.keys[group as usize]
    }

    /// The group of a key.
    pub(super) fn find(&self, key: u64) -> Option<u32> {
        let found = if self.keys.is_empty() { NONE } else { self.slots[self.slot(key)] };
        (found != NONE).then_some(found)
    }

    /// The members of all groups.
    pub(super) fn groups(&self) -> Groups {
        let mut ends = vec![0; self.keys.len()];
        self.groups.iter().for_each(|group| ends[*group as usize] += 1);
        // Each group begins where the one before it ends, and ends where its last member was put.
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut order = vec![0; self.groups.len()];
        for (group, member) in self.groups.iter().zip(0..) {
            let end = &mut ends[*group as usize];
            order[*end as usize] = member;
            *end += 1;
        }
        Groups { order, ends }
    }
}

/// The members of each group, in order.
#[derive(Debug, Default)]
pub(super) struct Groups {
    order: Vec<u32>,
    ends: Vec<u32>,
}

impl Groups {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn members(&self, group: u32) -> &[u32] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.order[start as usize..self.ends[group as usize] as usize]
    }

    pub(super) fn first(&self, group: u32) -> u32 {
        self.members(group)[0]
    }
}

/// The words of groups.
pub(super) struct Words<'a> {
    pub(super) passages: &'a Passages,
    pub(super) text: &'a Texts<'a>,
    pub(super) names: &'a [String],
}

impl near::Passages for Words<'_> {
    fn len(&self) -> usize {
        self.passages.sketches.len()
    }

    fn sketch(&self, group: u32) -> &Sketch {
        &self.passages.sketches[group as usize]
    }

    fn fingerprint(&self, group: u32) -> u64 {
        self.passages.equal.key(group)
    }

    /// The masked words of groups.
    fn read(&self, groups: &[u32]) -> Vec<String> {
        let firsts: Vec<u32> = groups.iter().map(|group| self.first(*group)).collect();
        let texts = (self.text)(&firsts);
        texts.iter().zip(&firsts).map(|(text, at)| Own(self.name(*at)).masked(text)).collect()
    }
}

impl Words<'_> {
    fn first(&self, group: u32) -> u32 {
        self.passages.groups.first(group)
    }

    fn item(&self, passage: u32) -> &Item {
        &self.passages.items[passage as usize]
    }

    fn name(&self, passage: u32) -> &str {
        &self.names[self.item(passage).unit as usize]
    }

    /// Names of other units where the template, or the passage that was copied, has the name of its own unit: with the
    /// name masked, the passage is one that others have.
    pub(super) fn foreign(&self, alike: &[Alike], families: &mut Families<'_>) -> Vec<(u32, u32)> {
        let names = Names::new(self.names);
        let mut suspects: Vec<u32> = alike.iter().flat_map(|each| [each.a, each.b]).collect();
        suspects.sort_unstable();
        suspects.dedup();
        suspects.retain(|group| self.passages.groups.members(*group).len() <= ALL_PAIRS);
        let texts = near::Passages::read(self, &suspects);
        // Other units that a text names, with the passages that it is like with their names masked.
        let named = |(group, text): (&u32, &String)| {
            let own = self.item(self.first(*group)).unit;
            let others = names.within(text).into_iter().filter(|(_, unit)| *unit != own);
            let repaired = |name| self.passages.equal.find(fingerprint(&text.replace(name, "@")));
            let repaired = |name| repaired(name).filter(|other| other != group);
            others.filter_map(|(name, unit)| Some((*group, unit, repaired(name)?))).collect::<Vec<_>>()
        };
        let named: Vec<_> = suspects.par_iter().zip(&texts).flat_map_iter(named).collect();
        let vouched = named.into_iter().filter(|(_, unit, other)| self.vouches(*other, *unit, families));
        vouched.map(|(group, unit, _)| (self.first(group), unit)).collect()
    }

    /// Whether a group shows that the name is out of place: it is template, or a passage of the unit so named.
    fn vouches(&self, group: u32, unit: u32, families: &mut Families<'_>) -> bool {
        let of_unit = |at: &u32| self.item(*at).unit == unit;
        families.is_template(group) || self.passages.groups.members(group).iter().any(of_unit)
    }
}

#[cfg(test)]
mod tests {
    use super::Grouping;

    #[test]
    fn equal_keys_are_together_in_the_order_of_the_first() {
        let keys = [9, 1, 17, 9, 1 << 40 | 1, 1, 9];
        let grouping = Grouping::of(keys.into_iter());
        let groups = grouping.groups();
        let members: Vec<&[u32]> = (0..groups.len() as u32).map(|group| groups.members(group)).collect();
        assert_eq!(members, [&[0, 3, 6][..], &[1, 5], &[2], &[4]]);
        assert_eq!((grouping.group(5), grouping.find(17), grouping.find(18)), (1, Some(2), None));
        assert_eq!(Grouping::default().find(9), None);
    }

    #[test]
    fn many_keys_are_found_again() {
        let keys = |count: u64| (0..count).map(|key| key % 3000 * 0x9e37_79b9);
        let grouping = Grouping::of(keys(9000));
        assert!((0..).zip(keys(9000)).all(|(member, key)| grouping.find(key) == Some(grouping.group(member))));
        assert_eq!(grouping.groups().len(), 3000);
    }
}
