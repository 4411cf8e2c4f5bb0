//! Streams of documents and workbooks of before 2007: the first byte says of which, and where the second stream begins.
#![no_main]

mod common;

use common::doc::compound;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    if first == 0 {
        return common::read(&compound(&[("Workbook", rest)]));
    }
    let (main, table) = rest.split_at(rest.len() * usize::from(first) / 256);
    common::read(&compound(&[("WordDocument", main), ("1Table", table), ("Data", table)]));
});
