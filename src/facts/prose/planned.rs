//! 计划150件，完成164件，超14件; 全年预算1600万元，执行1580万元，未执行20万元: what is over a plan, or left of it.

use super::mention::Class;
use super::{Passage, claim, execution};
use crate::document::literal::Dimension;
use crate::facts::{Claim, ClaimKind, Operand, Role, Stage};

/// The differences between plans and results of a passage.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in 1..passage.mentions.len() {
        let found = if passage.dimension(at) == Dimension::Money { unspent(passage, at) } else { beyond(passage, at) };
        claims.extend(found);
        claims.extend(done_of(passage, at));
    }
}

/// 下属单位62家，建筑面积11.93万平方米，已完成38家: no more were done than there are.
fn done_of(passage: &Passage, at: usize) -> Option<Claim> {
    let label = |i: usize| passage.words(&passage.mentions[i].label_range);
    let done =
        ["已完成", "已办结", "已整改", "已验收", "其中已完成"].contains(&label(at).trim_start_matches(['，', '、']));
    if !done || passage.dimension(at) != Dimension::Count || !passage.is_level(at) {
        return None;
    }
    let counter = |i: usize| super::counted::counter(passage, i);
    let stretch = |i: &usize| {
        let between =
            passage.words(&(passage.mentions[*i].literal.range.end..passage.mentions[at].literal.range.start));
        !between.contains(['；', ';', '。'])
    };
    let of_all = |i: &usize| {
        let aim = ["计划", "目标", "任务", "应", "需", "拟", "指标", "已", "完成"]
            .iter()
            .any(|word| label(*i).contains(word));
        passage.is_level(*i) && !aim && counter(*i) == counter(at) && passage.dimension(*i) == Dimension::Count
    };
    let all = (0..at).rev().take_while(stretch).find(of_all)?;
    let roles = vec![(Role::Total, vec![passage.operand(all)]), (Role::Items, vec![passage.operand(at)])];
    Some(claim(ClaimKind::Partial, passage.span(all, at), passage.name(all), roles))
}

/// 计划改造195座，实际完成186座，未完成9座
fn beyond(passage: &Passage, at: usize) -> Option<Claim> {
    let words = passage.words(&passage.mentions[at].label_range).trim_start_matches(['，', '、']);
    let over = ["超", "超额", "超额完成", "多完成", "超计划", "超目标", "比计划多", "比目标多", "较计划多", "超出"];
    let under = ["少完成", "未完成", "尚未完成", "还差", "比计划少", "比目标少", "较计划少"];
    let down = match () {
        () if over.contains(&words) => false,
        () if under.contains(&words) => true,
        () => return None,
    };
    let done = at.checked_sub(1)?;
    // 完成率95.38%，未完成9座: the rate that stands between is of the same two.
    let rate = |i: usize| passage.dimension(i) == Dimension::Ratio;
    let done = if rate(done) { done.checked_sub(1)? } else { done };
    let plan = done.checked_sub(1)?;
    let label = |i: usize| passage.words(&passage.mentions[i].label_range);
    let planned =
        ["计划", "目标", "任务"].iter().any(|word| label(plan).contains(word)) && !label(plan).contains(['比', '较']);
    let reached = ["完成", "实际", "建成", "举办", "新增"].iter().any(|word| label(done).contains(word))
        && !label(done).contains('未');
    let alike = [plan, done].iter().all(|&i| {
        passage.is_level(i)
            && passage.mentions[i].sentence == passage.mentions[at].sentence
            && passage.dimension(i) == passage.dimension(at)
            && super::counted::counter(passage, i) == super::counted::counter(passage, at)
    });
    let roles = vec![
        (Role::Current, vec![passage.operand(done)]),
        (Role::Previous, vec![passage.operand(plan)]),
        (Role::Change, vec![Operand { negative: down, ..passage.operand(at) }]),
    ];
    (planned && reached && alike).then(|| claim(ClaimKind::Difference, passage.span(plan, at), String::new(), roles))
}

/// 全年预算1616.85万元，执行1613.65万元，执行率99.80%，未执行3.20万元
fn unspent(passage: &Passage, at: usize) -> Option<Claim> {
    let words = passage.words(&passage.mentions[at].label_range).trim_start_matches(['，', '、']);
    let left = ["未执行", "未支出", "尚未支出", "未使用", "尚未使用", "未支付"];
    if !left.contains(&words) || passage.mentions[at].class != Class::Other && !passage.is_level(at) {
        return None;
    }
    let beside = |i: &usize| passage.mentions[*i].sentence == passage.mentions[at].sentence;
    let spent = (0..at).rev().filter(beside).find(|&i| passage.is_level(i) && passage.stage(i) == Stage::Final)?;
    let budget = execution::budget_beside(passage, spent).filter(|_| !execution::is_taken_back(passage, at))?;
    let roles = vec![
        (Role::Budget, vec![passage.operand(budget).named("预算数")]),
        (Role::Executed, vec![passage.operand(spent).named("执行数")]),
        (Role::Remainder, vec![passage.operand(at)]),
    ];
    Some(claim(ClaimKind::Remainder, passage.span(budget.min(spent), at), String::new(), roles))
}
