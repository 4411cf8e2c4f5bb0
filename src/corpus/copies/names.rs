//! The names of units, found in texts.

use std::collections::{BTreeMap, BTreeSet};

/// The names of units, to be found in texts.
pub(super) struct Names<'n> {
    units: BTreeMap<&'n str, u32>,
    /// How they begin: most places of a text are none.
    starts: BTreeSet<&'n str>,
}

/// Characters of which a name begins with as many, and the most that a name has.
const START: usize = 3;
const LONGEST: usize = 30;

impl<'n> Names<'n> {
    pub(super) fn new(names: &'n [String]) -> Names<'n> {
        let units: BTreeMap<&str, u32> = names.iter().zip(0..).map(|(name, unit)| (name.as_str(), unit)).collect();
        let start = |name: &&'n str| name.char_indices().nth(START).map(|(end, _)| &name[..end]);
        Names { starts: units.keys().filter_map(start).collect(), units }
    }

    /// Units that a text names, the longest name at each place.
    pub(super) fn within<'t>(&self, text: &'t str) -> Vec<(&'t str, u32)> {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at + START < bounds.len() {
            let begins = self.starts.contains(&text[bounds[at]..bounds[at + START]]);
            match begins.then(|| self.at(text, &bounds[at..])).flatten() {
                Some((chars, name, unit)) => {
                    found.push((name, unit));
                    at += chars;
                }
                None => at += 1,
            }
        }
        found
    }

    fn at<'t>(&self, text: &'t str, bounds: &[usize]) -> Option<(usize, &'t str, u32)> {
        (START + 1..bounds.len().min(LONGEST)).rev().find_map(|chars| {
            let name = &text[bounds[0]..bounds[chars]];
            Some((chars, name, *self.units.get(name)?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_texts() {
        let names = ["甲县水务局".to_owned(), "甲县水务局机关".to_owned()];
        assert_eq!(
            Names::new(&names).within("由甲县水务局机关和甲县水务局负责"),
            [("甲县水务局机关", 1), ("甲县水务局", 0)]
        );
    }
}
