//! Why a file could not be read.

/// Why a file could not be read and what to do, as one line in Chinese.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(pub String);

impl ReadError {
    pub fn new(message: impl Into<String>) -> ReadError {
        ReadError(message.into())
    }
}
