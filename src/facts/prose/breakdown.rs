//! 其中：a、b、c and （a，b）: parts of a whole.

use super::mention::Class;
use super::{Passage, claim};
use crate::document::Literal;
use crate::document::literal::Dimension;
use crate::facts::closed::is_closed_set;
use crate::facts::fit::{gap, is_sum};
use crate::facts::index::Index;
use crate::facts::slip::explains;
use crate::facts::{Claim, ClaimKind, Concept, Operand, Role, Stage, lexicon};

/// One item of a list: its mentions, one for each stage that it states.
struct Item {
    mentions: Vec<usize>,
}

/// The breakdowns of a passage.
pub(super) fn read(passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        if !passage.is_level(at) {
            continue;
        }
        if let Some(parent) = opened_by(passage, at) {
            list(passage, index, parent, at, claims);
        }
        if let Some(items) = trailing_total(passage, at) {
            claims.push(breakdown(passage, ClaimKind::Breakdown, at, &items));
        }
        changes(passage, at, claims);
    }
}

const TRIGGERS: &[&str] = &["其中", "包括", "分别为", "分别是", "组成", "构成"];

/// Whether the words before a mention open a list.
fn triggered(passage: &Passage, at: usize) -> bool {
    let mention = &passage.mentions[at];
    let label = passage.words(&mention.label_range);
    let gap = passage.words(&mention.gap_range);
    let contained =
        label.starts_with('含') && !label.starts_with("含税") || gap.ends_with("（含") || gap.ends_with("，含");
    contained || TRIGGERS.iter().any(|word| label.contains(word) || gap.contains(word))
}

/// The whole of the list that a mention opens.
fn opened_by(passage: &Passage, at: usize) -> Option<usize> {
    let mention = &passage.mentions[at];
    let same = |i: &usize| passage.is_level(*i) && passage.dimension(*i) == passage.dimension(at);
    let before = (0..at).rev().filter(same).find(|&i| passage.mentions[i].depth <= mention.depth);
    let bracketed =
        before.filter(|&i| passage.mentions[i].depth < mention.depth && i + 1 == at && names_itself(passage, at));
    if bracketed.is_some() {
        return bracketed;
    }
    if !triggered(passage, at) {
        return None;
    }
    let parent = before?;
    if passage.mentions[parent].sentence == mention.sentence {
        return Some(parent);
    }
    // 其中 after a full stop: the whole is what the sentence before began with.
    let opens = passage.mentions[..at].iter().all(|m| m.sentence != mention.sentence);
    passage
        .head(passage.mentions[parent].sentence)
        .filter(|_| opens && mention.sentence - passage.mentions[parent].sentence <= 2)
}

fn names_itself(passage: &Passage, at: usize) -> bool {
    !passage.mentions[at].label.is_bare()
}

fn list(passage: &Passage, _index: &Index, parent: usize, first: usize, claims: &mut Vec<Claim>) {
    let items = items(passage, first);
    let wholes = wholes(passage, parent);
    let columns: Vec<(usize, Vec<usize>)> =
        wholes.iter().map(|&whole| (whole, column(passage, whole, &items))).collect();
    let closes = |(whole, parts): &(usize, Vec<usize>)| {
        parts.len() > 1 && is_sum(literal(passage, *whole), parts.iter().map(|&i| literal(passage, i)))
    };
    let sibling_closes = columns.iter().any(closes);
    for column in &columns {
        let (whole, parts) = column;
        if parts.is_empty() || parts.contains(whole) {
            continue;
        }
        let complete = parts.len() > 1
            && (closes(column) || sibling_closes && parts.len() == items.len() || is_complete(passage, *whole, parts));
        let kind = if complete { ClaimKind::Breakdown } else { ClaimKind::Partial };
        claims.push(breakdown(passage, kind, *whole, parts));
    }
}

fn literal<'p>(passage: &'p Passage, at: usize) -> &'p Literal {
    passage.mentions[at].literal
}

/// The items of the list that begins at `first`.
fn items(passage: &Passage, first: usize) -> Vec<Item> {
    let opening = &passage.mentions[first];
    let mut items: Vec<Item> = Vec::new();
    let mut nested = false;
    for at in first..passage.mentions.len() {
        let mention = &passage.mentions[at];
        if mention.sentence != opening.sentence || mention.depth < opening.depth {
            break;
        }
        if mention.depth > opening.depth || !passage.is_level(at) || passage.dimension(at) != passage.dimension(first) {
            continue;
        }
        if at > first && totals(passage, at) {
            break;
        }
        if at > first && triggered(passage, at) {
            nested = true;
            continue;
        }
        nested = nested && !is_sibling(passage, first, at);
        if nested {
            continue;
        }
        match items.last_mut() {
            Some(item) if mention.label.is_bare() && at > first => item.mentions.push(at),
            _ => items.push(Item { mentions: vec![at] }),
        }
    }
    items
}

/// Whether a mention after a nested list belongs to the outer one again: after ； or as part of the same whole.
fn is_sibling(passage: &Passage, first: usize, at: usize) -> bool {
    let mention = &passage.mentions[at];
    let gap = passage.words(&mention.gap_range);
    let parent = |i: usize| passage.mentions[i].label.concept.and_then(|concept| lexicon().parent(concept));
    gap.contains('；') || gap.contains(';') || parent(first).is_some() && parent(first) == parent(at)
}

/// The numbers of the whole: at every stage that its sentence states.
fn wholes(passage: &Passage, parent: usize) -> Vec<usize> {
    let Some(key) = &passage.keys[parent] else { return vec![parent] };
    let sentence = passage.mentions[parent].sentence;
    let same = |i: &usize| {
        let of = passage.keys[*i]
            .as_ref()
            .is_some_and(|k| k.entity == key.entity && k.concept == key.concept && k.period == key.period);
        passage.mentions[*i].sentence == sentence
            && passage.is_level(*i)
            && of
            && passage.dimension(*i) == passage.dimension(parent)
    };
    let found: Vec<usize> = (0..=parent).filter(same).collect();
    if found.is_empty() { vec![parent] } else { found }
}

/// The items' numbers at the whole's stage.
fn column(passage: &Passage, whole: usize, items: &[Item]) -> Vec<usize> {
    let stage = passage.stage(whole);
    let of = |item: &Item| {
        let exact = item.mentions.iter().copied().find(|&i| same_stage(passage.stage(i), stage));
        exact.or_else(|| (item.mentions.len() == 1 && stage == Stage::Unstated).then(|| item.mentions[0]))
    };
    items.iter().filter_map(of).collect()
}

fn same_stage(a: Stage, b: Stage) -> bool {
    let budget = |stage| matches!(stage, Stage::Budget | Stage::Adjusted | Stage::Initial);
    a == b || (a == Stage::Budget || b == Stage::Budget) && budget(a) && budget(b)
}

/// Whether a list is meant to be complete, though it does not add up.
fn is_complete(passage: &Passage, whole: usize, parts: &[usize]) -> bool {
    let concepts: Vec<Concept> =
        parts.iter().filter_map(|&i| passage.keys[i].as_ref()).map(|key| key.concept).collect();
    let text = passage.paragraph.flow.text();
    if is_closed_set(&concepts, text) && concepts.len() == parts.len() {
        return true;
    }
    let words = passage.words(&passage.mentions[parts[0]].label_range);
    if words.contains("分别为") || words.contains("分别是") {
        return true;
    }
    if shared(passage, parts) {
        return true;
    }
    let literals: Vec<&Literal> = parts.iter().map(|&i| literal(passage, i)).collect();
    let close = || gap(literal(passage, whole), literals.iter().copied());
    parts.len() >= 3 && close().is_some_and(|(gap, _)| explains(gap, literal(passage, whole), &literals))
}

/// Whether every part states its share and the shares make about 100 %.
fn shared(passage: &Passage, parts: &[usize]) -> bool {
    use crate::exact::Exact;
    let share = |&part: &usize| {
        let at =
            (part + 1..passage.mentions.len()).find(|&i| passage.mentions[i].depth == passage.mentions[part].depth)?;
        matches!(passage.mentions[at].class, Class::Share { .. }).then(|| literal(passage, at).value)
    };
    let shares: Option<Vec<Exact>> = parts.iter().map(share).collect();
    let Some(shares) = shares else { return false };
    let sum = shares.into_iter().try_fold(Exact::ZERO, Exact::plus);
    sum.and_then(|sum| sum.minus(Exact::from(100))).is_some_and(|gap| gap.abs() <= Exact::ONE)
}

fn breakdown(passage: &Passage, kind: ClaimKind, whole: usize, parts: &[usize]) -> Claim {
    let people = passage.dimension(whole) == Dimension::People;
    let kind = if people && kind == ClaimKind::Breakdown { ClaimKind::Headcount } else { kind };
    let roles = vec![
        (Role::Total, vec![passage.operand(whole)]),
        (Role::Items, parts.iter().map(|&i| passage.operand(i)).collect()),
    ];
    let (first, last) = (whole.min(parts[0]), whole.max(*parts.last().expect("a list has items")));
    claim(kind, passage.span(first, last), passage.name(whole), roles)
}

/// A、B，合计z: a total after its items.
fn totals(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    ["合计", "共计", "总计", "合计为", "共计为", "总计为"].contains(&words)
}

fn trailing_total(passage: &Passage, at: usize) -> Option<Vec<usize>> {
    let mention = &passage.mentions[at];
    if !totals(passage, at) {
        return None;
    }
    let item = |i: &usize| {
        passage.is_level(*i)
            && passage.mentions[*i].depth == mention.depth
            && passage.dimension(*i) == passage.dimension(at)
    };
    let items: Vec<usize> =
        (0..at).filter(|&i| passage.mentions[i].sentence == mention.sentence).filter(item).collect();
    (items.len() >= 2 && items.iter().all(|&i| names_itself(passage, i))).then_some(items)
}

/// The whole and its parts each say by how much they changed: the changes add up as well.
fn changes(passage: &Passage, at: usize, claims: &mut Vec<Claim>) {
    let Some(parent) = opened_by(passage, at) else { return };
    let changed = |level: usize| {
        let next = (level + 1..passage.mentions.len()).take_while(|&i| !passage.is_level(i)).find(|&i| {
            matches!(passage.mentions[i].class, Class::Change { base: Some(super::mention::Base::Prior), .. })
                && passage.subject(i) == Some(level)
        })?;
        let Class::Change { down, .. } = passage.mentions[next].class else { return None };
        Some(Operand { negative: down, ..passage.operand(next) }.named(passage.name(level)))
    };
    let items = list_over_sentences(passage, at);
    let concepts: Vec<Concept> =
        items.iter().filter_map(|&i| passage.keys[i].as_ref()).map(|key| key.concept).collect();
    let parts: Option<Vec<Operand>> = items.iter().map(|&i| changed(i)).collect();
    let (Some(total), Some(parts)) = (changed(parent), parts) else { return };
    let closes = is_sum(literal(passage, parent), items.iter().map(|&i| literal(passage, i)));
    if parts.len() < 2 || !(closes || is_closed_set(&concepts, passage.paragraph.flow.text())) {
        return;
    }
    let last = *items.last().expect("a list has items");
    claims.push(claim(
        ClaimKind::ChangeBreakdown,
        passage.span(parent, last),
        passage.name(parent),
        vec![(Role::Total, vec![total]), (Role::Items, parts)],
    ));
}

/// The items of a list that may go on after full stops: named levels of the same depth and stage.
fn list_over_sentences(passage: &Passage, first: usize) -> Vec<usize> {
    let opening = &passage.mentions[first];
    (first..passage.mentions.len())
        .filter(|&i| {
            passage.is_level(i)
                && passage.mentions[i].depth == opening.depth
                && passage.dimension(i) == passage.dimension(first)
        })
        .filter(|&i| names_itself(passage, i) && passage.stage(i) == passage.stage(first))
        .collect()
}
