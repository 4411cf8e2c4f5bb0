//! Bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, GB18030, GBK, UTF_16BE, UTF_16LE};

use super::ReadError;

/// The encoding that a report was read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Gb18030,
    Big5,
}

/// Bytes that are looked at to guess an encoding: the guess is slow, and more would not change it.
const SAMPLE: usize = 64 * 1024;
/// How many bytes the guessing of an encoding sees: it is slower than all the rest.
const PAGE: usize = 2 * 1024;

/// The text of a file that holds nothing but text, and the encoding that it was in.
pub(super) fn decoded(bytes: &[u8]) -> Result<(Encoding, String), ReadError> {
    if let Some(text) = plain(bytes) {
        return Ok((Encoding::Utf8, with_line_feeds(text.to_owned())));
    }
    let (encoding, body) = detect(bytes)?;
    Ok((encoding, with_line_feeds(decode(encoding, body))))
}

/// The text of nearly every file: UTF-8 without mark or damage.
fn plain(bytes: &[u8]) -> Option<&str> {
    let plain = !bytes.starts_with(b"\xef\xbb\xbf") && !bytes.contains(&0);
    if plain { simdutf8::basic::from_utf8(bytes).ok() } else { None }
}

/// The encoding, and the bytes after the byte-order mark.
fn detect(bytes: &[u8]) -> Result<(Encoding, &[u8]), ReadError> {
    let marks: [(&[u8], Encoding); 3] =
        [(b"\xef\xbb\xbf", Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)];
    for (mark, encoding) in marks {
        if let Some(body) = bytes.strip_prefix(mark) {
            return Ok((encoding, body));
        }
    }
    unmarked(bytes).map(|encoding| (encoding, bytes))
}

fn unmarked(bytes: &[u8]) -> Result<Encoding, ReadError> {
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok(encoding);
    }
    if mostly_utf8(bytes) {
        return Ok(Encoding::Utf8);
    }
    match guess(bytes) {
        guess if guess == GBK || guess == GB18030 => Ok(Encoding::Gb18030),
        guess if guess == BIG5 => Ok(Encoding::Big5),
        _ if clean_in_gb18030(bytes) => Ok(Encoding::Gb18030),
        _ => Err(ReadError::new("认不出文件的编码；请在记事本里“另存为”，编码选 UTF-8 后再查")),
    }
}

/// The encoding of a text that is not UTF-8. A page of it from the first Chinese character on is enough.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let page = &bytes[start..bytes.len().min(start + PAGE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(page, start + page.len() == bytes.len());
    detector.guess(Some(b"cn"), Utf8Detection::Deny)
}

fn clean_in_gb18030(bytes: &[u8]) -> bool {
    let text = decode(Encoding::Gb18030, &bytes[..bytes.len().min(SAMPLE)]);
    replaced(&text) * 100 <= text.chars().count()
}

/// Whether the bytes are UTF-8 but for a few damaged places. Text of another encoding breaks at nearly every character.
fn mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut broken, mut wide) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| c.len_utf8() == 3).count();
    }
    broken * 4 < wide
}

/// UTF-16 without a byte-order mark, by the zero bytes beside its ASCII characters.
fn utf16_by_zeros(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    if zeros == 0 {
        return None;
    }
    let needed = if std::str::from_utf8(bytes).is_ok() { sample.len() / 5 } else { 0 };
    if zeros <= needed {
        return None;
    }
    [Encoding::Utf16Le, Encoding::Utf16Be].into_iter().find(|encoding| plausible(&decode(*encoding, sample)))
}

/// Whether nineteen in twenty characters are such as reports are written in.
fn plausible(text: &str) -> bool {
    let usual = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | '\u{c}' | ' '..='~' | '\u{2010}'..='\u{206f}' | '\u{2460}'..='\u{25ff}')
            || matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' | '\u{a0}'..='\u{ff}')
    };
    text.chars().filter(usual).count() * 20 >= text.chars().count() * 19
}

fn decode(encoding: Encoding, bytes: &[u8]) -> String {
    let decoder = match encoding {
        Encoding::Utf8 => return std::str::from_utf8(bytes).map_or_else(|_| lossy(bytes), str::to_owned),
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Gb18030 => GB18030,
        Encoding::Big5 => BIG5,
    };
    decoder.decode_without_bom_handling(bytes).0.into_owned()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Lines that end in CR alone, as old editors wrote them, end in LF. No offset changes.
fn with_line_feeds(text: String) -> String {
    if text.contains('\n') || !text.contains('\r') { text } else { text.replace('\r', "\n") }
}

/// How many places of a decoded text could not be decoded.
pub(super) fn replaced(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    const LINE: &str = "一、部门概况\n2024年预算2463.3万元，其中基本支出223.19万元。\n";

    fn read(bytes: &[u8]) -> Source {
        Source::from_bytes("x.txt", bytes).expect("the bytes are text")
    }

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn utf8_with_and_without_mark() {
        assert_eq!(read(LINE.as_bytes()).text(), LINE);
        let marked = read(&[b"\xef\xbb\xbf", LINE.as_bytes()].concat());
        assert_eq!((marked.text(), marked.encoding()), (LINE, Encoding::Utf8));
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for (big, mark, encoding) in [(false, b"\xff\xfe", Encoding::Utf16Le), (true, b"\xfe\xff", Encoding::Utf16Be)] {
            let marked = read(&[&mark[..], &utf16(LINE, big)].concat());
            assert_eq!((marked.text(), marked.encoding()), (LINE, encoding));
            let bare = read(&utf16(LINE, big));
            assert_eq!((bare.text(), bare.encoding()), (LINE, encoding));
        }
    }

    #[test]
    fn utf16_of_ascii_alone() {
        assert_eq!(read(&utf16("| 1 | 2 |\n", false)).encoding(), Encoding::Utf16Le);
    }

    #[test]
    fn gb18030_and_short_gbk() {
        let source = read(&gbk(LINE));
        assert_eq!((source.text(), source.encoding()), (LINE, Encoding::Gb18030));
        assert_eq!(read(&gbk("基本支出 223.19 万元")).text(), "基本支出 223.19 万元");
        assert_eq!(read(&gbk("㐀𠀀支出合计万元")).text(), "㐀𠀀支出合计万元");
    }

    #[test]
    fn a_damaged_byte_does_not_change_the_encoding() {
        let mut bytes = LINE.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 2);
        let source = read(&bytes);
        assert_eq!((source.encoding(), source.replaced()), (Encoding::Utf8, 1));
        let mut bytes = gbk(LINE);
        bytes.push(0xff);
        assert_eq!((read(&bytes).encoding(), read(&bytes).replaced()), (Encoding::Gb18030, 1));
    }

    #[test]
    fn zeros_and_form_feeds_keep_their_places() {
        let text = "第一页\u{c}第二页\0完\n";
        assert_eq!(read(text.as_bytes()).text(), text);
    }

    #[test]
    fn carriage_returns_alone_end_lines() {
        assert_eq!(read("甲\r乙\r".as_bytes()).lines().count(), 3);
        assert_eq!(read("甲\r\n乙".as_bytes()).text(), "甲\r\n乙");
    }
}
