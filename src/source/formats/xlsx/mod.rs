//! Workbooks: sheets as tables, with the numbers as Excel shows them.
//!
//! `strings` and `styles` read what cells refer to, `decimal` and `show` make of a stored number what a reader sees,
//! `formula` computes formulas again, `sheet` reads cells and merges, `lay` tells tables from lines of text on a sheet and
//! writes them down, `mark` writes remarks back, `sketch` makes small workbooks of text.

mod decimal;
mod formula;
mod lay;
pub(super) mod mark;
mod sheet;
mod show;
mod sketch;
mod strings;
mod styles;

use super::lay::under_merged;
use super::limits::Limits;
use super::package::Package;
use super::reading::{At, Reading, Writer};
use super::{archive, xml};
use crate::source::ReadError;
pub(super) use lay::Book;
pub(super) use sheet::{MOST_COLUMNS, MOST_ROWS, Place, Sheet, name_in_sheet, too_large};
pub(super) use show::shows;
pub(super) use sketch::sketch;
pub(super) use styles::built_in;

/// What all sheets of a workbook share.
struct Shared {
    strings: Vec<String>,
    styles: styles::Styles,
    /// Days are counted from 1904 instead of 1900.
    from_1904: bool,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let mut package = Package::open(bytes, *limits)?;
    let main = package.main_part()?;
    let related = package.relationships(&main)?;
    let text = package.part(&main)?.ok_or_else(archive::broken)?;
    let workbook = xml::parse(&text, limits)?;
    let mut only = |kind: &str| {
        let found = related.iter().find(|each| each.kind == kind);
        found.map_or(Ok(None), |each| package.part(&each.target))
    };
    let (strings, styles) = (only("sharedStrings")?, only("styles")?);
    let properties = workbook.child("workbookPr");
    let from_1904 = properties.and_then(|each| each.attribute("date1904")).is_some_and(|value| is_true(&value));
    let shared = Shared {
        strings: strings.map_or(Ok(Vec::new()), |text| strings::read(&text, limits))?,
        styles: styles.map_or(Ok(styles::Styles::default()), |text| styles::read(&text, limits))?,
        from_1904,
    };
    let on_opening = workbook.child("calcPr").and_then(|each| each.attribute("fullCalcOnLoad"));
    let mut book = Book::new(from_1904);
    book.computed_on_opening = on_opening.is_some_and(|value| is_true(&value));
    for each in workbook.child("sheets").into_iter().flat_map(|sheets| sheets.elements()) {
        let name = each.attribute("name").unwrap_or_default().into_owned();
        if each.attribute("state").is_some_and(|state| state != "visible") {
            book.hidden_sheets.push(name);
            continue;
        }
        let id = each.attribute("id").unwrap_or_default();
        let Some(target) = related.iter().find(|other| other.id == id && other.kind == "worksheet") else { continue };
        let Some(part) = package.part(&target.target)? else { continue };
        let sheet = Sheet::read(&name, &part, &shared, limits)?;
        book.add(sheet, limits)?;
    }
    let macros = package.has_macros();
    Ok(book.finish(macros))
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}
