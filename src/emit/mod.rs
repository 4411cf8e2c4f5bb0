//! Output: terminal drawings and JSON. Knows findings; knows neither facts nor rules.

mod clean;
mod fingerprint;
pub mod json;
mod report;
pub mod tables;
pub mod terminal;

pub use clean::clean;
pub use report::{About, Counts, Report, Tally};
