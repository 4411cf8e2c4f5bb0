//! What is template: words that so many units use that none of them can have copied it from another.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::groups::Grouping;
use super::users::Users;

/// Words in more units than this are template: as many as the root of all units, but three at least.
pub fn limit(units: usize) -> usize {
    units.isqrt().max(3)
}

/// Sentences are taken by the first bits of their fingerprints.
const SHARES: u64 = 8;
const SHARE_BITS: u32 = u64::BITS - SHARES.ilog2();

/// Sentences of the template, by their fingerprints.
#[derive(Debug)]
pub(super) struct Template(Vec<u64>);

impl Template {
    /// Learned from every sentence with a number of the text that it stands in, and from the users of these texts: share by
    /// share, so that few sentences are held at a time.
    pub(super) fn learn<I: Iterator<Item = (u64, u32)>, J: Iterator<Item = u32>>(
        sentences: impl Fn() -> I + Sync,
        used: impl Fn(u32) -> J + Sync,
        users: &Users,
    ) -> Template {
        let learn = |share: u64| {
            let of_share = sentences().filter(|(sentence, _)| sentence >> SHARE_BITS == share);
            let (sentences, texts): (Vec<u64>, Vec<u32>) = of_share.unzip();
            let equal = Grouping::of(sentences.into_iter());
            let groups = equal.groups();
            let of = |group| groups.members(group).iter().flat_map(|at| used(texts[*at as usize]));
            let common = (0..groups.len() as u32).filter(|group| users.common(&distinct(of(*group))));
            common.map(|group| equal.key(group)).collect::<Vec<u64>>()
        };
        let mut template: Vec<u64> = (0..SHARES).into_par_iter().flat_map_iter(learn).collect();
        template.par_sort_unstable();
        Template(template)
    }

    pub(super) fn has(&self, sentence: u64) -> bool {
        self.0.binary_search(&sentence).is_ok()
    }
}

fn distinct(users: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut all: Vec<u32> = users.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Passages that are alike, directly or through others.
#[derive(Debug)]
pub(super) struct Families<'u> {
    users: &'u Users,
    parent: Vec<u32>,
    /// The user of each passage; of a family with several its root has an entry among `several` instead.
    user: Vec<u32>,
    several: BTreeMap<u32, Family>,
}

/// Whose passages are alike. Once they are template it does not matter who else has them.
#[derive(Debug)]
enum Family {
    Template,
    Of(Vec<u32>),
}

impl Family {
    fn of(all: Vec<u32>, users: &Users) -> Family {
        if users.common(&all) { Family::Template } else { Family::Of(all) }
    }
}

impl<'u> Families<'u> {
    /// Every passage by itself, with its users.
    pub(super) fn new<J: Iterator<Item = u32>>(passages: impl Iterator<Item = J>, users: &'u Users) -> Families<'u> {
        let mut families = Families { users, parent: Vec::new(), user: Vec::new(), several: BTreeMap::new() };
        for (of, at) in passages.map(distinct).zip(0..) {
            families.parent.push(at);
            families.user.push(of.first().copied().unwrap_or_default());
            if of.len() > 1 {
                families.several.insert(at, Family::of(of, users));
            }
        }
        families
    }

    pub(super) fn root(&mut self, mut of: u32) -> u32 {
        while self.parent[of as usize] != of {
            let above = self.parent[self.parent[of as usize] as usize];
            self.parent[of as usize] = above;
            of = above;
        }
        of
    }

    /// Whether a family is of so many users that it is template.
    pub(super) fn is_template(&mut self, of: u32) -> bool {
        let root = self.root(of);
        matches!(self.several.get(&root), Some(Family::Template))
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high as usize] = low;
        let joined = match (self.take(low), self.take(high)) {
            (Family::Of(all), Family::Of(more)) => Family::of(distinct(all.into_iter().chain(more)), self.users),
            _ => Family::Template,
        };
        self.several.insert(low, joined);
    }

    fn take(&mut self, root: u32) -> Family {
        self.several.remove(&root).unwrap_or_else(|| Family::Of(vec![self.user[root as usize]]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users() -> Users {
        let mut users = Users::default();
        for unit in 0..10 {
            users.number(Some(1), unit);
        }
        users.settle(10);
        users
    }

    #[test]
    fn what_many_use_is_template() {
        let uses = [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 1), (2, 2), (2, 3), (2, 1)];
        let template = Template::learn(|| uses.iter().copied(), std::iter::once, &users());
        assert!(template.has(1) && !template.has(2));
        assert_eq!([limit(1), limit(100), limit(10_000)], [3, 10, 100]);
    }

    #[test]
    fn families_grow_until_they_are_template() {
        let users = users();
        let mut families = Families::new([1, 2, 3, 4].into_iter().map(std::iter::once), &users);
        families.join(0, 1);
        families.join(2, 1);
        assert!(!families.is_template(2) && families.root(2) == 0);
        families.join(3, 0);
        assert!(families.is_template(1));
    }
}
