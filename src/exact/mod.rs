//! Exact numbers: decimals that never round, and intervals with open and closed ends.
//!
//! `rust_decimal` rounds silently when a result needs more than 96 bits, and its operators panic. [`Exact`] is the only
//! door to it: every operation answers `None` where the result would not be exact, so neither can reach a verdict.

mod decimal;
mod interval;

pub use decimal::Exact;
pub use interval::{End, Interval};
