//! The list of issues as a workbook.

use std::io;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

use super::issues::Issue;
use crate::corpus::{Corpus, Ranking};

/// Columns: name and width in characters.
const COLUMNS: &[(&str, u16)] = &[
    ("先后", 6),
    ("报告", 44),
    ("单位", 22),
    ("年度", 7),
    ("级别", 7),
    ("问题", 22),
    ("说明", 64),
    ("位置", 16),
    ("行", 6),
    ("原文", 30),
    ("依据", 44),
    ("建议改为", 16),
    ("涉及金额（元）", 16),
    ("规则", 22),
    ("核实情况", 20),
];

/// Writes `issues.xlsx`.
pub(super) fn write(folder: &Path, corpus: &Corpus, ranking: &Ranking, issues: &[Issue]) -> io::Result<()> {
    let mut book = Workbook::new();
    // The day of writing would make every run's file another one.
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io::Error::other)?;
    book.set_properties(&DocProperties::new().set_title("勾稽扫描：问题清单").set_creation_datetime(&day));
    fill(book.add_worksheet(), corpus, ranking, issues).map_err(io::Error::other)?;
    let bytes = book.save_to_buffer().map_err(io::Error::other)?;
    let (path, part) = (folder.join("issues.xlsx"), folder.join("issues.xlsx.part"));
    std::fs::write(&part, bytes)?;
    std::fs::rename(part, path)
}

fn fill(sheet: &mut Worksheet, corpus: &Corpus, ranking: &Ranking, issues: &[Issue]) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("问题清单")?;
    for (column, (name, width)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, *name, &head)?;
        sheet.set_column_width(column, *width)?;
    }
    let mut ranks = vec![0_u32; corpus.reports.len()];
    for (rank, ranked) in (1..).zip(&ranking.reports) {
        ranks[ranked.report as usize] = rank;
    }
    for (row, issue) in (1..).zip(issues) {
        write_issue(sheet, row, corpus, &ranks, issue, &wrapped)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, issues.len() as u32, COLUMNS.len() as u16 - 1)?;
    Ok(())
}

fn write_issue(
    sheet: &mut Worksheet,
    row: u32,
    corpus: &Corpus,
    ranks: &[u32],
    issue: &Issue,
    wrapped: &Format,
) -> Result<(), XlsxError> {
    let report = issue.report.map(|number| &corpus.reports[number as usize]);
    if let Some(number) = issue.report {
        sheet.write_number(row, 0, ranks[number as usize])?;
    }
    if let Some(year) = report.and_then(|report| report.year) {
        sheet.write_number(row, 3, year)?;
    }
    if issue.line > 0 {
        sheet.write_number(row, 8, issue.line)?;
    }
    // As text of a formula an amount keeps all its digits on the way to the file.
    if let Some(stake) = issue.stake.and_then(|stake| stake.exact()) {
        let amount = stake.normal().to_string();
        sheet.write_formula(row, 12, Formula::new(format!("={amount}")).set_result(amount))?;
    }
    let words = [
        (1, report.map_or("", |report| report.path.as_str())),
        (2, report.map_or("", |report| corpus.unit_name(report))),
        (4, issue.severity),
        (5, &issue.title),
        (6, &issue.message),
        (7, &issue.place),
        (9, &issue.text[1]),
        (10, &issue.grounds),
        (11, &issue.suggestion),
        (13, &issue.rule),
    ];
    for (column, text) in words.into_iter().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string_with_format(row, column, text, wrapped)?;
    }
    Ok(())
}
