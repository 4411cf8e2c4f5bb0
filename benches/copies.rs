//! One million paragraphs, exact, digit-masked and near duplicates: `cargo bench --bench copies [PARAGRAPHS]`.
//!
//! Three in ten repeat another paragraph, two in ten repeat it with other digits or a few characters edited.

use std::io::Write;
use std::time::Instant;

use gouji::corpus::copies::{Item, Known, Passages, Sketch};
use gouji::corpus::digest::Own;
use rayon::prelude::*;
use twox_hash::XxHash3_64;

/// Units among which the paragraphs are spread.
const UNITS: usize = 5000;

/// SplitMix64.
struct Rng(u64);

impl Rng {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// Characters as often as a few thousand common ones are, with a number now and then.
    fn paragraph(&mut self) -> String {
        let words = 40 + self.below(46);
        let mut text = String::with_capacity(words * 7);
        for at in 1..=words {
            for _ in 0..2 {
                let rank = self.below(3000).min(self.below(3000));
                text.push(char::from_u32(0x4e00 + rank as u32 * 5).unwrap_or('的'));
            }
            match at % 12 {
                0 => text.push('。'),
                5 => text += &self.below(10_000).to_string(),
                _ => {}
            }
        }
        text
    }

    fn edited(&mut self, text: &str) -> String {
        if self.below(3) == 0 {
            return text.chars().map(|c| if c.is_ascii_digit() { '7' } else { c }).collect();
        }
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(9) {
            let at = self.below(chars.len());
            chars[at] = '改';
        }
        chars.into_iter().collect()
    }
}

/// Paragraphs, and how many of them repeat another one in which way.
fn paragraphs(count: usize) -> (Vec<String>, [usize; 2]) {
    let (mut rng, mut copies) = (Rng(7), [0; 2]);
    let mut all: Vec<String> = Vec::with_capacity(count);
    for at in 0..count {
        let text = match rng.below(10) {
            kind @ 0..=4 if at > 0 => {
                let other = rng.below(at);
                copies[usize::from(kind > 2)] += 1;
                if kind > 2 { rng.edited(&all[other]) } else { all[other].clone() }
            }
            _ => rng.paragraph(),
        };
        all.push(text);
    }
    (all, copies)
}

/// The most memory that the process ever held, in kilobytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let (texts, copies) = paragraphs(count);
    let before = peak();
    let started = Instant::now();
    let own = Own("");
    let mut passages = Passages::default();
    for (batch, first) in texts.chunks(20_000).zip((0..).step_by(20_000)) {
        let print = |text: &str| XxHash3_64::oneshot(text.as_bytes());
        let read = |text: &String| {
            let masked = own.masked(text);
            let sentences: Vec<(u64, u16)> =
                masked.split('。').map(|sentence| (print(sentence), sentence.chars().count() as u16)).collect();
            (print(text), print(&masked), Sketch::of(&masked), sentences)
        };
        let made: Vec<_> = batch.par_iter().map(read).collect();
        for ((exact, masked, sketch, sentences), at) in made.into_iter().zip(first..) {
            let unit = (at % UNITS) as u32;
            let user = passages.users.number(Some(0), unit);
            let item = Item { report: at as u32, unit, user, exact, masked, chars: 126, standing: false };
            passages.push(item, sketch, sentences.into_iter());
        }
    }
    passages.settle(UNITS);
    let names: Vec<String> = (0..UNITS).map(|unit| format!("第{unit}单位")).collect();
    let text = |wanted: &[u32]| wanted.iter().map(|at| texts[*at as usize].clone()).collect();
    let found = passages.compare(&text, &names, &mut Known::default());
    let took = started.elapsed();
    let memory = before.zip(peak()).map(|(before, after)| (after - before) / 1024);
    let mut copied = vec![false; count];
    found.pairs.iter().for_each(|pair| copied[pair.b as usize] = true);
    let seen = copied.iter().filter(|copied| **copied).count();
    let bytes = texts.iter().map(String::len).sum::<usize>() / 1_000_000;
    let [exact, edited] = copies;
    writeln!(
        std::io::stdout(),
        "{count} paragraphs ({bytes} MB): {took:.1?}, {memory:?} MB more; {exact} equal and {edited} edited copies, {} pairs, \
         {seen} paragraphs are copies of earlier ones",
        found.pairs.len(),
    )
    .expect("there is somewhere to say it");
}
