//! What the PDF crate does not tell: how far packed parts expand, how many widths a font lists, and whether a part of the
//! file is missing.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Object};

use crate::source::formats::bytes::{contains, find, rfind};

/// Parts packed inside packed parts.
const NESTED: usize = 3;
/// How far before its data a part says what it is.
const DICTIONARY: usize = 512;
/// More characters than any font has.
const MAX_WIDTHS: u32 = 0x2_0000;
/// Dictionaries inside one another in which fonts are looked for.
const DEEP: usize = 5;

/// Whether the packed parts of a file expand to more than so many bytes together. Pictures are not counted, since they
/// are never unpacked.
pub(super) fn expands_beyond(bytes: &[u8], limit: u64) -> bool {
    let mut left = limit;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let word = at + found;
        at = word + b"stream".len();
        let data = bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count() + at;
        let about = &bytes[word.saturating_sub(DICTIONARY)..word];
        let about = &about[rfind(about, b"obj").unwrap_or(0)..];
        let picture = contains(about, b"/Image");
        if !about.ends_with(b"end") && !picture && is_packed(&bytes[data..]) {
            spend(Box::new(ZlibDecoder::new(&bytes[data..])), &mut left, 0);
            if left == 0 {
                return true;
            }
        }
    }
    false
}

/// Unpacks without keeping; damaged data ends where the damage begins.
fn spend(mut packed: Box<dyn Read + '_>, left: &mut u64, depth: usize) {
    let mut head = [0; 2];
    let inner = packed.read_exact(&mut head).is_ok() && is_packed(&head) && depth < NESTED;
    if inner {
        return spend(Box::new(ZlibDecoder::new(head.chain(packed))), left, depth + 1);
    }
    let mut buffer = vec![0; 1 << 16];
    while let Ok(count @ 1..) = packed.read(&mut buffer) {
        *left = left.saturating_sub(count as u64);
        if *left == 0 {
            return;
        }
    }
}

/// Whether data begins as zlib does.
fn is_packed(data: &[u8]) -> bool {
    let [method, check, ..] = data else { return false };
    method & 0x0f == 8 && (u32::from(*method) << 8 | u32::from(*check)).is_multiple_of(31)
}

/// Whether a file ends before its end. The crate finds what objects there are, and what was lost would not be missed.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    let end = rfind(bytes, b"%%EOF").unwrap_or(0);
    contains(&bytes[end..], b" obj")
}

/// Whether there are fewer pages than the file says.
pub(super) fn lacks_pages(pdf: &Pdf) -> bool {
    let catalog: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let pages = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(&b"Pages"[..]));
    let count = pages.and_then(|pages| pages.get::<u32>(&b"Count"[..]));
    count.is_some_and(|count| count as usize > pdf.pages().len())
}

/// Whether some font gives widths to more characters than there are, each of which would be stored.
pub(super) fn holds_endless_widths(pdf: &Pdf) -> bool {
    pdf.objects().into_iter().any(|object| is_endless(&object, DEEP))
}

fn is_endless(object: &Object<'_>, depth: usize) -> bool {
    match object {
        Object::Dict(dict) => depth > 0 && dict_is_endless(dict, depth),
        Object::Stream(stream) => depth > 0 && dict_is_endless(stream.dict(), depth),
        Object::Array(array) => {
            depth > 0 && array.iter::<Object<'_>>().take(64).any(|item| is_endless(&item, depth - 1))
        }
        _ => false,
    }
}

fn dict_is_endless(dict: &Dict<'_>, depth: usize) -> bool {
    let widths = [&b"W"[..], b"W2"].into_iter().filter_map(|key| dict.get::<Array<'_>>(key));
    let listed: u64 = widths.map(|array| listed(&array)).sum();
    let inner = || {
        let keys = [&b"Resources"[..], b"Font", b"DescendantFonts"];
        keys.into_iter().filter(|key| dict.get_ref(key).is_none()).filter_map(|key| dict.get::<Object<'_>>(key))
    };
    listed > u64::from(MAX_WIDTHS) || inner().any(|object| is_endless(&object, depth - 1))
}

/// How many characters a list of widths names: `first [w w w]` or `first last w`.
fn listed(array: &Array<'_>) -> u64 {
    let mut items = array.flex_iter();
    let mut count = 0;
    loop {
        if let Some((_, widths)) = items.next::<(u32, Array<'_>)>() {
            count += widths.iter::<Object<'_>>().count() as u64;
        } else if let Some((first, last, _)) = items.next::<(u32, u32, Object<'_>)>() {
            count += u64::from(last.saturating_sub(first)) + 1;
        } else {
            return count;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    }

    fn part(about: &str, data: &[u8]) -> Vec<u8> {
        [b"1 0 obj <<", about.as_bytes(), b">>\nstream\n", data, b"\nendstream endobj"].concat()
    }

    #[test]
    fn bombs_are_told() {
        let zeros = packed(&vec![0; 1 << 20]);
        assert!(expands_beyond(&part("/Filter/FlateDecode", &zeros), 1 << 19));
        assert!(!expands_beyond(&part("/Filter/FlateDecode", &zeros), 1 << 21));
        assert!(expands_beyond(&part("/Filter[/FlateDecode/FlateDecode]", &packed(&zeros)), 1 << 19));
        assert!(!expands_beyond(&part("/Subtype/Image/Filter/FlateDecode", &zeros), 1 << 19));
    }
}
