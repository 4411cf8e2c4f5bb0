//! 年初原值a，当年新增b，当年处置c，年末原值d: opening, flows and closing of one thing.

use super::{Passage, claim};
use crate::document::literal::Dimension;
use crate::facts::{Claim, ClaimKind, Operand, Role};

const IN: &[&str] = &["新增", "增加", "购入", "购置", "调入", "转入", "收入", "入库"];
const OUT: &[&str] = &["处置", "减少", "报废", "核销", "调出", "划转", "支出", "出库", "领用"];

/// The balances of a passage.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    for closing in 0..passage.mentions.len() {
        claims.extend(balance(passage, closing).or_else(|| carried(passage, closing)));
    }
}

/// 年初结转40万元，本年收入300万元，本年支出318.5万元，年末结转21.5万元
fn carried(passage: &Passage, closing: usize) -> Option<Claim> {
    let concept = |i: usize| passage.mentions[i].label.concept.map_or("", |concept| concept.0);
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let sentence = |i: &usize| passage.mentions[*i].sentence == passage.mentions[closing].sentence;
    let [opening, income, spent] = (0..closing).rev().take_while(sentence).collect::<Vec<_>>()[..] else { return None };
    let (opening, spent) = (spent, opening);
    let levels = [opening, income, spent, closing];
    let alike = levels.iter().all(|&i| passage.is_level(i) && passage.dimension(i) == Dimension::Money);
    let named = concept(opening) == "carry.in"
        && concept(closing) == "carry.out"
        && words(income).contains("收入")
        && words(spent).contains("支出");
    let flows = vec![passage.operand(income), Operand { negative: true, ..passage.operand(spent) }];
    let roles = vec![
        (Role::Opening, vec![passage.operand(opening)]),
        (Role::Flows, flows),
        (Role::Closing, vec![passage.operand(closing)]),
    ];
    (alike && named).then(|| claim(ClaimKind::Balance, passage.span(opening, closing), "结转".into(), roles))
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
