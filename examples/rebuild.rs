//! Makes a file of any format from a plain-text report, with the merged cells that its tables tell of; the ending of the name
//! says which format:
//!
//! ```console
//! $ cargo run --example rebuild -- 报告.txt 报告.docx
//! ```

#[path = "../tests/common/doc.rs"]
mod doc;
#[path = "../tests/common/ofd.rs"]
mod ofd;
#[path = "../tests/common/office.rs"]
mod office;
#[path = "../tests/common/pdf.rs"]
mod pdf;
#[path = "../tests/common/press.rs"]
mod press;
#[path = "../tests/common/rebuild.rs"]
mod rebuild;

use std::error::Error;
use std::fs;

use gouji::source::Source;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [report, made] = paths.as_slice() else { return Err("two paths: the report, and the file to make".into()) };
    let source = Source::from_bytes(report, &fs::read(report)?)?;
    let bytes = match made.rsplit('.').next() {
        Some("docx") => rebuild::docx(&source),
        Some("doc") => doc::doc(&source),
        Some("odt") => rebuild::odt(&source),
        Some("ods") => rebuild::ods(&source),
        Some("ofd") => press::ofd(&source),
        Some("pdf") => press::pdf(&source),
        Some("html") => rebuild::html(&source),
        Some("xlsx") => rebuild::xlsx(&source),
        _ => {
            return Err(
                "the name of the file to make ends in .docx, .doc, .odt, .ods, .ofd, .pdf, .html or .xlsx".into()
            );
        }
    };
    fs::write(made, bytes)?;
    Ok(())
}
