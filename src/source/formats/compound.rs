//! Compound files, which hold the documents of Office programs of before 2007: streams by name, and little-endian numbers.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::archive::broken;
use super::limits::Limits;
use crate::source::ReadError;

/// A compound file in memory.
pub(super) struct Compound<'b> {
    file: CompoundFile<Cursor<&'b [u8]>>,
    limits: Limits,
}

impl<'b> Compound<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Compound<'b>, ReadError> {
        let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
        Ok(Compound { file, limits: *limits })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.file.is_stream(name)
    }

    /// The bytes of a stream; `None` if there is none of this name.
    pub(super) fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if !self.has(name) {
            return Ok(None);
        }
        let stream = self.file.open_stream(name).map_err(|_| broken())?;
        let mut bytes = Vec::new();
        stream.take(self.limits.bytes).read_to_end(&mut bytes).map_err(|_| broken())?;
        Ok(Some(bytes))
    }
}

/// The byte at an offset.
pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

pub(super) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    bytes.get(at..)?.first_chunk().map(|chunk| i16::from_le_bytes(*chunk))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

/// So many characters of two bytes from an offset on.
pub(super) fn utf16_at(bytes: &[u8], at: usize, count: usize) -> Option<String> {
    let units = bytes.get(at..at.checked_add(count.checked_mul(2)?)?)?;
    let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}
