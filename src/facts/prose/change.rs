//! 比上年减少67.67万元，下降35.58%: comparisons with last year or with a budget.

use super::mention::{Base, Class};
use super::{Passage, claim, looked_up};
use crate::document::literal::Dimension;
use crate::facts::fit::is_change;
use crate::facts::index::{Index, Query};
use crate::facts::label::When;
use crate::facts::{Claim, ClaimKind, Concept, Entity, Key, Measure, NumberId, Operand, Period, Role, Scope, Stage};

/// What the text says of one comparison.
struct Comparison {
    /// The mention that is compared, or a fact found elsewhere.
    current: Option<Operand>,
    key: Option<Key>,
    base: Option<Base>,
    previous: Option<usize>,
    change: Option<usize>,
    growth: Option<usize>,
    first: usize,
    last: usize,
}

/// The comparisons of a passage.
pub(super) fn read(passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    for comparison in comparisons(passage, index) {
        let comparison = of_whole(passage, comparison);
        state(passage, index, &comparison, claims);
        flat_after_change(passage, &comparison, claims);
    }
    flat(passage, index, claims);
}

fn comparisons(passage: &Passage, index: &Index) -> Vec<Comparison> {
    let mut found: Vec<Comparison> = Vec::new();
    for at in 0..passage.mentions.len() {
        let mention = &passage.mentions[at];
        let base = match &mention.class {
            Class::Reference(base) => Some(*base),
            Class::Change { base, .. } | Class::Growth { base, .. } => *base,
            _ if is_saved(passage, at) => None,
            _ => continue,
        };
        let open = found.last_mut().filter(|open| continues(passage, open, at, base));
        let comparison = match open {
            Some(open) => open,
            None => {
                found.push(opened(passage, index, at, base));
                found.last_mut().expect("just pushed")
            }
        };
        comparison.base = comparison.base.or(base);
        comparison.last = at;
        let slot = match mention.class {
            Class::Reference(_) => &mut comparison.previous,
            Class::Growth { .. } => &mut comparison.growth,
            _ => &mut comparison.change,
        };
        slot.get_or_insert(at);
    }
    found
}

/// Whether mention `at` says more about an open comparison: same sentence, same brackets, no level between, same base,
/// and the slot is still empty.
fn continues(passage: &Passage, open: &Comparison, at: usize, base: Option<Base>) -> bool {
    let (last, mention) = (&passage.mentions[open.last], &passage.mentions[at]);
    let level_between = (open.last + 1..at).any(|i| {
        let between = &passage.mentions[i];
        between.depth <= mention.depth && !(between.class == Class::Level && reached(passage, i))
    });
    let free = match mention.class {
        Class::Reference(_) => open.previous.is_none() && open.change.is_none() && open.growth.is_none(),
        Class::Growth { .. } => open.growth.is_none(),
        _ => open.change.is_none() && open.growth.is_none(),
    };
    let same_base = base.is_none() || open.base.is_none() || base == open.base;
    // 增加2.35万元（增长34.97%）
    let bracketed = matches!(mention.class, Class::Growth { .. })
        && open.change == Some(open.last)
        && at == open.last + 1
        && mention.depth == last.depth + 1
        && passage.words(&(last.literal.range.end..mention.label_range.start)).chars().count() <= 1;
    let level = last.depth == mention.depth || bracketed;
    last.sentence == mention.sentence && level && !level_between && free && same_base
}

/// 比年初预算8.88万元节约0.97万元: less than the budget that stands right before.
fn is_saved(passage: &Passage, at: usize) -> bool {
    let against = |before: usize| {
        let near = passage.mentions[before].sentence == passage.mentions[at].sentence;
        near && matches!(passage.mentions[before].class, Class::Reference(Base::Budget(_) | Base::Plan))
    };
    let words = passage.words(&passage.mentions[at].label_range);
    ["节约", "节省", "节约了"].contains(&words) && at.checked_sub(1).is_some_and(against)
}

fn reached(passage: &Passage, at: usize) -> bool {
    super::mention::is_reached(passage.words(&passage.mentions[at].label_range))
}

fn opened(passage: &Passage, index: &Index, at: usize, base: Option<Base>) -> Comparison {
    let previous = printed_before(passage, at).filter(|_| base.is_none());
    let (current, key) = match previous.map(|previous| same_now(passage, previous)) {
        Some(now) => (now.map(|now| passage.operand(now)), now.and_then(|now| passage.keys[now].clone())),
        None => current(passage, index, at),
    };
    Comparison { current, key, base, previous, change: None, growth: None, first: previous.unwrap_or(at), last: at }
}

/// 支出9.07万元；上年支出6.72万元，增加2.35万元: last year's amount right before the change is what it is measured from.
fn printed_before(passage: &Passage, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let near = passage.mentions[before].sentence == passage.mentions[at].sentence
        && passage.mentions[before].depth == passage.mentions[at].depth;
    let last_year = passage.mentions[before].label.when == Some(When::LastYear);
    (near && passage.is_level(before) && last_year && passage.mentions[before].label.is_bare()).then_some(before)
}

/// This year's level of what a level of last year is of, before it in the sentence.
fn same_now(passage: &Passage, previous: usize) -> Option<usize> {
    let of = |i: usize| passage.keys[i].as_ref().map(|key| (&key.entity, key.concept, key.stage));
    let now = |&i: &usize| {
        passage.mentions[i].sentence == passage.mentions[previous].sentence
            && passage.is_level(i)
            && passage.mentions[i].label.when != Some(When::LastYear)
            && of(i) == of(previous)
    };
    (0..previous).rev().find(now)
}

/// What is compared: the subject that the words themselves name, else the level before, else the one that the sentence
/// before began with.
fn current(passage: &Passage, index: &Index, at: usize) -> (Option<Operand>, Option<Key>) {
    let mention = &passage.mentions[at];
    if let Some(concept) = mention.label.concept {
        return named(passage, index, at, concept);
    }
    // 与上年900万元相比，收入合计增加100万元: the change names the subject.
    let follows = |next: usize| {
        matches!(mention.class, Class::Reference(_))
            && matches!(passage.mentions[next].class, Class::Change { .. } | Class::Growth { .. })
            && passage.mentions[next].sentence == mention.sentence
    };
    let by_change = passage.mentions.get(at + 1).filter(|_| follows(at + 1)).and_then(|next| next.label.concept);
    if let Some(concept) = by_change {
        return named(passage, index, at + 1, concept);
    }
    let next_reached = (at + 1 < passage.mentions.len() && reached(passage, at + 1)).then_some(at + 1);
    // 标准为每人每月860元，比上年的820元提高40元
    // 每亩减少2.70元；兑付资金比2023年566.84万元减少…: the words name something else.
    let own =
        passage.words(&mention.label_range).starts_with(['比', '较', '与', '同', '由', '从', '增', '提', '减', '降']);
    let priced = at.checked_sub(1).filter(|_| own).filter(|&i| {
        matches!(passage.mentions[i].class, Class::Price | Class::Average)
            && passage.mentions[i].sentence == mention.sentence
    });
    if let Some(price) = priced {
        return (Some(passage.operand(price)), None);
    }
    let before = next_reached.or_else(|| passage.subject(at));
    let head = || compared_head(passage, at).filter(|_| mention.depth == 0);
    let found = before.or_else(head);
    match found.map(|level| named_alike(passage, at, level).unwrap_or(level)) {
        Some(level) => (Some(passage.operand(level)), passage.keys[level].clone()),
        None => (None, None),
    }
}

/// 受理6665件，审结6606件。审结案件比上年增加453件: of the levels so far, the one whose name the comparison says more of than
/// that of the level `found`.
fn named_alike(passage: &Passage, at: usize, found: usize) -> Option<usize> {
    let own = &passage.mentions[at].label.item;
    let shared = |i: usize| own.chars().filter(|c| passage.mentions[i].label.item.contains(*c)).count();
    let level = |&i: &usize| {
        let near = passage.mentions[i].sentence + 2 >= passage.mentions[at].sentence;
        near && passage.is_level(i) && passage.dimension(i) == passage.dimension(found)
    };
    let best = (0..at).rev().filter(level).max_by_key(|&i| shared(i))?;
    (shared(best) > shared(found) && 2 * shared(best) > own.chars().count()).then_some(best)
}

/// What a sentence that only compares is about: what the sentence before began with, and of that what was spent. A
/// sentence that lists parts (其中：…, 支出中…) only goes on about the one before it.
fn compared_head(passage: &Passage, at: usize) -> Option<usize> {
    let parts = |sentence: &usize| {
        let first = passage.mentions.iter().find(|mention| mention.sentence == *sentence);
        first.is_some_and(|first| {
            let words = [&first.gap_range, &first.label_range].map(|range| passage.words(range));
            let among = |words: &str| {
                let whole = words.split_once('中').map_or("", |(whole, _)| whole);
                words.starts_with("其中") || whole.ends_with("支出") || whole.ends_with("收入")
            };
            words.iter().any(|words| among(words.trim_start_matches(['。', '；'])))
        })
    };
    // 结余2万元。与上年支出900万元相比: what is left over is no spending.
    let words = passage.words(&passage.mentions[at].label_range);
    let flows = words.contains("支出") || words.contains("收入");
    let carried = |i: usize| passage.keys[i].as_ref().is_some_and(|key| key.concept.0.starts_with("carry"));
    let fitting = |sentence: usize| passage.head(sentence).filter(|&head| !(flows && carried(head)));
    let earlier = (0..passage.mentions[at].sentence).rev().filter(|sentence| !parts(sentence)).take(2);
    let head = if flows { earlier.filter_map(fitting).next()? } else { earlier.take(1).find_map(fitting)? };
    let sentence = passage.mentions[head].sentence;
    let key = passage.keys[head].as_ref().filter(|key| key.stage.is_budget());
    let spent = key.and_then(|key| {
        (head + 1..passage.mentions.len()).take_while(|&i| passage.mentions[i].sentence == sentence).find(|&i| {
            let same = |other: &Key| other.concept == key.concept && other.entity == key.entity;
            passage.is_level(i) && passage.stage(i) == Stage::Final && passage.keys[i].as_ref().is_some_and(same)
        })
    });
    Some(spent.unwrap_or(head))
}

/// 本年收入较2022年的…: the subject stands in the comparing clause.
fn named(passage: &Passage, index: &Index, at: usize, concept: Concept) -> (Option<Operand>, Option<Key>) {
    let mention = &passage.mentions[at];
    if let Some(level) =
        passage.subject(at).filter(|&i| passage.keys[i].as_ref().is_some_and(|key| key.concept == concept))
    {
        return (Some(passage.operand(level)), passage.keys[level].clone());
    }
    let Some(own) = &passage.keys[at].clone().or_else(|| reference_key(passage, index, at, concept)) else {
        return (None, None);
    };
    let key = Key { measure: Measure::Level, stage: Stage::Final, ..own.clone() };
    let found = index.find(&Query::like(&key, Stage::Final), mention.number);
    (found.map(|id| Operand::of(id).named(passage.name(at))), Some(key))
}

/// A reference has no key of its own; its subject is this year's level of the concept that it names.
fn reference_key(passage: &Passage, index: &Index, at: usize, concept: Concept) -> Option<Key> {
    let number = index.number(passage.mentions[at].number);
    let this_year = passage.keys.iter().flatten().map(|key| key.period).max()?;
    let scope = passage.mentions[at].label.scope.unwrap_or(Scope::Unstated);
    let money = number.literal.unit.dimension() == Dimension::Money;
    money.then_some(Key {
        entity: Entity::Unit,
        concept,
        measure: Measure::Level,
        scope,
        stage: Stage::Final,
        period: this_year,
    })
}

/// Puts a comparison into claims.
fn state(passage: &Passage, index: &Index, comparison: &Comparison, claims: &mut Vec<Claim>) {
    let comparison = &against_what_was_spent(passage, index, comparison);
    let span = passage.span(comparison.first, comparison.last);
    let subject = comparison.current.as_ref().map_or(String::new(), |operand| operand.name.clone());
    // 三年累计支出996.31万元。2023年预算较2022年增加23.40万元: no year's amount is compared.
    if subject.contains("年累计") {
        return;
    }
    let signed = |at: usize| {
        let falls =
            matches!(passage.mentions[at].class, Class::Change { down: true, .. } | Class::Growth { down: true, .. });
        let down = falls || is_saved(passage, at);
        Operand { negative: down, ..passage.operand(at) }
    };
    let changed: Vec<Operand> = comparison.change.map(signed).into_iter().collect();
    let grown: Vec<Operand> = comparison.growth.map(signed).into_iter().collect();
    let current: Vec<Operand> = comparison.current.clone().into_iter().collect();
    let make = |previous: Vec<Operand>| {
        let roles = vec![
            (Role::Current, current.clone()),
            (Role::Previous, previous),
            (Role::Change, changed.clone()),
            (Role::Growth, grown.clone()),
        ];
        claim(ClaimKind::Change, span, subject.clone(), roles)
    };
    let printed: Vec<Operand> = comparison.previous.map(|at| passage.operand(at).named("上期数")).into_iter().collect();
    let own = make(printed.clone());
    if own.roles.len() >= 3 {
        claims.push(own);
    }
    if let Some(elsewhere) = previous_elsewhere(index, comparison, passage)
        .filter(|_| !changed.is_empty() || !grown.is_empty() || !printed.is_empty())
    {
        if printed.is_empty() {
            let found = make(looked_up(Some(elsewhere), "上期数"));
            if found.roles.len() >= 3 {
                claims.push(found);
            }
        } else {
            let roles = vec![(Role::First, printed), (Role::Second, looked_up(Some(elsewhere), "另一处上期数"))];
            claims.push(claim(ClaimKind::Same, span, subject.clone(), roles));
        }
    }
}

/// 预算6.00万元，…决算数小于预算数1.88万元: what is compared with the budget is what was spent, not the budget before it.
fn against_what_was_spent(passage: &Passage, index: &Index, comparison: &Comparison) -> Comparison {
    let key = comparison.key.clone();
    let swapped =
        matches!(comparison.base, Some(Base::Budget(_))) && key.as_ref().is_some_and(|key| key.stage.is_budget());
    if !swapped {
        return Comparison { current: comparison.current.clone(), key, ..*comparison };
    }
    let near = passage.mentions[comparison.first].number;
    let spent = key.as_ref().and_then(|key| index.find(&Query::like(key, Stage::Final), near));
    let key = key.map(|key| Key { stage: Stage::Final, ..key });
    Comparison { current: spent.map(|id| Operand::of(id).named("执行数")), key, ..*comparison }
}

/// The base of a comparison where it is printed elsewhere: last year's level, or the budget.
fn previous_elsewhere(index: &Index, comparison: &Comparison, passage: &Passage) -> Option<NumberId> {
    let key = comparison.key.as_ref()?;
    let near = passage.mentions[comparison.first].number;
    match comparison.base? {
        Base::Prior => {
            let Period::Year(year) = key.period else { return None };
            let last = Key { period: Period::Year(year - 1), ..key.clone() };
            index.find(&Query::like(&last, key.stage), near)
        }
        Base::Opening | Base::Plan => None,
        Base::Budget(Stage::Budget) => {
            index.find_staged(key, &[Stage::Budget, Stage::Adjusted, Stage::Initial], near).map(|(_, id)| id)
        }
        Base::Budget(stage) => index.find(&Query::like(key, stage), near),
    }
}

/// 收入总计a，其中年初结转b，比上年增加c，增长d: said of the whole, where it fits the whole and not the part.
fn of_whole(passage: &Passage, comparison: Comparison) -> Comparison {
    let level = passage
        .subject(comparison.first)
        .filter(|&level| comparison.current.as_ref().and_then(Operand::number) == Some(passage.mentions[level].number));
    let whole = level.and_then(|level| super::breakdown::enclosing(passage, level));
    let (Some(level), Some(whole), Some(change)) = (level, whole, comparison.change) else { return comparison };
    let literal = |at: usize| passage.mentions[at].literal;
    let down = matches!(passage.mentions[change].class, Class::Change { down: true, .. });
    let (previous, growth) = (comparison.previous.map(literal), comparison.growth.map(literal));
    // One of the figures may be wrong: either what it was or at what rate it changed has to fit.
    let fits = |current: usize| {
        let by = |previous, growth| is_change(literal(current), (literal(change), down), previous, growth);
        by(previous, growth) || previous.is_some() && by(previous, None) || growth.is_some() && by(None, growth)
    };
    if fits(level) || !fits(whole) {
        return comparison;
    }
    let (current, key) = (Some(passage.operand(whole)), passage.keys[whole].clone());
    Comparison { current, key, ..comparison }
}

/// 比上年的12.75万元减少0.83万元，与上年持平: both are said of the same two numbers.
fn flat_after_change(passage: &Passage, comparison: &Comparison, claims: &mut Vec<Claim>) {
    let end = passage.mentions[comparison.last].literal.range.end;
    let after = passage.paragraph.flow.text()[end..].trim_start_matches(['，', ',']);
    let flat = ["与上年持平", "和上年持平", "同上年持平"].iter().any(|words| after.starts_with(words));
    let (Some(current), Some(previous)) = (&comparison.current, comparison.previous) else { return };
    if flat && comparison.base == Some(Base::Prior) {
        let roles = vec![
            (Role::Current, vec![current.clone()]),
            (Role::Previous, vec![passage.operand(previous).named("上期数")]),
        ];
        claims.push(claim(ClaimKind::Flat, passage.span(comparison.first, comparison.last), String::new(), roles));
    }
}

/// 与上年2.16万元持平; 决算数与年初预算数一致
fn flat(passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    let text = passage.paragraph.flow.text();
    for at in 0..passage.mentions.len() {
        let Class::Reference(_) = passage.mentions[at].class else { continue };
        let end = passage.mentions[at].literal.range.end;
        if !["持平", "一致", "相同", "无变化"].iter().any(|word| text[end..].starts_with(word)) {
            continue;
        }
        let (current, _) = current(passage, index, at);
        let roles = vec![
            (Role::Current, current.into_iter().collect()),
            (Role::Previous, vec![passage.operand(at).named("上期数")]),
        ];
        let claim = claim(ClaimKind::Flat, passage.span(at, at), String::new(), roles);
        if claim.roles.len() == 2 {
            claims.push(claim);
        }
    }
}
