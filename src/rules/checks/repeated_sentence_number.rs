//! 同一句话两处数字不同: a long sentence returns word for word with one figure changed.

use std::collections::BTreeMap;

use super::near::sentences;
use super::{Context, Sink};
use crate::document::words::leading;
use crate::document::{Literal, LiteralKind, Paragraph, Sentence};
use crate::facts::Entity;
use crate::facts::slip::is_slip;
use crate::rules::reading::is_han;

/// The shortest sentence, in Chinese characters.
const SHORTEST: usize = 16;

/// A place of a sentence is held against no more earlier ones than this.
const MOST_COMPARED: usize = 50;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut found: Vec<((u64, Option<&Entity>), Place)> = Vec::new();
    for (block, paragraph, sentence) in sentences(context.document) {
        let long = sentence.range.len() >= SHORTEST * '。'.len_utf8();
        // 与上年相比，增加…: what is compared stands in the sentence before.
        let compares = paragraph.flow.slice(sentence.range.clone()).starts_with(['与', '比', '较']);
        let figures = if long && !compares { figures(paragraph, sentence) } else { Vec::new() };
        if !figures.is_empty() {
            let place = Place { paragraph, sentence, figures };
            found.push(((place.outline(), context.facts.project_of(block)), place));
        }
    }
    found.sort_by_key(|(outline, _)| *outline);
    for places in found.chunk_by(|(one, _), (other, _)| one == other).filter(|places| places.len() > 1) {
        let mut frames: BTreeMap<String, Vec<&Place>> = BTreeMap::new();
        for (_, place) in places {
            frames.entry(place.frame()).or_default().push(place);
        }
        for places in frames.into_iter().filter(|(frame, _)| is_long(frame)).map(|(_, places)| places) {
            compare(context, &places, sink);
        }
    }
}

fn is_long(frame: &str) -> bool {
    frame.chars().filter(|c| is_han(*c)).count() >= SHORTEST
}

/// Holds each place of one sentence against the earlier ones.
fn compare(context: &Context, places: &[&Place], sink: &mut Sink) {
    for (at, place) in places.iter().enumerate() {
        let first = &places[..at.min(MOST_COMPARED)];
        if let Some((here, there)) = first.iter().find_map(|other| changed(other, place)) {
            let [one, two] = [there, here].map(|literal| context.source.slice(literal.span));
            let message = format!("同一句话两处数字不同：一处为{one}，一处为{two}");
            sink.report(here.span, "此处", message).with(there.span, "另一处");
        }
    }
}

/// A sentence with figures.
struct Place<'c> {
    paragraph: &'c Paragraph,
    sentence: &'c Sentence,
    figures: Vec<&'c Literal>,
}

impl<'c> Place<'c> {
    /// The words before each figure with the word of its unit, then the words after the last one.
    fn pieces(&self) -> (impl Iterator<Item = (&'c str, &'static str)>, &'c str) {
        let (text, sentence) = (self.paragraph.flow.text(), self.sentence.range.clone());
        let mut at = sentence.start;
        let before = self.figures.iter().map(move |literal| {
            let words = &text[at..literal.range.start];
            at = literal.range.end.min(sentence.end);
            (words, literal.unit.word())
        });
        let last = self.figures.last().map_or(sentence.start, |literal| literal.range.end.min(sentence.end));
        (before, text[last..sentence.end].trim_end_matches(['。', '；']))
    }

    /// The words of the sentence with a sign for each figure.
    fn frame(&self) -> String {
        let (pieces, rest) = self.pieces();
        let mut frame = String::new();
        for (words, unit) in pieces {
            frame.extend([words, "#", unit]);
        }
        frame.push_str(rest);
        frame
    }

    /// “防汛”项目自评综述 before 项目自评得分为98.69分: what the paragraph is about, by the words before its first mark;
    /// empty where they name no project.
    fn about(&self) -> &'c str {
        let opening = &self.paragraph.flow.text()[..self.sentence.range.start];
        let opening = opening.split(['：', '，', '。', ':']).next().unwrap_or_default();
        let named = ["项目", "专项", "经费", "工程", "（项）"].iter().any(|word| opening.contains(word));
        if named { opening } else { "" }
    }

    /// A number that places of one frame share: most others differ in the lengths of their pieces, or in how these begin.
    fn outline(&self) -> u64 {
        let (pieces, rest) = self.pieces();
        pieces.chain([(rest, "")]).fold(0, |outline, (words, unit)| {
            let piece = leading(words.as_bytes(), 0) ^ (words.len() << 8 | unit.len()) as u64;
            (outline ^ piece).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
        })
    }
}

/// The figures of a sentence, without dates.
fn figures<'c>(paragraph: &'c Paragraph, sentence: &Sentence) -> Vec<&'c Literal> {
    let first = paragraph.literals.partition_point(|literal| literal.range.start < sentence.range.start);
    let inside = paragraph.literals[first..].iter().take_while(|literal| literal.range.start < sentence.range.end);
    inside.filter(|literal| literal.kind == LiteralKind::Measure).collect()
}

/// The only figure that differs, where it differs as by a slip and both places are about one thing.
fn changed<'c>(other: &Place<'c>, place: &Place<'c>) -> Option<(&'c Literal, &'c Literal)> {
    let figures = place.figures.iter().copied().zip(other.figures.iter().copied());
    let mut differ = figures.filter(|(a, b)| a.value != b.value || a.unit != b.unit);
    let (here, there) = differ.next().filter(|_| differ.next().is_none())?;
    let slipped = is_slip(here, there) || is_lengthened(here, there);
    (slipped && are_of_one(other.about(), place.about())).then_some((here, there))
}

/// Whether two openings are the same, or one of them names nothing.
fn are_of_one(a: &str, b: &str) -> bool {
    a == b || a.is_empty() || b.is_empty()
}

/// 110 for 10: one digit more. Of short numbers no other slip shows.
fn is_lengthened(a: &Literal, b: &Literal) -> bool {
    let digits = |literal: &Literal| literal.value.mantissa().unsigned_abs().to_string();
    let (a, b) = (digits(a), digits(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let without = |at: usize| [&long[..at], &long[at + 1..]].concat();
    short.len() >= 2 && long.len() == short.len() + 1 && (0..long.len()).any(|at| without(at) == short)
}
