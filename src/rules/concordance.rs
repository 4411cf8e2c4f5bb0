//! The concordance of a report: for every two characters, where they stand side by side. Looking up a list of words takes
//! as long as the list, not as the report.

use std::cmp::Reverse;
use std::ops::Range;

use super::reading::{Finder, Place, Stretch, stretches};
use crate::document::Document;
use crate::source::Span;

/// How many lists the spots are kept in, as a power of two: as many as a long report has different pairs.
const LISTS: u32 = 12;

pub(super) struct Concordance<'d> {
    stretches: Vec<Stretch<'d>>,
    /// Where all pairs stand, list by list, each in the order of the text.
    spots: Vec<Spot>,
    /// Where each list begins; at last, where the last one ends.
    starts: Vec<u32>,
}

/// A character of a stretch.
#[derive(Clone, Copy, Debug, Default)]
struct Spot {
    stretch: u32,
    /// Its first byte.
    at: u32,
}

/// A word that was looked up.
#[derive(Clone, Debug)]
pub(super) struct Found<'d> {
    pub(super) stretch: Stretch<'d>,
    pub(super) range: Range<usize>,
    /// Its place in the list of words.
    pub(super) word: usize,
}

impl<'d> Found<'d> {
    pub(super) fn text(&self) -> &'d str {
        &self.stretch.text()[self.range.clone()]
    }

    pub(super) fn span(&self) -> Span {
        self.stretch.span(self.range.clone())
    }

    /// Whether it stands in running text.
    pub(super) fn is_body(&self) -> bool {
        self.stretch.place == Place::Body
    }
}

impl<'d> Concordance<'d> {
    pub(super) fn of(document: &'d Document) -> Concordance<'d> {
        let stretches: Vec<Stretch> = stretches(document).collect();
        let pairs = pairs(&stretches);
        let mut counts = [0u32; 1 << LISTS];
        for (list, _) in &pairs {
            counts[usize::from(*list)] += 1;
        }
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut next = counts;
        let mut end = 0;
        for (next, count) in next.iter_mut().zip(counts) {
            starts.push(end);
            *next = end;
            end += count;
        }
        starts.push(end);
        let mut spots = vec![Spot::default(); pairs.len()];
        for (list, spot) in pairs {
            let next = &mut next[usize::from(list)];
            spots[*next as usize] = spot;
            *next += 1;
        }
        Concordance { stretches, spots, starts }
    }

    /// Where the finder finds its words in each stretch, in order.
    pub(super) fn find(&self, finder: &Finder) -> impl Iterator<Item = Found<'d>> {
        let mut hits: Vec<(u32, u32, Reverse<usize>, usize)> = Vec::new();
        for (word, index) in finder.words() {
            let hit = |spot: Spot| (spot.stretch, spot.at, Reverse(word.len()), index);
            match list(word) {
                Some(list) => hits
                    .extend(self.spots_in(list).iter().filter(|spot| self.begins(spot, word)).map(|spot| hit(*spot))),
                None => hits.extend(self.read_for(word).map(hit)),
            }
        }
        hits.sort_unstable();
        let mut covered = (0, 0);
        hits.into_iter().filter_map(move |(stretch, at, Reverse(length), word)| {
            let end = at + length as u32;
            let free = (stretch, at) >= covered;
            if free {
                covered = (stretch, end);
            }
            free.then(|| Found { stretch: self.stretches[stretch as usize], range: at as usize..end as usize, word })
        })
    }

    /// Whether a word stands in the report; one character, which no list helps to find, is taken to stand somewhere.
    pub(super) fn may_hold(&self, word: &str) -> bool {
        list(word).is_none_or(|list| self.spots_in(list).iter().any(|spot| self.begins(spot, word)))
    }

    /// Whether one of these words may stand in the report.
    pub(super) fn may_hold_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.may_hold(word))
    }

    fn spots_in(&self, list: u16) -> &[Spot] {
        let list = usize::from(list);
        &self.spots[self.starts[list] as usize..self.starts[list + 1] as usize]
    }

    /// Where a word stands that no list helps to find: one character alone.
    fn read_for(&self, word: &str) -> impl Iterator<Item = Spot> {
        let stretches = (0..).zip(&self.stretches);
        stretches.flat_map(move |(stretch, each)| {
            each.text().match_indices(word).map(move |(at, _)| Spot { stretch, at: at as u32 })
        })
    }

    fn begins(&self, spot: &Spot, word: &str) -> bool {
        let text = self.stretches[spot.stretch as usize].text();
        text.as_bytes()[spot.at as usize..].starts_with(word.as_bytes())
    }
}

/// Every character with the one after it: the list that the two belong to, and where they stand.
fn pairs(stretches: &[Stretch]) -> Vec<(u16, Spot)> {
    let mut pairs = Vec::with_capacity(stretches.iter().map(|stretch| stretch.text().len() / 2).sum());
    for (stretch, each) in (0..).zip(stretches) {
        let mut before: Option<(usize, char)> = None;
        for (at, c) in each.text().char_indices() {
            if let Some((start, first)) = before.replace((at, c)) {
                pairs.push((list_of(first, c), Spot { stretch, at: start as u32 }));
            }
        }
    }
    pairs
}

/// The list of the first two characters of a word.
fn list(word: &str) -> Option<u16> {
    let mut chars = word.chars();
    Some(list_of(chars.next()?, chars.next()?))
}

/// The list of two characters; others may share it.
fn list_of(first: char, second: char) -> u16 {
    let pair = u64::from(first) << 32 | u64::from(second);
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - LISTS)) as u16
}

#[cfg(test)]
mod tests {
    use super::Concordance;
    use crate::document::Document;
    use crate::rules::reading::{Finder, stretches};
    use crate::source::{Encoding, Source};

    const REPORT: &str = "某局2024年度绩效自评报告\n一、基本情况\n年初预算数为12.5万元，预算预算执行率98%。年初预\n\n\
        | 项目 | 年初预算 |\n|---|---|\n| 甲 | 预算数12 |\n";

    #[test]
    fn words_are_found_as_by_reading_all() {
        let source = Source::from_text("t", REPORT, Encoding::Utf8);
        let document = Document::parse(&source);
        let finder =
            Finder::new(["预算", "年初预算", "年初", "预算数", "算数", "报告", "没有", "%。", "12", "数", "（"]);
        let looked_up: Vec<_> = Concordance::of(&document)
            .find(&finder)
            .map(|found| (found.stretch.span(found.range.clone()), found.word))
            .collect();
        let read: Vec<_> = stretches(&document)
            .flat_map(|stretch| {
                let hits: Vec<_> = finder.find(stretch.text()).collect();
                hits.into_iter().map(move |(range, word)| (stretch.span(range), word))
            })
            .collect();
        assert_eq!(looked_up, read);
        assert!(looked_up.len() > 8, "{looked_up:?}");
    }
}
