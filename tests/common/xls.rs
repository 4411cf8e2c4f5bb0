//! Workbooks of before 2007 made in memory.
#![allow(clippy::disallowed_types, reason = "numbers are stored in binary")]
#![allow(dead_code, reason = "each test crate uses a part of this")]

use super::doc::compound;

/// A workbook of one sheet with a small table.
pub(crate) fn xls() -> Vec<u8> {
    compound(&[("Workbook", &stream(&[]))])
}

/// One that opens with a password only.
pub(crate) fn locked() -> Vec<u8> {
    compound(&[("Workbook", &stream(&record(0x2f, &[0; 6])))])
}

fn record(kind: u16, said: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(said.len() as u16).to_le_bytes(), said].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn stream(first: &[u8]) -> Vec<u8> {
    let begins = |what: u8| record(0x809, &[0, 6, what, 0, 0, 0, 0, 0]);
    let texts = ["项目", "决算数", "合计"];
    let shared: Vec<u8> = texts
        .iter()
        .flat_map(|text| [&(text.chars().count() as u16).to_le_bytes()[..], &[1], &wide(text)].concat())
        .collect();
    let shared = record(0xfc, &[&[3, 0, 0, 0, 3, 0, 0, 0][..], &shared].concat());
    let style = |format: u8| record(0xe0, &[0, 0, format, 0]);
    let globals = [begins(5), first.to_vec(), style(0), style(2), shared].concat();
    let listed = |at: usize| record(0x85, &[&(at as u32).to_le_bytes()[..], &[0, 0, 3, 1], &wide("自评表")].concat());
    let end = record(0x0a, &[]);
    let text = |row: u8, column: u8, index: u8| record(0xfd, &[row, 0, column, 0, 0, 0, index, 0, 0, 0]);
    let number = record(0x203, &[&[1, 0, 1, 0, 1, 0][..], &1289.42_f64.to_le_bytes()].concat());
    let cells = [text(0, 0, 0), text(0, 1, 1), text(1, 0, 2), number].concat();
    let sheet = [begins(0x10), cells, end.clone()].concat();
    let start = globals.len() + listed(0).len() + end.len();
    [globals, listed(start), end, sheet].concat()
}
