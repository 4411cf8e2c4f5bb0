//! Passages that stand in more than one report, with template text learned from the corpus and left out.
//!
//! Equal passages meet by a fingerprint, those with other numbers by a fingerprint without numbers and without the name of
//! the reporting unit, and those edited here and there by sketches of their sets of three characters. Words that very many
//! units use are template, sentence by sentence, and so is what resembles such words.

mod groups;
mod known;
mod names;
mod near;
mod sketch;
mod template;
mod users;

use rayon::prelude::*;

use groups::{Grouping, Groups, Words};
pub use known::Known;
pub use sketch::{Sketch, fingerprint};
pub use template::limit;
use template::{Families, Template};
pub use users::Users;

use super::digest::MIN_CHARS;

/// Passages that are equal in more reports than this are paired with the first of them only.
const ALL_PAIRS: usize = 12;

/// A passage, in short.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub report: u32,
    pub unit: u32,
    /// Its unit in reports of this form: see [`Users`].
    pub user: u32,
    pub exact: u64,
    pub masked: u64,
    pub chars: u16,
    pub standing: bool,
}

/// All passages of a corpus, in the order of its reports.
#[derive(Debug, Default)]
pub struct Passages {
    pub items: Vec<Item>,
    pub users: Users,
    /// Those that are equal but for their numbers: what depends on nothing else is kept once for all of them.
    equal: Grouping,
    groups: Groups,
    /// Of each group, the characters that are no template.
    own: Vec<u32>,
    sketches: Vec<Sketch>,
    /// For each group, where its sentences end among all.
    ends: Vec<u32>,
    sentences: Vec<u64>,
    lengths: Vec<u16>,
}

/// Gives the words of some passages.
pub type Texts<'t> = dyn Fn(&[u32]) -> Vec<String> + Sync + 't;

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
}

impl Passages {
    pub fn push(&mut self, item: Item, sketch: Sketch, sentences: impl Iterator<Item = (u64, u16)>) {
        self.items.push(item);
        if self.equal.push(item.masked) {
            self.sketches.push(sketch);
            for (sentence, chars) in sentences {
                self.sentences.push(sentence);
                self.lengths.push(chars);
            }
            self.ends.push(self.sentences.len() as u32);
        }
    }

    /// Every passage is there: learns the template of so many units. Sentences are not needed any more after it.
    pub fn settle(&mut self, units: usize) {
        self.users.settle(units);
        let range = |at: usize| {
            let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            start as usize..self.ends[at] as usize
        };
        self.groups = self.equal.groups();
        let uses = || {
            let of = |group: usize| self.sentences[range(group)].iter().map(move |sentence| (*sentence, group as u32));
            (0..self.ends.len()).flat_map(of)
        };
        let template = Template::learn(uses, |group| self.used(group), &self.users);
        let own = |at: usize| {
            let sentences = self.sentences[range(at)].iter().zip(&self.lengths[range(at)]);
            sentences.filter(|(sentence, _)| !template.has(**sentence)).map(|(_, chars)| u32::from(*chars)).sum()
        };
        self.own = (0..self.ends.len()).into_par_iter().map(own).collect();
        (self.sentences, self.lengths, self.ends) = Default::default();
    }

    /// The users of a group, some of them more than once.
    fn used(&self, group: u32) -> impl Iterator<Item = u32> {
        self.groups.members(group).iter().map(|at| self.items[*at as usize].user)
    }

    /// The characters of a passage that are no template: once [`Passages::settle`] was called.
    pub fn own(&self, passage: u32) -> u32 {
        self.own[self.equal.group(passage) as usize]
    }

    /// Finds what stands in several reports. `names` are those of the units, `known` the similarities of the last scan.
    pub fn compare(&self, text: &Texts<'_>, names: &[String], known: &mut Known) -> Copies {
        let groups = &self.groups;
        let mut families = Families::new((0..groups.len() as u32).map(|group| self.used(group)), &self.users);
        let words = Words { passages: self, text, names };
        let alike = near::find(&words, &mut families, known);
        let foreign = words.foreign(&alike, &mut families);
        let mut pairs = Vec::new();
        let said = |group: u32| self.own[group as usize] as usize >= MIN_CHARS;
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
        Copies { pairs, foreign }
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

    /// Passages are numbered in the order of their reports. A report that repeats itself is for the rules of one report.
    fn pair(&self, a: u32, b: u32, how: How, similarity: u32) -> Option<Pair> {
        let (a, b) = (a.min(b), a.max(b));
        let (x, y) = (&self.items[a as usize], &self.items[b as usize]);
        // A form that is filled in anew each year is no copy of last year's.
        let tells = self.users.tells(x.user, y.user) || x.unit == y.unit && how != How::Masked;
        (x.report != y.report && tells).then_some(Pair { a, b, how, similarity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::digest::Own;

    const OWN: [&str; 3] = [
        "沿河五个村的管网检修比计划晚了一个多月，原定的施工单位中途退出，年末才补齐手续，支出12万元，甲县水务局正在整改",
        "年初编预算时没有逐户摸底，信息更新不及时，群众外出务工较多，设备利用不满负荷，一笔尾款转到次年再付",
        "样品送检只完成了前半程，验收专家难以集中，复查时又发现新的漏项，阶段性成果没有及时宣传到村到户",
    ];

    /// Each text with its unit, every one a report of its own.
    fn compare(texts: &[(u32, &str)], units: &[&str]) -> (Passages, Copies) {
        let names: Vec<String> = units.iter().map(|name| (*name).to_owned()).collect();
        let mut passages = Passages::default();
        for unit in 0..names.len() as u32 {
            passages.users.number(Some(0), unit);
        }
        for (report, (unit, text)) in texts.iter().enumerate() {
            let masked = Own(&names[*unit as usize]).masked(text);
            let item = Item {
                report: report as u32,
                unit: *unit,
                user: passages.users.number(Some(0), *unit),
                exact: fingerprint(text),
                masked: fingerprint(&masked),
                chars: text.chars().count() as u16,
                standing: false,
            };
            let sentences = masked.split('。').filter(|sentence| !sentence.is_empty());
            passages.push(
                item,
                Sketch::of(&masked),
                sentences.map(|s| (fingerprint(s), s.chars().count() as u16)).collect::<Vec<_>>().into_iter(),
            );
        }
        let read = |at: &[u32]| at.iter().map(|at| texts[*at as usize].1.to_owned()).collect();
        passages.settle(names.len());
        let copies = passages.compare(&read, &names, &mut Known::default());
        (passages, copies)
    }

    const UNITS: [&str; 8] = [
        "甲县水务局", "乙县水务局", "丙县水务局", "丁县水务局", "戊县水务局", "己县水务局", "庚县水务局", "辛县水务局",
    ];

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
        let texts: Vec<(u32, String)> = (0..8)
            .map(|unit| {
                (
                    unit,
                    format!("{}按照统一部署认真开展绩效自评工作，做到数据有来源、结论有依据。", UNITS[unit as usize]),
                )
            })
            .collect();
        let texts: Vec<(u32, &str)> = texts.iter().map(|(unit, text)| (*unit, text.as_str())).collect();
        let (passages, copies) = compare(&texts, &UNITS);
        assert!(copies.pairs.is_empty() && passages.own.iter().all(|own| *own == 0), "{copies:?}");
    }
}
