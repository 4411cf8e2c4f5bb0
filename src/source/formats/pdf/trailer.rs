//! The end of a file, which says where its objects are listed.

use crate::source::formats::bytes::{contains, find, rfind};

/// What the table of objects that was written last says of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Trailer {
    /// Where that table begins.
    pub(super) start: usize,
    /// The table is a packed object of its own, as newer files have it.
    pub(super) packed: bool,
    /// The first number that no object has.
    pub(super) size: u32,
    /// What the next table has to repeat.
    pub(super) kept: String,
}

impl Trailer {
    /// `None` for a file that is encrypted, damaged or not quite regular.
    pub(super) fn of(bytes: &[u8]) -> Option<Trailer> {
        if !bytes.starts_with(b"%PDF-") {
            return None;
        }
        let word = rfind(bytes, b"startxref")?;
        let start = number(&bytes[word + b"startxref".len()..])? as usize;
        let table = bytes.get(start..)?;
        let packed = !table.starts_with(b"xref");
        let from = if packed { find(table, b"<<")? } else { find(table, b"trailer")? };
        let about = &table[from..];
        let end = if packed { find(about, b"stream")? } else { find(about, b"startxref")? };
        let about = &about[..end];
        if contains(about, b"/Encrypt") || packed && !starts_object(table) {
            return None;
        }
        let size = number(after(about, b"/Size")?)?;
        let kept =
            [b"/Root".as_slice(), b"/Info"].into_iter().filter_map(|key| reference(about, key)).collect::<String>();
        let kept = kept + &identity(about).unwrap_or_default();
        kept.starts_with("/Root").then_some(Trailer { start, packed, size, kept })
    }
}

/// 12 0 obj
fn starts_object(table: &[u8]) -> bool {
    let head = &table[..table.len().min(40)];
    head.first().is_some_and(u8::is_ascii_digit) && contains(head, b" obj")
}

/// `/Root 1 0 R` as it stands.
fn reference(about: &[u8], key: &[u8]) -> Option<String> {
    let value = after(about, key)?;
    let end = value.iter().position(|byte| *byte == b'R')?;
    let text = std::str::from_utf8(&value[..=end]).ok()?;
    let regular = text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_whitespace() || c == 'R');
    regular.then(|| format!("{} {}", std::str::from_utf8(key).unwrap_or_default(), text.trim()))
}

/// The name of the file, where it is written in hexadecimal.
fn identity(about: &[u8]) -> Option<String> {
    let value = after(about, b"/ID")?;
    let end = value.iter().position(|byte| *byte == b']')?;
    let text = std::str::from_utf8(&value[..=end]).ok()?.trim();
    let regular = text.chars().all(|c| c.is_ascii_hexdigit() || c.is_ascii_whitespace() || "[]<>".contains(c));
    (regular && text.starts_with('[')).then(|| format!("/ID{text}"))
}

/// What stands after a key.
fn after<'b>(about: &'b [u8], key: &[u8]) -> Option<&'b [u8]> {
    let at = find(about, key)? + key.len();
    let rest = &about[at..];
    rest.first().is_some_and(|byte| !byte.is_ascii_alphanumeric()).then_some(rest)
}

fn number(text: &[u8]) -> Option<u32> {
    let digits = text.iter().skip_while(|byte| byte.is_ascii_whitespace()).take_while(|byte| byte.is_ascii_digit());
    String::from_utf8(digits.copied().collect()).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_table() {
        let plain =
            b"%PDF-1.4\nxref\n0 1\ntrailer\n<</Size 7/Root 1 0 R/Info 3 0 R/ID[<0A><0B>]>>\nstartxref\n9\n%%EOF";
        let kept = "/Root 1 0 R/Info 3 0 R/ID[<0A><0B>]".to_owned();
        assert_eq!(Trailer::of(plain), Some(Trailer { start: 9, packed: false, size: 7, kept }));
        let packed =
            b"%PDF-1.5\n6 0 obj <</Type/XRef/Size 7/Root 1 0 R/ID[(a])(b)]>> stream\nendstream\nstartxref\n9\n%%EOF";
        let kept = "/Root 1 0 R".to_owned();
        assert_eq!(Trailer::of(packed), Some(Trailer { start: 9, packed: true, size: 7, kept }));
    }

    #[test]
    fn irregular_files_have_none() {
        let encrypted = b"%PDF-1.4\nxref\n0 1\ntrailer\n<</Size 7/Root 1 0 R/Encrypt 5 0 R>>\nstartxref\n9\n%%EOF";
        assert_eq!(Trailer::of(encrypted), None);
        assert_eq!(Trailer::of(b"%PDF-1.4\nstartxref\n99999\n%%EOF"), None);
        assert_eq!(Trailer::of(b""), None);
    }
}
