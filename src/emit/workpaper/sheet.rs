//! A sheet with a header, filled row by row.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Worksheet, XlsxError,
};

use unicode_width::UnicodeWidthStr;

use super::figure::Figure;
use crate::emit::clean::{clean, cut};

/// The last row of a sheet that Excel opens.
const LAST_ROW: u32 = 1_048_575;
/// Characters that a cell holds.
const LONGEST: usize = 32_000;

/// Points that a line of text takes, and that a row can have.
const LINE: u32 = 15;
const TALLEST: u32 = 400;

/// A column: its name and its width in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column(pub(super) &'static str, pub(super) u8);

/// What goes into a cell.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Nothing,
    Text(&'a str),
    Owned(String),
    Count(usize),
    /// A printed figure: a number where it is one.
    Figure(&'a str),
    /// A word of its own colour: 错误, 相符.
    Tagged(&'static str),
    /// Words that lead to a row (from 0) of a sheet.
    Link(&'static str, u32, String),
    /// For the auditor to choose from.
    Choice(&'static [&'static str]),
}

impl Value<'_> {
    /// Lines that the value takes in a column of this width.
    fn lines(&self, width: u8) -> u32 {
        let text = match self {
            Value::Text(text) => text,
            Value::Owned(text) => text.as_str(),
            _ => return 1,
        };
        let width = usize::from(width.max(2));
        let lines: usize = text.split('\n').map(|line| line.width().div_ceil(width).max(1)).sum();
        u32::try_from(lines).unwrap_or(u32::MAX)
    }
}

pub(super) struct Sheet {
    pub(super) worksheet: Worksheet,
    name: &'static str,
    columns: &'static [Column],
    /// The next row.
    row: u32,
    /// Rows that did not fit.
    left_out: usize,
    formats: Formats,
}

struct Formats {
    text: Format,
    header: Format,
    link: Format,
    /// By their number format.
    figures: BTreeMap<String, Format>,
    /// By their words.
    tags: BTreeMap<&'static str, Format>,
}

fn base() -> Format {
    let format = Format::new().set_font_name("宋体").set_font_size(10).set_border(FormatBorder::Thin);
    format.set_border_color(Color::RGB(0x00D0_D4D8)).set_align(FormatAlign::Top)
}

impl Sheet {
    pub(super) fn new(name: &'static str, columns: &'static [Column]) -> Result<Sheet, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        worksheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?.set_footer("&L&A&R第 &P 页，共 &N 页");
        let header = base().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E4_E9EF));
        let header = header.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        for (index, Column(title, width)) in (0_u16..).zip(columns) {
            worksheet.set_column_width(index, *width)?;
            worksheet.write_string_with_format(0, index, *title, &header)?;
        }
        worksheet.set_row_height(0, 24)?;
        let link = base().set_font_color(Color::RGB(0x0024_588F)).set_underline(FormatUnderline::Single);
        let formats =
            Formats { text: base().set_text_wrap(), header, link, figures: BTreeMap::new(), tags: BTreeMap::new() };
        Ok(Sheet { worksheet, name, columns, row: 1, left_out: 0, formats })
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// The row that is written next.
    pub(super) fn next_row(&self) -> u32 {
        self.row
    }

    pub(super) fn push(&mut self, values: &[Value<'_>]) -> Result<(), XlsxError> {
        // The last row is kept for saying how many did not fit.
        if self.row >= LAST_ROW {
            self.left_out += 1;
            return Ok(());
        }
        for (column, value) in (0_u16..).zip(values) {
            self.cell(column, value)?;
        }
        let lines = values.iter().zip(self.columns).map(|(value, column)| value.lines(column.1)).max().unwrap_or(1);
        self.worksheet.set_row_height(self.row, lines.min(TALLEST / LINE) * LINE + 3)?;
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, value: &Value<'_>) -> Result<(), XlsxError> {
        let (row, worksheet) = (self.row, &mut self.worksheet);
        match value {
            Value::Nothing => worksheet.write_blank(row, column, &self.formats.text)?,
            Value::Text(text) => worksheet.write_string_with_format(row, column, held(text), &self.formats.text)?,
            Value::Owned(text) => worksheet.write_string_with_format(row, column, held(text), &self.formats.text)?,
            Value::Count(count) => {
                let count = u32::try_from(*count).unwrap_or(u32::MAX);
                worksheet.write_number_with_format(row, column, count, &self.formats.text)?
            }
            Value::Tagged(word) => {
                let format = self.formats.tags.entry(word).or_insert_with(|| tag(word));
                worksheet.write_string_with_format(row, column, *word, format)?
            }
            Value::Link(sheet, to, text) => {
                let url = Url::new(format!("internal:'{sheet}'!A{}", to + 1)).set_text(held(text));
                worksheet.write_url_with_format(row, column, url, &self.formats.link)?
            }
            Value::Choice(words) => {
                let choice = DataValidation::new().allow_list_strings(words)?;
                worksheet.add_data_validation(row, column, row, column, &choice)?;
                worksheet.write_blank(row, column, &self.formats.text)?
            }
            Value::Figure(text) => return self.figure(column, text),
        };
        Ok(())
    }

    fn figure(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        let number = Figure::of(text).and_then(|figure| {
            let number: serde_json::Value = serde_json::from_str(&figure.digits).ok()?;
            Some((number.as_f64()?, figure.format))
        });
        match number {
            Some((number, format)) => {
                let made = || base().set_num_format(&format).set_align(FormatAlign::Right);
                let format = self.formats.figures.entry(format.clone()).or_insert_with(made);
                self.worksheet.write_number_with_format(self.row, column, number, format)?;
            }
            None => {
                self.worksheet.write_string_with_format(self.row, column, held(text), &self.formats.text)?;
            }
        }
        Ok(())
    }

    /// The sheet with filters over all its rows.
    pub(super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let last = u16::try_from(self.columns.len()).unwrap_or(1) - 1;
        if self.row > 1 {
            self.worksheet.autofilter(0, 0, self.row - 1, last)?;
        }
        if self.left_out > 0 {
            let said = format!("另有 {} 行，超出 Excel 一张表的行数，没有写下；请分批出具", self.left_out);
            self.worksheet.write_string_with_format(self.row, 0, said, &self.formats.header)?;
        }
        Ok(self.worksheet)
    }
}

/// The text as a cell can hold it.
fn held(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(clean).collect();
    cut(&lines.join("\n"), LONGEST).into_owned()
}

/// The colour of a word, on a pale ground of the same colour.
fn tag(word: &str) -> Format {
    let (ink, ground) = match word {
        "错误" | "不符" => (0x00B3_261E, 0x00FD_E3E0),
        "警告" | "可疑" => (0x008F_5600, 0x00FD_ECCB),
        "提示" | "尾差" => (0x0024_588F, 0x00DF_EAF7),
        "相符" | "核对" => (0x001B_6E44, 0x00DF_F3E8),
        _ => (0x005D_666F, 0x00F2_F3F5),
    };
    base().set_font_color(Color::RGB(ink)).set_background_color(Color::RGB(ground)).set_align(FormatAlign::Center)
}
