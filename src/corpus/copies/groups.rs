//! What is equal, together: passages that are equal but for their numbers, among which what is alike is sought, and sentences.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::names::Names;
use super::near::{self, Alike};
use super::sketch::{Sketch, fingerprint};
use super::template::Families;
use super::{ALL_PAIRS, Item, Passages, Texts};
use crate::corpus::digest::Own;

/// What has equal keys, together: groups in the order of their first members, and members in order.
pub(super) struct Groups {
    order: Vec<u32>,
    ends: Vec<u32>,
}

/// No group yet.
const NONE: u32 = u32::MAX;

impl Groups {
    /// Groups of what has these keys, which are fingerprints: their last bits differ as all others do.
    pub(super) fn of(keys: &[u64]) -> Groups {
        let mut slots = vec![NONE; (keys.len() * 2).next_power_of_two()];
        let (mut groups, mut firsts, mut sizes) = (Vec::with_capacity(keys.len()), Vec::new(), Vec::new());
        for (key, at) in keys.iter().zip(0_u32..) {
            let mut slot = *key as usize & (slots.len() - 1);
            while slots[slot] != NONE && keys[firsts[slots[slot] as usize] as usize] != *key {
                slot = (slot + 1) & (slots.len() - 1);
            }
            if slots[slot] == NONE {
                slots[slot] = firsts.len() as u32;
                firsts.push(at);
                sizes.push(0_u32);
            }
            groups.push(slots[slot]);
            sizes[slots[slot] as usize] += 1;
        }
        // Each group begins where the one before it ends, and ends where its last member was put.
        let mut ends = sizes;
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut order = vec![0; keys.len()];
        for (group, at) in groups.into_iter().zip(0..) {
            let end = &mut ends[group as usize];
            order[*end as usize] = at;
            *end += 1;
        }
        Groups { order, ends }
    }

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

    /// The users of a group; `user` is that of a member.
    pub(super) fn users(&self, group: u32, user: impl Fn(u32) -> u32) -> Vec<u32> {
        let mut users: Vec<u32> = self.members(group).iter().map(|at| user(*at)).collect();
        users.sort_unstable();
        users.dedup();
        users
    }
}

/// The words of groups.
pub(super) struct Words<'a> {
    pub(super) passages: &'a Passages,
    pub(super) groups: &'a Groups,
    pub(super) text: &'a Texts<'a>,
    pub(super) names: &'a [String],
}

impl near::Passages for Words<'_> {
    fn len(&self) -> usize {
        self.groups.len()
    }

    fn sketch(&self, group: u32) -> &Sketch {
        &self.passages.sketches[self.groups.first(group) as usize]
    }

    fn fingerprint(&self, group: u32) -> u64 {
        self.item(self.groups.first(group)).masked
    }

    /// The masked words of groups.
    fn read(&self, groups: &[u32]) -> Vec<String> {
        let firsts: Vec<u32> = groups.iter().map(|group| self.groups.first(*group)).collect();
        let texts = (self.text)(&firsts);
        texts.iter().zip(&firsts).map(|(text, at)| Own(self.name(*at)).masked(text)).collect()
    }
}

impl Words<'_> {
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
        let known: BTreeMap<u64, u32> =
            (0..self.groups.len() as u32).map(|group| (self.item(self.groups.first(group)).masked, group)).collect();
        let mut suspects: Vec<u32> = alike.iter().flat_map(|each| [each.a, each.b]).collect();
        suspects.sort_unstable();
        suspects.dedup();
        suspects.retain(|group| self.groups.members(*group).len() <= ALL_PAIRS);
        let texts = near::Passages::read(self, &suspects);
        // Other units that a text names, with the passages that it is like with their names masked.
        let named = |(group, text): (&u32, &String)| {
            let own = self.item(self.groups.first(*group)).unit;
            let others = names.within(text).into_iter().filter(|(_, unit)| *unit != own);
            let repaired = |name| known.get(&fingerprint(&text.replace(name, "@"))).filter(|other| *other != group);
            others.filter_map(|(name, unit)| Some((*group, unit, *repaired(name)?))).collect::<Vec<_>>()
        };
        let named: Vec<_> = suspects.par_iter().zip(&texts).flat_map_iter(named).collect();
        let vouched = named.into_iter().filter(|(_, unit, other)| self.vouches(*other, *unit, families));
        vouched.map(|(group, unit, _)| (self.groups.first(group), unit)).collect()
    }

    /// Whether a group shows that the name is out of place: it is template, or a passage of the unit so named.
    fn vouches(&self, group: u32, unit: u32, families: &mut Families<'_>) -> bool {
        let of_unit = |at: &u32| self.item(*at).unit == unit;
        families.is_template(group) || self.groups.members(group).iter().any(of_unit)
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn equal_keys_are_together_in_the_order_of_the_first() {
        let groups = Groups::of(&[9, 1, 17, 9, 1 << 40 | 1, 1, 9]);
        let members: Vec<&[u32]> = (0..groups.len() as u32).map(|group| groups.members(group)).collect();
        assert_eq!(members, [&[0, 3, 6][..], &[1, 5], &[2], &[4]]);
        assert_eq!(groups.users(0, |at| 7 - at / 4), [6, 7]);
        assert_eq!(Groups::of(&[]).len(), 0);
    }
}
