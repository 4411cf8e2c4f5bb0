//! Exact numbers: decimals that never round, intervals with open and closed ends, and how rounding errors add up.
//!
//! `rust_decimal` rounds silently when a result needs more than 96 bits, and its operators panic. [`Exact`] is the only
//! door to it: every operation answers `None` where the result would not be exact, so neither can reach a verdict.

mod chance;
mod decimal;
mod interval;

pub use chance::Errors;
pub use decimal::Exact;
pub use interval::{End, Interval};
