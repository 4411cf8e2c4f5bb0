//! How alike two passages are: exactly by their sets of three characters, and by sketches that find candidates.

use std::ops::Range;

use twox_hash::XxHash3_64;

/// Bins of a sketch.
const BINS: usize = 125;
/// Bins that are looked at first.
const GLANCE: usize = 48;
const _: () = assert!(BINS <= u8::MAX as usize);

/// Bands of sketches: passages that agree in all bins of a band meet. Each size of bands comes with so many of them that two
/// passages whose sets share seven tenths meet 99 times of 100; larger bands let fewer others meet, which matters the more
/// passages there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bands {
    pub(super) count: usize,
    size: usize,
}

impl Bands {
    pub(super) fn of(passages: usize) -> Bands {
        let (count, size) = match passages {
            0..50_000 => (25, 5),
            50_000..400_000 => (36, 6),
            400_000..1_500_000 => (52, 7),
            _ => (75, 8),
        };
        Bands { count, size }
    }

    /// Bands do not overlap until all bins are used; then they go through the bins in other steps.
    pub(super) fn bins(self, band: usize) -> Vec<usize> {
        const STEPS: [usize; 5] = [1, 7, 11, 13, 17];
        let in_round = BINS / self.size;
        let step = STEPS[band / in_round % STEPS.len()];
        let first = band % in_round * self.size;
        (first..first + self.size).map(|bin| bin * step % BINS).collect()
    }
}

/// A passage's smallest hash in each of its bins, one byte of it: one-permutation MinHash. It is kept with the passage, so
/// that finding candidates reads no text.
#[derive(Clone, Copy, Debug)]
pub struct Sketch([u8; BINS]);

impl Sketch {
    /// The sketch of words without their numbers.
    pub fn of(text: &str) -> Sketch {
        let mut least = [u32::MAX; BINS];
        for gram in grams(text) {
            let bin = ((u64::from(gram) * BINS as u64) >> 32) as usize;
            // Within its bin a gram is ranked by another hash.
            least[bin] = least[bin].min(rank(gram));
        }
        Sketch(filled(&least))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// A sketch that was kept; an empty one for bytes that are none.
    pub fn from_bytes(bytes: &[u8]) -> Sketch {
        Sketch(bytes.try_into().unwrap_or([0; BINS]))
    }

    /// The key under which passages that agree in some bins meet.
    pub(super) fn key(&self, bins: &[usize]) -> u32 {
        let bytes = bins.iter().fold(0, |bytes, bin| bytes << 8 | u64::from(self.0[*bin]));
        (mix(bytes) >> 32) as u32
    }

    /// In how many of some bins two sketches agree.
    fn agreement(&self, other: &Sketch, bins: Range<usize>) -> usize {
        // Bytes are added up as bytes, many at a time: there are fewer bins than a byte can count.
        let both = self.0[bins.clone()].iter().zip(&other.0[bins]);
        usize::from(both.map(|(a, b)| u8::from(a == b)).sum::<u8>())
    }

    /// Whether two sketches agree well enough to be looked at closely. Most pairs share a phrase only: a few bins tell.
    pub(super) fn promising(&self, other: &Sketch) -> bool {
        self.agreement(other, 0..GLANCE) * 4 >= GLANCE && self.agreement(other, 0..BINS) * 2 >= BINS
    }
}

/// A bin that no gram fell into borrows from the next one that has some, so that short passages have full sketches.
fn filled(least: &[u32; BINS]) -> [u8; BINS] {
    let mut out = [0; BINS];
    for (at, byte) in out.iter_mut().enumerate() {
        let next = (0..BINS).find(|step| least[(at + step) % BINS] != u32::MAX).unwrap_or(0);
        let value = u64::from(least[(at + next) % BINS]) + (next as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        *byte = (mix(value) >> 24) as u8;
    }
    out
}

fn rank(gram: u32) -> u32 {
    (mix(u64::from(gram)) >> 32) as u32 & (u32::MAX >> 1)
}

fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let value = (value ^ (value >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    value ^ (value >> 33)
}

/// Hashes of every three characters that follow each other.
fn grams(text: &str) -> impl Iterator<Item = u32> {
    let mut window = [0_u64; 3];
    text.chars().enumerate().filter_map(move |(at, c)| {
        window = [window[1], window[2], u64::from(u32::from(c))];
        (at >= 2).then(|| (mix(window[0] << 42 ^ window[1] << 21 ^ window[2]) >> 16) as u32)
    })
}

/// The set of three characters of a passage, for exact comparison.
#[derive(Clone, Debug)]
pub(super) struct Grams(Vec<u32>);

impl Grams {
    pub(super) fn of(text: &str) -> Grams {
        let mut all: Vec<u32> = grams(text).collect();
        all.sort_unstable();
        all.dedup();
        Grams(all)
    }

    /// Jaccard similarity in thousandths, cut off.
    pub(super) fn similarity(&self, other: &Grams) -> u32 {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while a < self.0.len() && b < other.0.len() {
            let (x, y) = (self.0[a], other.0[b]);
            shared += usize::from(x == y);
            a += usize::from(x <= y);
            b += usize::from(y <= x);
        }
        (shared * 1000 / (self.0.len() + other.0.len() - shared).max(1)) as u32
    }
}

/// A fingerprint of words.
pub fn fingerprint(text: &str) -> u64 {
    XxHash3_64::oneshot(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "沿河五个村的管网检修比计划晚了一个多月，原定的施工单位中途退出，年末才补齐手续，一笔尾款转到次年";

    #[test]
    fn equal_texts_are_equal() {
        assert_eq!(Grams::of(TEXT).similarity(&Grams::of(TEXT)), 1000);
        assert_eq!(Sketch::of(TEXT).agreement(&Sketch::of(TEXT), 0..BINS), BINS);
    }

    #[test]
    fn similarity_counts_shared_grams() {
        // 甲乙丙, 乙丙丁 against 甲乙丙, 乙丙戊
        assert_eq!(Grams::of("甲乙丙丁").similarity(&Grams::of("甲乙丙戊")), 333);
        assert_eq!(Grams::of("").similarity(&Grams::of("甲")), 0);
    }

    #[test]
    fn a_band_has_its_bins_once() {
        for bands in [1, 100_000, 1_000_000, 4_000_000].map(Bands::of) {
            for band in 0..bands.count {
                let mut bins = bands.bins(band);
                bins.sort_unstable();
                bins.dedup();
                assert!(bins.len() == bands.size && bins.iter().all(|bin| *bin < BINS), "{bands:?} {band}");
            }
        }
    }

    #[test]
    fn sketches_follow_similarity() {
        let near = TEXT.replace("中途", "半路");
        let far = "年初编预算时没有逐户摸底，因此信息更新不及时，群众外出务工较多，设备利用不满负荷";
        assert!(Sketch::of(TEXT).promising(&Sketch::of(&near)));
        assert!(!Sketch::of(TEXT).promising(&Sketch::of(far)));
    }
}
