//! Passages that are alike but not equal: those that meet in some band of their sketches, compared exactly.

use rayon::prelude::*;

use super::Texts;
use super::sketch::{BANDS, Grams, Sketch};
use super::template::Families;

/// Two passages are alike from this Jaccard similarity on, in thousandths.
pub(super) const ALIKE: u32 = 700;

/// Passages that are sketched or compared at a time.
const BATCH: usize = 20_000;
/// Of passages that meet in a band, each is compared with so many of the first and of those just before it.
const FIRST: usize = 4;
const BEFORE: usize = 8;
/// So many passages in a band are all compared with one another.
const FEW: usize = 24;

/// Two different passages that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alike {
    pub(super) a: u32,
    pub(super) b: u32,
    /// In thousandths.
    pub(super) similarity: u32,
}

/// Every pair of passages that are alike, but for those within families that are template anyway.
pub(super) fn find(count: usize, texts: &dyn Texts, families: &mut Families) -> Vec<Alike> {
    let sketches = sketches(count, texts);
    let mut found = Vec::new();
    for band in 0..BANDS {
        let mut candidates = candidates(&sketches, band);
        candidates.retain(|(a, b)| !(families.is_template(*a) && families.is_template(*b)));
        for batch in candidates.chunks(BATCH) {
            for alike in compare(batch, texts) {
                families.join(alike.a, alike.b);
                found.push(alike);
            }
        }
    }
    found.par_sort_unstable();
    found
}

fn sketches(count: usize, texts: &dyn Texts) -> Vec<Sketch> {
    let all: Vec<u32> = (0..count as u32).collect();
    let mut sketches = Vec::with_capacity(count);
    for batch in all.chunks(BATCH) {
        sketches.par_extend(texts.read(batch).par_iter().map(|text| Sketch::of(text)));
    }
    sketches
}

/// Pairs that meet in this band and in none before it, and agree well enough.
fn candidates(sketches: &[Sketch], band: usize) -> Vec<(u32, u32)> {
    let mut keys: Vec<(u64, u32)> =
        sketches.par_iter().enumerate().map(|(at, sketch)| (sketch.band(band), at as u32)).collect();
    keys.par_sort_unstable();
    let meetings: Vec<&[(u64, u32)]> = keys.chunk_by(|a, b| a.0 == b.0).filter(|meeting| meeting.len() > 1).collect();
    let new = |a: u32, b: u32| {
        let (x, y) = (&sketches[a as usize], &sketches[b as usize]);
        x.promising(y) && (0..band).all(|before| x.band(before) != y.band(before))
    };
    let pairs = |meeting: &&[(u64, u32)]| {
        let mut pairs = Vec::new();
        for (at, (_, b)) in meeting.iter().enumerate() {
            let few = meeting.len() <= FEW;
            let others = (0..at).filter(|other| few || *other < FIRST || other + BEFORE >= at);
            pairs.extend(others.map(|other| (meeting[other].1, *b)).filter(|(a, b)| new(*a, *b)));
        }
        pairs
    };
    meetings.par_iter().flat_map_iter(pairs).collect()
}

fn compare(pairs: &[(u32, u32)], texts: &dyn Texts) -> Vec<Alike> {
    let mut wanted: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let grams: Vec<Grams> = texts.read(&wanted).par_iter().map(|text| Grams::of(text)).collect();
    let of = |passage: u32| &grams[wanted.binary_search(&passage).expect("every passage of a pair was read")];
    let compared = pairs.par_iter().map(|(a, b)| Alike { a: *a, b: *b, similarity: of(*a).similarity(of(*b)) });
    compared.filter(|alike| alike.similarity >= ALIKE).collect()
}
