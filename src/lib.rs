//! gouji 勾稽 audits a Chinese budget-performance report for consistency with itself.
//!
//! Data flows one way: `source` → `document` → `facts` → `relations` → `rules` → `emit`; see `ARCHITECTURE.md`.

pub mod check;
pub mod cli;
pub mod corpus;
pub mod diagnosis;
pub mod document;
pub mod emit;
pub mod exact;
pub mod facts;
pub mod finding;
pub mod relations;
pub mod results;
pub mod rules;
pub mod scan;
pub mod source;
pub mod trial;
pub mod verify;
pub mod workings;
