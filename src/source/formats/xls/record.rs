//! The records of a workbook stream.

use super::compound::u16_at;

/// One record, with those that go on with it.
pub(super) struct Record<'s> {
    pub(super) kind: u16,
    pub(super) parts: Vec<&'s [u8]>,
}

impl<'s> Record<'s> {
    /// What it says, but for what did not fit into it.
    pub(super) fn first(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

const BEGINS: u16 = 0x809;
const ENDS: u16 = 0x0a;
const GOES_ON: u16 = 0x3c;

/// The records from a byte on to the end of what begins there; what lies inside, such as charts, is passed over.
pub(super) fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream.get(from..).unwrap_or_default();
    let mut depth = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let (kind, said) = next(&mut rest)?;
            match kind {
                BEGINS => depth += 1,
                ENDS if depth <= 1 => return None,
                ENDS => depth -= 1,
                _ => {}
            }
            if depth > 1 {
                continue;
            }
            let mut parts = vec![said];
            while u16_at(rest, 0) == Some(GOES_ON)
                && let Some((_, said)) = next(&mut rest)
            {
                parts.push(said);
            }
            return Some(Record { kind, parts });
        }
    })
}

fn next<'s>(rest: &mut &'s [u8]) -> Option<(u16, &'s [u8])> {
    let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
    let said = rest.get(4..4 + length)?;
    *rest = &rest[4 + length..];
    Some((kind, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_runs_past_the_stream_goes_on_with_nothing() {
        let stream = [0xfc, 0, 1, 0, 7, 0x3c, 0, 1, 0, 8, 0x3c, 0, 0xff, 0xff, 9];
        let found: Vec<(u16, Vec<&[u8]>)> = records(&stream, 0).map(|record| (record.kind, record.parts)).collect();
        assert_eq!(found, [(0xfc, vec![&[7][..], &[8]])]);
    }
}
