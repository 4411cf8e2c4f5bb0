//! Passages that stand in more than one report, with template text learned from the corpus and left out.
//!
//! Equal passages meet by a fingerprint, those with other numbers by a fingerprint without numbers and without the name of
//! the reporting unit, and those edited here and there by sketches of their sets of three characters. Words that very many
//! units use are template, sentence by sentence, and so is what resembles such words.

mod near;
mod sketch;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use near::Alike;
use sketch::fingerprint;
pub use template::limit;
use template::{Families, Template};

use super::digest::{MIN_CHARS, Own};

/// Fewer units cannot tell template from copy.
pub const FEWEST_UNITS: usize = 8;
/// Passages that are equal in more reports than this are paired with the first of them only.
const ALL_PAIRS: usize = 12;

/// Passages by their number, as texts.
pub(super) trait Texts: Sync {
    fn read(&self, passages: &[u32]) -> Vec<String>;
}

/// A passage, in short.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub report: u32,
    pub unit: u32,
    /// Its place among the passages of its report.
    pub ordinal: u32,
    pub exact: u64,
    pub masked: u64,
    pub chars: u32,
    pub standing: bool,
}

/// All passages of a corpus.
#[derive(Debug, Default)]
pub struct Passages {
    pub items: Vec<Item>,
    /// For each passage, where its sentences end among all.
    ends: Vec<u32>,
    sentences: Vec<(u64, u16)>,
}

/// How two passages are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    Exact,
    /// But for numbers and the names of the two units.
    Masked,
    Near,
}

impl How {
    pub fn word(self) -> &'static str {
        match self {
            How::Exact => "exact",
            How::Masked => "masked",
            How::Near => "near",
        }
    }
}

/// Two passages that are alike and not template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Indices of passages; the first stands in the report that comes first.
    pub a: u32,
    pub b: u32,
    pub how: How,
    /// In thousandths.
    pub similarity: u32,
}

/// What comparing found.
#[derive(Debug, Default)]
pub struct Copies {
    pub pairs: Vec<Pair>,
    /// A unit's name where the template has that of the reporting unit: passage and unit.
    pub foreign: Vec<(u32, u32)>,
    /// Of each passage, the characters that are no template.
    pub own: Vec<u32>,
}

impl Passages {
    pub fn push(&mut self, item: Item, sentences: impl Iterator<Item = (u64, u16)>) {
        self.items.push(item);
        self.sentences.extend(sentences);
        self.ends.push(self.sentences.len() as u32);
    }

    fn sentences(&self, passage: usize) -> &[(u64, u16)] {
        let start = passage.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.sentences[start as usize..self.ends[passage] as usize]
    }

    fn template(&self, limit: usize) -> Template {
        let uses = |(at, item): (usize, &Item)| {
            let unit = item.unit;
            self.sentences(at).iter().map(move |(sentence, _)| (*sentence, unit))
        };
        Template::learn(self.items.iter().enumerate().flat_map(uses).collect(), limit)
    }

    /// Finds what stands in several reports. `text` gives the words of some passages, `names` those of the units.
    pub fn compare(&self, text: &(dyn Fn(&[u32]) -> Vec<String> + Sync), names: &[String]) -> Copies {
        let limit = limit(names.len());
        let template = self.template(limit);
        let own: Vec<u32> = (0..self.items.len()).map(|at| self.own(at, &template)).collect();
        let groups = Groups::of(&self.items);
        let mut families = Families::new(groups.units(&self.items, limit), limit);
        let words = Words { items: &self.items, groups: &groups, text, names };
        let alike = near::find(groups.len(), &words, &mut families);
        let foreign = words.foreign(&alike, &mut families);
        let mut pairs = Vec::new();
        let said = |group: u32| own[groups.first(group) as usize] as usize >= MIN_CHARS;
        for group in (0..groups.len() as u32).filter(|group| said(*group)) {
            if !families.is_template(group) {
                pairs.extend(self.within(groups.members(group)));
            }
        }
        for each in alike.iter().filter(|each| said(each.a) && said(each.b)) {
            if !families.is_template(each.a) {
                pairs.extend(self.across(groups.members(each.a), groups.members(each.b), each.similarity));
            }
        }
        pairs.sort_unstable();
        Copies { pairs, foreign, own }
    }

    /// Characters of a passage that are no template.
    fn own(&self, passage: usize, template: &Template) -> u32 {
        let own = self.sentences(passage).iter().filter(|(sentence, _)| !template.has(*sentence));
        own.map(|(_, chars)| u32::from(*chars)).sum()
    }

    /// Pairs of passages that are equal but for their numbers.
    fn within(&self, members: &[u32]) -> Vec<Pair> {
        let most = if members.len() > ALL_PAIRS { 1 } else { members.len() };
        let pairs = (0..most).flat_map(|at| members[at + 1..].iter().map(move |b| (members[at], *b)));
        let pairs = pairs.filter_map(|(a, b)| {
            let equal = self.items[a as usize].exact == self.items[b as usize].exact;
            self.pair(a, b, if equal { How::Exact } else { How::Masked }, 1000)
        });
        pairs.collect()
    }

    fn across(&self, some: &[u32], others: &[u32], similarity: u32) -> Vec<Pair> {
        let few = |members: &[u32]| if members.len() > ALL_PAIRS { 1 } else { members.len() };
        let pairs = some[..few(some)].iter().flat_map(|a| others[..few(others)].iter().map(move |b| (*a, *b)));
        pairs.filter_map(|(a, b)| self.pair(a, b, How::Near, similarity)).collect()
    }

    /// A report that repeats itself is for the rules of one report.
    fn pair(&self, a: u32, b: u32, how: How, similarity: u32) -> Option<Pair> {
        let (x, y) = (&self.items[a as usize], &self.items[b as usize]);
        let (a, b) = if (x.report, x.ordinal) <= (y.report, y.ordinal) { (a, b) } else { (b, a) };
        (x.report != y.report).then_some(Pair { a, b, how, similarity })
    }
}

/// Passages that are equal but for their numbers, together.
struct Groups {
    order: Vec<u32>,
    ends: Vec<u32>,
}

impl Groups {
    fn of(items: &[Item]) -> Groups {
        let mut order: Vec<u32> = (0..items.len() as u32).collect();
        order.sort_by_key(|at| (items[*at as usize].masked, *at));
        let same = |a: &u32, b: &u32| items[*a as usize].masked == items[*b as usize].masked;
        let mut end = 0;
        let mut groups: Vec<Vec<u32>> = order.chunk_by(same).map(<[u32]>::to_vec).collect();
        // In the order of the corpus, so that nothing depends on the values of fingerprints.
        groups.sort_unstable();
        let ends = groups.iter().map(|group| {
            end += group.len() as u32;
            end
        });
        Groups { ends: ends.collect(), order: groups.concat() }
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn members(&self, group: u32) -> &[u32] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.order[start as usize..self.ends[group as usize] as usize]
    }

    fn first(&self, group: u32) -> u32 {
        self.members(group)[0]
    }

    fn units(&self, items: &[Item], limit: usize) -> Vec<Vec<u32>> {
        let units = |group| {
            let mut units: Vec<u32> = self.members(group).iter().map(|at| items[*at as usize].unit).collect();
            units.sort_unstable();
            units.dedup();
            units.truncate(limit + 1);
            units
        };
        (0..self.len() as u32).map(units).collect()
    }
}

/// The words of groups.
struct Words<'a> {
    items: &'a [Item],
    groups: &'a Groups,
    text: &'a (dyn Fn(&[u32]) -> Vec<String> + Sync),
    names: &'a [String],
}

impl Texts for Words<'_> {
    /// The masked words of groups.
    fn read(&self, groups: &[u32]) -> Vec<String> {
        let firsts: Vec<u32> = groups.iter().map(|group| self.groups.first(*group)).collect();
        let texts = (self.text)(&firsts);
        texts.iter().zip(&firsts).map(|(text, at)| Own(self.name(*at)).masked(text)).collect()
    }
}

impl Words<'_> {
    fn name(&self, passage: u32) -> &str {
        &self.names[self.items[passage as usize].unit as usize]
    }

    /// Names of other units where the template, or the passage that was copied, has the name of its own unit: with the
    /// name masked, the passage is one that others have.
    fn foreign(&self, alike: &[Alike], families: &mut Families) -> Vec<(u32, u32)> {
        let names = Names::new(self.names);
        let known: BTreeMap<u64, u32> = (0..self.groups.len() as u32)
            .map(|group| (self.items[self.groups.first(group) as usize].masked, group))
            .collect();
        let mut suspects: Vec<u32> = alike.iter().flat_map(|each| [each.a, each.b]).collect();
        suspects.sort_unstable();
        suspects.dedup();
        suspects.retain(|group| self.groups.members(*group).len() <= ALL_PAIRS);
        let mut found = Vec::new();
        for (group, text) in suspects.iter().zip(self.read(&suspects)) {
            let passage = self.groups.first(*group);
            for (name, unit) in names.within(&text) {
                let repaired = fingerprint(&text.replace(name, "@"));
                let others = known.get(&repaired).filter(|other| *other != group);
                if unit != self.items[passage as usize].unit
                    && others.is_some_and(|other| self.vouches(*other, unit, families))
                {
                    found.push((passage, unit));
                }
            }
        }
        found
    }

    /// Whether a group shows that the name is out of place: it is template, or a passage of the unit so named.
    fn vouches(&self, group: u32, unit: u32, families: &mut Families) -> bool {
        let of_unit = |at: &u32| self.items[*at as usize].unit == unit;
        families.is_template(group) || self.groups.members(group).iter().any(of_unit)
    }
}

/// The names of units, to be found in texts.
struct Names<'n> {
    units: BTreeMap<&'n str, u32>,
    /// How they begin: most places of a text are none.
    starts: BTreeSet<&'n str>,
}

/// Characters of which a name begins with as many, and the most that a name has.
const START: usize = 3;
const LONGEST: usize = 30;

impl<'n> Names<'n> {
    fn new(names: &'n [String]) -> Names<'n> {
        let units: BTreeMap<&str, u32> = names.iter().zip(0..).map(|(name, unit)| (name.as_str(), unit)).collect();
        let start = |name: &&'n str| name.char_indices().nth(START).map(|(end, _)| &name[..end]);
        Names { starts: units.keys().filter_map(start).collect(), units }
    }

    /// Units that a text names, the longest name at each place.
    fn within<'t>(&self, text: &'t str) -> Vec<(&'t str, u32)> {
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

    const OWN: [&str; 3] = [
        "沿河五个村的管网检修比计划晚了一个多月，原定的施工单位中途退出，年末才补齐手续，支出12万元，甲县水务局正在整改",
        "年初编预算时没有逐户摸底，信息更新不及时，群众外出务工较多，设备利用不满负荷，一笔尾款转到次年再付",
        "样品送检只完成了前半程，验收专家难以集中，复查时又发现新的漏项，阶段性成果没有及时宣传到村到户",
    ];

    /// Each text with its unit, every one a report of its own.
    fn compare(texts: &[(u32, &str)], units: &[&str]) -> (Passages, Copies) {
        let names: Vec<String> = units.iter().map(|name| (*name).to_owned()).collect();
        let mut passages = Passages::default();
        for (report, (unit, text)) in texts.iter().enumerate() {
            let masked = Own(&names[*unit as usize]).masked(text);
            let item = Item {
                report: report as u32,
                unit: *unit,
                ordinal: 0,
                exact: fingerprint(text),
                masked: fingerprint(&masked),
                chars: text.chars().count() as u32,
                standing: false,
            };
            let sentences = masked.split('。').filter(|sentence| !sentence.is_empty());
            passages.push(
                item,
                sentences.map(|s| (fingerprint(s), s.chars().count() as u16)).collect::<Vec<_>>().into_iter(),
            );
        }
        let read = |at: &[u32]| at.iter().map(|at| texts[*at as usize].1.to_owned()).collect();
        let copies = passages.compare(&read, &names);
        (passages, copies)
    }

    const UNITS: [&str; 5] = ["甲县水务局", "乙县水务局", "丙县水务局", "丁县水务局", "戊县水务局"];

    #[test]
    fn copies_are_found_exact_with_other_numbers_and_edited() {
        let digits = OWN[0].replace("12", "97");
        let edited = OWN[1].replace("尾款", "余款").replace("较多", "多");
        let texts = [(0, OWN[0]), (1, digits.as_str()), (2, OWN[1]), (3, &edited), (4, OWN[2]), (0, OWN[2])];
        let (_, copies) = compare(&texts, &UNITS);
        let found: Vec<(u32, u32, How)> = copies.pairs.iter().map(|pair| (pair.a, pair.b, pair.how)).collect();
        assert_eq!(found, [(0, 1, How::Near), (2, 3, How::Near), (4, 5, How::Exact)]);
        assert_eq!(copies.foreign, [(1, 0)], "the copy still names the unit that it is from");
    }

    #[test]
    fn what_all_units_write_is_template() {
        let texts: Vec<(u32, String)> = (0..5)
            .map(|unit| {
                (
                    unit,
                    format!("{}按照统一部署认真开展绩效自评工作，做到数据有来源、结论有依据。", UNITS[unit as usize]),
                )
            })
            .collect();
        let texts: Vec<(u32, &str)> = texts.iter().map(|(unit, text)| (*unit, text.as_str())).collect();
        let (_, copies) = compare(&texts, &UNITS);
        assert!(copies.pairs.is_empty() && copies.own.iter().all(|own| *own == 0), "{copies:?}");
    }

    #[test]
    fn names_are_found_in_texts() {
        let names = ["甲县水务局".to_owned(), "甲县水务局机关".to_owned()];
        assert_eq!(
            Names::new(&names).within("由甲县水务局机关和甲县水务局负责"),
            [("甲县水务局机关", 1), ("甲县水务局", 0)]
        );
    }
}
