//! 采购预算338.31万元，中标318.01万元，节约20.30万元，节约率6.00%: what was saved between two amounts, and at what rate.

use super::mention::Class;
use super::{Passage, claim, completion};
use crate::document::literal::Dimension;
use crate::facts::fit::{is_at_ratio, is_ratio, is_sum};
use crate::facts::{Claim, ClaimKind, Role};

/// What is less in the end than it was.
const SAVED: &[&str] = &["节约", "节省", "核减", "审减"];

/// The savings of a passage: stated where the difference is exact, or where the rate says what it should be.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in (1..passage.mentions.len()).filter(|&at| is_saved(passage, at)) {
        let rate = (at + 1 < passage.mentions.len()).then_some(at + 1).filter(|&rate| is_rate(passage, rate));
        let Some((from, to)) = between(passage, at, rate) else { continue };
        let literal = |i: usize| passage.mentions[i].literal;
        let exact = is_sum(literal(from), [literal(to), literal(at)]);
        let by_rate = rate.is_some_and(|rate| {
            let left = || Some((literal(from).base()?.minus(literal(to).base()?)?, literal(from).base()?));
            left().is_some_and(|(left, from)| is_at_ratio(left, from, literal(rate)))
        });
        let of_from = rate.is_some_and(|rate| is_ratio(literal(at), literal(from), literal(rate)));
        if exact || by_rate || of_from && is_settled(passage, to) {
            let roles = vec![
                (Role::Current, vec![passage.operand(from)]),
                (Role::Previous, vec![passage.operand(to)]),
                (Role::Change, vec![passage.operand(at)]),
            ];
            let span = passage.span(from, at.max(to));
            claims.push(claim(ClaimKind::Difference, span, passage.name(at), roles));
        }
        if let Some(rate) = rate.filter(|_| exact || of_from) {
            claims.push(completion(passage, [at, from, rate], rate));
        }
    }
}

/// 节约20.30万元, 经核算核减16.52万元
fn is_saved(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range).trim_start_matches(['，', '、']);
    passage.dimension(at) == Dimension::Money
        && SAVED.iter().any(|word| words.starts_with(word) || words.ends_with(word))
}

/// 审定金额, 中标价: what an amount was brought down to.
fn is_settled(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    ["审定", "评审", "核定", "中标", "成交"].iter().any(|word| words.contains(word))
}

/// 节约率为6.00%
fn is_rate(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    let named = words.trim_start_matches(['，', '、']).trim_end_matches(['为', '达']).ends_with('率');
    let stated = matches!(passage.mentions[at].class, Class::Rate { .. } | Class::Growth { .. });
    named && stated && passage.dimension(at) == Dimension::Ratio
}

/// What it was and what it came to, around the saving: 送审a，审定b，核减c, or 申报a，核减c，核减率d，评审b.
fn between(passage: &Passage, at: usize, rate: Option<usize>) -> Option<(usize, usize)> {
    let level = |i: usize| {
        let mention = passage.mentions.get(i)?;
        let beside = mention.sentence == passage.mentions[at].sentence
            && mention.depth == passage.mentions[at].depth
            && passage.dimension(i) == Dimension::Money;
        (beside && passage.is_level(i)).then_some(i)
    };
    let to = level(at - 1)?;
    let before = at.checked_sub(2).and_then(level);
    before.map(|from| (from, to)).or_else(|| Some((to, level(rate.unwrap_or(at) + 1)?)))
}
