//! Lists of words that a text may begin or end with, found without trying each of them.

/// Words in an order that decides, found by the character at their outer edge.
pub(crate) struct Words {
    /// First (or last) character, place in the list, word; sorted.
    entries: Vec<(char, usize, &'static str)>,
    /// Which characters occur at all, by their last eight bits.
    edges: [u64; 4],
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
        let mut edges = [0; 4];
        for (c, ..) in &entries {
            edges[slot(*c)] |= bit(*c);
        }
        Words { entries, edges, at_end }
    }

    /// The first word from `place` on that the text begins (or ends) with, and its place in the list.
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

fn slot(c: char) -> usize {
    (c as usize >> 6) & 3
}

fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn the_first_word_of_the_list_wins() {
        let words = Words::opening(["万平米", "万", "万元", "元"]);
        assert_eq!(words.find_from("万元，", 0), Some((1, "万")));
        assert_eq!(words.find_from("万平米", 0), Some((0, "万平米")));
        assert_eq!(words.find_from("亿元", 0), None);
        assert_eq!(words.find_from("", 0), None);
    }

    #[test]
    fn words_are_taken_off_in_order() {
        assert_eq!(Words::opening(["其中", "为", "的"]).trim("其中为的其中"), "其中");
        assert_eq!(Words::opening(["的", "其中"]).trim("其中的"), "的");
        assert_eq!(Words::closing(["数", "额"]).trim("总额数"), "总");
    }
}
