//! Passages that are alike but not equal: those that meet in some band of their sketches, compared exactly.

use rayon::prelude::*;

use super::known::Known;
use super::sketch::{Bands, Grams, Sketch};
use super::template::Families;

/// Two passages are alike from this Jaccard similarity on, in thousandths.
pub(super) const ALIKE: u32 = 700;

/// Pairs that are compared at a time.
const BATCH: usize = 4_000;
/// So many passages that meet in a band are all compared with one another. Where more meet, they share a phrase and little
/// else: each is compared with the first and a few just before it, which is enough to tell template, and those that are
/// alike meet in other bands too.
const FEW: usize = 16;
const FIRST: usize = 1;
const BEFORE: usize = 3;
/// Bands of which the meetings are found together.
const AT_ONCE: usize = 2;
/// Places of a band that are looked at together, so that pairs never pile up in memory.
const STRETCH: usize = 1 << 18;

/// What is compared: passages by number.
pub(super) trait Passages: Sync {
    fn len(&self) -> usize;
    fn sketch(&self, passage: u32) -> &Sketch;
    /// A fingerprint of the words that [`Passages::read`] gives.
    fn fingerprint(&self, passage: u32) -> u64;
    fn read(&self, passages: &[u32]) -> Vec<String>;
}

/// Two different passages that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alike {
    pub(super) a: u32,
    pub(super) b: u32,
    /// In thousandths.
    pub(super) similarity: u32,
}

/// Every pair of passages that are alike, but for those within families that are template anyway. What was compared
/// before is not compared again.
pub(super) fn find(passages: &impl Passages, families: &mut Families<'_>, known: &mut Known) -> Vec<Alike> {
    let (mut found, mut compared) = (Vec::new(), Vec::new());
    let bands: Vec<usize> = (0..Bands::of(passages.len()).count).collect();
    for some in bands.chunks(AT_ONCE) {
        let meeting: Vec<Vec<u64>> = some.par_iter().map(|band| meeting(passages, *band)).collect();
        for keys in meeting {
            let mut met = Vec::new();
            for stretch in stretches(&keys) {
                let new = |pair: &(u32, u32)| compared.binary_search(pair).is_err();
                let mut candidates: Vec<(u32, u32)> = within(passages, stretch).into_iter().filter(new).collect();
                candidates.retain(|(a, b)| !(families.is_template(*a) && families.is_template(*b)));
                met.extend_from_slice(&candidates);
                for batch in candidates.chunks(BATCH) {
                    for alike in compare(batch, passages, known) {
                        families.join(alike.a, alike.b);
                        found.push(alike);
                    }
                }
            }
            compared.extend(met);
            compared.par_sort_unstable();
        }
    }
    found.par_sort_unstable();
    found
}

/// The passages that meet others in a band: its key before the number of the passage, sorted.
fn meeting(passages: &impl Passages, band: usize) -> Vec<u64> {
    let count = passages.len();
    let bins = Bands::of(count).bins(band);
    let keys: Vec<u32> = (0..count as u32).map(|at| passages.sketch(at).key(&bins)).collect();
    // Most keys are of one passage only: those are gone before anything is sorted.
    let slots = (count * 4).next_power_of_two();
    let slot = |key: u32| key as usize & (slots - 1);
    let mut users = vec![0_u8; slots];
    keys.iter().for_each(|key| users[slot(*key)] = users[slot(*key)].saturating_add(1));
    let several = keys.iter().zip(0_u64..).filter(|(key, _)| users[slot(**key)] > 1);
    let mut found: Vec<u64> = several.map(|(key, at)| u64::from(*key) << 32 | at).collect();
    found.sort_unstable();
    found
}

/// Meetings, many together.
fn stretches(keys: &[u64]) -> impl Iterator<Item = &[u64]> {
    let mut rest = keys;
    std::iter::from_fn(move || {
        let (stretch, after) = rest.split_at(meeting_end(rest, STRETCH.min(rest.len())));
        rest = after;
        (!stretch.is_empty()).then_some(stretch)
    })
}

/// Where the meeting ends that a place is in.
fn meeting_end(keys: &[u64], mut at: usize) -> usize {
    while at > 0 && at < keys.len() && keys[at] >> 32 == keys[at - 1] >> 32 {
        at += 1;
    }
    at
}

/// Pairs that meet and agree well enough.
fn within(passages: &impl Passages, keys: &[u64]) -> Vec<(u32, u32)> {
    // Some keys are equal by accident: those pairs agree in little else.
    let promising = |(a, b): &(u32, u32)| passages.sketch(*a).promising(passages.sketch(*b));
    let pairs = |meeting: &[u64]| {
        let at = |place: usize| meeting[place] as u32;
        let mut pairs = Vec::new();
        for b in 1..meeting.len() {
            let few = meeting.len() <= FEW;
            let others = (0..b).filter(|other| few || *other < FIRST || other + BEFORE >= b);
            pairs.extend(others.map(|other| (at(other), at(b))).filter(promising));
        }
        pairs
    };
    let meetings: Vec<&[u64]> = keys.chunk_by(|a, b| a >> 32 == b >> 32).filter(|met| met.len() > 1).collect();
    meetings.into_par_iter().flat_map_iter(pairs).collect()
}

fn compare(pairs: &[(u32, u32)], passages: &impl Passages, known: &mut Known) -> Vec<Alike> {
    let prints = |(a, b): &(u32, u32)| (passages.fingerprint(*a), passages.fingerprint(*b));
    let before: Vec<Option<u32>> = pairs.par_iter().map(|pair| known.similarity(prints(pair))).collect();
    let new: Vec<(u32, u32)> =
        pairs.iter().zip(&before).filter(|(_, before)| before.is_none()).map(|(pair, _)| *pair).collect();
    let mut compared = similarities(&new, passages).into_iter();
    let mut alike = Vec::new();
    for (pair, before) in pairs.iter().zip(before) {
        let similarity = before.or_else(|| compared.next()).unwrap_or_default();
        known.note(prints(pair), similarity);
        if similarity >= ALIKE {
            alike.push(Alike { a: pair.0, b: pair.1, similarity });
        }
    }
    alike
}

fn similarities(pairs: &[(u32, u32)], passages: &impl Passages) -> Vec<u32> {
    let mut wanted: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let grams: Vec<Grams> = passages.read(&wanted).par_iter().map(|text| Grams::of(text)).collect();
    let of = |passage: u32| &grams[wanted.binary_search(&passage).expect("every passage of a pair was read")];
    pairs.par_iter().map(|(a, b)| of(*a).similarity(of(*b))).collect()
}
