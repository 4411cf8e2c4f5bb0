//! What a report says that it is: title, reporting unit, year, family.

use super::{ReportInfo, ReportKind};
use crate::document::{BlockKind, Document, LiteralKind, Paragraph, Table};
use crate::source::{Source, Span};

/// Reads title, unit, year and family.
pub(super) fn read(source: &Source, document: &Document) -> ReportInfo {
    let title = title(source, document);
    let text = title.as_ref().map_or("", |(text, _)| text.as_str());
    let year = year_of(text).or_else(|| year_line(document)).or_else(|| most_named_year(source, document));
    let kind = kind(text).or_else(|| kind_of_body(document)).unwrap_or_default();
    let entity = entity(&title, document);
    ReportInfo { title, entity, year, kind, schemes: Vec::new() }
}

/// The first title, its lines joined.
fn title(source: &Source, document: &Document) -> Option<(String, Span)> {
    let mut lines = document
        .blocks
        .iter()
        .skip_while(|block| !matches!(block.kind, BlockKind::Title(_)))
        .filter(|block| !matches!(block.kind, BlockKind::Blank))
        .map_while(|block| match &block.kind {
            BlockKind::Title(paragraph) => Some(paragraph),
            _ => None,
        });
    let first = lines.next()?;
    let mut text = first.flow.text().to_owned();
    let mut span = first.flow.origin().unwrap_or(source.whole().at_start());
    for line in lines.take(2) {
        text.push_str(line.flow.text());
        span = line.flow.origin().map_or(span, |origin| span.cover(origin));
    }
    Some((text, span))
}

/// The first year that a text names.
fn year_of(text: &str) -> Option<u16> {
    let at = text.find("20")?;
    let digits = text.get(at..at + 4)?;
    let follows = text[at + 4..].starts_with(['年', '-']) || text[at + 4..].starts_with("部门");
    digits.parse().ok().filter(|_| follows)
}

/// （2022年度） on a line of its own
fn year_line(document: &Document) -> Option<u16> {
    document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Note(note) => year_of(note.flow.text().trim_start_matches(['（', '('])),
        _ => None,
    })
}

/// The year that the text names most often; the later of two.
fn most_named_year(source: &Source, document: &Document) -> Option<u16> {
    let mut counts = std::collections::BTreeMap::new();
    for literal in document.literals().filter(|literal| literal.kind == LiteralKind::Date) {
        let digits: String = source.slice(literal.span).chars().take(4).collect();
        if let Ok(year) = digits.parse::<u16>()
            && year > 1900
        {
            *counts.entry(year).or_insert(0u32) += 1;
        }
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

fn kind(title: &str) -> Option<ReportKind> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["项目支出绩效", "项目绩效", "专项资金绩效"]) {
        Some(ReportKind::Project)
    } else if has(&["整体支出", "整体绩效", "部门绩效"]) {
        Some(ReportKind::Department)
    } else if has(&["决算"]) {
        Some(ReportKind::FinalAccounts)
    } else if has(&["预算"]) {
        Some(ReportKind::Budget)
    } else {
        None
    }
}

/// The family by the headings, where no title tells.
fn kind_of_body(document: &Document) -> Option<ReportKind> {
    document.sections.iter().find_map(|section| kind(&section.title))
}

/// The reporting unit: from 填报单位 or a form's cell, else from the title.
fn entity(title: &Option<(String, Span)>, document: &Document) -> Option<(String, Span)> {
    let from_title = title.as_ref().and_then(|(text, span)| Some((unit_in_title(text)?, *span)));
    from_title
        .or_else(|| document.blocks.iter().find_map(|block| named_unit(block.paragraph()?)))
        .or_else(|| document.tables().find_map(unit_in_form))
}

/// 预算单位名称 | 某县应急管理局
fn unit_in_form(table: &Table) -> Option<(String, Span)> {
    let heads = ["预算单位名称", "预算部门名称", "单位名称", "部门名称", "填报单位", "实施单位", "主管部门"];
    table.rows.iter().take(4).find_map(|row| {
        let at = row.cells.iter().position(|cell| heads.contains(&cell.flow.text()))?;
        let cell = row.cells.get(at + 1)?;
        (cell.flow.text().chars().count() >= 4).then(|| (cell.flow.text().to_owned(), cell.span))
    })
}

/// 某县水务局 in 某县水务局2022年度部门整体支出绩效自评报告
fn unit_in_title(title: &str) -> Option<String> {
    let mut text = title.strip_prefix("关于").unwrap_or(title).to_owned();
    if let Some(at) =
        text.find("20").filter(|&at| text.get(at..at + 4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit())))
    {
        let tail = text[at + 4..].trim_start_matches("年度").trim_start_matches('年').to_owned();
        text = if at == 0 { tail } else { text[..at].to_owned() };
    }
    let ends = [
        "部门整体支出", "整体支出", "整体绩效", "项目支出", "部门决算", "单位决算", "部门预算", "单位预算", "部门绩效",
        "决算", "预算", "绩效", "“三公”", "部门", "单位",
    ];
    let cut = ends.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    let unit = text[..cut].trim_matches(['关', '于', '度']);
    (unit.chars().count() >= 4).then(|| unit.to_owned())
}

/// 填报单位：某县应急管理局
fn named_unit(paragraph: &Paragraph) -> Option<(String, Span)> {
    let text = paragraph.flow.text();
    let head = ["填报单位：", "编制单位：", "填报单位:", "编制单位:", "单位名称：", "填报部门："]
        .iter()
        .find(|head| text.starts_with(**head))?;
    let rest = &text[head.len()..];
    let cut =
        ["单位：", "单位:", "金额", "（盖章", "(盖章", "填报日期", "填表日期", "填报时间", "联系", "填报人", "负责人"]
            .iter()
            .filter_map(|end| rest.find(end))
            .min()
            .unwrap_or(rest.len());
    let unit = &rest[..cut];
    let range = head.len()..head.len() + unit.len();
    (unit.chars().count() >= 4).then(|| (unit.to_owned(), paragraph.flow.span(range)))
}
