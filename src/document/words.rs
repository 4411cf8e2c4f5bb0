//! Lists of words, found in a text, at its beginning or at its end without trying each of them.

use std::ops::Range;

/// Words in an order that decides, found by the character at their outer edge.
pub(crate) struct Words {
    /// First (or last) character, place in the list, word; sorted.
    entries: Vec<(char, usize, &'static str)>,
    /// Which characters occur at all, by their last ten bits.
    edges: [u64; 16],
    at_end: bool,
}

impl Words {
    /// Words that a text may begin with.
    pub(crate) fn opening(words: impl IntoIterator<Item = &'static str>) -> Words {
        Words::new(words, false)
    }

    /// Words that a text may end with.
    pub(crate) fn closing(words: impl IntoIterator<Item = &'static str>) -> Words {
        Words::new(words, true)
    }

    fn new(words: impl IntoIterator<Item = &'static str>, at_end: bool) -> Words {
        let edge = |word: &str| if at_end { word.chars().next_back() } else { word.chars().next() };
        let with_edge = |(place, word)| edge(word).map(|c| (c, place, word));
        let mut entries: Vec<_> = words.into_iter().enumerate().filter_map(with_edge).collect();
        entries.sort_unstable();
        let mut edges = [0; 16];
        for (c, ..) in &entries {
            edges[slot(*c)] |= bit(*c);
        }
        Words { entries, edges, at_end }
    }

    /// The first word of the list that the text begins (or ends) with, and its place in the list.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        self.find_from(text, 0)
    }

    /// Whether the text begins (or ends) with a word of the list.
    pub(crate) fn any(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The same among the words from `place` on.
    fn find_from(&self, text: &str, place: usize) -> Option<(usize, &'static str)> {
        let edge = if self.at_end { text.chars().next_back()? } else { text.chars().next()? };
        if self.edges[slot(edge)] & bit(edge) == 0 {
            return None;
        }
        let first = self.entries.partition_point(|(c, at, _)| (*c, *at) < (edge, place));
        let same = self.entries[first..].iter().take_while(|(c, ..)| *c == edge);
        same.map(|&(_, at, word)| (at, word)).find(|(_, word)| self.fits(text, word))
    }

    fn fits(&self, text: &str, word: &str) -> bool {
        if self.at_end { text.ends_with(word) } else { text.starts_with(word) }
    }

    /// The text without the words, each tried once, in the order of the list.
    pub(crate) fn trim<'t>(&self, mut text: &'t str) -> &'t str {
        let mut next = 0;
        while let Some((place, word)) = self.find_from(text, next) {
            text = if self.at_end { &text[..text.len() - word.len()] } else { &text[word.len()..] };
            next = place + 1;
        }
        text
    }
}

/// Finds many words in one pass, leftmost and longest first.
pub(crate) struct Finder {
    /// The words with their places in the list, by first character, the longer first.
    words: Vec<(Box<str>, usize)>,
    /// Each first character and where its words are.
    firsts: Vec<(char, Range<usize>)>,
    /// Which bytes begin a word at all.
    filter: Filter,
}

impl Finder {
    /// A finder of words of which none is empty and none stands twice.
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Finder {
        let mut sorted: Vec<(Box<str>, usize)> =
            words.into_iter().zip(0..).map(|(word, at)| (word.into(), at)).collect();
        sorted.sort_unstable_by_key(|(word, at)| (word.chars().next(), std::cmp::Reverse(word.len()), *at));
        let mut firsts: Vec<(char, Range<usize>)> = Vec::new();
        let mut filter = Filter::new();
        for (at, (word, _)) in sorted.iter().enumerate() {
            let Some(first) = word.chars().next() else { continue };
            match firsts.last_mut().filter(|(c, _)| *c == first) {
                Some((_, words)) => words.end = at + 1,
                None => firsts.push((first, at..at + 1)),
            }
            filter.add(word);
        }
        Finder { words: sorted, firsts, filter }
    }

    /// The words, each with its place in the list.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, usize)> {
        self.words.iter().map(|(word, place)| (&**word, *place))
    }

    /// Each word found: where, and its place in the list.
    pub(crate) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, usize)> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = self.first(text, at)?;
            at = found.0.end;
            Some(found)
        })
    }

    /// Whether a word stands anywhere in the text.
    pub(crate) fn any(&self, text: &str) -> bool {
        self.first(text, 0).is_some()
    }

    /// The first word from a byte of the text on.
    fn first(&self, text: &str, from: usize) -> Option<(Range<usize>, usize)> {
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some(first) = bytes.get(at) {
            if self.filter.may_begin(&bytes[at..])
                && let Some(found) = self.longest(text, at)
            {
                return Some(found);
            }
            at += width(*first);
        }
        None
    }

    /// The longest word that begins at a byte of the text.
    fn longest(&self, text: &str, at: usize) -> Option<(Range<usize>, usize)> {
        let c = text[at..].chars().next()?;
        let first = self.firsts.binary_search_by_key(&c, |(first, _)| *first).ok()?;
        let words = &self.words[self.firsts[first].1.clone()];
        let (word, place) = words.iter().find(|(word, _)| text[at..].starts_with(&**word))?;
        Some((at..at + word.len(), *place))
    }
}

/// How many bytes a character takes, by its first one.
#[inline]
pub(crate) fn width(first: u8) -> usize {
    const WIDTHS: [u8; 16] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4];
    WIDTHS[usize::from(first >> 4)].into()
}

/// The characters of a text: where each begins, and the number that its bytes make, which is cheaper than to decode it.
#[inline]
pub(crate) fn letters(text: &str) -> impl Iterator<Item = (usize, u32)> + '_ {
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        let (at, rest) = (next, bytes.get(next..)?);
        let letter = match *rest {
            [first @ 0..0x80, ..] => u32::from(first),
            [a @ 0xe0..0xf0, b, c, ..] => u32::from_be_bytes([0, a, b, c]),
            [first, ..] => rest[..width(first)].iter().fold(0, |letter, byte| letter << 8 | u32::from(*byte)),
            [] => return None,
        };
        next += width(rest[0]);
        Some((at, letter))
    })
}

/// Tells at most places of a text that no word begins there.
struct Filter {
    /// The first characters of three bytes, as Chinese ones are: a bit for each.
    wide: Box<[u64; 1024]>,
    /// The first characters of one byte.
    narrow: [u64; 2],
    /// Hashes of the first six bytes of words.
    sixes: Box<[u64; SIXES]>,
    /// Some word has fewer than six bytes.
    has_short: bool,
    /// Some word begins with a character of two or four bytes.
    has_others: bool,
}

/// Words of 64 bits for hashes: 16 kilobits for the few hundred words of a list.
const SIXES: usize = 256;

impl Filter {
    fn new() -> Filter {
        Filter {
            wide: Box::new([0; 1024]),
            narrow: [0; 2],
            sixes: Box::new([0; SIXES]),
            has_short: false,
            has_others: false,
        }
    }

    fn add(&mut self, word: &str) {
        self.has_short |= word.len() < 6;
        match *word.as_bytes() {
            [first @ 0..0x80, ..] => self.narrow[usize::from(first >> 6)] |= 1 << (first & 63),
            [a @ 0xe0..0xf0, b, c, ..] => self.wide[wide(a, b)] |= 1 << (c & 63),
            _ => self.has_others = true,
        }
        let (slot, bit) = six(word.as_bytes());
        self.sixes[slot] |= bit;
    }

    /// Whether a word may begin where these bytes do.
    #[inline]
    fn may_begin(&self, bytes: &[u8]) -> bool {
        let first = match *bytes {
            [first @ 0..0x80, ..] => self.narrow[usize::from(first >> 6)] >> (first & 63) & 1 != 0,
            [a @ 0xe0..0xf0, b, c, ..] => self.wide[wide(a, b)] >> (c & 63) & 1 != 0,
            _ => self.has_others,
        };
        first
            && (self.has_short || {
                let (slot, bit) = six(bytes);
                self.sixes[slot] & bit != 0
            })
    }
}

/// The slot of a character of three bytes by the first two of them.
#[inline]
fn wide(first: u8, second: u8) -> usize {
    usize::from(first & 15) << 6 | usize::from(second & 63)
}

/// The slot and the bit of the first six bytes.
fn six(bytes: &[u8]) -> (usize, u64) {
    let hash = (leading(bytes, 0) << 16).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50;
    ((hash >> 6) as usize % SIXES, 1 << (hash & 63))
}

/// The eight bytes from a place of the text on, zeros behind its end.
#[inline]
pub(crate) fn leading(text: &[u8], at: usize) -> u64 {
    if let Some(bytes) = text[at..].first_chunk() {
        return u64::from_le_bytes(*bytes);
    }
    let left = text.len() - at;
    match text.last_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes) >> (64 - 8 * left),
        None => text[at..].iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

fn slot(c: char) -> usize {
    (c as usize >> 6) & 15
}

fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}

#[cfg(test)]
mod tests {
    use super::{Finder, Words, letters};

    #[test]
    fn the_leftmost_and_longest_word_is_found() {
        let finder = Finder::new(["预算", "年初预算", "年初", "预算数", "数a"]);
        let found: Vec<(&str, usize)> =
            finder.find("本年初预算数a，预算").map(|(range, at)| (&"本年初预算数a，预算"[range], at)).collect();
        assert_eq!(found, [("年初预算", 1), ("数a", 4), ("预算", 0)]);
        assert!(!finder.any("决算") && !finder.any(""));
    }

    #[test]
    fn letters_are_the_bytes_of_characters() {
        let text = "a預é𠀀）";
        let read: Vec<String> = letters(text)
            .map(|(at, letter)| {
                let bytes: Vec<u8> = letter.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
                format!("{at}{}", String::from_utf8_lossy(&bytes))
            })
            .collect();
        assert_eq!(read, ["0a", "1預", "4é", "6𠀀", "10）"]);
        assert_eq!(letters("").count(), 0);
    }

    #[test]
    fn the_first_word_of_the_list_wins() {
        let words = Words::opening(["万平米", "万", "万元", "元"]);
        assert_eq!(words.find("万元，"), Some((1, "万")));
        assert_eq!(words.find("万平米"), Some((0, "万平米")));
        assert_eq!(words.find("亿元"), None);
        assert_eq!(words.find(""), None);
    }

    #[test]
    fn words_are_taken_off_in_order() {
        assert_eq!(Words::opening(["其中", "为", "的"]).trim("其中为的其中"), "其中");
        assert_eq!(Words::opening(["的", "其中"]).trim("其中的"), "的");
        assert_eq!(Words::closing(["数", "额"]).trim("总额数"), "总");
    }
}
