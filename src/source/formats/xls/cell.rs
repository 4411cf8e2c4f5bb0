//! What a record says of cells.
#![expect(clippy::disallowed_types, reason = "numbers are stored in binary; they become decimals here, unchanged")]

use super::formula::Formulas;
use super::record::Record;
use super::{Place, Shared, Sheet, string, u8_at, u16_at, u32_at};

/// What later records of a sheet go on with.
#[derive(Default)]
pub(super) struct Open {
    /// A cell whose text stands in a later record.
    waiting: Option<Place>,
    pub(super) formulas: Formulas,
}

/// Takes down what a record says.
pub(super) fn read(sheet: &mut Sheet, record: &Record<'_>, shared: &Shared, open: &mut Open) {
    let said = record.first();
    let known = match record.kind {
        0x203 => float(said, 6).and_then(|value| put(sheet, said, &value, shared)),
        0x27e => u32_at(said, 6).and_then(|packed| put(sheet, said, &unpacked(packed), shared)),
        0xbd => row_of_numbers(sheet, said, shared),
        0xfd => {
            let text = u32_at(said, 6).and_then(|index| shared.strings.get(index as usize)).cloned();
            place(said).zip(text).map(|(place, text)| sheet.text(place, text, false))
        }
        0x204 => place(said).zip(string::plain(said, 6)).map(|(place, text)| sheet.text(place, text, false)),
        0x205 => truth_or_error(sheet, said, 6),
        0x06 => formula(sheet, said, shared, open),
        0x4bc => open.formulas.share(said),
        0x207 => open.waiting.take().zip(string::plain(said, 0)).map(|(place, text)| sheet.text(place, text, true)),
        0xe5 => merges(sheet, said),
        0x208 => u16_at(said, 12).map(|flags| sheet.seen.hidden_rows += usize::from(flags & 0x20 != 0)),
        0x7d => hidden_columns(sheet, said),
        _ => None,
    };
    known.unwrap_or_default();
}

fn place(said: &[u8]) -> Option<Place> {
    Some((u16_at(said, 0)?.into(), u16_at(said, 2)?.into()))
}

fn put(sheet: &mut Sheet, said: &[u8], value: &str, shared: &Shared) -> Option<()> {
    let format = shared.format(u16_at(said, 4)?);
    sheet.number(place(said)?, value, format, shared.from_1904);
    Some(())
}

/// The shortest decimals that stand for a stored number.
pub(super) fn float(said: &[u8], at: usize) -> Option<String> {
    let bytes = said.get(at..)?.first_chunk()?;
    Some(format!("{:e}", f64::from_le_bytes(*bytes)))
}

/// A number in four bytes: whole or the upper half of a float, as it is or in hundredths.
fn unpacked(packed: u32) -> String {
    let (hundredths, whole) = (packed & 1 != 0, packed & 2 != 0);
    let digits = if whole {
        format!("{}e0", packed as i32 >> 2)
    } else {
        format!("{:e}", f64::from_bits(u64::from(packed & !3) << 32))
    };
    match digits.split_once('e') {
        Some((digits, power)) if hundredths => {
            format!("{digits}e{}", power.parse::<i32>().map_or(0, |power| power - 2))
        }
        _ => digits,
    }
}

fn row_of_numbers(sheet: &mut Sheet, said: &[u8], shared: &Shared) -> Option<()> {
    let (row, first) = place(said)?;
    for (index, each) in said.get(4..said.len().checked_sub(2)?)?.chunks_exact(6).enumerate() {
        let value = unpacked(u32_at(each, 2)?);
        sheet.number((row, first + index), &value, shared.format(u16_at(each, 0)?), shared.from_1904);
    }
    Some(())
}

/// `at` leads to a value and whether it is an error.
fn truth_or_error(sheet: &mut Sheet, said: &[u8], at: usize) -> Option<()> {
    let (value, is_error) = (u8_at(said, at)?, u8_at(said, at + 1)? != 0);
    match is_error {
        true => sheet.error(place(said)?, error(value).into()),
        false => sheet.truth(place(said)?, value != 0),
    }
    Some(())
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// The result of a formula: a number, or where its last bytes are set, what its first byte says.
fn formula(sheet: &mut Sheet, said: &[u8], shared: &Shared, open: &mut Open) -> Option<()> {
    let place = place(said)?;
    if u16_at(said, 12)? != 0xffff {
        put(sheet, said, &float(said, 6)?, shared)?;
        let length = usize::from(u16_at(said, 20)?);
        return open.formulas.add(place, said.get(22..22 + length)?, shared.format(u16_at(said, 4)?));
    }
    match u8_at(said, 6)? {
        0 => open.waiting = Some(place),
        1 => sheet.truth(place, u8_at(said, 8)? != 0),
        2 => sheet.error(place, error(u8_at(said, 8)?).into()),
        _ => {}
    }
    Some(())
}

fn merges(sheet: &mut Sheet, said: &[u8]) -> Option<()> {
    for range in said.get(2..)?.chunks_exact(8) {
        let [first_row, last_row, first, last] = [0, 2, 4, 6].map(|at| usize::from(u16_at(range, at).unwrap_or(0)));
        sheet.merge((first_row, first), (last_row, last));
    }
    Some(())
}

fn hidden_columns(sheet: &mut Sheet, said: &[u8]) -> Option<()> {
    if u16_at(said, 8)? & 1 != 0 {
        let count = usize::from(u16_at(said, 2)?).min(255) + 1;
        sheet.seen.hidden_columns += count.saturating_sub(u16_at(said, 0)?.into());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        assert_eq!(unpacked(1 << 2 | 2), "1e0");
        assert_eq!(unpacked((128_942 << 2) | 3), "128942e-2");
        assert_eq!(unpacked((-5_i32 << 2) as u32 | 2), "-5e0");
        let half = (0.5_f64.to_bits() >> 32) as u32;
        assert_eq!((unpacked(half), unpacked(half | 1)), ("5e-1".into(), "5e-3".into()));
    }
}
