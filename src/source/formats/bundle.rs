//! Zip archives that hold several reports: a submission in one file.

use std::io::{Read, Seek};
use std::path::Path;

use super::archive::{Archive, InMemory};
use super::sniff::{Format, sniff};
use super::{ENDINGS, LIMITS};
use crate::source::ReadError;

/// The reports of an archive, by what their names end with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The place of each report in the archive, and its name; sorted by name.
    pub reports: Vec<(usize, String)>,
    /// Archives inside the archive, which are not opened.
    pub archives: Vec<String>,
    /// How many members are neither.
    pub passed_over: usize,
}

/// What an archive bundles; `None` for bytes that are no archive, or a document.
pub fn bundle(bytes: &[u8]) -> Option<Result<Bundle, ReadError>> {
    (sniff(bytes) == Format::Zip).then(|| InMemory::open(bytes, LIMITS).map(|archive| listed(&archive)))
}

/// One report of an archive, of which no more is read.
pub fn member(archive: impl Read + Seek, index: usize) -> Result<Vec<u8>, ReadError> {
    Archive::within(archive, LIMITS)?.read_at(index)
}

fn listed(archive: &InMemory<'_>) -> Bundle {
    let mut bundle = Bundle::default();
    for (index, raw) in archive.raw_names() {
        let name = decoded(raw);
        let ending = Path::new(&name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            _ if name.ends_with('/') || is_hidden(&name) => {}
            Some("zip" | "rar" | "7z") => bundle.archives.push(name),
            Some(ending) if ENDINGS.contains(&ending) => bundle.reports.push((index, name)),
            _ => bundle.passed_over += 1,
        }
    }
    bundle.reports.sort_by(|one, other| one.1.cmp(&other.1));
    bundle.archives.sort();
    bundle
}

/// Names are UTF-8, or on older Chinese systems GBK.
fn decoded(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
    .replace('\\', "/")
}

/// Hidden files, the marks of open documents, and what macOS adds to archives.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part.starts_with("~$") || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_older_systems_are_read() {
        let gbk = encoding_rs::GBK.encode("自评\\报告.txt").0.into_owned();
        assert_eq!(decoded(&gbk), "自评/报告.txt");
        assert_eq!(decoded("自评报告.txt".as_bytes()), "自评报告.txt");
        assert!(is_hidden("__MACOSX/a.txt") && is_hidden("a/~$b.docx") && !is_hidden("a/b.docx"));
    }
}
