//! The text of a document, from the pieces that its file keeps it in.

use super::compound::{u16_at, u32_at};
use super::file::{File, Held, places};
use crate::source::ReadError;
use crate::source::formats::archive::broken;

/// A character as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// A unit of UTF-16.
    pub(super) code: u16,
    /// The byte of the main stream at which it begins.
    pub(super) at: u32,
}

/// More characters than any report has: pieces may show the same bytes again and again.
const MOST: usize = 16 << 20;
/// A piece of characters of one byte.
const NARROW: u32 = 1 << 30;

pub(super) fn units(file: &File) -> Result<Vec<Unit>, ReadError> {
    let table = table(file.held(Held::Pieces)).ok_or_else(broken)?;
    let ends = places(table, 8);
    let mut units = Vec::new();
    for (index, pair) in ends.windows(2).enumerate() {
        let count = pair[1].checked_sub(pair[0]).ok_or_else(broken)?;
        if units.len() + count > MOST {
            return Err(ReadError::new("文档的文字多得反常，没有读取；请核对文件，或拆分后再查"));
        }
        let place = u32_at(table, 4 * ends.len() + 8 * index + 2).ok_or_else(broken)?;
        let from = place & (NARROW - 1);
        for number in 0..count as u32 {
            units.push(if place & NARROW != 0 { narrow(file, from / 2 + number) } else { wide(file, from, number) }?);
        }
    }
    Ok(units)
}

fn narrow(file: &File, at: u32) -> Result<Unit, ReadError> {
    let byte = file.main.get(at as usize).copied().ok_or_else(broken)?;
    let wide = if (0x80..0xa0).contains(&byte) {
        let decoded = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
        decoded.map_or(u16::from(byte), |c| c as u16)
    } else {
        byte.into()
    };
    Ok(Unit { code: wide, at })
}

fn wide(file: &File, from: u32, number: u32) -> Result<Unit, ReadError> {
    let at = from.checked_add(2 * number).ok_or_else(broken)?;
    let code = u16_at(&file.main, at as usize).ok_or_else(broken)?;
    Ok(Unit { code, at })
}

/// The table of pieces, after the changes that pieces name.
fn table(held: &[u8]) -> Option<&[u8]> {
    let mut rest = held;
    loop {
        match rest.first()? {
            1 => rest = rest.get(3 + usize::from(u16_at(rest, 1)?)..)?,
            2 => return rest.get(5..5_usize.checked_add(u32_at(rest, 1)? as usize)?),
            _ => return None,
        }
    }
}
