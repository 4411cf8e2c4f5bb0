//! Sheets as tables and lines of text.

use std::collections::{BTreeMap, BTreeSet};

use super::decimal::Decimal;
use super::formula::{self, Fault, Kind};
use super::sheet::{Place, Seen, Sheet, name_of, too_large};
use super::{At, Limits, Reading, Writer, under_merged};
use crate::source::layout::{Arithmetic, FaultKind, FormulaFault};
use crate::source::{ReadError, Span};

/// Cells that a note names; of more it says how many.
const NAMED: usize = 3;

/// A workbook as it is written down, sheet by sheet.
#[derive(Default)]
pub(in crate::source::formats) struct Book {
    writer: Writer,
    pub(in crate::source::formats) hidden_sheets: Vec<String>,
    from_1904: bool,
    /// Its program computes every formula when the workbook is opened, whatever the cells store.
    pub(in crate::source::formats) computed_on_opening: bool,
    seen: Seen,
    cells: usize,
    /// Bytes of what cells show.
    written: usize,
    /// Cells whose text a merged cell covers.
    covered: usize,
    /// What formulas read on each sheet.
    formulas: Vec<formula::Cells>,
    /// Where the figures of each sheet stand in the text.
    figures: Vec<BTreeMap<Place, Span>>,
}

/// Rows of a sheet that belong together.
enum Part {
    /// One row that is a line of text.
    Line(usize),
    Table(Vec<usize>),
}

impl Book {
    pub(in crate::source::formats) fn new(from_1904: bool) -> Book {
        Book { from_1904, ..Book::default() }
    }

    pub(in crate::source::formats) fn add(&mut self, mut sheet: Sheet, limits: &Limits) -> Result<(), ReadError> {
        self.written += sheet.written;
        if self.written as u64 > limits.expanded {
            return Err(too_large());
        }
        self.covered += sheet.uncover(limits)?;
        self.figures.push(BTreeMap::new());
        for part in parts(&sheet) {
            match part {
                Part::Line(row) => self.line(&sheet, row),
                Part::Table(rows) => self.table(&sheet, &rows, limits)?,
            }
        }
        let (own, seen) = (&mut self.seen, &sheet.seen);
        own.text_numbers.extend_from_slice(&seen.text_numbers);
        own.rounded.extend_from_slice(&seen.rounded);
        own.uncomputed.extend_from_slice(&seen.uncomputed);
        own.errors.extend_from_slice(&seen.errors);
        own.hidden_rows += seen.hidden_rows;
        own.hidden_columns += seen.hidden_columns;
        self.formulas.push(sheet.formulas);
        Ok(())
    }

    fn line(&mut self, sheet: &Sheet, row: usize) {
        let cells: Vec<(&Place, &String)> = of_row(sheet, row).collect();
        let Some((place, _)) = cells.first() else { return };
        let text: Vec<&str> = cells.iter().map(|(_, text)| text.trim_end()).collect();
        self.writer.paragraph(name_of(&sheet.name, **place), None, &text.join("\u{3000}"));
    }

    /// The rows as a table; rows and columns on which nothing stands are left out of its grid.
    fn table(&mut self, sheet: &Sheet, rows: &[usize], limits: &Limits) -> Result<(), ReadError> {
        let columns: BTreeSet<usize> =
            rows.iter().flat_map(|&row| of_row(sheet, row)).map(|((_, column), _)| *column).collect();
        let columns: Vec<usize> = columns.into_iter().collect();
        self.cells += rows.len() * columns.len();
        if self.cells > limits.cells || columns.len() > limits.columns {
            return Err(too_large());
        }
        let within = |list: &[usize], from: usize, to: usize| {
            let start = list.partition_point(|each| *each < from);
            (start, list.partition_point(|each| *each < to).saturating_sub(start).max(1))
        };
        // What a merged cell covers, by place on the sheet.
        let mut covered: BTreeMap<Place, Place> = BTreeMap::new();
        let (Some(&top), Some(&bottom)) = (rows.first(), rows.last()) else { return Ok(()) };
        for (&first, &end) in sheet.merges.range((top, 0)..(bottom + 1, 0)) {
            let (start, count) = within(rows, first.0, end.0);
            let width = within(&columns, first.1, end.1).1;
            self.cells += count * width;
            if self.cells > limits.cells {
                return Err(too_large());
            }
            for &row in rows[start.min(rows.len())..].iter().take(count) {
                let (start, count) = within(&columns, first.1, end.1);
                covered.extend(
                    columns[start.min(columns.len())..].iter().take(count).map(|&column| ((row, column), first)),
                );
            }
        }
        self.writer.begin_table(sheet.name.clone());
        for (index, &row) in rows.iter().enumerate() {
            self.writer.begin_row();
            for (at, &column) in columns.iter().enumerate() {
                let place = (row, column);
                match covered.get(&place) {
                    Some(first) if first.0 < row && at == within(&columns, first.1, first.1 + 1).0 => {
                        self.writer.covered();
                        continue;
                    }
                    Some(first) if *first != place => continue,
                    _ => {}
                }
                let end = sheet.merges.get(&place).copied().unwrap_or((row + 1, column + 1));
                let (row_span, column_span) = (within(rows, row, end.0).1, within(&columns, column, end.1).1);
                let text = sheet.cells.get(&place).map_or("", String::as_str);
                let paragraphs: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
                let at = At { row: index, column: at, row_span, column_span };
                let spans = self.writer.cell(at, name_of(&sheet.name, place), &paragraphs);
                if sheet.formulas.holds_figure(place)
                    && let (Some(figures), [span]) = (self.figures.last_mut(), spans.as_slice())
                {
                    figures.insert(place, trimmed(*span, text));
                }
            }
            self.writer.end_row();
        }
        self.writer.end_table();
        Ok(())
    }

    pub(in crate::source::formats) fn finish(self, macros: bool) -> Reading {
        let seen = &self.seen;
        let mut notes = Vec::new();
        if !self.hidden_sheets.is_empty() {
            notes.push(format!("工作表{}是隐藏的，没有读取", listed(&self.hidden_sheets)));
        }
        if seen.hidden_rows + seen.hidden_columns > 0 {
            notes.push(format!("有 {} 行、{} 列是隐藏的，照样读取", seen.hidden_rows, seen.hidden_columns));
        }
        let said = [
            (&seen.text_numbers, "个数字存为文本，Excel 求和时不算它们"),
            (&seen.rounded, "个数显示的位数少于存放的位数，按显示的核查"),
            (&seen.uncomputed, "个公式没有计算结果，当作空白；请用 Excel 打开、保存后再查"),
            (&seen.errors, "个单元格是错误值，如 #REF!"),
        ];
        for (cells, what) in said.iter().filter(|(cells, _)| !cells.is_empty()) {
            notes.push(format!("有 {} {what}：{}", cells.len(), listed(cells)));
        }
        notes.extend(under_merged(self.covered));
        if macros {
            notes.push("文件含有宏，宏没有运行".into());
        }
        if self.computed_on_opening && self.formulas.iter().any(formula::Cells::has_formulas) {
            notes.push("公式要打开时才重新计算，按文件里存的结果核查；请用 Excel 或 WPS 打开、保存后再查".into());
        }
        let faults = self.faults();
        let mut reading = self.writer.finish(notes);
        reading.layout.faults = faults;
        reading
    }

    /// The faults of formulas in cells that stand in the text.
    fn faults(&self) -> Vec<FormulaFault> {
        if self.computed_on_opening {
            return Vec::new();
        }
        let faults = formula::faults(&self.formulas, self.from_1904);
        let on_sheet = |(sheet, faults): (usize, Vec<Fault>)| {
            faults.into_iter().filter_map(move |fault| self.placed(sheet, fault))
        };
        faults.into_iter().enumerate().flat_map(on_sheet).collect()
    }

    fn placed(&self, sheet: usize, fault: Fault) -> Option<FormulaFault> {
        let cell = self.span(sheet, fault.place)?;
        let spans = |places: &[(usize, Place)]| -> Vec<Span> {
            places.iter().filter_map(|&(sheet, place)| self.span(sheet, place)).collect()
        };
        let operands = spans(&fault.operands);
        let kind = match fault.kind {
            Kind::PassesOver(figures) => FaultKind::PassesOver(spans(&figures)),
            Kind::Differs { computed, shown, difference, slight, line } => {
                let printed = |&(sheet, place): &(usize, Place)| self.is_printed(sheet, place);
                let told = operands.len() == fault.operands.len() && fault.operands.iter().all(printed);
                let line = line.filter(|_| told && self.is_printed(sheet, fault.place));
                let [stored, computed, difference] = [fault.stored, computed, difference].map(|number| number.plain());
                let line = line.map(|line| Arithmetic { line, stored, computed, difference });
                FaultKind::Differs { shown: shown.trim().to_owned(), slight, line }
            }
        };
        Some(FormulaFault { cell, formula: fault.formula, kind, operands })
    }

    fn span(&self, sheet: usize, place: Place) -> Option<Span> {
        self.figures.get(sheet)?.get(&place).copied()
    }

    /// Whether a cell shows just the digits that it stores.
    fn is_printed(&self, sheet: usize, place: Place) -> bool {
        let shown = self.span(sheet, place).map(|span| self.writer.text(span).replace(',', ""));
        shown.and_then(|shown| Decimal::parse(&shown)).as_ref() == self.formulas[sheet].stored(place)
    }
}

/// The span of a cell's text without the blanks around it.
fn trimmed(span: Span, text: &str) -> Span {
    let start = span.start() + (text.len() - text.trim_start().len());
    Span::new(start as u32, (start + text.trim().len()) as u32)
}

fn listed(names: &[String]) -> String {
    let named: Vec<String> = names.iter().take(NAMED).map(|name| format!("“{name}”")).collect();
    let more = if names.len() > NAMED { "等" } else { "" };
    named.join("、") + more
}

/// The cells of a row that show something.
fn of_row(sheet: &Sheet, row: usize) -> impl Iterator<Item = (&Place, &String)> {
    sheet.cells.range((row, 0)..(row + 1, 0))
}

/// Runs of rows without an empty one between them are tables; what stands alone on its row before or after is text.
fn parts(sheet: &Sheet) -> Vec<Part> {
    let rows: BTreeSet<usize> = sheet.cells.keys().map(|place| place.0).collect();
    let mut parts = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    // The row after the last one that a merged cell above reaches.
    let (mut merges, mut reach) = (sheet.merges.iter().peekable(), 0);
    for row in rows {
        if let Some(&last) = run.last() {
            while let Some((_, end)) = merges.next_if(|(first, _)| first.0 <= last) {
                reach = reach.max(end.0);
            }
            if last + 1 < row && reach <= row {
                split(sheet, std::mem::take(&mut run), &mut parts);
            }
        }
        run.push(row);
    }
    split(sheet, run, &mut parts);
    parts
}

fn split(sheet: &Sheet, run: Vec<usize>, parts: &mut Vec<Part>) {
    let is_line = |&row: &usize| is_line(sheet, row);
    let opens = run.iter().take_while(|row| is_line(row)).count();
    let closes = run[opens..].iter().rev().take_while(|row| is_line(row)).count();
    let (head, rest) = run.split_at(opens);
    let (body, tail) = rest.split_at(rest.len() - closes);
    parts.extend(head.iter().map(|&row| Part::Line(row)));
    // Long text alone on its row parts two tables.
    let mut table: Vec<usize> = Vec::new();
    for &row in body {
        if is_sentence(sheet, row) {
            parts.extend(Some(std::mem::take(&mut table)).filter(|rows| !rows.is_empty()).map(Part::Table));
            parts.push(Part::Line(row));
        } else {
            table.push(row);
        }
    }
    parts.extend(Some(table).filter(|rows| !rows.is_empty()).map(Part::Table));
    parts.extend(tail.iter().map(|&row| Part::Line(row)));
}

/// A title, a line of text, or 填报单位：… and 单位：万元 side by side.
fn is_line(sheet: &Sheet, row: usize) -> bool {
    let cells: Vec<&String> = of_row(sheet, row).map(|(_, text)| text).collect();
    match cells.as_slice() {
        [text] => !text.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'),
        [] => true,
        several => several.len() <= 4 && several.iter().all(|text| is_caption(text.trim())),
    }
}

fn is_caption(text: &str) -> bool {
    let named =
        ["单位", "部门", "填报", "编制", "公开", "金额", "日期", "填表", "审核", "负责人", "联系电话", "年度）"];
    text.chars().count() <= 40
        && named.iter().any(|name| text.contains(name))
        && (text.contains(['：', ':']) || text.starts_with("公开") || text.starts_with("（20"))
}

/// A sentence alone on its row.
fn is_sentence(sheet: &Sheet, row: usize) -> bool {
    let mut cells = of_row(sheet, row);
    match (cells.next(), cells.next()) {
        (Some((_, text)), None) => text.contains('。') && text.chars().count() > 20,
        _ => false,
    }
}
