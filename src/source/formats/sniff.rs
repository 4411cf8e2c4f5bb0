//! What a file is, by its bytes; its name is not asked.

use super::archive::{InMemory, is_whole};
use super::bytes::contains;
use super::limits::LIMITS;
use super::package::Package;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Text of any encoding, Markdown included.
    Text,
    Html,
    /// A web page with its parts in one file.
    Mht,
    Docx,
    Xlsx,
    Pptx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    Ofd,
    Pdf,
    Rtf,
    /// Word and WPS documents of before 2007.
    Doc,
    /// Excel and WPS workbooks of before 2007.
    Xls,
    /// Another compound file of older Office programs.
    Compound,
    /// An Office file that opens with a password only.
    Encrypted,
    /// A zip archive that is no document.
    Zip,
    /// A zip archive that lost its end; what it was is told by the names in it.
    BrokenZip,
    /// Something that is told by its first bytes and holds no text.
    Other(&'static str),
}

/// What these bytes are. Everything that is nothing else is text, until decoding says otherwise.
pub(super) fn sniff(bytes: &[u8]) -> Format {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    if let Some((_, format)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return *format;
    }
    markup(bytes).unwrap_or(Format::Text)
}

const PICTURE: &str = "这是图片，没有可查的文字；请先识别文字，存为纯文本（.txt）后再查";
const ARCHIVE: &str = "这种压缩包不能直接读取；请解压后再查其中的报告，或改用 .zip";
const CROWDED: &str = "压缩包里的成员太多，不像是一份报告或一次报送；请解压后只查其中的报告";
const XML: &str = "这是 XML 文件；请用做出它的程序（如 Word、WPS）打开，另存为 .docx 或 .xlsx 后再查";
const PROGRAM: &str = "这是程序或数据文件，不是报告；请确认选对了文件";
const UTF32: &str = "这是 UTF-32 编码的文本；请另存为 UTF-8 编码后再查";

const SIGNATURES: &[(&[u8], Format)] = &[
    (b"%PDF", Format::Pdf),
    (b"\x89PNG", Format::Other(PICTURE)),
    (b"\xff\xd8\xff", Format::Other(PICTURE)),
    (b"GIF8", Format::Other(PICTURE)),
    (b"II*\0", Format::Other(PICTURE)),
    (b"MM\0*", Format::Other(PICTURE)),
    (b"\x1f\x8b", Format::Other(ARCHIVE)),
    (b"BZh", Format::Other(ARCHIVE)),
    (b"\xfd7zXZ\0", Format::Other(ARCHIVE)),
    (b"Rar!\x1a", Format::Other(ARCHIVE)),
    (b"7z\xbc\xaf\x27\x1c", Format::Other(ARCHIVE)),
    (b"\x28\xb5\x2f\xfd", Format::Other(ARCHIVE)),
    (b"\x7fELF", Format::Other(PROGRAM)),
    (b"MZ\x90\0", Format::Other(PROGRAM)),
    (b"SQLite format 3\0", Format::Other(PROGRAM)),
    (b"\xff\xfe\0\0", Format::Other(UTF32)),
    (b"\0\0\xfe\xff", Format::Other(UTF32)),
    (b"{\\rtf", Format::Rtf),
];

/// What a zip archive holds: the kind of its main part decides, not the names of its members.
fn archive(bytes: &[u8]) -> Format {
    let Ok(mut package) = Package::open(bytes, LIMITS) else {
        return if is_whole(bytes) { Format::Other(CROWDED) } else { Format::BrokenZip };
    };
    if let Ok(main) = package.main_part() {
        return office(&main, &mut package);
    }
    let mime = package.archive.read("mimetype").ok().flatten().unwrap_or_default();
    match mime.as_slice() {
        b"application/vnd.oasis.opendocument.text" | b"application/vnd.oasis.opendocument.text-template" => Format::Odt,
        b"application/vnd.oasis.opendocument.spreadsheet"
        | b"application/vnd.oasis.opendocument.spreadsheet-template" => Format::Ods,
        _ => named(&package.archive),
    }
}

/// What an Office package is, by its declared content type, or where that is lost by the folder of its main part.
fn office(main: &str, package: &mut Package<'_>) -> Format {
    let types = package.part("[Content_Types].xml").ok().flatten().unwrap_or_default();
    let declared = types.split('<').find(|tag| tag.contains("PartName") && tag.contains(main)).unwrap_or_default();
    let is = |kind: &str, folder: &str| declared.contains(kind) || declared.is_empty() && main.starts_with(folder);
    match () {
        () if is("wordprocessingml", "word/") || declared.contains("ms-word") => Format::Docx,
        () if is("spreadsheetml", "xl/") || declared.contains("ms-excel") => Format::Xlsx,
        () if is("presentationml", "ppt/") || declared.contains("ms-powerpoint") => Format::Pptx,
        () => Format::Zip,
    }
}

/// What an archive holds that does not say what it is; a document that lost its main part is no archive of reports.
fn named(archive: &InMemory<'_>) -> Format {
    let holds = |part: &str| archive.names().any(|name| name.eq_ignore_ascii_case(part));
    match () {
        () if holds("OFD.xml") => Format::Ofd,
        () if holds("[Content_Types].xml") || holds("mimetype") && holds("content.xml") => Format::BrokenZip,
        () => Format::Zip,
    }
}

/// What a compound file of older Office programs holds, by the names of its streams.
fn compound(bytes: &[u8]) -> Format {
    let holds = |name: &str| contains(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    match () {
        () if holds("EncryptedPackage") => Format::Encrypted,
        () if holds("WordDocument") => Format::Doc,
        () if holds("Workbook") || holds("Book") => Format::Xls,
        () => Format::Compound,
    }
}

/// Web pages begin with their mark, after blanks and comments at most.
fn markup(bytes: &[u8]) -> Option<Format> {
    let head: String =
        bytes.iter().take(2048).filter(|b| b.is_ascii()).map(|&b| b.to_ascii_lowercase() as char).collect();
    let head = head.trim_start();
    if head.starts_with("mime-version:") || head.contains("\nmime-version:") && head.contains("multipart/related") {
        return Some(Format::Mht);
    }
    let opens =
        head.starts_with('<') && ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| head.contains(mark));
    match () {
        () if opens || head.starts_with("<table") => Some(Format::Html),
        () if head.starts_with("<?xml") => Some(Format::Other(XML)),
        () => None,
    }
}
