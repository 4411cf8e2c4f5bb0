//! Statements about this report's own budget that carry another year.

use std::ops::Range;

use super::{Context, Sink};
use crate::document::{BlockKind, Paragraph};
use crate::facts::ReportKind;
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

/// 第三部分 2021年度部门决算情况说明, 二、2021年度收入决算情况说明, 2021年度某项目自评表: headings of the report itself that name a year
/// before its own.
fn titled(context: &Context, year: u16, sink: &mut Sink) {
    let Some((title, span)) = &context.facts.report.title else { return };
    let headings = context.document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(paragraph) => Some((paragraph, true)),
        BlockKind::Title(paragraph) => Some((paragraph, false)),
        _ => None,
    });
    let dated: Vec<_> =
        headings.filter_map(|(paragraph, inner)| Some((paragraph, inner, only_year(paragraph)?))).collect();
    for (paragraph, inner, (range, other)) in &dated {
        let (text, other, range) = (paragraph.flow.text(), *other, range.clone());
        let rest = &text[range.end..];
        // 2022年收入情况 … 2023年收入情况: the years one after another.
        let next = |(paragraph, inner, (range, year)): &(&Paragraph, bool, (Range<usize>, u16))| {
            *inner && *year != other && &paragraph.flow.text()[range.end..] == rest
        };
        let series = *inner && dated.iter().any(next);
        let kind = OF_ONE_KIND.iter().find(|kind| rest.starts_with(**kind));
        let form = !inner && rest.ends_with("自评表") && title.contains("自评");
        let same = form || kind.is_some_and(|kind| title.contains(kind)) || is_of_accounts(title, rest);
        let own = paragraph.flow.origin().is_some_and(|origin| span.contains(origin));
        if other < year && same && !series && !own && !is_comparison(text) && !text.contains("回顾") {
            let words = &text[range.clone()];
            let message = format!("报告年度是{year}年，此处写“{}”", head(&text[range.start..], 18));
            let with = words.replace(&words[..4], &year.to_string());
            let added = sink.report(paragraph.flow.span(range), "不一致的年度", message).with(*span, "报告年度");
            added.severity(Severity::Warning).suggest(with, "与标题一致");
        }
    }
}

/// The year of a heading that names one only.
fn only_year(paragraph: &Paragraph) -> Option<(Range<usize>, u16)> {
    let mut found = years(paragraph.flow.text());
    found.next().filter(|_| found.next().is_none())
}

/// What the heading of a part of a report and its title both name.
const OF_ONE_KIND: &[&str] =
    &["部门决算", "单位决算", "部门预算", "单位预算", "部门整体支出", "部门整体绩效", "项目支出绩效自评"];

/// 二、2021年度收入决算情况说明 in accounts, 三、2021年财政拨款收支预算情况 in a budget.
fn is_of_accounts(title: &str, rest: &str) -> bool {
    let parts = ["收入", "支出", "收支", "财政拨款", "一般公共预算", "“三公”", "政府性基金", "机关运行", "政府采购"];
    let told = ["情况", "情况说明", "说明"].iter().any(|end| rest.ends_with(end));
    let kind = ["决算", "预算"].iter().find(|kind| title.contains(**kind));
    told && kind.is_some_and(|kind| rest.contains(kind)) && parts.iter().any(|word| rest.starts_with(word))
}

fn judge(context: &Context, stretch: &Stretch, range: Range<usize>, year: u16, sink: &mut Sink) {
    let text = stretch.text();
    let sentence = sentence_around(text, range.start);
    if names_year(&text[sentence.clone()], year) {
        return;
    }
    let compared = is_comparison(&text[sentence.clone()]);
    // 2021年部门预算3568.06万元，执行3492.03万元，较上年增加…: two years back, only the words of the amount itself tell.
    let amount = range.end..text[range.end..sentence.end].find("万元").map_or(sentence.end, |at| range.end + at);
    let long_past = year_of(&text[range.clone()]).is_some_and(|other| other + 1 < year);
    let apart = long_past && !is_comparison(&text[sentence.start..amount.end]);
    if compared && !apart {
        return;
    }
    let severity = if !compared && claims_score(text, &range, sentence.end) {
        Severity::Error
    } else if !compared && (claims_budget(text, &range, year) || claims_staff(context, text, &range, year))
        || claims_none(text, &range, year)
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
    let rest = OWN.iter().find_map(|own| rest.strip_prefix(own)).unwrap_or(rest);
    let heads = [
        "收入总计", "支出总计", "收、支总计", "收支总计", "本年收入", "本年支出", "财政拨款", "一般公共预算财政拨款",
        "“三公”经费", "政府性基金预算财政拨款", "机关运行经费支出", "政府采购支出", "收支总预算", "收入预算",
        "支出预算", "收入合计", "支出合计", "部门汇总", "政府采购预算", "部门预算", "部门决算", "因公出国",
    ];
    let money = rest.split(['，', '。', '；']).next().is_some_and(|clause| clause.contains("万元"));
    // Two years back there is hardly anything to compare with: the sentence before may name the report's year.
    let long_past = year_of(&text[range.clone()]).is_some_and(|other| other + 1 < year);
    let apart = long_past && is_alone(text, range, year) && !names_year(&text[sentence.clone()], year);
    let named = names_year(text, year) && !apart;
    range.start == sentence.start && heads.iter().any(|word| rest.starts_with(word)) && money && !named
}

fn year_of(text: &str) -> Option<u16> {
    text.get(..4)?.parse().ok()
}

/// Whether every other year of a paragraph is the report's own.
fn is_alone(text: &str, range: &Range<usize>, year: u16) -> bool {
    years(text).all(|(each, named)| each == *range || named == year)
}

/// 我单位2020年度没有使用政府性基金预算财政拨款安排的支出
fn claims_none(text: &str, range: &Range<usize>, year: u16) -> bool {
    let speaks = OWN.iter().any(|word| text[..range.start].ends_with(word) || text[range.end..].starts_with(word));
    let rest = head(&text[range.end..], 12);
    let rest = OWN.iter().find_map(|own| rest.strip_prefix(own)).unwrap_or(rest);
    let none =
        ["没有使用", "无政府性基金", "无国有资本", "未使用政府性", "未安排政府性", "没有政府性基金", "没有国有资本"];
    speaks && none.iter().any(|word| rest.starts_with(word)) && !names_year(text, year)
}

/// 截至2022年12月31日，在职人员…
fn claims_staff(context: &Context, text: &str, range: &Range<usize>, year: u16) -> bool {
    let since = ["截至", "截止", "截止到", "截至到"].iter().any(|word| text[..range.start].ends_with(word));
    let rest = head(&text[range.end..], 40);
    let closing =
        rest.starts_with("12月31日") || rest.starts_with("12月底") || rest.starts_with('底') || rest.starts_with('末');
    // A budget tells what there was at the end of the year before.
    let budget = context.facts.report.kind == ReportKind::Budget;
    let held = ["在职", "编制", "在编", "实有", "共有车辆", "固定资产", "保有量"];
    since && closing && !budget && contains_any(rest, &held) && !names_year(text, year)
}

fn names_year(text: &str, year: u16) -> bool {
    years(text).any(|(_, each)| each == year)
}
