//! Texts of a workbook, in characters of one byte or two.

use super::record::Record;
use super::{u8_at, u16_at, u32_at};

const WIDE: u8 = 1;
const PHONETIC: u8 = 4;
const RICH: u8 = 8;

/// A text whose length takes one byte.
pub(super) fn short(said: &[u8], at: usize) -> Option<String> {
    characters(said, at + 2, u8_at(said, at)?.into(), u8_at(said, at + 1)?)
}

/// A text whose length takes two bytes.
pub(super) fn plain(said: &[u8], at: usize) -> Option<String> {
    characters(said, at + 3, u16_at(said, at)?.into(), u8_at(said, at + 2)?)
}

fn characters(said: &[u8], at: usize, count: usize, flags: u8) -> Option<String> {
    let size = if flags & WIDE != 0 { 2 } else { 1 };
    let held = said.get(at..at + count * size)?;
    Some(decoded(&units(held, flags)))
}

fn units(held: &[u8], flags: u8) -> Vec<u16> {
    if flags & WIDE != 0 {
        held.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
    } else {
        held.iter().map(|&byte| byte.into()).collect()
    }
}

/// Line ends are those of text.
fn decoded(units: &[u16]) -> String {
    String::from_utf16_lossy(units).replace("\r\n", "\n").replace('\r', "\n")
}

/// The texts that cells share.
pub(super) fn shared(record: &Record<'_>) -> Vec<String> {
    let mut reader = Reader { parts: &record.parts, part: 0, at: 8 };
    let count = u32_at(record.first(), 4).unwrap_or(0);
    (0..count).map_while(|_| reader.text()).collect()
}

/// Reads over the ends of parts: there the characters of a text begin anew, and say how wide they are.
struct Reader<'r> {
    parts: &'r [&'r [u8]],
    part: usize,
    at: usize,
}

impl Reader<'_> {
    fn left(&self) -> &[u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// So many bytes, which may stand in several parts.
    fn bytes(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        while found.len() < count {
            let left = self.left();
            if left.is_empty() {
                self.next_part()?;
                continue;
            }
            let taken = left.len().min(count - found.len());
            found.extend_from_slice(&left[..taken]);
            self.at += taken;
        }
        Some(found)
    }

    fn next_part(&mut self) -> Option<()> {
        (self.part, self.at) = (self.part + 1, 0);
        (self.part < self.parts.len()).then_some(())
    }

    fn text(&mut self) -> Option<String> {
        let head = self.bytes(3)?;
        let (count, mut flags) = (usize::from(u16_at(&head, 0)?), head[2]);
        let runs = if flags & RICH != 0 { 4 * usize::from(u16_at(&self.bytes(2)?, 0)?) } else { 0 };
        let phonetic = if flags & PHONETIC != 0 { u32_at(&self.bytes(4)?, 0)? as usize } else { 0 };
        let mut found = Vec::new();
        while found.len() < count {
            if self.left().is_empty() {
                self.next_part()?;
                flags = self.bytes(1)?[0];
            }
            let size = if flags & WIDE != 0 { 2 } else { 1 };
            let taken = (self.left().len() / size).min(count - found.len());
            if taken == 0 {
                return None;
            }
            let held = self.bytes(taken * size)?;
            found.extend(units(&held, flags));
        }
        self.bytes(runs)?;
        self.bytes(phonetic)?;
        Some(decoded(&found))
    }
}
