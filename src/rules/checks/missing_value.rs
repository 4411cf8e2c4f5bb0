//! Units without a number before them.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::rules::concordance::Found;
use crate::rules::reading::{Finder, Stretch, tail};

/// A paragraph shorter than this, in characters, is a label: 单位万元
const SHORTEST: usize = 10;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let words = words();
    for Found { stretch, range, word } in context.shared.concordance().find(&words.finder).filter(Found::is_body) {
        match words.slot_of(word) {
            Some(slot) => unit(&stretch, range, slot, sink),
            None => unfinished(&stretch, range, sink),
        }
    }
}

/// Whether a paragraph is running text and not a label or a line of a table.
fn is_prose(text: &str) -> bool {
    !text.contains('|') && text.chars().count() >= SHORTEST && text.contains(['，', '。', '；', ','])
}

/// 自评得分为分, 占 %
fn unit(stretch: &Stretch, range: Range<usize>, slot: &Slot, sink: &mut Sink) {
    let text = stretch.text();
    let (before, unit) = (&text[..range.start], &text[range.clone()]);
    if before.ends_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    let Some(demand) = slot.demand.iter().filter(|word| before.ends_with(word.as_str())).max_by_key(|word| word.len())
    else {
        return;
    };
    let closed = text[range.end..].chars().next().is_none_or(|c| "，。；、：！,;（(）)".contains(c));
    // 得分（分）, 金额（万元）: a label that names its unit, and 超过百分之 written out.
    let labelled = is_label(before, demand);
    // 综合得分。 is the word 得分, not 得 and a missing number.
    let noun = unit == "分" && demand == "得";
    if !closed || labelled || noun || !is_prose(text) {
        return;
    }
    let start = range.start - demand.len();
    let message = format!("“{}{unit}”缺数", tail(before, 8));
    sink.report(stretch.span(start..range.end), "缺数处", message);
}

/// Whether the word before a unit is only part of a name: 以…为元, 单位为万元.
fn is_label(before: &str, demand: &str) -> bool {
    let rest = &before[..before.len() - demand.len()];
    let named = ["单位", "计量单位", "金额单位", "货币单位", "换算", "折算", "精确", "四舍五入", "标准分", "单位均"];
    demand == "为" && named.iter().any(|word| rest.ends_with(word))
        || demand == "的" && !rest.ends_with("占") && {
            // 占年初预算的 %: the share's base stands between.
            let clause = rest.rfind(['，', '。', '；', '、', '：']).map_or(0, |at| at + '，'.len_utf8());
            !rest[clause..].contains('占') && !rest[clause..].contains("完成")
        }
}

/// 主要原因是。
fn unfinished(stretch: &Stretch, range: Range<usize>, sink: &mut Sink) {
    if !is_prose(stretch.text()) {
        return;
    }
    let words = stretch.text()[range.clone()].trim_end_matches(['。', '，']);
    let message = format!("“{words}”之后没有内容");
    sink.report(stretch.span(range), "缺内容处", message);
}

/// The lists of `rules/data/missing-value.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    slot: Vec<Slot>,
    unfinished: Unfinished,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    units: Vec<String>,
    demand: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unfinished {
    phrases: Vec<String>,
}

struct Words {
    slots: Vec<Slot>,
    /// The slot of each unit, in the order of the finder's words; the unfinished phrases follow.
    owners: Vec<usize>,
    finder: Finder,
}

impl Words {
    fn slot_of(&self, index: usize) -> Option<&Slot> {
        self.owners.get(index).map(|slot| &self.slots[*slot])
    }
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let raw: Raw = toml::from_str(include_str!("../../../rules/data/missing-value.toml"))
            .expect("missing-value.toml is read by the tests of its page");
        let units = raw.slot.iter().enumerate().flat_map(|(at, slot)| slot.units.iter().map(move |unit| (at, unit)));
        let (owners, units): (Vec<usize>, Vec<&String>) = units.unzip();
        let finder = Finder::new(units.into_iter().chain(&raw.unfinished.phrases).map(String::as_str));
        Words { slots: raw.slot, owners, finder }
    })
}
