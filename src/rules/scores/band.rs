//! The three bands of indicators in words.

use super::{Basis, Fit, Judged, Row, Way};
use crate::exact::Exact;

/// The three bands of the filling instructions.
#[derive(Clone, Copy)]
pub(crate) enum Band {
    Met,
    Partly,
    Missed,
}

impl Band {
    /// Only the words of the instructions themselves say the band.
    pub(crate) fn of(text: &str) -> Option<Band> {
        let said =
            ["达成年度指标", "达成预期指标", "达成年度目标", "达成预期目标"].iter().find_map(|word| text.find(word))?;
        match &text[..said] {
            "" | "全部" | "已" => Some(Band::Met),
            "部分" => Some(Band::Partly),
            "未" => Some(Band::Missed),
            _ => None,
        }
    }

    /// The least and the most of the points in it, in per cent; where provinces differ, the wider.
    fn share(self) -> (u32, u32) {
        match self {
            Band::Met => (80, 100),
            Band::Partly => (50, 80),
            Band::Missed => (0, 60),
        }
    }

    /// The least and the most of a weight.
    pub(crate) fn points(self, weight: Exact) -> Option<(Exact, Exact)> {
        let times = |percent: u32| weight.times(Exact::new(i128::from(percent), 2)?);
        let (low, high) = self.share();
        Some((times(low)?.normal(), times(high)?.normal()))
    }
}

/// A row whose actual value is one of the bands.
pub(super) fn judged(row: &Row, basis: Basis) -> Option<Judged> {
    let band = Band::of(&row.row.achieved.as_ref()?.text)?;
    let (low, high) = band.points(row.weight())?;
    let fit = match row.score() {
        score if score < low => Fit::Below,
        score if score > high => Fit::Above,
        _ => Fit::Kept,
    };
    Some(Judged { way: Way::Band, basis, fit, formula: String::new(), due: high, from: Vec::new(), said: None })
}
