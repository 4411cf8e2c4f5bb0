//! What a unit writes by itself: passages that no other unit would write by chance.

use crate::rng::Rng;
use crate::words::{COUNTERS, DETAILS, EFFECTS, ISSUES, MEASURES, PLACES, REASONS, TOPICS};

/// A passage of the unit's own: several sentences, now and then with the unit's name, the year or the unit's project.
pub(crate) fn own(rng: &mut Rng, unit: &str, year: u16, project: &str, sentences: usize) -> String {
    let mut text = String::new();
    let [named, dated, planned] = [3, 6, 8].map(|rarity| rng.below(sentences * rarity));
    for at in 0..sentences {
        if at == named {
            text += &format!("{unit}已将此事列入明年工作要点。");
        }
        if at == dated {
            text += &format!("{year}年共召开调度会{}次。", rng.between(3, 29));
        }
        if at == planned {
            text += &format!("{project}的后续管护由专人负责。");
        }
        text += &sentence(rng);
    }
    text
}

fn sentence(rng: &mut Rng) -> String {
    let (place, topic) = (rng.pick(PLACES), rng.pick(TOPICS));
    match rng.below(6) {
        0 => format!("{place}的{topic}{}，{}，{}。", rng.pick(ISSUES), rng.pick(REASONS), rng.pick(EFFECTS)),
        1 => format!("因{}，{place}{topic}{}，以致{}。", rng.pick(REASONS), rng.pick(ISSUES), rng.pick(EFFECTS)),
        2 => format!("{topic}方面，{}，拟{}，并{}。", rng.pick(ISSUES), rng.pick(MEASURES), rng.pick(MEASURES)),
        3 => format!(
            "针对{place}，全年{}{}{}，{}{}{}，但{topic}{}。",
            rng.pick(DETAILS),
            rng.between(11, 980),
            rng.pick(COUNTERS),
            rng.pick(DETAILS),
            rng.between(11, 980),
            rng.pick(COUNTERS),
            rng.pick(ISSUES),
        ),
        4 => format!("为解决{}的问题，在{place}{}，{topic}随之改观。", rng.pick(EFFECTS), rng.pick(MEASURES)),
        _ => format!("{}之后，{place}{topic}{}，还需{}。", rng.pick(REASONS), rng.pick(ISSUES), rng.pick(MEASURES)),
    }
}

/// The passage with its numbers changed.
pub(crate) fn with_other_digits(rng: &mut Rng, text: &str) -> String {
    let digit = |rng: &mut Rng| char::from(b'1' + rng.below(9) as u8);
    text.chars().map(|c| if c.is_ascii_digit() { digit(rng) } else { c }).collect()
}

/// The passage with a few characters replaced, dropped or put in.
pub(crate) fn edited(rng: &mut Rng, text: &str, edits: usize) -> String {
    const FILL: &[char] = &['的', '了', '在', '已', '也', '将', '各', '主', '要', '进'];
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..edits {
        let at = rng.below(text.len());
        match rng.below(3) {
            0 => text[at] = FILL[rng.below(FILL.len())],
            1 => drop(text.remove(at)),
            _ => text.insert(at, FILL[rng.below(FILL.len())]),
        }
    }
    text.into_iter().collect()
}

/// Jaccard similarity of the sets of three characters, in thousandths.
pub(crate) fn similarity(a: &str, b: &str) -> usize {
    let grams = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(3).map(<[char]>::to_vec).collect::<std::collections::BTreeSet<_>>()
    };
    let (a, b) = (grams(a), grams(b));
    let shared = a.intersection(&b).count();
    shared * 1000 / (a.len() + b.len() - shared).max(1)
}
