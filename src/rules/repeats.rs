//! Text that stands twice: long passages that occur again, word for word, in running text.

use std::ops::Range;

use crate::document::Document;
use crate::source::Span;

use super::reading::{Finder, Stretch, bodies};

/// Passages are found by blocks of this many characters: every passage of twice as many holds a whole block.
const BLOCK: usize = 20;

/// The characters of the report's running text, one paragraph after the other.
pub(super) struct Prose<'d> {
    pub(super) paragraphs: Vec<Stretch<'d>>,
    /// Characters with punctuation folded; a different character that matches nothing ends each paragraph.
    letters: Vec<u32>,
    /// The paragraph that each letter belongs to, and its byte range there.
    homes: Vec<(u32, u32, u32)>,
    /// How many letters that count stand before each place: not titles in 《》, figures or set phrases.
    counted: Vec<u32>,
}

/// Letters `again` repeat letters `first`.
#[derive(Clone, Debug)]
pub(super) struct Repeat {
    pub(super) first: Range<usize>,
    pub(super) again: Range<usize>,
}

impl<'d> Prose<'d> {
    pub(super) fn of(document: &'d Document, stock: &Finder) -> Prose<'d> {
        let paragraphs: Vec<Stretch> = bodies(document).filter(|stretch| !stretch.text().contains('|')).collect();
        let mut prose = Prose { paragraphs, letters: Vec::new(), homes: Vec::new(), counted: vec![0] };
        for index in 0..prose.paragraphs.len() {
            prose.push(index, stock);
        }
        prose
    }

    fn push(&mut self, index: usize, stock: &Finder) {
        let stretch = self.paragraphs[index];
        let text = stretch.text();
        let mut stock = stock.find(text).map(|(range, _)| range).peekable();
        let mut quoted = false;
        for (at, c) in text.char_indices().skip_while(|(at, _)| *at < stretch.start) {
            while stock.next_if(|range| range.end <= at).is_some() {}
            quoted = c == '《' || quoted && c != '》';
            let set = stock.peek().is_some_and(|range| range.contains(&at));
            let counts = !quoted && !set && ('\u{4e00}'..='\u{9fff}').contains(&c);
            self.letter(folded(c) as u32, (index as u32, at as u32, (at + c.len_utf8()) as u32), counts);
        }
        let end = text.len() as u32;
        self.letter(char::MAX as u32 + 1 + index as u32, (index as u32, end, end), false);
    }

    fn letter(&mut self, letter: u32, home: (u32, u32, u32), counts: bool) {
        self.letters.push(letter);
        self.homes.push(home);
        let before = self.counted.last().copied().unwrap_or(0);
        self.counted.push(before + u32::from(counts));
    }

    /// How many letters of a range count.
    pub(super) fn weight(&self, range: &Range<usize>) -> usize {
        (self.counted[range.end] - self.counted[range.start]) as usize
    }

    /// The index of the paragraph that a letter belongs to.
    pub(super) fn paragraph_of(&self, letter: usize) -> usize {
        self.homes[letter].0 as usize
    }

    /// Where a non-empty range of letters of one paragraph stands in the report.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let (paragraph, start, _) = self.homes[range.start];
        let (_, _, end) = self.homes[range.end - 1];
        self.paragraphs[paragraph as usize].span(start as usize..end as usize)
    }

    /// The passages of at least `least` counting letters that repeat an earlier one, each with its earliest original.
    pub(super) fn repeats(&self, least: usize) -> Vec<Repeat> {
        let mut known = Blocks::default();
        let mut found = Vec::new();
        let mut hash = Rolling::new(&self.letters);
        let mut at = 0;
        while at + BLOCK <= self.letters.len() {
            let value = hash.at(at);
            let repeat = known.get(value).and_then(|first| self.extended(first, at));
            if at % BLOCK == 0 {
                known.add(value, at);
            }
            match repeat.filter(|repeat| self.weight(&repeat.again) >= least) {
                Some(repeat) => {
                    // The blocks inside the copy are known by the original.
                    at = repeat.again.end;
                    found.push(repeat);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest repeat that holds two equal blocks; `None` where they only have the same hash or overlap.
    fn extended(&self, first: usize, again: usize) -> Option<Repeat> {
        let (letters, apart) = (&self.letters, again - first);
        if apart < BLOCK || letters[first..first + BLOCK] != letters[again..again + BLOCK] {
            return None;
        }
        let back = (0..first).rev().take_while(|at| letters[*at] == letters[at + apart]).count();
        let on = (again + BLOCK..letters.len()).take_while(|at| letters[*at] == letters[at - apart]).count();
        let start = first - back;
        let length = (back + BLOCK + on).min(apart);
        Some(Repeat { first: start..start + length, again: start + apart..start + apart + length })
    }
}

/// Punctuation in one form.
fn folded(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        _ => c,
    }
}

/// Hashes of the blocks of a text, one after the other.
struct Rolling<'t> {
    letters: &'t [u32],
    /// The block that `value` is of.
    at: usize,
    value: u64,
    /// The weight of a block's first letter.
    top: u64,
}

/// An odd number with bits all over; any would do, as every match is looked at.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

impl<'t> Rolling<'t> {
    fn new(letters: &'t [u32]) -> Rolling<'t> {
        let top = (1..BLOCK).fold(1u64, |top, _| top.wrapping_mul(BASE));
        let value = letters.iter().take(BLOCK).fold(0, |value, letter| Rolling::next(value, *letter));
        Rolling { letters, at: 0, value, top }
    }

    fn next(value: u64, letter: u32) -> u64 {
        value.wrapping_mul(BASE).wrapping_add(u64::from(letter))
    }

    /// The hash of the block at `at`, which must not lie before the last one asked for.
    fn at(&mut self, at: usize) -> u64 {
        while self.at < at {
            let leaving = u64::from(self.letters[self.at]).wrapping_mul(self.top);
            self.value = Rolling::next(self.value.wrapping_sub(leaving), self.letters[self.at + BLOCK]);
            self.at += 1;
        }
        self.value
    }
}

/// The first place of each block, by hash.
#[derive(Default)]
struct Blocks {
    places: std::collections::BTreeMap<u64, usize>,
    /// Bits of the hashes that are there, so that most look-ups end at once.
    seen: Vec<u64>,
}

/// Bits of the filter, as a power of two: 64 kilobits for the few thousand blocks of a long report.
const FILTER: u32 = 16;

impl Blocks {
    fn bit(hash: u64) -> (usize, u64) {
        let bit = hash >> (u64::BITS - FILTER);
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    fn add(&mut self, hash: u64, at: usize) {
        self.seen.resize(1 << (FILTER - 6), 0);
        let (word, bit) = Blocks::bit(hash);
        self.seen[word] |= bit;
        self.places.entry(hash).or_insert(at);
    }

    fn get(&self, hash: u64) -> Option<usize> {
        let (word, bit) = Blocks::bit(hash);
        let seen = self.seen.get(word).is_some_and(|bits| bits & bit != 0);
        if seen { self.places.get(&hash).copied() } else { None }
    }
}
