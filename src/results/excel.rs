//! The list of issues as a workbook.

use std::io;
use std::path::Path;

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

use super::issues::Issue;
use super::write_whole;
use crate::corpus::{Corpus, Ranked, Ranking, Report};

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
    write_whole(&folder.join("issues.xlsx"), &bytes)
}

fn fill(sheet: &mut Worksheet, corpus: &Corpus, ranking: &Ranking, issues: &[Issue]) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("问题清单")?;
    for (column, (name, width)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, *name, &head)?;
        sheet.set_column_width(column, *width)?;
    }
    let ranks = ranking.by_report(corpus.reports.len());
    let money = Format::new().set_num_format("#,##0.00").set_align(FormatAlign::Top);
    let unread = unread(corpus);
    let rows = issues.len() + unread.len();
    for (row, issue) in (1..).zip(issues.iter().chain(&unread)) {
        write_issue(sheet, row, corpus, &ranks, issue, [&wrapped, &money])?;
    }
    let last = COLUMNS.len() as u16 - 1;
    if rows > 0 {
        let answers = DataValidation::new().allow_list_strings(ANSWERS)?.ignore_blank(true);
        // Other words are taken as well: the list only saves typing.
        sheet.add_data_validation(1, last, rows as u32, last, &answers.show_error_message(false))?;
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.autofilter(0, 0, rows as u32, last)?;
    Ok(())
}

/// What one may find on looking closer.
const ANSWERS: &[&str] = &["属实，已改正", "属实，待改正", "不属实", "待核实"];

/// Reports that could not be audited: they come last, and are not missing.
fn unread(corpus: &Corpus) -> Vec<Issue> {
    let issue = |(report, number): (&Report, u32)| {
        let message = report.failure.clone()?;
        let title = "没能检查".to_owned();
        Some(Issue { report: Some(number), severity: "没能检查", title, message, ..Issue::default() })
    };
    corpus.reports.iter().zip(0..).filter_map(issue).take(UNREAD).collect()
}

/// So many are listed at most.
const UNREAD: usize = 5000;

fn write_issue(
    sheet: &mut Worksheet,
    row: u32,
    corpus: &Corpus,
    ranks: &[Option<(u32, &Ranked)>],
    issue: &Issue,
    [wrapped, money]: [&Format; 2],
) -> Result<(), XlsxError> {
    let report = issue.report.map(|number| &corpus.reports[number as usize]);
    if let Some((rank, _)) = issue.report.and_then(|number| ranks[number as usize]) {
        sheet.write_number(row, 0, rank)?;
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
        let formula = Formula::new(format!("={amount}")).set_result(amount);
        sheet.write_formula_with_format(row, 12, formula, money)?;
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
