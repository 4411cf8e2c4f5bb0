//! 年初原值a，当年新增b，当年处置c，年末原值d: opening, flows and closing of one thing.

use super::{Passage, claim};
use crate::document::literal::Dimension;
use crate::facts::fit::is_sum;
use crate::facts::slip::is_slipped_sum;
use crate::facts::{Claim, ClaimKind, Operand, Role};

const IN: &[&str] = &["新增", "增加", "购入", "购置", "调入", "转入", "收入", "入库"];
const OUT: &[&str] = &["处置", "减少", "报废", "核销", "调出", "划转", "支出", "出库", "领用"];

/// What comes in and what goes out between what was carried in and what was carried out.
const INCOME: &[&str] = &["收入", "拨款", "筹集", "到位", "下达", "安排", "拨入", "新增"];
const SPENT: &[&str] = &["支出", "使用", "兑付", "支付", "拨付", "执行"];

/// The balances of a passage.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    for closing in 0..passage.mentions.len() {
        claims.extend(balance(passage, closing).or_else(|| carried(passage, closing)));
        claims.extend(grand_total(passage, closing));
        claims.extend(available(passage, closing));
    }
}

/// 年初结转40万元，本年收入300万元，本年支出318.5万元，年末结转21.5万元
fn carried(passage: &Passage, closing: usize) -> Option<Claim> {
    let concept = |i: usize| passage.mentions[i].label.concept.map_or("", |concept| concept.0);
    if concept(closing) != "carry.out" {
        return None;
    }
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let sentence = |i: &usize| passage.mentions[*i].sentence == passage.mentions[closing].sentence;
    let [spent, income, opening] = (0..closing).rev().take_while(sentence).collect::<Vec<_>>()[..] else { return None };
    let levels = [opening, income, spent, closing];
    let alike = levels.iter().all(|&i| passage.is_level(i) && passage.dimension(i) == Dimension::Money);
    let named = (concept(opening) == "carry.in" || is_carried_in(words(opening)))
        && INCOME.iter().any(|word| words(income).contains(word))
        && SPENT.iter().any(|word| words(spent).contains(word));
    if !alike || !named {
        return None;
    }
    let flows = vec![passage.operand(income), Operand { negative: true, ..passage.operand(spent) }];
    let roles = vec![
        (Role::Opening, vec![passage.operand(opening)]),
        (Role::Flows, flows),
        (Role::Closing, vec![passage.operand(closing)]),
    ];
    Some(claim(ClaimKind::Balance, passage.span(opening, closing), "结转".into(), roles))
}

/// 收入a，其中…。上年结转b，可用财力a+b; 当年差额a，加上年初结转b，年末结转a+b: what was left from before and what came in, where they
/// make the total or one slip explains why not.
fn available(passage: &Passage, at: usize) -> Option<Claim> {
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let beside = |i: usize| {
        let near = passage.mentions[i].sentence == passage.mentions[at].sentence;
        near && passage.is_level(i) && passage.dimension(i) == Dimension::Money
    };
    let opening = at.checked_sub(1).filter(|&i| beside(i) && beside(at))?;
    let added = words(opening).trim_start_matches('，').starts_with("加上");
    let sums =
        ["可用财力", "可用资金", "可支配财力", "可安排财力", "可使用资金"].iter().any(|word| words(at).ends_with(word))
            && is_carried_in(words(opening))
            || added && words(at).contains("年末");
    let income =
        |i: &usize| passage.is_level(*i) && passage.keys[*i].as_ref().is_some_and(|key| key.concept.is_income());
    let before = opening.checked_sub(1).filter(|&i| beside(i));
    let earlier = || {
        let sentence = passage.mentions[at].sentence.checked_sub(1)?;
        passage.head(sentence).filter(income)
    };
    let first = before.or_else(earlier).filter(|_| sums)?;
    let literal = |i: usize| passage.mentions[i].literal;
    let (total, parts) = (literal(at), [literal(first), literal(opening)]);
    if !is_sum(total, parts) && !is_slipped_sum(total, &parts) {
        return None;
    }
    let roles = vec![
        (Role::Total, vec![passage.operand(at)]),
        (Role::Items, vec![passage.operand(first), passage.operand(opening)]),
    ];
    Some(claim(ClaimKind::Breakdown, passage.span(first, at), passage.name(at), roles))
}

/// Whether words end by saying that an amount is left from before: 招商专项资金年初结余
pub(super) fn is_carried_in(words: &str) -> bool {
    ["年初结余", "上年结余", "年初结转", "上年结转"].iter().any(|word| words.ends_with(word))
}

/// 收入a，加上级补助b、上年结余c，收入总计t: what is added up by 加 makes the total after it.
fn grand_total(passage: &Passage, at: usize) -> Option<Claim> {
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let money = |i: usize| passage.is_level(i) && passage.dimension(i) == Dimension::Money;
    if !money(at) || !words(at).ends_with("总计") {
        return None;
    }
    let between =
        |i: usize| passage.words(&(passage.mentions[i].literal.range.end..passage.mentions[i + 1].literal.range.start));
    let beside = |&i: &usize| {
        let near = passage.mentions[i].sentence == passage.mentions[at].sentence
            && passage.mentions[i].depth == passage.mentions[at].depth;
        near && !between(i).contains(['；', ';'])
    };
    let items: Vec<usize> = (0..at).rev().take_while(beside).collect();
    let added = items.iter().rev().position(|&i| words(i).starts_with('加') && !words(i).starts_with("加强"));
    let joined = items.iter().all(|&i| money(i)) && added == Some(1);
    let roles = vec![
        (Role::Total, vec![passage.operand(at)]),
        (Role::Items, items.iter().rev().map(|&i| passage.operand(i)).collect()),
    ];
    let first = *items.last()?;
    joined.then(|| claim(ClaimKind::Breakdown, passage.span(first, at), passage.name(at), roles))
}

fn balance(passage: &Passage, closing: usize) -> Option<Claim> {
    let thing = held(passage, closing, &["年末", "期末"])?;
    let sentence = |i: &usize| passage.mentions[*i].sentence == passage.mentions[closing].sentence;
    let opening =
        (0..closing).rev().take_while(sentence).find(|&i| held(passage, i, &["年初", "期初"]) == Some(thing))?;
    let between: Vec<usize> = (opening + 1..closing).collect();
    let flows: Option<Vec<Operand>> = between.iter().map(|&i| flow(passage, opening, i)).collect();
    let flows = flows.filter(|flows| !flows.is_empty())?;
    let roles = vec![
        (Role::Opening, vec![passage.operand(opening)]),
        (Role::Flows, flows),
        (Role::Closing, vec![passage.operand(closing)]),
    ];
    Some(claim(ClaimKind::Balance, passage.span(opening, closing), thing.to_owned(), roles))
}

/// 固定资产原值 in 年末固定资产原值: what is held at that time.
fn held<'p>(passage: &'p Passage, at: usize, times: &[&str]) -> Option<&'p str> {
    let words = passage.words(&passage.mentions[at].label_range);
    let thing = times.iter().find_map(|time| words.strip_prefix(time))?;
    let thing = thing.trim_end_matches(['为', '达']);
    // What is carried over has its own identity, with income and spending in it.
    let stock = thing.chars().count() >= 2 && !thing.contains("结转") && !thing.contains("结余");
    (passage.is_level(at) && stock).then_some(thing)
}

/// A signed flow; `None` for a number that says something else.
fn flow(passage: &Passage, opening: usize, at: usize) -> Option<Operand> {
    let words = passage.words(&passage.mentions[at].label_range);
    let said = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let negative = said(OUT);
    let alike = passage.dimension(at) == passage.dimension(opening);
    (alike && (negative != said(IN))).then(|| Operand { negative, ..passage.operand(at) })
}
