//! Workbooks of before 2007, also WPS's: records of the workbook stream to the same sheets as those of newer ones.
//!
//! `record` reads the stream, `string` its texts, `cell` what records say of cells, `formula` writes formulas down.

mod cell;
mod formula;
mod record;
mod string;

use std::collections::BTreeMap;

use super::archive::broken;
use super::compound::{self, Compound, u8_at, u16_at, u32_at};
use super::limits::Limits;
use super::reading::Reading;
use super::xlsx::{Book, Place, Sheet, built_in, name_in_sheet, too_large};
use crate::source::ReadError;
use record::records;

/// What all sheets of a workbook share.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    /// Number formats of the file's own, by number.
    own_formats: BTreeMap<u16, String>,
    /// The number of the number format of each style.
    styles: Vec<u16>,
    from_1904: bool,
    /// The names of all sheets.
    sheets: Vec<String>,
    /// Whether each book that formulas refer to is this one.
    books: Vec<bool>,
    /// The book, the first and the last sheet of what formulas refer to by number.
    links: Vec<[u16; 3]>,
}

impl Shared {
    fn format(&self, style: u16) -> &str {
        let number = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        self.own_formats.get(&number).map_or_else(|| built_in(number.into()), String::as_str)
    }
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    /// Where its records begin.
    at: usize,
}

/// What the first record of a sheet says that it is.
const CELLS: u16 = 0x10;
/// More records than any workbook of reports has; several sheets may claim the same ones.
const MOST_RECORDS: usize = 4_000_000;
/// What stands for the workbook itself among those that formulas refer to.
const THIS_BOOK: u16 = 0x401;
/// The version of Excel 97 and later.
const EXCEL_97: u16 = 0x600;

/// Reads a workbook of before 2007.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let mut file = Compound::open(bytes, limits)?;
    let macros = file.has("_VBA_PROJECT_CUR/VBA/dir");
    let older = "这是 Excel 95 或更早的工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx 后再查";
    let stream = file.stream("Workbook")?.ok_or_else(|| ReadError::new(older))?;
    if u16_at(&stream, 4) != Some(EXCEL_97) {
        return Err(ReadError::new(older));
    }
    let (shared, sheets) = globals(&stream)?;
    let mut book = Book::new(shared.from_1904);
    let mut left = MOST_RECORDS;
    for listed in sheets {
        if listed.hidden {
            book.hidden_sheets.push(listed.name);
            continue;
        }
        if let Some(sheet) = sheet(&stream, &listed, &shared, limits, &mut left)? {
            book.add(sheet, limits)?;
        }
    }
    Ok(book.finish(macros))
}

fn globals(stream: &[u8]) -> Result<(Shared, Vec<Listed>), ReadError> {
    let (mut shared, mut sheets) = (Shared::default(), Vec::new());
    for record in records(stream, 0) {
        let said = record.first();
        match record.kind {
            0x2f => return Err(ReadError::new("文件有打开密码；请用 Excel 或 WPS 打开，去掉密码并另存后再查")),
            0x22 => shared.from_1904 = u16_at(said, 0) == Some(1),
            0x85 => sheets.extend(listed(said)),
            0x1ae => shared.books.push(u16_at(said, 2) == Some(THIS_BOOK)),
            0x17 => shared.links = links(said),
            0xe0 => shared.styles.push(u16_at(said, 2).unwrap_or(0)),
            0xfc => shared.strings = string::shared(&record),
            0x41e => {
                let format = string::plain(said, 2);
                shared.own_formats.extend(u16_at(said, 0).zip(format));
            }
            _ => {}
        }
    }
    shared.sheets = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    if sheets.is_empty() { Err(broken()) } else { Ok((shared, sheets)) }
}

fn links(said: &[u8]) -> Vec<[u16; 3]> {
    let link = |link: &[u8]| [0, 2, 4].map(|at| u16_at(link, at).unwrap_or(u16::MAX));
    said.get(2..).unwrap_or_default().chunks_exact(6).map(link).collect()
}

fn listed(said: &[u8]) -> Option<Listed> {
    let at = u32_at(said, 0)? as usize;
    Some(Listed { name: string::short(said, 6)?, hidden: u8_at(said, 4)? & 3 != 0, at })
}

/// One sheet; `None` for charts and macros.
fn sheet(
    stream: &[u8],
    listed: &Listed,
    shared: &Shared,
    limits: &Limits,
    left: &mut usize,
) -> Result<Option<Sheet>, ReadError> {
    let mut sheet = Sheet::new(&listed.name);
    let mut open = cell::Open::default();
    for (number, record) in records(stream, listed.at).enumerate() {
        if number == 0 && u16_at(record.first(), 2) != Some(CELLS) {
            return Ok(None);
        }
        cell::read(&mut sheet, &record, shared, &mut open);
        sheet.bounded(limits)?;
        *left = left.checked_sub(record.parts.len()).ok_or_else(too_large)?;
    }
    open.formulas.tell(&mut sheet, shared);
    Ok(Some(sheet))
}
