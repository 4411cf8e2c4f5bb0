//! What a file says of its characters and paragraphs: pages of changes to a style, by the bytes that they hold for.

use super::compound::{i16_at, u8_at, u16_at, u32_at};
use super::file::{File, Held, places};

/// One change: what it is about, and the bytes that say how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'f> {
    pub(super) what: u16,
    pub(super) how: &'f [u8],
}

impl Change<'_> {
    pub(super) fn byte(self) -> u8 {
        u8_at(self.how, 0).unwrap_or(0)
    }

    pub(super) fn short(self) -> i16 {
        i16_at(self.how, 0).unwrap_or(0)
    }

    pub(super) fn long(self) -> u32 {
        u32_at(self.how, 0).unwrap_or(0)
    }
}

/// The definition of a row says its length in two bytes.
pub(super) const DEFINE_ROW: u16 = 0xd608;
const CHANGE_TABS: u16 = 0xc615;

/// The changes that follow one another in some bytes.
pub(super) fn changes(bytes: &[u8]) -> impl Iterator<Item = Change<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let what = u16_at(rest, 0)?;
        let (head, length) = match what >> 13 {
            0 | 1 => (2, 1),
            2 | 4 | 5 => (2, 2),
            3 => (2, 4),
            7 => (2, 3),
            _ if what == DEFINE_ROW => (4, usize::from(u16_at(rest, 2)?).checked_sub(1)?),
            _ if what == CHANGE_TABS && u8_at(rest, 2)? == 255 => return None,
            _ => (3, usize::from(u8_at(rest, 2)?)),
        };
        let how = rest.get(head..head + length)?;
        rest = &rest[head + length..];
        Some(Change { what, how })
    })
}

/// A stretch of bytes of the main stream, and the changes that hold for it.
struct Stretch {
    from: u32,
    to: u32,
    /// Where the changes stand in the main stream.
    at: usize,
    length: usize,
}

/// Changes by the bytes that they hold for.
pub(super) struct Changes<'f> {
    file: &'f File,
    stretches: Vec<Stretch>,
}

const PAGE: usize = 512;

impl<'f> Changes<'f> {
    pub(super) fn of_characters(file: &'f File) -> Changes<'f> {
        Changes::new(file, Held::Characters, |page, count, index| {
            let at = 2 * usize::from(u8_at(page, 4 * (count + 1) + index)?);
            (at > 0).then_some((at + 1, usize::from(u8_at(page, at)?)))
        })
    }

    /// Those of paragraphs begin with the number of their style.
    pub(super) fn of_paragraphs(file: &'f File) -> Changes<'f> {
        Changes::new(file, Held::Paragraphs, |page, count, index| {
            let at = 2 * usize::from(u8_at(page, 4 * (count + 1) + 13 * index)?);
            match u8_at(page, at)? {
                0 => Some((at + 2, 2 * usize::from(u8_at(page, at + 1)?))),
                half => Some((at + 1, 2 * usize::from(half) - 1)),
            }
        })
    }

    fn new(file: &'f File, held: Held, find: impl Fn(&[u8], usize, usize) -> Option<(usize, usize)>) -> Changes<'f> {
        let held = file.held(held);
        let pages = places(held, 4).len().saturating_sub(1);
        let mut stretches = Vec::new();
        for number in (0..pages).filter_map(|page| u32_at(held, 4 * (pages + 1) + 4 * page)) {
            let start = PAGE * (number & 0x003f_ffff) as usize;
            let Some(page) = file.main.get(start..start + PAGE) else { continue };
            let count = usize::from(page[PAGE - 1]);
            for index in 0..count {
                let (Some(from), Some(to)) = (u32_at(page, 4 * index), u32_at(page, 4 * index + 4)) else { break };
                let (at, length) = find(page, count, index).unwrap_or((0, 0));
                let fits = at + length <= PAGE;
                stretches.push(Stretch { from, to, at: start + at, length: if fits { length } else { 0 } });
            }
        }
        stretches.sort_by_key(|stretch| stretch.from);
        Changes { file, stretches }
    }

    /// What holds for the character at a byte, and whether the same holds for another.
    pub(super) fn at(&self, byte: u32) -> (usize, &'f [u8]) {
        let after = self.stretches.partition_point(|stretch| stretch.from <= byte);
        let found = self.stretches[..after].last().filter(|stretch| byte < stretch.to);
        let changes = found.and_then(|stretch| self.file.main.get(stretch.at..stretch.at + stretch.length));
        (after, changes.unwrap_or_default())
    }
}
