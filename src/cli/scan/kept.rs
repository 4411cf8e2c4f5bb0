//! What the journal keeps of a report: its digest and its details, or why it was refused.

use crate::corpus::digest::Digest;
use crate::source::ReadError;

/// The first byte tells an audited report from one that was refused.
const AUDITED: u8 = 1;
const REFUSED: u8 = 0;

/// What was kept of a report.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kept<'a> {
    Audited { digest: &'a [u8], details: &'a [u8] },
    Refused(&'a str),
}

pub(super) fn audited(digest: &Digest<'_>) -> Vec<u8> {
    let (digest, details) = (digest.to_bytes(), digest.details.to_bytes());
    [&[AUDITED], (digest.len() as u32).to_le_bytes().as_slice(), &digest, &details].concat()
}

pub(super) fn refused(error: &ReadError) -> Vec<u8> {
    [&[REFUSED], error.0.as_bytes()].concat()
}

impl<'a> Kept<'a> {
    /// `None` for bytes that are nothing of the kind.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Kept<'a>> {
        let (first, rest) = bytes.split_first()?;
        if *first == REFUSED {
            return std::str::from_utf8(rest).ok().map(Kept::Refused);
        }
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (digest, details) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        Some(Kept::Audited { digest, details })
    }
}
