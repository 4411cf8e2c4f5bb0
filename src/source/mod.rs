//! Reading: bytes become text with spans. Knows files, formats and encodings; knows nothing of budgets.

mod decode;
mod error;
mod flow;
pub mod formats;
pub mod layout;
mod span;
mod text;

pub use decode::Encoding;
pub use error::ReadError;
pub use flow::{Flow, FlowRange};
pub use layout::Layout;
pub use span::Span;
pub use text::{Line, Position, Source};
