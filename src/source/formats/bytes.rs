//! Looking for bytes among bytes.

use memchr::memmem;

/// Where a part first stands.
pub(super) fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memmem::find(bytes, part)
}

/// Where a part last stands.
pub(super) fn rfind(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memmem::rfind(bytes, part)
}

pub(super) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    find(bytes, part).is_some()
}

/// How often a part stands there, without those that overlap.
pub(super) fn count(bytes: &[u8], part: &[u8]) -> usize {
    memmem::find_iter(bytes, part).count()
}
