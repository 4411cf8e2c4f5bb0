//! What is template: words that so many units use that none of them can have copied it from another.

use rayon::prelude::*;

/// Words in more units than this are template: as many as the root of all units, but three at least.
pub fn limit(units: usize) -> usize {
    units.isqrt().max(3)
}

/// Sentences of the template, by their fingerprints.
#[derive(Debug)]
pub(super) struct Template(Vec<u64>);

impl Template {
    /// Learned from every sentence with the unit that uses it.
    pub(super) fn learn(mut uses: Vec<(u64, u32)>, limit: usize) -> Template {
        uses.par_sort_unstable();
        uses.dedup();
        let common = uses.chunk_by(|a, b| a.0 == b.0).filter(|users| users.len() > limit);
        Template(common.map(|users| users[0].0).collect())
    }

    pub(super) fn has(&self, sentence: u64) -> bool {
        self.0.binary_search(&sentence).is_ok()
    }
}

/// Passages that are alike, directly or through others.
#[derive(Debug)]
pub(super) struct Families {
    parent: Vec<u32>,
    /// Units of each family, kept at its root, as far as needed to tell that they are too many.
    units: Vec<Vec<u32>>,
    limit: usize,
}

impl Families {
    pub(super) fn new(units: Vec<Vec<u32>>, limit: usize) -> Families {
        Families { parent: (0..units.len() as u32).collect(), units, limit }
    }

    pub(super) fn root(&mut self, mut of: u32) -> u32 {
        while self.parent[of as usize] != of {
            let above = self.parent[self.parent[of as usize] as usize];
            self.parent[of as usize] = above;
            of = above;
        }
        of
    }

    /// Whether a family is of so many units that it is template.
    pub(super) fn is_template(&mut self, of: u32) -> bool {
        let root = self.root(of);
        self.units[root as usize].len() > self.limit
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high as usize] = low;
        let more = std::mem::take(&mut self.units[high as usize]);
        let units = &mut self.units[low as usize];
        units.extend(more);
        units.sort_unstable();
        units.dedup();
        units.truncate(self.limit + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_use_is_template() {
        let uses = vec![(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 1), (2, 2), (2, 3), (2, 1)];
        let template = Template::learn(uses, limit(9));
        assert!(template.has(1) && !template.has(2));
        assert_eq!([limit(1), limit(100), limit(10_000)], [3, 10, 100]);
    }

    #[test]
    fn families_grow_until_they_are_template() {
        let mut families = Families::new(vec![vec![1], vec![2], vec![3], vec![4]], 3);
        families.join(0, 1);
        families.join(2, 1);
        assert!(!families.is_template(2) && families.root(2) == 0);
        families.join(3, 0);
        assert!(families.is_template(1));
    }
}
