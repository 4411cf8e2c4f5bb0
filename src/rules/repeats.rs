//! Text that stands twice: long passages that occur again, word for word, in running text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{Document, words};
use crate::source::Span;

use super::reading::{Finder, Stretch, bodies, is_han};

/// Passages are found by blocks of this many characters: every passage of twice as many holds a whole block.
const BLOCK: usize = 20;

/// The characters of the report's running text, one paragraph after the other.
pub(super) struct Prose<'d> {
    pub(super) paragraphs: Vec<Stretch<'d>>,
    /// Characters with punctuation folded; a different character that matches nothing ends each paragraph.
    letters: Vec<u32>,
    /// Where each paragraph's letters begin.
    starts: Vec<usize>,
    /// The blocks that may come again, in order.
    blocks: Vec<Hashed>,
    /// Letters with which a repeat may begin, in order: what follows them seems to have the hash of an earlier block.
    echoes: Vec<Hashed>,
}

/// Where as many letters as a block has begin, and their hash.
type Hashed = (usize, u64);

/// Letters `again` repeat letters `first`.
#[derive(Clone, Debug)]
pub(super) struct Repeat {
    pub(super) first: Range<usize>,
    pub(super) again: Range<usize>,
}

impl<'d> Prose<'d> {
    pub(super) fn of(document: &'d Document) -> Prose<'d> {
        let paragraphs: Vec<Stretch> = bodies(document).filter(|stretch| !stretch.text().contains('|')).collect();
        let length = paragraphs.iter().map(|stretch| stretch.text().len() / 2).sum();
        let (mut letters, mut starts) = (Vec::with_capacity(length), Vec::new());
        for (index, stretch) in paragraphs.iter().enumerate() {
            starts.push(letters.len());
            letters.extend(words::letters(&stretch.text()[stretch.start..]).map(|(_, letter)| folded(letter)));
            letters.push(u32::MAX - index as u32);
        }
        let (blocks, echoes) = hashed(&letters);
        Prose { paragraphs, letters, starts, blocks, echoes }
    }

    /// The index of the paragraph that a letter belongs to.
    pub(super) fn paragraph_of(&self, letter: usize) -> usize {
        self.starts.partition_point(|start| *start <= letter) - 1
    }

    /// The byte range, in its paragraph, of a range of letters of one paragraph.
    fn bytes(&self, range: &Range<usize>) -> (&Stretch<'d>, Range<usize>) {
        let index = self.paragraph_of(range.start);
        let stretch = &self.paragraphs[index];
        let text = &stretch.text()[stretch.start..];
        let byte = |letter: usize| {
            let at = text.char_indices().nth(letter - self.starts[index]).map_or(text.len(), |(at, _)| at);
            stretch.start + at
        };
        (stretch, byte(range.start)..byte(range.end))
    }

    /// All letters of a paragraph.
    pub(super) fn whole(&self, index: usize) -> Range<usize> {
        // One character ends each paragraph.
        let end = self.starts.get(index + 1).map_or(self.letters.len(), |next| *next);
        self.starts[index]..end - 1
    }

    /// The letters of a paragraph.
    pub(super) fn letters(&self, index: usize) -> &[u32] {
        &self.letters[self.whole(index)]
    }

    /// Where a non-empty range of letters of one paragraph stands in the report.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let (stretch, bytes) = self.bytes(range);
        stretch.span(bytes)
    }

    /// How many Chinese characters of a range count: not those in 《》 and not those of set phrases.
    pub(super) fn weight(&self, range: &Range<usize>, stock: &Finder) -> usize {
        let (stretch, bytes) = self.bytes(range);
        let mut set = stock.find(stretch.text()).map(|(range, _)| range).peekable();
        let mut quoted = false;
        let mut weight = 0;
        for (at, c) in stretch.text().char_indices().take_while(|(at, _)| *at < bytes.end) {
            while set.next_if(|range| range.end <= at).is_some() {}
            quoted = c == '《' || quoted && c != '》';
            let stands = quoted || set.peek().is_some_and(|range| range.contains(&at));
            weight += usize::from(at >= bytes.start && !stands && is_han(c));
        }
        weight
    }

    /// The passages that repeat an earlier one and have at least `least` counting characters, each with its earliest
    /// original.
    pub(super) fn repeats(&self, least: usize, stock: &Finder) -> Vec<Repeat> {
        let mut known: BTreeMap<u64, usize> = BTreeMap::new();
        let mut blocks = self.blocks.iter().copied().peekable();
        let mut found = Vec::new();
        let mut next = 0;
        for &(at, hash) in &self.echoes {
            if at < next {
                continue;
            }
            while let Some((block, hash)) = blocks.next_if(|(block, _)| *block < at) {
                // The blocks inside a copy are known by the original.
                if block >= next {
                    known.entry(hash).or_insert(block);
                }
            }
            let repeat = known.get(&hash).and_then(|&first| self.extended(first, at));
            let Some(repeat) = repeat.filter(|repeat| repeat.again.len() >= least) else { continue };
            next = repeat.again.end;
            if self.weight(&repeat.again, stock) >= least {
                found.push(repeat);
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
fn folded(letter: u32) -> u32 {
    match letter.to_be_bytes() {
        [0, 0xef, 0xbc, last] => match last {
            0x8c => b','.into(),
            0x9b => b';'.into(),
            0x9a => b':'.into(),
            0x88 => b'('.into(),
            0x89 => b')'.into(),
            _ => letter,
        },
        _ => letter,
    }
}

/// An odd number with bits all over; any would do, as every match is looked at.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The blocks that may come again, and where, also between blocks.
fn hashed(letters: &[u32]) -> (Vec<Hashed>, Vec<Hashed>) {
    let Some(first) = letters.get(..BLOCK) else { return (Vec::new(), Vec::new()) };
    let next = |hash: u64, letter: u32| hash.wrapping_mul(BASE).wrapping_add(u64::from(letter));
    // The weight of a block's first letter once the next one has come.
    let weight = (0..BLOCK).fold(1u64, |weight, _| weight.wrapping_mul(BASE));
    let roll = |hash, (gone, come): (&u32, &u32)| next(hash, *come).wrapping_sub(u64::from(*gone).wrapping_mul(weight));
    let mut steps = letters.iter().zip(&letters[BLOCK..]);
    let (mut blocks, mut echoes) = (Vec::new(), Vec::new());
    let (mut seen, mut echoed) = (Seen::default(), Seen::default());
    let mut step = |at: usize, hash: u64, seen: &Seen| {
        if seen.may_hold(hash) {
            echoes.push((at, hash));
            echoed.add(hash);
        }
    };
    let mut hash = first.iter().fold(0, |hash, letter| next(hash, *letter));
    for block in (0..).step_by(BLOCK) {
        step(block, hash, &seen);
        blocks.push((block, hash));
        seen.add(hash);
        for (at, letters) in (block + 1..block + BLOCK).zip(&mut steps) {
            hash = roll(hash, letters);
            step(at, hash, &seen);
        }
        let Some(letters) = steps.next() else { break };
        hash = roll(hash, letters);
    }
    blocks.retain(|(_, hash)| echoed.may_hold(*hash));
    (blocks, echoes)
}

/// Hashes that were met, as a set that sometimes claims one too many.
struct Seen {
    bits: Box<[u64; 1 << (SEEN - 6)]>,
}

/// Bits of the set, as a power of two: 64 kilobits for the few thousand blocks of a long report.
const SEEN: u32 = 16;

impl Default for Seen {
    fn default() -> Seen {
        Seen { bits: Box::new([0; 1 << (SEEN - 6)]) }
    }
}

impl Seen {
    fn bit(hash: u64) -> (usize, u64) {
        let bit = hash >> (u64::BITS - SEEN);
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    fn add(&mut self, hash: u64) {
        let (word, bit) = Seen::bit(hash);
        self.bits[word] |= bit;
    }

    fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = Seen::bit(hash);
        self.bits[word] & bit != 0
    }
}
