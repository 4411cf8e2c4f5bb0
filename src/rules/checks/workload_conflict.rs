//! 工作量前后不一: 各类会议1930次, and in another place 各类1479场会议: all of one kind of work, counted twice.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal, LiteralKind, Paragraph};
use crate::finding::{Confidence, Proof};

/// Words that take in all of a kind.
const ALL: &[&str] = &["各类", "各种", "各级各类", "各项"];
/// Words between the kind and its number.
const COUNTS: &[&str] = &["共", "达", "为", "约", "次数", "场次", "数量", "总数", "总量", "数"];
/// Words of another year, or of several.
const OTHER_TIMES: &[&str] =
    &["上年", "去年", "累计", "以来", "同期", "计划", "预计", "目标", "季度", "月份", "上半年", "其中"];

/// A number of all of one kind.
struct Place<'c> {
    block: usize,
    literal: &'c Literal,
}

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut kinds: BTreeMap<(u32, &str), Vec<Place>> = BTreeMap::new();
    let parts = context.shared.parts();
    for (block, paragraph) in context.document.paragraphs() {
        if context.facts.project_of(block).is_some() {
            continue;
        }
        for literal in paragraph.literals.iter().filter(|literal| is_count(literal)) {
            if let Some(kind) = kind(paragraph, literal) {
                kinds.entry((parts[block], kind)).or_default().push(Place { block, literal });
            }
        }
    }
    for ((_, kind), places) in kinds {
        let [one, other] = places.as_slice() else { continue };
        let differ = one.literal.value != other.literal.value && one.block != other.block;
        if differ {
            report(context, kind, one, other, sink);
        }
    }
}

fn report(context: &Context, kind: &str, one: &Place, other: &Place, sink: &mut Sink) {
    let printed = |place: &Place| context.source.slice(place.literal.span);
    let message = format!("各类{kind}一处为{}，一处为{}，口径相同的应当一致", printed(one), printed(other));
    let proof: Option<Proof> = super::proof::pair(other.literal, "≠", one.literal);
    let added = sink.report(other.literal.span, "另一处", message).confidence(Confidence::Low);
    added.with(one.literal.span, "一处").proof(proof);
}

fn is_count(literal: &Literal) -> bool {
    let counted = matches!(literal.unit.dimension(), Dimension::Count | Dimension::People);
    counted && literal.kind == LiteralKind::Measure && literal.hedge == Hedge::None && !literal.value.is_zero()
}

/// 会议 in 承办各类会议次数1930次 and in 各类1479场会议的顺利召开.
fn kind<'c>(paragraph: &'c Paragraph, literal: &Literal) -> Option<&'c str> {
    let text = paragraph.flow.text();
    let from = text[..literal.range.start].rfind(['，', '。', '；', '：']).unwrap_or(0);
    let before = &text[from..literal.range.start];
    let sentence = paragraph.sentence_at(literal.range.start).map_or(0, |sentence| sentence.range.start);
    if OTHER_TIMES.iter().any(|word| text[sentence..literal.range.start].contains(word)) {
        return None;
    }
    let stem = COUNTS.iter().fold(before, |stem, end| stem.strip_suffix(end).unwrap_or(stem));
    let named = ALL.iter().find_map(|word| stem.rsplit_once(word)).map(|(_, kind)| kind);
    let after = &text[literal.range.end..];
    let following = after.split(['的', '，', '。', '；', '、', '（', '及', '和']).next().unwrap_or_default();
    let kind = named.map(|kind| if kind.is_empty() { following } else { kind })?;
    let noun = kind.chars().all(|c| !c.is_ascii_alphanumeric() && !"，。；：、（）".contains(c));
    (noun && (2..=6).contains(&kind.chars().count())).then_some(kind)
}
