//! Statements about this report's own budget that carry another year.

use std::ops::Range;

use super::{Context, Sink};
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
}

fn judge(context: &Context, stretch: &Stretch, range: Range<usize>, year: u16, sink: &mut Sink) {
    let text = stretch.text();
    let sentence = sentence_around(text, range.start);
    if is_comparison(&text[sentence.clone()]) || names_year(&text[sentence.clone()], year) {
        return;
    }
    let severity = if claims_score(text, &range, sentence.end) {
        Severity::Error
    } else if claims_budget(text, &range, year) || claims_staff(text, &range, year) {
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
