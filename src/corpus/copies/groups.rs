//! Passages that are equal but for their numbers, together; what is alike but not equal is sought among these groups.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::names::Names;
use super::near::{self, Alike};
use super::sketch::{Sketch, fingerprint};
use super::template::Families;
use super::{ALL_PAIRS, Item, Passages, Texts};
use crate::corpus::digest::Own;

/// Passages that are equal but for their numbers, together.
pub(super) struct Groups {
    order: Vec<u32>,
    ends: Vec<u32>,
    firsts: Vec<u32>,
}

impl Groups {
    pub(super) fn of(items: &[Item]) -> Groups {
        let mut sorted: Vec<u32> = (0..items.len() as u32).collect();
        sorted.par_sort_unstable_by_key(|at| (items[*at as usize].masked, *at));
        let same = |a: &u32, b: &u32| items[*a as usize].masked == items[*b as usize].masked;
        let mut start = 0;
        let mut runs: Vec<(u32, u32, u32)> = Vec::new();
        for run in sorted.chunk_by(same) {
            let from = start;
            start += run.len() as u32;
            runs.push((run[0], from, start));
        }
        // In the order of the corpus, so that nothing depends on the values of fingerprints.
        runs.par_sort_unstable();
        let firsts = runs.iter().map(|(first, ..)| *first).collect();
        let mut groups =
            Groups { order: Vec::with_capacity(items.len()), ends: Vec::with_capacity(runs.len()), firsts };
        for (_, from, to) in runs {
            groups.order.extend_from_slice(&sorted[from as usize..to as usize]);
            groups.ends.push(groups.order.len() as u32);
        }
        groups
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn members(&self, group: u32) -> &[u32] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.order[start as usize..self.ends[group as usize] as usize]
    }

    pub(super) fn first(&self, group: u32) -> u32 {
        self.firsts[group as usize]
    }

    /// Of each group, its users.
    pub(super) fn users(&self, items: &[Item]) -> impl Iterator<Item = Vec<u32>> {
        let users = move |group| {
            let mut users: Vec<u32> = self.members(group).iter().map(|at| items[*at as usize].user).collect();
            users.sort_unstable();
            users.dedup();
            users
        };
        (0..self.len() as u32).map(users)
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
        &self.passages.sketches[self.groups.firsts[group as usize] as usize]
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
        let mut found = Vec::new();
        for (group, text) in suspects.iter().zip(near::Passages::read(self, &suspects)) {
            let passage = self.groups.first(*group);
            for (name, unit) in names.within(&text) {
                let repaired = fingerprint(&text.replace(name, "@"));
                let others = known.get(&repaired).filter(|other| *other != group);
                if unit != self.item(passage).unit && others.is_some_and(|other| self.vouches(*other, unit, families)) {
                    found.push((passage, unit));
                }
            }
        }
        found
    }

    /// Whether a group shows that the name is out of place: it is template, or a passage of the unit so named.
    fn vouches(&self, group: u32, unit: u32, families: &mut Families<'_>) -> bool {
        let of_unit = |at: &u32| self.item(*at).unit == unit;
        families.is_template(group) || self.groups.members(group).iter().any(of_unit)
    }
}
