//! 达标率93.1%，距95%的目标差1.9个百分点: by how many points two percentages of a sentence differ.

use super::mention::{self, Class};
use super::{Passage, claim};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal};
use crate::exact::Exact;
use crate::facts::{Claim, ClaimKind, NumberId, Operand, Role};

/// The differences in points of a passage, as far as no comparison has told them.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in (0..passage.mentions.len()).filter(|&at| passage.dimension(at) == Dimension::RatioPoint) {
        let number = passage.mentions[at].number;
        let told = |claims: &[Claim]| {
            claims.iter().rev().any(|known| known.kind == ClaimKind::Change && known.numbers().any(|n| n == number))
        };
        let found = direction(passage, at).zip(compared(passage, at)).filter(|_| !told(claims));
        let Some((down, (current, previous))) = found else { continue };
        let roles = vec![
            (Role::Current, vec![passage.operand(current)]),
            (Role::Previous, vec![passage.operand(previous).named("另一数")]),
            (Role::Change, vec![Operand { negative: down, ..passage.operand(at) }]),
        ];
        claims.push(claim(ClaimKind::Change, passage.span(current.min(previous), at), passage.name(current), roles));
    }
}

/// 由90%提高到95%，提高5%: the difference of two percentages as a percentage. Where it is no quotient of them, points are
/// meant; where it is neither, nothing is claimed.
pub(super) fn read_percentages(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        let Class::Growth { down, .. } = passage.mentions[at].class else { continue };
        let Some((current, previous)) = compared(passage, at) else { continue };
        let literal = |i: usize| passage.mentions[i].literal;
        let exact = [current, previous, at].iter().all(|&i| literal(i).hedge == Hedge::None);
        if !exact || !is_difference(literal(current), literal(previous), literal(at), down) {
            continue;
        }
        let number = passage.mentions[at].number;
        claims.retain(|claim| claim.kind != ClaimKind::Change || claim.numbers().all(|known| known != number));
        let roles = vec![
            (Role::Current, vec![passage.operand(current)]),
            (Role::Previous, vec![passage.operand(previous)]),
            (Role::Growth, vec![Operand { negative: down, ..passage.operand(at) }]),
        ];
        claims.push(claim(ClaimKind::Points, passage.span(current.min(previous), at), passage.name(current), roles));
    }
}

/// Whether a percentage is the difference of two others to the last digit, and not by how many per cent they differ.
fn is_difference(current: &Literal, previous: &Literal, change: &Literal, down: bool) -> bool {
    let check = || {
        let (now, then, printed) = (current.base()?, previous.base()?, change.base()?);
        let gap = if down { then.minus(now)? } else { now.minus(then)? };
        let growth = change.loose()?;
        let low = growth.low.value()?.times(then)?;
        let high = growth.high.value()?.times(then)?;
        Some(gap == printed && !gap.is_zero() && !(low <= gap && gap <= high))
    };
    check().unwrap_or(false)
}

/// 展陈项目执行率83.17%，低于整体执行率13.70个百分点: the other percentage stands elsewhere under the name that is given here.
pub(super) fn read_named(passages: &[Passage], claims: &mut Vec<Claim>) {
    let mut found = Vec::new();
    for passage in passages {
        for at in (1..passage.mentions.len()).filter(|&at| passage.dimension(at) == Dimension::RatioPoint) {
            let Some((down, name)) = direction(passage, at).zip(named(passage, at)) else { continue };
            let current = at - 1;
            let beside = passage.dimension(current) == Dimension::Ratio
                && passage.mentions[current].sentence == passage.mentions[at].sentence;
            if !beside {
                continue;
            }
            let Some(other) = only(passages, name, passage.mentions[current].number) else { continue };
            let roles = vec![
                (Role::Current, vec![passage.operand(current)]),
                (Role::Previous, vec![Operand::of(other).named(name)]),
                (Role::Change, vec![Operand { negative: down, ..passage.operand(at) }]),
            ];
            found.push(claim(ClaimKind::Change, passage.span(current, at), passage.name(current), roles));
        }
    }
    claims.extend(found);
}

/// 整体执行率 of 低于整体执行率: a rate by its full name.
fn named<'p>(passage: &'p Passage, at: usize) -> Option<&'p str> {
    let words = passage.words(&passage.mentions[at].label_range).trim_start_matches(['，', '、']);
    let name = ["低于", "高于"].iter().find_map(|word| words.strip_prefix(word)).or_else(|| {
        let compared = words.strip_prefix(['比', '较'])?;
        compared.strip_suffix(['低', '高'])
    })?;
    (name.ends_with('率') && name.chars().count() >= 4).then_some(name)
}

/// The percentage that goes under a name, where all that do are equal.
fn only(passages: &[Passage], name: &str, own: NumberId) -> Option<NumberId> {
    let mut found: Option<(NumberId, Exact)> = None;
    for passage in passages {
        for (at, mention) in passage.mentions.iter().enumerate() {
            let words = passage.words(&mention.label_range).trim_end_matches(['为', '是', '达', '到']);
            if passage.dimension(at) != Dimension::Ratio || mention.number == own || !words.ends_with(name) {
                continue;
            }
            match found {
                Some((_, value)) if value != mention.literal.value => return None,
                Some(_) => {}
                None => found = Some((mention.number, mention.literal.value)),
            }
        }
    }
    found.map(|(number, _)| number)
}

/// Whether the first percentage is said to be the lower one.
fn direction(passage: &Passage, at: usize) -> Option<bool> {
    let words = passage.words(&passage.mentions[at].label_range);
    let words = words.trim_end_matches(['了', '约', '近', '共', '为', '达', '出']);
    if let Class::Change { down, .. } = passage.mentions[at].class {
        return Some(down);
    }
    let told = |ends: &[&str], start: &str| ends.iter().any(|word| words.ends_with(word)) || words.starts_with(start);
    let lower = told(&["低", "低于", "少", "差", "相差", "落后"], "低于");
    let higher = told(&["高", "高于", "多", "超", "超过"], "高于");
    (lower || higher).then_some(lower)
}

/// The two percentages that the points are between: what was reached and from where, or a percentage and the one that it
/// is compared with right before the points.
fn compared(passage: &Passage, at: usize) -> Option<(usize, usize)> {
    let mention = &passage.mentions[at];
    let percent = |i: &usize| {
        let other = &passage.mentions[*i];
        passage.dimension(*i) == Dimension::Ratio && other.sentence == mention.sentence && other.depth == mention.depth
    };
    let last = at.checked_sub(1).filter(percent)?;
    let between = passage.words(&(passage.mentions[last].literal.range.end..mention.literal.range.start));
    let anew = between.chars().count() > MOST_BETWEEN || between.contains(['比', '较', '与', '距', '；', '：', '年']);
    if anew {
        return None;
    }
    let earlier =
        |i: &usize| percent(i) && !matches!(passage.mentions[*i].literal.hedge, Hedge::AtLeast | Hedge::AtMost);
    let mut before = (0..last).rev().filter(earlier);
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    if mention::is_reached(words(last)) {
        let from = before.next().filter(|&i| i + 1 == last && words(i).contains(['由', '从']))?;
        return Some((last, from));
    }
    let compares =
        |i: usize| words(i).trim_start_matches(['，', '、', '但', '仍']).starts_with(['比', '较', '距', '与', '同']);
    let current = before.find(|&i| !compares(i)).filter(|_| compares(last))?;
    Some((current, last))
}

/// 的目标尚差: no more than so many characters stand between what is compared with and the points.
const MOST_BETWEEN: usize = 10;
