//! Files that cannot be read as reports: what they are, and what to do instead.

use super::archive::InMemory;
use super::bytes::contains;
use super::limits::LIMITS;
use super::sniff::Format;
use crate::source::{ReadError, decode};

/// Empty files, and files too large to be a report.
pub(super) fn by_size(bytes: u64, limit: u64) -> Result<(), ReadError> {
    match bytes {
        0 => Err(ReadError::new("文件是空的；请确认报告已经保存")),
        _ if bytes > limit => {
            let limit = limit >> 20;
            Err(ReadError::new(format!("文件超过 {limit} MB，不像是一份报告；请确认选对了文件，或拆分后再查")))
        }
        _ => Ok(()),
    }
}

const AS_TEXT: &str = "；请在 Word 或 WPS 里另存为 .docx 或纯文本（.txt）后再查";

/// The refusal of a format that is known and not read.
pub(super) fn format(format: Format, bytes: &[u8]) -> ReadError {
    ReadError::new(match format {
        Format::Text
        | Format::Html
        | Format::Mht
        | Format::Docx
        | Format::Doc
        | Format::Odt
        | Format::Ods
        | Format::Pdf
        | Format::Ofd
        | Format::Xlsx
        | Format::Xls => "文件没有读成".into(),
        Format::Pptx => "这是演示文稿（.pptx）；请把其中的文字另存为纯文本（.txt）后再查".into(),
        Format::Rtf => format!("这是 RTF 文档{AS_TEXT}"),
        Format::Compound => {
            "这是旧版 Office 文件，但读不出是哪一种（可能没有下载完）；请重新下载，或用 Word、WPS 打开，另存为 .docx 或 .xlsx 后再查".into()
        }
        Format::Encrypted => "文件有打开密码；请用 Word、Excel 或 WPS 打开，去掉密码并另存后再查".into(),
        Format::Zip if is_locked(bytes) => "压缩包有密码；请去掉密码后再查".into(),
        Format::Zip => "这是压缩包；请让文件名以 .zip 结尾，或解压后再查其中的报告".into(),
        Format::BrokenZip => broken_zip(bytes),
        Format::Other(message) => message.into(),
    })
}

fn is_locked(bytes: &[u8]) -> bool {
    InMemory::open(bytes, LIMITS).is_ok_and(|mut archive| archive.is_locked())
}

/// A zip archive without its directory: what it was meant to be is told by the names of its first members.
fn broken_zip(bytes: &[u8]) -> String {
    let kinds = [
        ("word/", " Word 文档（.docx）"),
        ("xl/", " Excel 工作簿（.xlsx）"),
        ("ppt/", "演示文稿（.pptx）"),
        ("opendocument.text", " OpenDocument 文档（.odt）"),
        ("opendocument.spreadsheet", " OpenDocument 表格（.ods）"),
        ("OFD.xml", " OFD 文件（.ofd）"),
    ];
    let kind =
        kinds.iter().find(|(folder, _)| contains(bytes, folder.as_bytes())).map_or("压缩包", |(_, kind)| kind);
    format!("这是{kind}，但文件不完整或已损坏（可能没有下载完）；请重新下载，或用 Word、WPS 打开修复后另存")
}

/// Text that is no report's.
pub(super) fn by_text(text: &str) -> Result<(), ReadError> {
    by_content(text)?;
    by_lines(text, LIMITS.line)
}

/// Text that is blank, or that no one wrote.
fn by_content(text: &str) -> Result<(), ReadError> {
    if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return Err(ReadError::new("文件里没有文字；请确认报告已经保存"));
    }
    // Characters from U+0080 on that control begin with 0xc2. No early end: whole blocks of bytes are tested at once.
    let control = |byte: u8| byte < b'\t' || matches!(byte, 0x0e..=0x1f | 0x7f | 0xc2);
    let controls = text.bytes().fold(false, |found, byte| found | control(byte));
    if !controls && !text.contains(char::REPLACEMENT_CHARACTER) {
        return Ok(());
    }
    let unwritten = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
    let strange = text.chars().filter(unwritten).count() + decode::replaced(text);
    if strange > 0 && strange * 10 > text.chars().count() {
        return Err(ReadError::new("这不是文本文件（多数字节不是文字）；请把报告另存为 .docx 或纯文本（.txt）后再查"));
    }
    Ok(())
}

/// A line that no one could have written: data, or a file that lost its line ends.
fn by_lines(text: &str, limit: usize) -> Result<(), ReadError> {
    match text.lines().find(|line| line.len() > limit) {
        Some(_) => Err(ReadError::new(format!(
            "有一段超过 {} 万字，不像是一份报告；请确认选对了文件，或补上换行后再查",
            limit / 3 / 10_000
        ))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::LIMITS;
    use super::*;
    use crate::source::Source;

    fn refusal(bytes: &[u8]) -> String {
        Source::from_bytes("x", bytes).expect_err("the bytes are no report").0
    }

    #[test]
    fn office_files_are_named() {
        assert!(refusal(b"PK\x03\x04....word/document.xml").contains("Word 文档（.docx），但文件不完整"));
        assert!(refusal(b"PK\x03\x04....xl/workbook.xml").contains("Excel"));
        assert!(refusal(b"PK\x03\x04....a.bin").contains("压缩包，但文件不完整"));
        let compound = |stream: &str| {
            let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].into_iter().chain(name).collect::<Vec<u8>>()
        };
        assert!(refusal(&compound("WordDocument")).contains("不完整"));
        assert!(refusal(&compound("EncryptedPackage")).contains("密码"));
    }

    #[test]
    fn other_files_are_named() {
        assert!(refusal(b"%PDF-1.7\n").contains("PDF"));
        assert!(refusal(b"\x89PNG\r\n\x1a\n").contains("图片"));
        assert!(refusal(b"\x1f\x8b\x08\0").contains("压缩包"));
        assert!(refusal(b"{\\rtf1\\ansi").contains("RTF"));
        assert!(refusal(b"<?xml version='1.0'?><office:document/>").contains("XML"));
    }

    #[test]
    fn nothing_to_read_is_refused() {
        assert!(refusal(b"").contains("空"));
        assert!(refusal(b"\xef\xbb\xbf").contains("没有文字"));
        assert!(refusal("\u{3000} \n\n".as_bytes()).contains("没有文字"));
        assert!(by_size(LIMITS.bytes + 1, LIMITS.bytes).expect_err("too large").0.contains("64 MB"));
        assert!(by_size(LIMITS.bytes, LIMITS.bytes).is_ok());
    }

    #[test]
    fn one_endless_line_is_refused() {
        assert!(refusal("支出1万元，".repeat(100_000).as_bytes()).contains("有一段超过"));
    }

    #[test]
    fn binary_is_refused() {
        let bytes: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let message = refusal(&bytes);
        assert!(message.contains("不是文本") || message.contains("编码"), "{message}");
        assert!(refusal(&[1, 2, 3, 4, 5, 6]).contains("文字"));
    }
}
