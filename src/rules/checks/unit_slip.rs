//! 元与万元写错: a figure that breaks a relation and mends it when its unit is the other one.

use std::collections::BTreeSet;

use super::{Context, Sink};
use crate::document::{Hedge, Literal, LiteralKind, Paragraph, Unit};
use crate::exact::Exact;
use crate::facts::{Claim, ClaimKind, NumberId, Operand, Role};
use crate::finding::{Finding, Severity};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let (mut told, mut doubted) = (BTreeSet::new(), BTreeSet::new());
    sink.recast(
        |finding| {
            doubted.insert(finding.primary.span);
            is_slip(context, finding)
        },
        |finding| {
            let first = told.insert(finding.primary.span);
            let printed = context.source.slice(finding.primary.span);
            let with = finding.suggestion.as_ref().map_or("", |suggestion| suggestion.with.as_str());
            first.then(|| format!("“{printed}”疑为“{with}”：{}", finding.message))
        },
    );
    for claim in &context.facts.claims {
        let Some(odd) = odd_unit(context, claim) else { continue };
        let span = context.facts.number(odd).literal.span;
        if doubted.contains(&span) || !told.insert(span) {
            continue;
        }
        let printed = context.source.slice(span);
        let with = format!("{}万元", printed.trim_end_matches('元'));
        let message = format!("“{printed}”疑为“{with}”：同列各数都以万元为单位，小数位数也相同，只有它写作元");
        let added = sink
            .report(span, "疑写错单位", message)
            .severity(Severity::Warning)
            .with_all(claim.numbers().filter(|id| *id != odd).map(|id| context.facts.number(id).literal.span), "同列");
        added.suggest(with, "与同列各数单位一致");
    }
    for (_, paragraph) in context.document.paragraphs() {
        let Some(odd) = odd_in_paragraph(paragraph).filter(|odd| !doubted.contains(&odd.span) && told.insert(odd.span))
        else {
            continue;
        };
        let printed = context.source.slice(odd.span);
        let with = format!("{}万元", printed.trim_end_matches('元'));
        let message = format!("“{printed}”疑为“{with}”：同段各数都以万元为单位，小数位数也相同，只有它写作元");
        let added = sink.report(odd.span, "疑写错单位", message).severity(Severity::Warning);
        added.suggest(with, "与同段各数单位一致");
    }
}

/// 拨付1668.79元 among amounts in 万元: the only one in 元 of its paragraph, printed to two places as they are, no price and no
/// average. So small an amount of money is seldom told to the cent beside amounts in 万元.
fn odd_in_paragraph(paragraph: &Paragraph) -> Option<&Literal> {
    let measured = |literal: &&Literal| literal.kind == LiteralKind::Measure && literal.unit.is_money();
    let (odd, others): (Vec<&Literal>, Vec<&Literal>) =
        paragraph.literals.iter().filter(measured).partition(|literal| literal.unit == Unit::Yuan);
    let [odd] = odd[..] else { return None };
    let alike = |literal: &&&Literal| literal.unit == Unit::WanYuan && literal.places == odd.places;
    let larger = others.iter().all(|literal| alike(&literal) || literal.unit == Unit::YiYuan);
    let listed = others.iter().filter(alike).count() >= 3 && larger && odd.places == 2 && odd.hedge == Hedge::None;
    let text = paragraph.flow.text();
    let from = text[..odd.range.start].rfind(['，', '。', '；', '：', '（', '、']).unwrap_or(0);
    let after = text[odd.range.end..].chars().next();
    let small = ["均", "每", "价", "标准", "利息", "罚", "接待", "不足", "零", "误差", "尾差", "折合", "定额"];
    let plain =
        !small.iter().any(|word| text[from..odd.range.start].contains(word)) && !matches!(after, Some('/' | '每'));
    let amount = (Exact::from(30)..Exact::from(10_000)).contains(&odd.value);
    (listed && plain && amount).then_some(odd)
}

/// 工资218.40万元、补助74.40元 among parts of one whole: the only figure in 元, printed to the same places as the others.
fn odd_unit(context: &Context, claim: &Claim) -> Option<NumberId> {
    let literal = |id: &NumberId| &context.facts.number(*id).literal;
    let listed = matches!(claim.kind, ClaimKind::Breakdown | ClaimKind::Partial);
    let numbers: Vec<NumberId> =
        claim.numbers().filter(|id| listed && context.facts.number(*id).cell.is_none()).collect();
    let (odd, others): (Vec<NumberId>, Vec<NumberId>) = numbers.iter().partition(|id| literal(id).unit == Unit::Yuan);
    let [odd] = odd[..] else { return None };
    let in_wan = others.len() >= 2 && others.iter().all(|id| literal(id).unit == Unit::WanYuan);
    let alike = others.iter().all(|id| literal(id).places == literal(&odd).places);
    let plausible = literal(&odd).places >= 1 && literal(&odd).hedge == Hedge::None;
    // 利息收入36.45元 that leaves no room for so much in 万元 is what it says.
    let total = claim.role(Role::Total).first().and_then(Operand::number);
    let room = || {
        let parts = numbers.iter().filter(|id| Some(**id) != total);
        let sum = parts.map(|id| literal(id).value).try_fold(Exact::ZERO, Exact::plus)?;
        let slack = Exact::new(numbers.len() as i128, literal(&odd).places)?;
        Some(sum <= literal(&total?).value.plus(slack)?)
    };
    (in_wan && alike && plausible && room() == Some(true)).then_some(odd)
}

/// Whether the finding proposes the same digits in another unit of money.
fn is_slip(context: &Context, finding: &Finding) -> bool {
    let Some(suggestion) = &finding.suggestion else { return false };
    let printed = context.source.slice(finding.primary.span);
    let digits = |text: &str| text.trim_end_matches(['万', '元', '亿', '千']).to_owned();
    let units = printed.ends_with('元') && suggestion.with.ends_with('元');
    units && printed != suggestion.with && digits(printed) == digits(&suggestion.with)
}
