//! Captions and row labels of tables that carry an earlier year.

use super::{Context, Sink};
use crate::document::{BlockKind, Paragraph, Table};
use crate::finding::Severity;
use crate::rules::reading::contains_any;
use crate::rules::years::{title_year, years};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let year = title_year(context);
    for block in &context.document.blocks {
        let BlockKind::Table(table) = &block.kind else { continue };
        let captions = table.captions.iter().filter_map(|caption| context.document.blocks[*caption].paragraph());
        for paragraph in captions {
            if let Some(year) = year {
                caption(context, paragraph, year, sink);
            }
        }
        if let Some(year) = year.or(context.facts.report.year) {
            labels(table, year, sink);
        }
    }
}

/// （2022年度）, 2022年度部门整体支出绩效自评表
fn caption(context: &Context, paragraph: &Paragraph, year: u16, sink: &mut Sink) {
    let text = paragraph.flow.text();
    let found: Vec<_> = years(text).collect();
    let [(range, other)] = found.as_slice() else { return };
    let line = text.trim_matches(['（', '）', '(', ')']).len() == range.len();
    let form = contains_any(text, &["自评表", "基础数据表", "支出情况表", "决算表", "绩效评价表", "完成情况表"]);
    let compares = contains_any(text, &["对比", "比较", "历年", "上年", "结转", "跨年"]);
    if *other >= year || !(line || form) || compares {
        return;
    }
    let Some((_, title)) = &context.facts.report.title else { return };
    if paragraph.flow.origin().is_some_and(|origin| title.contains(origin)) {
        return;
    }
    let message = format!("报告年度是{year}年，表题写“{}”", &text[range.clone()]);
    let with = text[range.clone()].replace(&other.to_string(), &year.to_string());
    let added = sink.report(paragraph.flow.span(range.clone()), "不一致的年度", message);
    added.with(*title, "报告年度").suggest(with, "与标题一致");
}

/// 楼堂馆所控制情况（2022年完工项目): a form that was not brought up to date.
fn labels(table: &Table, year: u16, sink: &mut Sink) {
    for cell in table.cells() {
        let text = cell.flow.text();
        for (range, other) in years(text) {
            let stale = text[range.end..].starts_with("完工项目") || text[range.end..].starts_with("竣工项目");
            if other >= year || !stale {
                continue;
            }
            let message = format!("报告年度是{year}年，表中写“{}完工项目”", &text[range.clone()]);
            sink.report(cell.flow.span(range), "不一致的年度", message).severity(Severity::Warning);
        }
    }
}
