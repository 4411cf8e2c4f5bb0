//! 审计底稿: findings, tested relations, numbers and what was not judged, of one report or many, as a workbook for Excel.

mod figure;
mod sheet;
mod sheets;
mod text;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::sheet::Value;
use self::sheets::Sheets;
use super::report::{Report, Tally};
use crate::workings::Workings;

/// A workbook that reports are added to one after the other.
pub struct Workpaper {
    sheets: Sheets,
    reports: usize,
}

impl Workpaper {
    pub fn new() -> io::Result<Workpaper> {
        Ok(Workpaper { sheets: Sheets::new().map_err(failed)?, reports: 0 })
    }

    pub fn add(&mut self, report: &Report<'_>, workings: &Workings) -> io::Result<()> {
        self.reports += 1;
        self.sheets.add(self.reports, report, workings).map_err(failed)
    }

    /// A report that could not be audited.
    pub fn fail(&mut self, path: &str, reason: &str) -> io::Result<()> {
        self.reports += 1;
        let values = [Value::Count(self.reports), Value::Text(path), Value::Text(reason)];
        self.sheets.overview.push(&values).map_err(failed)
    }

    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties().map_err(failed)?);
        for sheet in self.sheets.in_order() {
            workbook.push_worksheet(sheet.finish().map_err(failed)?);
        }
        out.write_all(&workbook.save_to_buffer().map_err(failed)?)
    }
}

/// The same bytes on every day: the time of making is a fixed one.
fn properties() -> Result<DocProperties, XlsxError> {
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("勾稽核查工作底稿").set_author("gouji").set_creation_datetime(&date))
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

/// 错误, 警告 and 提示 in one report.
fn counts(tally: Tally) -> [Value<'static>; 3] {
    [tally.errors, tally.warnings, tally.infos].map(Value::Count)
}
