//! Small workbooks written down as text, for the examples of rule pages.
//!
//! A line is a row, `|` parts its cells. `=SUM(B2:B3) → 12.50` is a formula with what its cell stores, `'12.50` a number kept as
//! text. `表：收支表` begins a sheet.

use super::decimal::Decimal;
use super::{Book, Limits, Reading, Sheet};
use crate::source::ReadError;

/// The reading of a sketched workbook.
pub(in crate::source::formats) fn sketch(text: &str, limits: &Limits) -> Result<Reading, ReadError> {
    let mut book = Book::new(false);
    let mut open = Sheet::new("表");
    let mut row = 0;
    for line in text.lines() {
        if let Some(name) = line.trim().strip_prefix("表：") {
            let done = std::mem::replace(&mut open, Sheet::new(name));
            row = 0;
            if done.count() > 0 {
                book.add(done, limits)?;
            }
            continue;
        }
        let cells = line.split('|').enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        cells.for_each(|(column, cell)| put(&mut open, (row, column), cell.trim()));
        row += 1;
    }
    book.add(open, limits)?;
    Ok(book.finish(false))
}

fn put(sheet: &mut Sheet, place: super::Place, cell: &str) {
    let (formula, value) = match cell.split_once('→') {
        Some((formula, value)) => (Some(formula.trim().trim_start_matches('=')), value.trim()),
        None => (None, cell),
    };
    if formula.is_some() && value.is_empty() {
        return sheet.uncomputed(place);
    }
    if let Some(text) = value.strip_prefix('\'') {
        return sheet.text(place, text.to_owned(), false);
    }
    let digits = value.strip_suffix('%').unwrap_or(value);
    if Decimal::parse(digits).is_none() {
        return sheet.text(place, value.to_owned(), formula.is_some());
    }
    let percent = if digits == value { "" } else { "%" };
    let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let format = if places == 0 { format!("0{percent}") } else { format!("0.{}{percent}", "0".repeat(places)) };
    let stored = if percent.is_empty() { digits.to_owned() } else { format!("{digits}E-2") };
    sheet.number(place, &stored, &format, false);
    if let Some(formula) = formula {
        sheet.formula(place, formula.to_owned(), &format);
    }
}
