//! Output: terminal drawings, JSON, pages, workbooks and letters. Knows findings and the working papers; knows neither
//! facts nor rules.

mod clean;
mod fingerprint;
pub mod html;
pub mod json;
pub mod letter;
mod remark;
mod report;
pub mod tables;
pub mod terminal;
pub mod tested;
mod words;
pub mod workpaper;

pub use clean::{clean, cut};
pub use fingerprint::fingerprints;
pub use remark::remarks;
pub use report::{About, Counts, Report, Tally};
