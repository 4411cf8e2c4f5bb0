//! Files that are not text reports: what they are, and what to do instead.

use super::decode::{MAX_BYTES, ReadError, replaced};

fn error(message: impl Into<String>) -> ReadError {
    ReadError(message.into())
}

/// Empty files, and files too large to be a report.
pub(super) fn by_size(bytes: u64) -> Result<(), ReadError> {
    match bytes {
        0 => Err(error("文件是空的；请确认报告已经保存")),
        _ if bytes > MAX_BYTES => Err(error("文件超过 64 MB，不像是一份报告；请确认选对了文件，或拆分后再查")),
        _ => Ok(()),
    }
}

/// Files of other programs, told by their first bytes.
pub(super) fn by_signature(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Err(error(archive(bytes)));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(error(compound(bytes)));
    }
    let found = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    found.map_or(Ok(()), |(_, message)| Err(error(*message)))
}

const WORD: &str = "；请在 Word 或 WPS 里另存为“纯文本（.txt）”后再查";
const PDF: &str = "这是 PDF 文件；请复制其中的文字，或转成纯文本（.txt）后再查；扫描件须先识别文字";
const PICTURE: &str = "这是图片，没有可查的文字；请先识别文字，存为纯文本（.txt）后再查";
const ARCHIVE: &str = "这是压缩包；请解压后再查其中的报告";
const PROGRAM: &str = "这是程序或数据文件，不是报告；请确认选对了文件";
const UTF32: &str = "这是 UTF-32 编码的文本；请另存为 UTF-8 编码后再查";
const RTF: &str = "这是 RTF 文档；请在 Word 或 WPS 里另存为“纯文本（.txt）”后再查";

const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", PDF),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"Rar!\x1a", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"\x7fELF", PROGRAM),
    (b"SQLite format 3\0", PROGRAM),
    (b"\xff\xfe\0\0", UTF32),
    (b"\0\0\xfe\xff", UTF32),
    (b"{\\rtf", RTF),
];

/// What a zip file holds, by the names of its members.
fn archive(bytes: &[u8]) -> String {
    let holds = |name: &[u8]| contains(bytes, name);
    if holds(b"word/document") {
        return format!("这是 Word 文档（.docx）{WORD}");
    }
    if holds(b"xl/workbook") {
        return "这是 Excel 工作簿（.xlsx）；请在 Excel 或 WPS 里另存为文本（.txt）后再查".into();
    }
    if holds(b"ppt/presentation") {
        return "这是演示文稿（.pptx）；请把其中的文字另存为纯文本（.txt）后再查".into();
    }
    if holds(b"opendocument") {
        return format!("这是 OpenDocument 文档{WORD}");
    }
    if holds(b"OFD.xml") {
        return "这是 OFD 版式文件；请在阅读器里导出为纯文本（.txt）后再查".into();
    }
    ARCHIVE.into()
}

/// What a compound file of older Office programs holds, by the names of its streams.
fn compound(bytes: &[u8]) -> String {
    let holds = |name: &str| contains(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    if holds("WordDocument") {
        return format!("这是 Word 或 WPS 文字文档（.doc、.wps）{WORD}");
    }
    if holds("Workbook") {
        return "这是 Excel 或 WPS 表格（.xls、.et）；请另存为文本（.txt）后再查".into();
    }
    format!("这是旧版 Office 文件{WORD}")
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Decoded text that is blank, or that no one wrote.
pub(super) fn by_content(text: &str) -> Result<(), ReadError> {
    if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return Err(error("文件里没有文字；请确认报告已经保存"));
    }
    let unwritten = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
    let strange = text.chars().filter(unwritten).count() + replaced(text);
    if strange * 10 > text.chars().count() {
        return Err(error("这不是文本文件（多数字节不是文字）；请把报告另存为纯文本（.txt）后再查"));
    }
    Ok(())
}

/// The refusal of text in none of the encodings that reports come in.
pub(super) fn unknown_encoding() -> ReadError {
    error("认不出文件的编码；请在记事本里“另存为”，编码选 UTF-8 后再查")
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        Source::from_bytes("x", bytes).expect_err("the bytes are no report").0
    }

    #[test]
    fn office_files_are_named() {
        assert!(refusal(b"PK\x03\x04....word/document.xml").contains("Word 文档（.docx）"));
        assert!(refusal(b"PK\x03\x04....xl/workbook.xml").contains("Excel"));
        assert!(refusal(b"PK\x03\x04....a.bin").contains("压缩包"));
        let mut doc = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        doc.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(refusal(&doc).contains(".doc"));
    }

    #[test]
    fn other_files_are_named() {
        assert!(refusal(b"%PDF-1.7\n").contains("PDF"));
        assert!(refusal(b"\x89PNG\r\n\x1a\n").contains("图片"));
        assert!(refusal(b"\x1f\x8b\x08\0").contains("压缩包"));
        assert!(refusal(b"{\\rtf1\\ansi").contains("RTF"));
    }

    #[test]
    fn nothing_to_read_is_refused() {
        assert!(refusal(b"").contains("空"));
        assert!(refusal(b"\xef\xbb\xbf").contains("没有文字"));
        assert!(refusal("\u{3000} \n\n".as_bytes()).contains("没有文字"));
        assert!(by_size(MAX_BYTES + 1).expect_err("too large").0.contains("64 MB"));
        assert!(by_size(MAX_BYTES).is_ok());
    }

    #[test]
    fn binary_is_refused() {
        let bytes: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let message = refusal(&bytes);
        assert!(message.contains("不是文本") || message.contains("编码"), "{message}");
        assert!(refusal(&[1, 2, 3, 4, 5, 6]).contains("文字"));
    }
}
