//! Which reports are of one unit: names that are written differently, and former names.

use std::collections::BTreeMap;

/// The units of a corpus.
#[derive(Debug, Default)]
pub struct Units {
    /// The name of each, as it is shown.
    pub names: Vec<String>,
    by_name: BTreeMap<String, u32>,
    /// Former and other names: the normal form of one, and of what stands for it.
    aliases: BTreeMap<String, String>,
}

/// Why two reports are taken to be of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    SameName,
    /// The names differ in what says nothing: blanks, brackets, 本级.
    Spelling,
    /// The list of former names says so.
    Alias,
    /// The report names no unit: it stands alone.
    Unnamed,
}

impl Evidence {
    pub fn word(self) -> &'static str {
        match self {
            Evidence::SameName => "名称相同",
            Evidence::Spelling => "名称写法不同",
            Evidence::Alias => "名称对照表",
            Evidence::Unnamed => "未写明单位",
        }
    }
}

impl Units {
    /// Units with a list of other names: 旧名=现名, one on each line.
    pub fn with_aliases(list: &str) -> Units {
        let pairs = list.lines().filter_map(|line| line.split_once(['=', '＝', '\t', ',']));
        let aliases = pairs.map(|(old, new)| (normal(old), normal(new))).filter(|(old, new)| old != new);
        Units { aliases: aliases.collect(), ..Units::default() }
    }

    /// The unit of a report, and why.
    pub fn resolve(&mut self, name: Option<&str>, path: &str) -> (u32, Evidence) {
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else {
            // A name that no unit has.
            return (self.number(&format!("?{path}"), path), Evidence::Unnamed);
        };
        let written = normal(name);
        let evidence = if written == name { Evidence::SameName } else { Evidence::Spelling };
        match self.current(&written) {
            Some(current) => (self.number(&current, &current), Evidence::Alias),
            None => (self.number(&written, &written), evidence),
        }
    }

    /// The present name behind a former one, through several changes of name.
    fn current(&self, name: &str) -> Option<String> {
        let mut chain = std::iter::successors(self.aliases.get(name), |name| self.aliases.get(*name));
        let mut last = chain.next()?;
        // A circle of names ends somewhere.
        for next in chain.take(self.aliases.len()) {
            last = next;
        }
        Some(last.clone())
    }

    fn number(&mut self, key: &str, name: &str) -> u32 {
        if let Some(unit) = self.by_name.get(key) {
            return *unit;
        }
        let unit = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.by_name.insert(key.to_owned(), unit);
        unit
    }

    /// The unit of this name, if any report is of it.
    pub fn known(&self, name: &str) -> Option<u32> {
        let written = normal(name);
        self.by_name.get(&self.current(&written).unwrap_or(written)).copied()
    }
}

/// Whose accounts a report is about: those of a unit by itself and of a unit with all below it are two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    #[default]
    Unstated,
    /// 本级
    Itself,
    /// 汇总
    Whole,
}

/// What says nothing about which unit it is, and what it says about whose accounts.
const TAILS: &[(&str, Reach)] = &[
    ("(本级)", Reach::Itself),
    ("（本级）", Reach::Itself),
    ("本级", Reach::Itself),
    ("(机关)", Reach::Itself),
    ("（机关）", Reach::Itself),
    ("(汇总)", Reach::Whole),
    ("（汇总）", Reach::Whole),
    ("（盖章）", Reach::Unstated),
    ("(盖章)", Reach::Unstated),
];

impl Reach {
    pub fn of(name: &str) -> Reach {
        trimmed(name).1
    }
}

fn trimmed(name: &str) -> (String, Reach) {
    let mut name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let mut reach = Reach::Unstated;
    while let Some((tail, says)) = TAILS.iter().find(|(tail, _)| name.ends_with(tail) && name.len() > tail.len()) {
        name.truncate(name.len() - tail.len());
        if reach == Reach::Unstated {
            reach = *says;
        }
    }
    (name, reach)
}

fn normal(name: &str) -> String {
    trimmed(name).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unit_has_one_number() {
        let mut units = Units::with_aliases("甲县林业局=甲县自然资源和林业局\n");
        let (new, _) = units.resolve(Some("甲县自然资源和林业局"), "a");
        assert_eq!(units.resolve(Some("甲县林业局"), "b"), (new, Evidence::Alias));
        assert_eq!(units.resolve(Some("甲县自然资源和林业局（本级）"), "c"), (new, Evidence::Spelling));
        assert_eq!(
            ["甲局（本级）（盖章）", "甲局（汇总）", "甲局"].map(Reach::of),
            [Reach::Itself, Reach::Whole, Reach::Unstated]
        );
        let (none, why) = units.resolve(None, "d");
        assert_ne!((none, Evidence::SameName), (new, why));
        assert_ne!(units.resolve(None, "e").0, none);
        assert_eq!((units.known("甲县林业局"), units.known("乙县林业局")), (Some(new), None));
    }

    #[test]
    fn circles_of_names_end() {
        let mut units = Units::with_aliases("甲局=乙局\n乙局=甲局\n");
        assert_eq!(units.resolve(Some("甲局"), "a").1, Evidence::Alias);
    }
}
