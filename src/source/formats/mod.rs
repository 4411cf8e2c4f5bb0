//! File formats: bytes of any kind become the text of a report with its layout.
//!
//! A format is told by content. Each has a file or folder here with a function `read` from bytes to a [`Reading`]; what all
//! share are limits, archives, XML and the way in which a report is laid out as text.

mod archive;
mod bundle;
mod bytes;
mod compound;
mod doc;
mod docx;
mod html;
mod lay;
mod limits;
mod model;
mod numeral;
mod odt;
mod ofd;
mod package;
mod pdf;
mod reading;
mod refuse;
mod remark;
mod sniff;
mod xls;
mod xlsx;
mod xml;

pub use archive::packed;
pub use bundle::{Bundle, bundle, member};
pub use limits::{LIMITS, Limits};
pub use numeral::written;
pub use reading::Reading;
pub use remark::Remark;
pub use xml::escaped;

use super::{Encoding, ReadError, Source, decode};
use sniff::Format;

/// Endings of the names of files that are looked at in a directory. What a file is, its content tells.
pub const ENDINGS: &[&str] = &[
    "txt", "md", "docx", "docm", "odt", "doc", "wps", "rtf", "pdf", "ofd", "html", "htm", "mht", "mhtml", "xlsx",
    "xlsm", "xls", "et", "ods",
];

/// The file with a remark for each finding, where the program that it belongs to shows remarks.
pub fn annotate(bytes: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, ReadError> {
    match sniff::sniff(bytes) {
        Format::Docx => docx::mark::write(bytes, remarks, &LIMITS),
        Format::Xlsx => xlsx::mark::write(bytes, remarks, &LIMITS),
        Format::Pdf => pdf::annotate(bytes, remarks, &LIMITS),
        _ => Err(unmarked()),
    }
}

/// The file without the remarks that `annotate` wrote.
pub fn strip(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    match sniff::sniff(bytes) {
        Format::Docx => docx::mark::strip(bytes, &LIMITS),
        Format::Xlsx => xlsx::mark::strip(bytes, &LIMITS),
        Format::Pdf => pdf::strip(bytes),
        _ => Err(unmarked()),
    }
}

fn unmarked() -> ReadError {
    ReadError::new(
        "批注只能写进 Word 文档（.docx）、工作簿（.xlsx）和 PDF；请先用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx",
    )
}

/// A document that only another program can turn into one that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    Doc,
    Rtf,
}

impl Foreign {
    /// What these bytes are, if another program has to be asked. A file too large to be read is not asked about.
    pub fn of(bytes: &[u8]) -> Option<Foreign> {
        refuse::by_size(bytes.len() as u64, LIMITS.bytes).ok()?;
        match sniff::sniff(bytes) {
            Format::Doc => doc::is_older(bytes, &LIMITS).then_some(Foreign::Doc),
            Format::Rtf => Some(Foreign::Rtf),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Foreign::Doc => "Word 95 或更早的文档（.doc）",
            Foreign::Rtf => " RTF 文档",
        }
    }

    /// How the name of such a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Foreign::Doc => "doc",
            Foreign::Rtf => "rtf",
        }
    }
}

impl Source {
    /// A workbook written down as text: `项目 | 12.50`, `合计 | =SUM(B1:B2) → 12.50`.
    pub fn from_sketch(name: impl Into<String>, text: &str) -> Result<Source, ReadError> {
        Ok(Source::from_reading(name, xlsx::sketch(text, &LIMITS)?))
    }

    /// Reads a report from the bytes of a file of any format. Bytes that are invalid in the encoding of a text become U+FFFD
    /// and are counted.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Source, ReadError> {
        refuse::by_size(bytes.len() as u64, LIMITS.bytes)?;
        let reading = match sniff::sniff(bytes) {
            Format::Text => return text(name.into(), bytes),
            Format::Docx => docx::read(bytes, &LIMITS)?,
            Format::Doc => doc::read(bytes, &LIMITS)?,
            Format::Odt => odt::read(bytes, &LIMITS)?,
            Format::Ods => odt::sheets::read(bytes, &LIMITS)?,
            Format::Pdf => pdf::read(bytes, &LIMITS)?,
            Format::Ofd => ofd::read(bytes, &LIMITS)?,
            Format::Html => html::read(bytes, &LIMITS)?,
            Format::Xlsx => xlsx::read(bytes, &LIMITS)?,
            Format::Xls => xls::read(bytes, &LIMITS)?,
            Format::Mht => html::read_mht(bytes, &LIMITS)?,
            other => return Err(refuse::format(other, bytes)),
        };
        refuse::by_text(&reading.text)?;
        Ok(Source::from_reading(name, reading))
    }
}

fn text(name: String, bytes: &[u8]) -> Result<Source, ReadError> {
    let (encoding, text): (Encoding, String) = decode::decoded(bytes)?;
    refuse::by_text(&text)?;
    Ok(Source::from_text(name, text, encoding))
}
