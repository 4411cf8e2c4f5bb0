//! Statements about this report's own budget that carry another year.

use std::ops::Range;

use super::{Context, Sink};
use crate::document::BlockKind;
use crate::finding::Severity;
use crate::rules::reading::{Place, Stretch, contains_any, head, sentence_around};
use crate::rules::years::{title_year, years};

/// How a report speaks of its own unit.
const OWN: &[&str] = &[
    "本单位", "我单位", "本部门", "我部门", "我局", "本局", "我中心", "本中心", "我委", "我办", "我院", "我馆", "我校",
    "我站", "我会", "我社",
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some(year) = title_year(context) else { return };
    let others = context.shared.years().iter().filter(|other| other.stretch.place == Place::Body);
    for other in others.filter(|other| other.year < year) {
        judge(context, &other.stretch, other.range.clone(), year, sink);
    }
    titled(context, year, sink);
}

/// 第三部分 2021年度部门决算情况说明 in the accounts of another year.
fn titled(context: &Context, year: u16, sink: &mut Sink) {
    let Some((title, span)) = &context.facts.report.title else { return };
    let kinds = ["部门决算", "单位决算", "部门预算", "单位预算", "部门整体支出", "项目支出绩效自评"];
    for block in &context.document.blocks {
        let BlockKind::Heading(paragraph) = &block.kind else { continue };
        let text = paragraph.flow.text();
        let Some((range, other)) = years(text).next().filter(|_| years(text).count() == 1) else { continue };
        let kind = kinds.iter().find(|kind| text[range.end..].starts_with(**kind));
        let same = kind.is_some_and(|kind| title.contains(kind));
        if other < year && same && !is_comparison(text) {
            let words = &text[range.clone()];
            let message = format!("报告年度是{year}年，此处写“{}”", head(&text[range.start..], 18));
            let with = words.replace(&words[..4], &year.to_string());
            let added = sink.report(paragraph.flow.span(range), "不一致的年度", message).with(*span, "报告年度");
            added.severity(Severity::Warning).suggest(with, "与标题一致");
        }
    }
}

fn judge(context: &Context, stretch: &Stretch, range: Range<usize>, year: u16, sink: &mut Sink) {
    let text = stretch.text();
    let sentence = sentence_around(text, range.start);
    if is_comparison(&text[sentence.clone()]) || names_year(&text[sentence.clone()], year) {
        return;
    }
    let severity = if claims_score(text, &range, sentence.end) {
        Severity::Error
    } else if claims_budget(text, &range, year)
        || claims_staff(text, &range, year)
        || opens_accounts(text, &range, &sentence, year)
    {
        Severity::Warning
    } else {
        return;
    };
    let Some((_, title)) = &context.facts.report.title else { return };
    let words = &text[range.clone()];
    let message = format!("报告年度是{year}年，此处写“{}”", head(&text[range.start..], 18));
    let with = words.replace(&words[..4], &year.to_string());
    let added = sink.report(stretch.span(range), "不一致的年度", message).with(*title, "报告年度");
    added.severity(severity).suggest(with, "与标题一致");
}

fn is_comparison(sentence: &str) -> bool {
    let words = [
        "上年", "去年", "上一年", "较", "比", "同期", "相比", "往年", "历年", "近三年", "近两年", "连续", "以来",
        "结转", "整改", "针对", "结果应用", "当年", "曾", "回头看", "跟踪",
    ];
    contains_any(sentence, &words)
}

/// 2022年度部门整体支出绩效自评总得分95.8分
fn claims_score(text: &str, year: &Range<usize>, end: usize) -> bool {
    let rest = head(&text[year.end..end], 30);
    let claim = rest.split(['，', '；', '：']).next().unwrap_or(rest);
    let claim = OWN.iter().find_map(|own| claim.strip_prefix(own)).unwrap_or(claim);
    let subject =
        ["部门整体", "整体支出", "单位整体", "绩效自评", "整体绩效", "自评"].iter().any(|word| claim.starts_with(word));
    let score =
        ["自评得分", "自评总得分", "自评分", "自评总分", "综合得分", "总得分", "自评结果为", "自评等级", "得分"];
    subject && contains_any(claim, &score)
}

/// 本单位2021年预算2463.3万元, where the paragraph says nothing of the report's own year
fn claims_budget(text: &str, range: &Range<usize>, year: u16) -> bool {
    let speaks = OWN.iter().any(|word| text[..range.start].ends_with(word));
    let rest = head(&text[range.end..], 24);
    let heads = [
        "预算", "年初预算", "部门预算", "决算", "部门决算", "支出", "收入", "年初部门预算", "整体支出", "一般公共预算",
    ];
    let money = rest.split(['，', '。', '；']).next().is_some_and(|c| c.contains("万元") || c.ends_with('元'));
    speaks && heads.iter().any(|word| rest.starts_with(word)) && money && !names_year(text, year)
}

/// 2022年度收、支总计均为900万元。与2022年度相比…: how a section of the accounts begins, and nothing in it names the year.
fn opens_accounts(text: &str, range: &Range<usize>, sentence: &Range<usize>, year: u16) -> bool {
    let rest = head(&text[range.end..], 40);
    let heads = [
        "收入总计", "支出总计", "收、支总计", "收支总计", "本年收入", "本年支出", "财政拨款收", "一般公共预算财政拨款",
        "“三公”经费", "政府性基金预算财政拨款", "机关运行经费支出", "政府采购支出", "收支总预算", "收入预算",
        "支出预算",
    ];
    let money = rest.split(['，', '。', '；']).next().is_some_and(|clause| clause.contains("万元"));
    range.start == sentence.start && heads.iter().any(|word| rest.starts_with(word)) && money && !names_year(text, year)
}

/// 截至2022年12月31日，在职人员…
fn claims_staff(text: &str, range: &Range<usize>, year: u16) -> bool {
    let since = ["截至", "截止", "截止到", "截至到"].iter().any(|word| text[..range.start].ends_with(word));
    let rest = head(&text[range.end..], 40);
    let closing =
        rest.starts_with("12月31日") || rest.starts_with("12月底") || rest.starts_with('底') || rest.starts_with('末');
    since && closing && contains_any(rest, &["在职", "编制", "在编", "实有"]) && !names_year(text, year)
}

fn names_year(text: &str, year: u16) -> bool {
    years(text).any(|(_, each)| each == year)
}
