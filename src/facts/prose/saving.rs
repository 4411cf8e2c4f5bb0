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
    for at in 2..passage.mentions.len() {
        let (from, to) = (at - 2, at - 1);
        let words = |i: usize| passage.words(&passage.mentions[i].label_range);
        let beside = |i: usize| {
            passage.mentions[i].sentence == passage.mentions[at].sentence
                && passage.mentions[i].depth == passage.mentions[at].depth
                && passage.dimension(i) == Dimension::Money
        };
        let saved = SAVED.iter().any(|word| words(at).trim_start_matches(['，', '、']).starts_with(word));
        if !saved || ![from, to, at].into_iter().all(beside) || !passage.is_level(from) || !passage.is_level(to) {
            continue;
        }
        let literal = |i: usize| passage.mentions[i].literal;
        let rate = (at + 1 < passage.mentions.len()).then_some(at + 1).filter(|&i| {
            let named = words(i).trim_start_matches(['，', '、']).trim_end_matches(['为', '达']).ends_with('率');
            let stated = matches!(passage.mentions[i].class, Class::Rate { .. } | Class::Growth { .. });
            named && stated && passage.dimension(i) == Dimension::Ratio
        });
        let exact = is_sum(literal(from), [literal(to), literal(at)]);
        let by_rate = rate.is_some_and(|rate| {
            let left = || Some((literal(from).base()?.minus(literal(to).base()?)?, literal(from).base()?));
            left().is_some_and(|(left, from)| is_at_ratio(left, from, literal(rate)))
        });
        if exact || by_rate {
            let roles = vec![
                (Role::Current, vec![passage.operand(from)]),
                (Role::Previous, vec![passage.operand(to)]),
                (Role::Change, vec![passage.operand(at)]),
            ];
            claims.push(claim(ClaimKind::Difference, passage.span(from, at), passage.name(at), roles));
        }
        if let Some(rate) = rate.filter(|&rate| exact || is_ratio(literal(at), literal(from), literal(rate))) {
            claims.push(completion(passage, [at, from, rate], rate));
        }
    }
}
