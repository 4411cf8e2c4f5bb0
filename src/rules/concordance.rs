//! The concordance of a report: for every character, where it stands. Looking up a list of words takes as long as the
//! list, not as the report.

use std::cmp::Reverse;
use std::ops::Range;

use super::reading::{Finder, Place, Stretch, stretches};
use crate::document::Document;
use crate::document::words::letters;
use crate::source::Span;

/// How many lists the spots are kept in, as a power of two: as many as a long report has different characters.
const LISTS: u32 = 10;
/// Bits of the set of neighbours, as a power of two: 64 kilobits for the few thousand of a long report.
const NEIGHBOURS: u32 = 16;
/// The end of a list.
const NONE: u32 = u32::MAX;

pub(super) struct Concordance<'d> {
    stretches: Vec<Stretch<'d>>,
    /// Every character, in order.
    spots: Vec<Spot>,
    /// The last spot of each list.
    lists: Vec<u32>,
    /// Which two characters stand side by side, as a set that sometimes claims one pair too many.
    neighbours: Vec<u64>,
}

/// A character of a stretch.
#[derive(Clone, Copy, Debug, Default)]
struct Spot {
    stretch: u32,
    /// Its first byte.
    at: u32,
    /// The spot of its list before it.
    before: u32,
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
        let length = stretches.iter().map(|stretch| stretch.text().len() / 2).sum();
        let mut concordance = Concordance {
            spots: Vec::with_capacity(length),
            lists: vec![NONE; 1 << LISTS],
            neighbours: vec![0; 1 << (NEIGHBOURS - u64::BITS.ilog2())],
            stretches: Vec::new(),
        };
        for (stretch, each) in (0..).zip(&stretches) {
            concordance.read(stretch, each.text());
        }
        Concordance { stretches, ..concordance }
    }

    /// Takes down the characters of a stretch.
    fn read(&mut self, stretch: u32, text: &str) {
        // Nothing stands before the first one, which does no harm to the set of neighbours.
        let mut first = 0;
        for (at, letter) in letters(text) {
            let (word, bit) = neighbours(first, letter);
            self.neighbours[word] |= bit;
            first = letter;
            let last = &mut self.lists[list(letter)];
            let before = std::mem::replace(last, self.spots.len() as u32);
            self.spots.push(Spot { stretch, at: at as u32, before });
        }
    }

    /// Where the finder finds its words in each stretch, in order.
    pub(super) fn find(&self, finder: &Finder) -> impl Iterator<Item = Found<'d>> {
        let mut hits: Vec<(u32, u32, Reverse<usize>, usize)> = Vec::new();
        for (word, index) in finder.words() {
            hits.extend(self.spots(word).map(|spot| (spot.stretch, spot.at, Reverse(word.len()), index)));
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

    /// Where a word stands, in order; a word that overlaps itself is found more than once.
    pub(super) fn places(&self, word: &str) -> impl Iterator<Item = Found<'d>> {
        let mut spots: Vec<&Spot> = self.spots(word).collect();
        spots.reverse();
        spots.into_iter().map(|spot| {
            let (stretch, at) = (self.stretches[spot.stretch as usize], spot.at as usize);
            Found { stretch, range: at..at + word.len(), word: 0 }
        })
    }

    /// Whether a word stands in the report.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.spots(word).next().is_some()
    }

    /// Whether one of these words stands in the report.
    pub(super) fn holds_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.holds(word))
    }

    /// Where a word stands, from the last place to the first.
    fn spots(&self, word: &str) -> impl Iterator<Item = &Spot> {
        let mut next = self.list_of(word).unwrap_or(NONE);
        let list = std::iter::from_fn(move || {
            let spot = self.spots.get(next as usize)?;
            next = spot.before;
            Some(spot)
        });
        list.filter(move |spot| self.begins(spot, word))
    }

    /// The last spot of the list of a word's first character; `None` where its first two never stand side by side.
    fn list_of(&self, word: &str) -> Option<u32> {
        let mut letters = letters(word).map(|(_, letter)| letter);
        let first = letters.next()?;
        let beside = letters.next().is_none_or(|second| {
            let (word, bit) = neighbours(first, second);
            self.neighbours[word] & bit != 0
        });
        beside.then(|| self.lists[list(first)])
    }

    fn begins(&self, spot: &Spot, word: &str) -> bool {
        let text = self.stretches[spot.stretch as usize].text();
        text.as_bytes()[spot.at as usize..].starts_with(word.as_bytes())
    }
}

/// An odd number with bits all over.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The list of a character; others may share it.
fn list(letter: u32) -> usize {
    (u64::from(letter).wrapping_mul(SPREAD) >> (u64::BITS - LISTS)) as usize
}

/// The place of two characters in the set of neighbours; others may share it.
fn neighbours(first: u32, second: u32) -> (usize, u64) {
    let pair = u64::from(first) << 32 | u64::from(second);
    let hash = pair.wrapping_mul(SPREAD) >> (u64::BITS - NEIGHBOURS);
    ((hash / 64) as usize, 1 << (hash % 64))
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
