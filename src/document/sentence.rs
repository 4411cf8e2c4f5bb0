//! Sentences and clauses of a paragraph.

use super::Literal;
use super::words::width;
use crate::source::FlowRange;

/// From after one 。！？ to the next, that mark included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub range: FlowRange,
    pub clauses: Vec<Clause>,
}

/// Text between separators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Without the separator.
    pub range: FlowRange,
    /// What ends it, in its full-width form: `，` `；` `。` `：` `、` `（` `）`; `None` at the end of the paragraph.
    pub end: Option<char>,
    /// How many brackets are open around it.
    pub depth: u8,
}

/// The sentences of a text from byte `from` on, whose numbers are known.
pub(super) fn split(text: &str, from: usize, literals: &[Literal]) -> Vec<Sentence> {
    let mut splitter =
        Splitter { text, sentences: Vec::new(), clauses: Vec::new(), sentence: from, clause: from, depth: 0 };
    let numbers = literals.iter().map(|literal| literal.range.clone()).filter(|range| range.start >= from);
    let mut words = from;
    for number in numbers.chain(std::iter::once(text.len()..text.len())) {
        for (at, c) in signs(text, words..number.start) {
            if let Some(mark) = separator(text, at, c) {
                splitter.cut(at, at + c.len_utf8(), mark);
            }
        }
        words = number.end.max(words);
    }
    splitter.finish()
}

/// The characters of a range that may be separators: no words are among them.
fn signs(text: &str, range: FlowRange) -> impl Iterator<Item = (usize, char)> {
    let mut next = range.start;
    std::iter::from_fn(move || {
        while next < range.end {
            let (at, first) = (next, text.as_bytes()[next]);
            next += width(first);
            if matches!(first, b'!'..=b'?' | 0xe3 | 0xef) {
                return Some((at, text[at..].chars().next()?));
            }
        }
        None
    })
}

/// The separator that a character is, in its full-width form.
fn separator(text: &str, at: usize, c: char) -> Option<char> {
    match c {
        '。' | '，' | '；' | '：' | '、' | '（' | '）' | '！' | '？' => Some(c),
        ',' => Some('，'),
        ';' => Some('；'),
        ':' => Some('：'),
        '(' => Some('（'),
        ')' => Some('）'),
        '!' => Some('！'),
        '?' => Some('？'),
        '.' => {
            let han = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
            (han(text[..at].chars().next_back()) && han(text[at + 1..].chars().next())).then_some('。')
        }
        _ => None,
    }
}

struct Splitter<'t> {
    text: &'t str,
    sentences: Vec<Sentence>,
    clauses: Vec<Clause>,
    sentence: usize,
    clause: usize,
    depth: u8,
}

impl Splitter<'_> {
    fn cut(&mut self, at: usize, after: usize, mark: char) {
        if self.clause < at {
            self.clauses.push(Clause { range: self.clause..at, end: Some(mark), depth: self.depth });
        }
        self.clause = after;
        match mark {
            '（' => self.depth = self.depth.saturating_add(1),
            '）' => self.depth = self.depth.saturating_sub(1),
            // A full stop inside a bracket does not end the sentence around it.
            '。' | '！' | '？' if self.depth == 0 || !self.text[after..].contains(['）', ')']) => {
                self.end_sentence(after)
            }
            _ => {}
        }
    }

    fn end_sentence(&mut self, after: usize) {
        let clauses = std::mem::take(&mut self.clauses);
        self.sentences.push(Sentence { range: self.sentence..after, clauses });
        self.sentence = after;
        self.depth = 0;
    }

    fn finish(mut self) -> Vec<Sentence> {
        let end = self.text.len();
        if self.clause < end {
            self.clauses.push(Clause { range: self.clause..end, end: None, depth: self.depth });
        }
        if self.sentence < end {
            self.end_sentence(end);
        }
        self.sentences
    }
}
