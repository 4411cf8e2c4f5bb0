//! Similarities that were computed before, so that a scan that changes little compares little.

use serde::{Deserialize, Serialize};

use crate::corpus::digest::VERSION;

/// Similarities of pairs of passages, by the fingerprints of their words.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Known {
    version: u32,
    /// Sorted: two fingerprints, the smaller first, and their similarity in thousandths.
    before: Vec<(u64, u64, u16)>,
    #[serde(skip)]
    asked: Vec<(u64, u64, u16)>,
}

fn ordered((a, b): (u64, u64)) -> (u64, u64) {
    (a.min(b), a.max(b))
}

impl Known {
    pub(super) fn similarity(&self, pair: (u64, u64)) -> Option<u32> {
        let (a, b) = ordered(pair);
        let at = self.before.binary_search_by_key(&(a, b), |(a, b, _)| (*a, *b)).ok()?;
        Some(u32::from(self.before[at].2))
    }

    pub(super) fn note(&mut self, pair: (u64, u64), similarity: u32) {
        let (a, b) = ordered(pair);
        self.asked.push((a, b, similarity as u16));
    }

    /// What the next scan may want to know: what this one asked for.
    pub fn to_bytes(&mut self) -> Vec<u8> {
        self.before = std::mem::take(&mut self.asked);
        self.before.sort_unstable();
        self.version = VERSION;
        postcard::to_stdvec(self).expect("memory takes every byte")
    }

    /// What was kept; nothing for bytes that are none, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Known {
        postcard::from_bytes(bytes).ok().filter(|known: &Known| known.version == VERSION).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_known_again() {
        let mut known = Known::default();
        known.note((9, 2), 812);
        known.note((1, 2), 40);
        let again = Known::from_bytes(&known.to_bytes());
        assert_eq!(
            [(2, 9), (9, 2), (2, 1), (2, 3)].map(|pair| again.similarity(pair)),
            [Some(812), Some(812), Some(40), None]
        );
        assert_eq!(Known::from_bytes(b"\xff").similarity((2, 9)), None);
    }
}
