//! Plans for a time that the reported year has already closed.

use std::ops::Range;

use super::{Context, Sink};
use crate::rules::reading::{Place, Stretch, clause_around, contains_any, sentence_around};
use crate::rules::years::{Year, title_year};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some(year) = title_year(context) else { return };
    let planned = context.shared.years().iter().filter(|planned| planned.stretch.place == Place::Body);
    for Year { stretch, range, .. } in planned.filter(|planned| planned.year <= year) {
        if is_plan(context, stretch, range) {
            report(context, stretch, range, year, sink);
        }
    }
}

fn report(context: &Context, stretch: &Stretch, range: &Range<usize>, year: u16, sink: &mut Sink) {
    let text = stretch.text();
    let clause = clause_around(text, range.start);
    let Some((_, title)) = &context.facts.report.title else { return };
    let date = range.start..range.end + date_rest(&text[range.end..]);
    let message = format!("{year}年度的报告还在计划“{}”完成，这一时间已过", &text[date.clone()]);
    let start = plan_word(&text[clause.clone()]).map_or(date.start, |at| (clause.start + at).min(date.start));
    let end = date.end.max(start);
    sink.report(stretch.span(start..end), "已过期的计划", message).with(*title, "报告年度");
}

/// 争取2024年底完成, under 下一步工作
fn is_plan(context: &Context, stretch: &Stretch, year: &Range<usize>) -> bool {
    let text = stretch.text();
    if date_rest(&text[year.end..]) == 0 {
        return false;
    }
    let words = &text[clause_around(text, year.start)];
    let sentence = &text[sentence_around(text, year.start)];
    let done = [
        "已", "实际", "原计划", "完成了", "未能", "未完成", "总结", "根据", "按照", "结合", "针对", "滞后", "逾期",
        "曾",
    ];
    plan_word(words).is_some()
        && !contains_any(words, &done)
        && !contains_any(sentence, &["原计划", "实际"])
        && in_outlook(context, stretch, words)
}

/// Where a clause begins to speak of the future.
fn plan_word(clause: &str) -> Option<usize> {
    ["争取", "力争", "计划", "拟于", "拟在", "预计", "将于", "将在", "确保", "务必"]
        .iter()
        .filter_map(|word| clause.find(word))
        .min()
}

/// 底, 底前, 年末, 12月底, 第四季度: what makes a year a date to come, as a length in bytes.
fn date_rest(rest: &str) -> usize {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ends = [
        "底前", "底之前", "底", "末前", "末", "内", "月底前", "月底", "月末", "月前", "月份", "月", "第四季度",
        "四季度", "下半年", "上半年", "年底",
    ];
    let end = ends.iter().find(|end| rest[digits..].starts_with(**end));
    end.filter(|end| (digits > 0) == end.starts_with('月')).map_or(0, |end| digits + end.len())
}

/// Whether the text stands in a section on what comes next, or plainly speaks of the future outside a section on aims.
fn in_outlook(context: &Context, stretch: &Stretch, clause: &str) -> bool {
    let outlook = ["下一步", "下步", "改进", "打算", "工作计划", "整改", "建议", "努力方向", "今后"];
    let aims = ["目标", "任务", "计划", "概况", "职责", "职能", "立项", "背景", "依据", "基本情况", "设立"];
    let section = context.document.blocks[stretch.block].section;
    let titles: Vec<&str> = context.document.ancestors(section).map(|section| section.title.as_str()).collect();
    let ahead = |title: &&str| contains_any(title, &outlook) && (!title.contains("情况") || title.contains("下一步"));
    let bold = contains_any(clause, &["争取", "力争", "拟于", "拟在", "将于", "将在"]);
    titles.iter().any(ahead)
        || stretch.text()[stretch.start..].starts_with("下一步")
        || bold && !titles.is_empty() && !titles.iter().any(|title| contains_any(title, &aims))
}
