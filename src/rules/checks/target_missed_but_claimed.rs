//! A target that the printed result misses, called met.

use std::ops::Range;

use super::{Context, Sink};
use crate::document::{BlockKind, Hedge, Literal, LiteralKind, Paragraph, Unit};
use crate::facts::{Entity, Fact, Measure};
use crate::rules::reading::{contains_any, first_of, is_denied, tail};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    beside(context, sink);
    elsewhere(context, sink);
}

/// Targets and results of one sentence.
fn beside(context: &Context, sink: &mut Sink) {
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

/// Rates that one paragraph sets as a target and another reports, calling all targets met.
fn elsewhere(context: &Context, sink: &mut Sink) {
    let rates: Vec<(&Fact, &Literal, &str)> =
        context.facts.facts.iter().filter_map(|fact| rate(context, fact)).collect();
    let targets: Vec<_> = rates.iter().filter(|(_, literal, _)| literal.hedge == Hedge::AtLeast).collect();
    for (fact, result, name) in rates.iter().filter(|(_, literal, _)| literal.hedge == Hedge::None) {
        let block = |fact: &Fact| context.facts.number(fact.number).block;
        let own = targets.iter().filter(|(aim, _, of)| block(aim) < block(fact) && is_part_of(name, of));
        let aims: Vec<&Literal> = own.map(|(_, literal, _)| *literal).collect();
        let Some((aim, rest)) = aims.split_first() else { continue };
        if result.value >= aim.value || rest.iter().any(|other| other.value != aim.value) {
            continue;
        }
        let Some(claim) = met(context, block(fact), result) else { continue };
        let [wanted, got] = [aim, result].map(|literal| context.source.slice(literal.span));
        let message = format!("“{name}”目标{wanted}，实际{got}，没有达到，却称“{claim}”");
        sink.report(result.span, "实际", message).with(aim.span, "目标");
    }
}

/// A rate that the text names: 接种率达到90%以上.
fn rate<'c>(context: &'c Context, fact: &'c Fact) -> Option<(&'c Fact, &'c Literal, &'c str)> {
    let number = context.facts.number(fact.number);
    let Entity::Item(name) = &fact.key.entity else { return None };
    let named = name.ends_with(['率', '度']) && name.chars().count() >= 4;
    let stated = number.cell.is_none() && number.literal.unit == Unit::Percent;
    (named && stated && matches!(fact.key.measure, Measure::Level | Measure::Rate)).then_some((
        fact,
        &number.literal,
        name.as_str(),
    ))
}

/// 适龄儿童疫苗接种率 of 适龄儿童国家免疫规划疫苗接种率: the same, told in fewer words.
fn is_part_of(name: &str, target: &str) -> bool {
    let mut rest = target.chars();
    let tail = |name: &str| name.chars().rev().take(3).collect::<String>();
    name.chars().all(|c| rest.any(|other| other == c)) && tail(name) == tail(target)
}

/// The words that call the targets met in the sentence of a result.
fn met(context: &Context, block: usize, result: &Literal) -> Option<&'static str> {
    let paragraph = context.document.blocks[block].paragraph()?;
    let sentence = paragraph.sentence_at(result.range.start)?;
    let text = paragraph.flow.slice(sentence.range.clone());
    let claims = ["均已完成", "均完成", "均达到", "均达标", "均已达到", "均已实现", "全部完成", "全部达到", "全部实现"];
    let (at, claim) = first_of(text, &claims)?;
    let excepted = contains_any(text, &["除", "未达", "低于", "不足", "但", "差"]);
    (!excepted && !is_denied(&text[..at], 4)).then_some(claim)
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
    let (at, claim) = first_of(rest, &claims)?;
    let denied = is_denied(&rest[..at], 4);
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
    let denied = is_denied(before, 6);
    claims.iter().any(|claim| before.ends_with(claim)) && aims.iter().any(|aim| after.starts_with(aim)) && !denied
}
