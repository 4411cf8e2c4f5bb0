//! 同一句话两处数字不同: a long sentence returns word for word with one figure changed.

use std::collections::BTreeMap;

use super::near::sentences;
use super::{Context, Sink};
use crate::document::{Literal, LiteralKind, Paragraph, Sentence};
use crate::facts::Entity;
use crate::facts::slip::is_slip;
use crate::rules::reading::is_han;

/// The shortest sentence, in Chinese characters.
const SHORTEST: usize = 16;

/// A place of a sentence is held against no more earlier ones than this.
const MOST_COMPARED: usize = 50;

/// A sentence without its figures, and who it is about.
type Frame<'c> = (Option<&'c Entity>, String);

/// A place of such a sentence: its figures, and the words that its paragraph opens with where they name a project.
struct Place<'c> {
    figures: Vec<&'c Literal>,
    about: &'c str,
}

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut frames: BTreeMap<Frame, Vec<Place>> = BTreeMap::new();
    for (block, paragraph, sentence) in sentences(context.document) {
        let figures = figures(paragraph, sentence);
        if figures.is_empty() {
            continue;
        }
        let frame = framed(paragraph, sentence, &figures);
        if frame.chars().filter(|c| is_han(*c)).count() >= SHORTEST {
            let place = Place { figures, about: about(paragraph, sentence) };
            frames.entry((context.facts.project_of(block), frame)).or_default().push(place);
        }
    }
    for places in frames.values().filter(|places| places.len() > 1) {
        for (at, place) in places.iter().enumerate() {
            let first = &places[..at.min(MOST_COMPARED)];
            if let Some((here, there)) = first.iter().find_map(|other| changed(other, place)) {
                let [one, two] = [there, here].map(|literal| context.source.slice(literal.span));
                let message = format!("同一句话两处数字不同：一处为{one}，一处为{two}");
                sink.report(here.span, "此处", message).with(there.span, "另一处");
            }
        }
    }
}

/// “防汛”项目自评综述 before 项目自评得分为98.69分: what the paragraph is about, by the words before its first mark.
fn about<'c>(paragraph: &'c Paragraph, sentence: &Sentence) -> &'c str {
    let opening = &paragraph.flow.text()[..sentence.range.start];
    let opening = opening.split(['：', '，', '。', ':']).next().unwrap_or_default();
    let named = ["项目", "专项", "经费", "工程", "（项）"].iter().any(|word| opening.contains(word));
    if named { opening } else { "" }
}

/// The figures of a sentence, without dates.
fn figures<'c>(paragraph: &'c Paragraph, sentence: &Sentence) -> Vec<&'c Literal> {
    let first = paragraph.literals.partition_point(|literal| literal.range.start < sentence.range.start);
    let inside = paragraph.literals[first..].iter().take_while(|literal| literal.range.start < sentence.range.end);
    inside.filter(|literal| literal.kind == LiteralKind::Measure).collect()
}

/// The words of a sentence with a sign for each figure.
fn framed(paragraph: &Paragraph, sentence: &Sentence, figures: &[&Literal]) -> String {
    let text = paragraph.flow.text();
    let (mut frame, mut at) = (String::new(), sentence.range.start);
    for literal in figures {
        let digits = literal.range.start..literal.range.end.min(sentence.range.end);
        frame.push_str(&text[at..digits.start]);
        frame.push('#');
        frame.push_str(literal.unit.word());
        at = digits.end;
    }
    frame.push_str(&text[at.min(sentence.range.end)..sentence.range.end]);
    frame.truncate(frame.trim_end_matches(['。', '；']).len());
    frame
}

/// The only figure that differs, where it differs as by a slip and both places are about one thing.
fn changed<'c>(other: &Place<'c>, place: &Place<'c>) -> Option<(&'c Literal, &'c Literal)> {
    if other.about != place.about && !other.about.is_empty() && !place.about.is_empty() {
        return None;
    }
    let mut differ = place
        .figures
        .iter()
        .copied()
        .zip(other.figures.iter().copied())
        .filter(|(a, b)| a.value != b.value || a.unit != b.unit);
    match (differ.next(), differ.next()) {
        (Some((here, there)), None) if is_slip(here, there) || is_lengthened(here, there) => Some((here, there)),
        _ => None,
    }
}

/// 110 for 10: one digit more. Of short numbers no other slip shows.
fn is_lengthened(a: &Literal, b: &Literal) -> bool {
    let digits = |literal: &Literal| literal.value.mantissa().unsigned_abs().to_string();
    let (a, b) = (digits(a), digits(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let without = |at: usize| [&long[..at], &long[at + 1..]].concat();
    short.len() >= 2 && long.len() == short.len() + 1 && (0..long.len()).any(|at| without(at) == short)
}
