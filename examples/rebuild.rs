//! Makes a Word document from a plain-text report, with the merged cells that its tables tell of:
//!
//! ```console
//! $ cargo run --example rebuild -- 报告.txt 报告.docx
//! ```

#[path = "../tests/common/office.rs"]
mod office;
#[path = "../tests/common/rebuild.rs"]
mod rebuild;

use std::error::Error;
use std::fs;

use gouji::source::Source;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [report, made] = paths.as_slice() else { return Err("two paths: the report, and the file to make".into()) };
    let source = Source::from_bytes(report, &fs::read(report)?)?;
    fs::write(made, rebuild::docx(&source))?;
    Ok(())
}
