//! 下达412万元，支出398.2万元，执行率96.65%, once for each of several items: what the items show by themselves.
//!
//! No word says what 执行率 is of. Where at least three items that are put alike keep a formula, it is meant in each.

use std::collections::BTreeMap;

use super::Passage;
use crate::document::literal::Dimension;
use crate::facts::formula::{Formula, Known, TELLING};
use crate::facts::{Claim, ClaimKind, Measure};

/// Three numbers of one stretch of a sentence: the one that is worked out, and what from.
type Triple<'p, 'd> = (&'p Passage<'d>, [usize; 3]);

/// The formula, how the words before its numbers end, and how many numbers stand among them: alike in every item.
type Pattern<'p> = (u8, [Name<'p>; 3], usize);

/// How the words before a number end, with its dimension.
type Name<'p> = (&'p str, Dimension);

/// More numbers between two marks are no item of a list.
const MOST: usize = 8;

const FORMULAS: [Formula; 3] = [
    Formula::Ratio { ratio: 0, part: 1, whole: 2 },
    Formula::Difference { rest: 0, from: 1, less: 2 },
    Formula::Sum { total: 0, parts: 1..3 },
];

/// The claims that items of lists show by themselves, as far as nothing else has made them.
pub(super) fn read(passages: &[Passage], claims: &mut Vec<Claim>) {
    let mut known = Known::of(claims);
    let mut found: BTreeMap<Pattern, Vec<Triple>> = BTreeMap::new();
    for passage in passages {
        for stretch in stretches(passage) {
            for (pattern, places) in patterns(passage, &stretch) {
                found.entry(pattern).or_default().push((passage, places));
            }
        }
    }
    for ((formula, ..), triples) in found {
        let formula = &FORMULAS[formula as usize];
        let items = triples.iter().map(|(passage, places)| places.map(|at| passage.mentions[at].literal).to_vec());
        if triples.len() >= TELLING && formula.is_kept(items) {
            triples.iter().for_each(|triple| claim(formula, triple, &mut known, claims));
        }
    }
}

/// The mentions between two marks that end an item: ； or the end of the sentence.
fn stretches(passage: &Passage) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    for at in 0..passage.mentions.len() {
        let mention = &passage.mentions[at];
        let goes_on = at > 0
            && passage.mentions[at - 1].sentence == mention.sentence
            && ![&mention.gap_range, &mention.label_range]
                .iter()
                .any(|range| passage.words(range).contains(['；', ';']));
        match found.last_mut().filter(|_| goes_on) {
            Some(open) => open.push(at),
            None => found.push(vec![at]),
        }
    }
    found.retain(|stretch| (3..=MOST).contains(&stretch.len()));
    found
}

/// What three numbers of a stretch could be of each other: the later of two earlier ones. Words that stand twice in a
/// stretch tell nothing.
fn patterns<'p>(passage: &'p Passage, stretch: &[usize]) -> Vec<(Pattern<'p>, [usize; 3])> {
    let mut found: BTreeMap<Pattern, Option<[usize; 3]>> = BTreeMap::new();
    let names: Vec<Option<Name>> = stretch.iter().map(|&at| name(passage, at)).collect();
    for target in 2..stretch.len() {
        let pairs = (0..target).flat_map(|a| (0..target).map(move |b| (a, b))).filter(|(a, b)| a != b);
        for (a, b) in pairs {
            let [Some(of), Some(first), Some(second)] = [target, a, b].map(|at| names[at]) else { continue };
            let places = [target, a, b].map(|at| stretch[at]);
            let ratio = passage.dimension(places[0]) == Dimension::Ratio;
            let formulas: &[u8] = if ratio { &[0] } else { &[1, 2] };
            for &formula in formulas.iter().filter(|&&formula| formula < 2 || a < b) {
                let pattern = (formula, [of, first, second], target - a.min(b));
                found.entry(pattern).and_modify(|told| *told = None).or_insert(Some(places));
            }
        }
    }
    found.into_iter().filter_map(|(pattern, places)| Some((pattern, places?))).collect()
}

/// The name of a number; none for changes, averages and what is compared with.
fn name<'p>(passage: &'p Passage, at: usize) -> Option<Name<'p>> {
    let words =
        passage.words(&passage.mentions[at].label_range).trim_end_matches(['为', '了', '的', '共', '达', '数', '额']);
    let end = words.char_indices().rev().nth(1).map_or(0, |(start, _)| start);
    let rate = passage.dimension(at) == Dimension::Ratio && words.ends_with(['率', '度']);
    let level = passage.is_level(at) && passage.keys[at].as_ref().is_none_or(|key| key.measure == Measure::Level);
    (rate || level && words.chars().count() >= 2).then(|| (&words[end..], passage.dimension(at)))
}

fn claim(formula: &Formula, (passage, places): &Triple, known: &mut Known, claims: &mut Vec<Claim>) {
    if !known.admits(places.iter().map(|&at| passage.mentions[at].number).collect(), formula.works_out()) {
        return;
    }
    let operands = places.iter().map(|&at| passage.operand(at)).collect();
    let (first, last) = (places.iter().min(), places.iter().max());
    let (Some(&first), Some(&last)) = (first, last) else { return };
    let (kind, roles) = formula.claim(ClaimKind::Breakdown, operands);
    claims.push(super::claim(kind, passage.span(first, last), passage.name(places[0]), roles));
}
