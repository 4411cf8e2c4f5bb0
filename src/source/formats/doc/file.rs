//! The file information block, and the streams that it speaks of.

use super::compound::{Compound, u16_at, u32_at};
use crate::source::ReadError;
use crate::source::formats::archive::broken;

/// The first number of every file of Word 97 and later.
const WORD_97: u16 = 0xa5ec;
/// The first format of file that holds its tables in a stream of their own.
const FIRST_FORMAT: u16 = 0xc1;

const ENCRYPTED: u16 = 0x0100;
const SECOND_TABLE: u16 = 0x0200;
const OBFUSCATED: u16 = 0x8000;

/// Where the pairs of places and lengths begin.
const PLACES: usize = 0x9a;

/// What the table stream holds, by the place of its pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Styles = 1,
    FootnoteMarks = 2,
    Footnotes = 3,
    Sections = 6,
    Characters = 12,
    Paragraphs = 13,
    Fonts = 15,
    Pieces = 33,
    Shapes = 40,
    EndnoteMarks = 46,
    Endnotes = 47,
    Boxes = 56,
    Lists = 73,
    Overrides = 74,
}

/// The stories of a document, in the order in which their characters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Main = 0,
    Footnotes = 1,
    Heads = 2,
    Endnotes = 5,
    Boxes = 6,
}

/// The streams of a document.
pub(super) struct File {
    pub(super) main: Vec<u8>,
    pub(super) table: Vec<u8>,
    pub(super) data: Vec<u8>,
}

pub(super) fn is_older(main: &[u8]) -> bool {
    u16_at(main, 0) != Some(WORD_97) || u16_at(main, 2).is_some_and(|format| format < FIRST_FORMAT)
}

impl File {
    pub(super) fn read(compound: &mut Compound<'_>) -> Result<File, ReadError> {
        let main = compound.stream("WordDocument")?.ok_or_else(broken)?;
        if is_older(&main) {
            return Err(ReadError::new("这是 Word 95 或更早的文档；请用 Word 或 WPS 打开，另存为 .docx 后再查"));
        }
        let flags = u16_at(&main, 10).ok_or_else(broken)?;
        if flags & (ENCRYPTED | OBFUSCATED) != 0 {
            return Err(ReadError::new("文件有打开密码；请用 Word 或 WPS 打开，去掉密码并另存后再查"));
        }
        let table = if flags & SECOND_TABLE != 0 { "1Table" } else { "0Table" };
        let table = compound.stream(table)?.ok_or_else(broken)?;
        let data = compound.stream("Data")?.unwrap_or_default();
        Ok(File { main, table, data })
    }

    /// What the table stream holds of a kind; empty where it holds none.
    pub(super) fn held(&self, what: Held) -> &[u8] {
        let (from, length) = self.place(what).unwrap_or_default();
        self.table.get(from..from.saturating_add(length)).unwrap_or_default()
    }

    /// What stands in the table stream after a kind: the levels of lists follow them.
    pub(super) fn after(&self, what: Held) -> &[u8] {
        let (from, length) = self.place(what).unwrap_or_default();
        self.table.get(from.saturating_add(length)..).filter(|_| length > 0).unwrap_or_default()
    }

    fn place(&self, what: Held) -> Option<(usize, usize)> {
        let at = PLACES + 8 * what as usize;
        Some((u32_at(&self.main, at)? as usize, u32_at(&self.main, at + 4)? as usize))
    }

    /// The first character of a story, and the one after its last.
    pub(super) fn story(&self, part: Part) -> (usize, usize) {
        let count = |index: usize| u32_at(&self.main, 0x4c + 4 * index).unwrap_or(0) as usize;
        let from = (0..part as usize).map(count).fold(0, usize::saturating_add);
        (from, from.saturating_add(count(part as usize)))
    }
}

/// The places of a list of stretches whose descriptions take so many bytes each: one more than there are stretches.
pub(super) fn places(held: &[u8], each: usize) -> Vec<usize> {
    let count = held.len().saturating_sub(4) / (4 + each);
    (0..=count).filter_map(|at| u32_at(held, 4 * at)).map(|place| place as usize).collect()
}
