//! Judging: rule pages, their formulas, and the few checks written in Rust.
