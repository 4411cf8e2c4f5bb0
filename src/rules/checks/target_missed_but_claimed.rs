//! A target that the printed result misses, called met.

use std::ops::Range;

use super::{Context, Sink};
use crate::document::{BlockKind, Hedge, Literal, LiteralKind, Paragraph};
use crate::rules::reading::{contains_any, tail};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for block in &context.document.blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        if paragraph.literals.len() < 2 || !may_have_target(paragraph) {
            continue;
        }
        for group in groups(paragraph.flow.text()) {
            let literals = paragraph.literals_in(&group);
            let numbers: Vec<&Literal> = literals.filter(|literal| literal.kind == LiteralKind::Measure).collect();
            for pair in numbers.windows(2) {
                judge(paragraph, &group, pair[0], pair[1], sink);
            }
        }
    }
}

/// Whether a bound is printed, or a target named, anywhere in a paragraph.
fn may_have_target(paragraph: &Paragraph) -> bool {
    let is_bound = |literal: &Literal| matches!(literal.hedge, Hedge::AtLeast | Hedge::AtMost);
    paragraph.literals.iter().any(is_bound) || paragraph.flow.text().contains("目标")
}

/// The parts of a text between 。 and ；: one subject each.
fn groups(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut groups = Vec::new();
    for (at, mark) in text.match_indices(['。', '；', ';']) {
        groups.push(start..at);
        start = at + mark.len();
    }
    groups.push(start..text.len());
    groups
}

fn judge(paragraph: &Paragraph, group: &Range<usize>, first: &Literal, second: &Literal, sink: &mut Sink) {
    if first.unit != second.unit || counter(paragraph, first) != counter(paragraph, second) {
        return;
    }
    let text = paragraph.flow.text();
    let claim = if is_target(text, group, first) && is_result(text, first, second) {
        claim_after(&text[second.range.end..group.end]).map(|claim| (first, second, claim))
    } else if is_target_of(text, first, second) {
        claim_after(&text[second.range.end..group.end]).map(|claim| (second, first, claim))
    } else if names_target(text, second) && second.range.start - first.range.end <= 60 {
        Some((second, first, text[second.range.start..second.range.end].to_owned() + "的目标"))
    } else {
        None
    };
    let Some((target, result, claim)) = claim else { return };
    let missed = if target.hedge == Hedge::AtMost { result.value > target.value } else { result.value < target.value };
    if !missed || result.hedge != Hedge::None {
        return;
    }
    let (aim, fact) = (&text[target.range.clone()], &text[result.range.clone()]);
    let message = format!("目标{aim}，实际{fact}，没有达到，却称“{claim}”");
    sink.report(result.span, "实际", message).with(target.span, "目标");
}

/// 场 in 120场: what follows the digits.
fn counter<'p>(paragraph: &'p Paragraph, literal: &Literal) -> &'p str {
    paragraph.flow.text()[literal.range.clone()].trim_start_matches(|c: char| c.is_ascii_digit() || ",.+-".contains(c))
}

/// 年度目标为举办群众文化活动不少于120场
fn is_target(text: &str, group: &Range<usize>, literal: &Literal) -> bool {
    let before = || tail(&text[group.start..literal.range.start], 40);
    matches!(literal.hedge, Hedge::AtLeast | Hedge::AtMost)
        && contains_any(before(), &["目标", "计划", "任务", "年初", "指标值", "预期", "要求"])
        && !contains_any(before(), &["实际", "完成率"])
}

/// ，实际举办113场
fn is_result(text: &str, target: &Literal, result: &Literal) -> bool {
    let between = &text[target.range.end..result.range.start];
    contains_any(between, &["实际", "全年完成", "共完成", "已完成", "全年举办", "全年开展"])
        && between.chars().count() <= 24
}

/// 开展讲座226场，年度目标为不少于240场
fn is_target_of(text: &str, result: &Literal, target: &Literal) -> bool {
    let between = &text[result.range.end..target.range.start];
    matches!(target.hedge, Hedge::AtLeast | Hedge::AtMost)
        && contains_any(between, &["目标", "计划", "任务", "指标值"])
        && between.chars().count() <= 16
}

/// The words that call the target met.
fn claim_after(rest: &str) -> Option<String> {
    let claims = [
        "超额完成", "完成目标", "达到目标", "完成年初目标", "达到年初目标", "完成年度目标", "达到年度目标", "达到预期",
        "完成任务", "实现目标", "完成既定目标", "达到既定目标", "均超过目标", "完成预期目标", "超过目标", "高于目标",
        "优于目标",
    ];
    let (at, claim) = claims.iter().filter_map(|claim| Some((rest.find(claim)?, *claim))).min()?;
    let denied = contains_any(tail(&rest[..at], 4), &["未", "没有", "不", "尚"]);
    // Another number before the claim means that the claim is about something else.
    let other = rest[..at].contains(|c: char| c.is_ascii_digit());
    (!denied && !other).then(|| claim.to_owned())
}

/// ，达到不低于42公里的目标
fn names_target(text: &str, literal: &Literal) -> bool {
    let before =
        text[..literal.range.start].trim_end_matches("不低于").trim_end_matches("不少于").trim_end_matches('≥');
    let after = &text[literal.range.end..];
    let claims = ["达到", "达到了", "完成", "完成了", "高于", "超过", "超过了", "实现", "实现了"];
    let aims = ["的目标", "的年初目标", "的年度目标", "的预期目标", "的目标值"];
    let denied = contains_any(tail(before, 6), &["未", "没有", "不", "尚"]);
    claims.iter().any(|claim| before.ends_with(claim)) && aims.iter().any(|aim| after.starts_with(aim)) && !denied
}
