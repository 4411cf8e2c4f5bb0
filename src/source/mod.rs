//! Reading: bytes become text with spans. Knows files and encodings; knows nothing of budgets.

mod decode;
mod flow;
mod refuse;
mod span;
mod text;

pub use decode::{Encoding, MAX_BYTES, ReadError};
pub use flow::{Flow, FlowRange};
pub use span::Span;
pub use text::{Line, Position, Source};
