//! Zip archives within limits.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Seek, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::limits::{LIMITS, Limits};
use crate::source::ReadError;

/// A zip archive, of which members are read one at a time.
pub(in crate::source) struct Archive<R> {
    zip: ZipArchive<R>,
    limits: Limits,
    /// Bytes that were expanded so far.
    expanded: u64,
}

/// The archive of a file that is read already.
pub(in crate::source) type InMemory<'b> = Archive<Cursor<&'b [u8]>>;

/// Below this size a high ratio is no harm.
const FREE: u64 = 1 << 20;

impl<'b> InMemory<'b> {
    pub(in crate::source) fn open(bytes: &'b [u8], limits: Limits) -> Result<InMemory<'b>, ReadError> {
        Archive::within(Cursor::new(bytes), limits)
    }
}

impl<R: Read + Seek> Archive<R> {
    /// The archive in a file, of which no more is read than is asked for.
    pub(super) fn within(file: R, limits: Limits) -> Result<Archive<R>, ReadError> {
        let zip = ZipArchive::new(file).map_err(|error| damaged(&error))?;
        if zip.len() > limits.entries {
            return Err(ReadError::new(format!(
                "压缩包里有 {} 个成员，超过 {} 个的上限；这不像一份报告，请核对文件",
                zip.len(),
                limits.entries
            )));
        }
        Ok(Archive { zip, limits, expanded: 0 })
    }

    /// Whether a member opens with a password only.
    pub(super) fn is_locked(&mut self) -> bool {
        (0..self.zip.len()).any(|index| self.zip.by_index_raw(index).is_ok_and(|member| member.encrypted()))
    }

    /// The names of the members; one that is no text is left out.
    pub(in crate::source) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().filter_map(Result::ok)
    }

    /// The name of a member as the archive spells it: names of parts ignore case, and some programs write backslashes.
    pub(super) fn spelled(&self, name: &str) -> Option<String> {
        let plain = |name: &str| name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase();
        if self.zip.index_for_name(name).is_some() {
            return Some(name.to_owned());
        }
        let wanted = plain(name);
        self.names().find(|each| plain(each) == wanted).map(Cow::into_owned)
    }

    /// The names of the members as they are written, each with the place of its member.
    pub(super) fn raw_names(&self) -> impl Iterator<Item = (usize, &[u8])> {
        self.zip.file_names_raw().enumerate()
    }

    /// The bytes of a member; `None` if there is none of this name.
    pub(in crate::source) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(name) = self.spelled(name) else { return Ok(None) };
        let index = self.zip.index_for_name(&name).ok_or_else(broken)?;
        self.read_at(index).map(Some)
    }

    /// The bytes of the member at a place.
    pub(super) fn read_at(&mut self, index: usize) -> Result<Vec<u8>, ReadError> {
        let limit = self.limits.member.min(self.limits.expanded.saturating_sub(self.expanded));
        let mut member = self.zip.by_index(index).map_err(|error| damaged(&error))?;
        if !matches!(member.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(unsupported());
        }
        let allowed = (member.compressed_size().saturating_mul(self.limits.ratio)).max(FREE).min(limit);
        let mut bytes = Vec::with_capacity(member.size().min(allowed).min(FREE) as usize);
        let read = member.by_ref().take(allowed + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > allowed {
            return Err(ReadError::new(
                "文件展开后大得反常（可能是压缩炸弹），没有读取；请核对来源，或用 Word、WPS 打开后另存再查",
            ));
        }
        read.map_err(|_| broken())?;
        self.expanded += bytes.len() as u64;
        Ok(bytes)
    }
}

/// The archive with some members as given and some gone; all others are copied as they are packed.
pub(in crate::source) fn rewritten(
    bytes: &[u8],
    changed: &BTreeMap<String, Vec<u8>>,
    gone: &BTreeSet<String>,
) -> Result<Vec<u8>, ReadError> {
    let archive = Archive::open(bytes, LIMITS)?;
    let spelled = |name: &String| archive.spelled(name).unwrap_or_else(|| name.clone());
    let mut changed: BTreeMap<String, &Vec<u8>> = changed.iter().map(|(name, bytes)| (spelled(name), bytes)).collect();
    let gone: BTreeSet<String> = gone.iter().map(spelled).collect();
    let mut old = archive.zip;
    let mut new = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + FREE as usize)));
    for index in 0..old.len() {
        let member = old.by_index_raw(index).map_err(|error| damaged(&error))?;
        let name = member.name().map_err(|error| damaged(&error))?.into_owned();
        if gone.contains(&name) {
            continue;
        }
        match changed.remove(&name) {
            Some(bytes) => add(&mut new, &name, bytes),
            None => new.raw_copy_file(member),
        }
        .map_err(|error| damaged(&error))?;
    }
    for (name, bytes) in changed {
        add(&mut new, &name, bytes).map_err(|error| damaged(&error))?;
    }
    new.finish().map(Cursor::into_inner).map_err(|error| damaged(&error))
}

/// A new archive of these members. Memory takes all of them.
pub fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let written = members.iter().try_for_each(|(name, bytes)| add(&mut zip, name, bytes));
    written.and_then(|()| zip.finish()).map(Cursor::into_inner).unwrap_or_default()
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), ZipError> {
    zip.start_file(name, SimpleFileOptions::default())?;
    Ok(zip.write_all(bytes)?)
}

/// Why an archive cannot be opened.
fn damaged(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::new("压缩包有密码；请去掉密码后再查"),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => unsupported(),
        _ => broken(),
    }
}

fn unsupported() -> ReadError {
    ReadError::new("压缩方式不受支持；请用 Word 或 WPS 打开后另存，再查")
}

/// Whether bytes are an archive that did not lose its directory.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok()
}

/// The refusal of an archive that lost bytes.
pub(in crate::source) fn broken() -> ReadError {
    ReadError::new("文件不完整或已损坏（可能没有下载完）；请重新下载，或用 Word、WPS 打开修复后另存")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8], limits: Limits) -> String {
        let read = Archive::open(bytes, limits).and_then(|mut archive| archive.read("甲.xml"));
        read.expect_err("the archive is refused").0
    }

    #[test]
    fn members_are_found_by_names_of_any_case() {
        let bytes = packed(&[("Word/Document.xml", b"<a/>")]);
        let mut archive = Archive::open(&bytes, LIMITS).expect("an archive");
        assert_eq!(archive.read("/word/document.xml"), Ok(Some(b"<a/>".to_vec())));
        assert_eq!(archive.read("word/none.xml"), Ok(None));
    }

    #[test]
    fn what_expands_too_far_is_refused() {
        let bytes = packed(&[("甲.xml", &vec![b' '; 8 << 20])]);
        assert!(refusal(&bytes, Limits { member: 4 << 20, ..LIMITS }).contains("压缩炸弹"));
        assert!(refusal(&bytes, Limits { ratio: 100, ..LIMITS }).contains("压缩炸弹"));
        assert!(Archive::open(&bytes, LIMITS).expect("an archive").read("甲.xml").is_err(), "thousandfold");
    }

    #[test]
    fn too_many_members_and_lost_bytes_are_refused() {
        let bytes = packed(&[("甲.xml", b"1"), ("乙.xml", b"2")]);
        assert!(refusal(&bytes, Limits { entries: 1, ..LIMITS }).contains("上限"));
        assert!(refusal(&bytes[..bytes.len() - 30], LIMITS).contains("不完整"));
    }
}
