//! Zip archives within limits.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::limits::Limits;
use crate::source::ReadError;

/// A zip archive in memory, of which members are read one at a time.
pub(in crate::source) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    limits: Limits,
    /// Bytes that were expanded so far.
    expanded: u64,
}

/// Below this size a high ratio is no harm.
const FREE: u64 = 1 << 20;

impl<'b> Archive<'b> {
    pub(in crate::source) fn open(bytes: &'b [u8], limits: Limits) -> Result<Archive<'b>, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() > limits.entries {
            return Err(ReadError::new(format!(
                "压缩包里有 {} 个成员，超过 {} 个的上限；这不像一份报告，请核对文件",
                zip.len(),
                limits.entries
            )));
        }
        Ok(Archive { zip, limits, expanded: 0 })
    }

    /// The names of the members; one that is no text is left out.
    pub(in crate::source) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().filter_map(Result::ok)
    }

    /// The name of a member as the archive spells it: names of parts ignore case, and some programs write backslashes.
    fn spelled(&self, name: &str) -> Option<String> {
        let plain = |name: &str| name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase();
        if self.zip.index_for_name(name).is_some() {
            return Some(name.to_owned());
        }
        let wanted = plain(name);
        self.names().find(|each| plain(each) == wanted).map(Cow::into_owned)
    }

    /// The bytes of a member; `None` if there is none of this name.
    pub(in crate::source) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(name) = self.spelled(name) else { return Ok(None) };
        let limit = self.limits.member.min(self.limits.expanded.saturating_sub(self.expanded));
        let mut member = self.zip.by_name(&name).map_err(|error| damaged(&error))?;
        if !matches!(member.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(ReadError::new("压缩方式不受支持；请用 Word 或 WPS 打开后另存，再查"));
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
        Ok(Some(bytes))
    }
}

/// Why an archive cannot be opened.
fn damaged(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::new("压缩包有密码；请去掉密码后再查"),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            ReadError::new("压缩方式不受支持；请用 Word 或 WPS 打开后另存，再查")
        }
        _ => broken(),
    }
}

/// The refusal of an archive that lost bytes.
pub(in crate::source) fn broken() -> ReadError {
    ReadError::new("文件不完整或已损坏（可能没有下载完）；请重新下载，或用 Word、WPS 打开修复后另存")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::limits::LIMITS;
    use super::*;

    fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).expect("memory takes members");
            zip.write_all(bytes).expect("memory takes bytes");
        }
        zip.finish().expect("memory takes the directory").into_inner()
    }

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
