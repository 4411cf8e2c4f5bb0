//! Tables on one grid: every row says where its own cells end.

use super::compound::{i16_at, u8_at, u16_at};
use super::properties::{Change, DEFINE_ROW};

/// Edges nearer than this, in twentieths of a point, are one that rows place differently.
const NEAR: i64 = 30;
/// Bytes that describe a cell in the definition of its row.
const CELL: usize = 20;

/// How a cell takes part in a merge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    None,
    Begins,
    Continues,
}

#[derive(Clone, Copy, Debug, Default)]
struct CellShape {
    width: i64,
    across: Merge,
    down: Merge,
}

/// The shape of a row: where it begins, and its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct RowShape {
    left: i64,
    cells: Vec<CellShape>,
}

/// A row: its shape, and what stands in its cells.
pub(super) struct Row {
    pub(super) shape: RowShape,
    pub(super) cells: Vec<String>,
}

impl RowShape {
    pub(super) fn of<'f>(changes: impl Iterator<Item = Change<'f>>) -> RowShape {
        let mut shape = RowShape::default();
        for change in changes {
            shape.apply(change);
        }
        shape
    }

    fn apply(&mut self, change: Change<'_>) {
        let how = change.how;
        let range = || usize::from(u8_at(how, 0).unwrap_or(0))..usize::from(u8_at(how, 1).unwrap_or(0));
        match change.what {
            DEFINE_ROW => *self = defined(how).unwrap_or_default(),
            0x5624 => {
                for (number, cell) in self.within(range()).iter_mut().enumerate() {
                    cell.across = if number == 0 { Merge::Begins } else { Merge::Continues };
                }
            }
            0x5625 => self.within(range()).iter_mut().for_each(|cell| cell.across = Merge::None),
            0xd62b => {
                let cell = self.cells.get_mut(usize::from(u8_at(how, 0).unwrap_or(0)));
                let down = vertical(u16::from(u8_at(how, 1).unwrap_or(0)));
                cell.into_iter().for_each(|cell| cell.down = down);
            }
            0x7621 => {
                let (at, count) = (usize::from(how[0]), usize::from(how[1]));
                let width = i16_at(how, 2).unwrap_or(0).into();
                let at = at.min(self.cells.len());
                self.cells.splice(at..at, std::iter::repeat_n(CellShape { width, ..CellShape::default() }, count));
            }
            0x5622 => {
                let range = range();
                let end = range.end.min(self.cells.len());
                self.cells.drain(range.start.min(end)..end);
            }
            0x7623 => {
                let width = i16_at(how, 2).unwrap_or(0).into();
                self.within(range()).iter_mut().for_each(|cell| cell.width = width);
            }
            _ => {}
        }
    }

    fn within(&mut self, range: std::ops::Range<usize>) -> &mut [CellShape] {
        self.cells.get_mut(range).unwrap_or_default()
    }

    /// Where its cells begin and end.
    fn edges(&self) -> Vec<i64> {
        let mut edges = vec![self.left];
        for cell in &self.cells {
            edges.push(edges[edges.len() - 1] + cell.width.max(1));
        }
        edges
    }
}

/// The definition of a row: the edges of its cells, then a description of each.
fn defined(how: &[u8]) -> Option<RowShape> {
    let count = usize::from(u8_at(how, 0)?);
    let edge = |at: usize| i16_at(how, 1 + 2 * at).map(i64::from);
    let cell = |at: usize| {
        let flags = u16_at(how, 1 + 2 * (count + 1) + CELL * at).unwrap_or(0);
        let across = match flags & 3 {
            0 => Merge::None,
            1 => Merge::Begins,
            _ => Merge::Continues,
        };
        Some(CellShape { width: edge(at + 1)? - edge(at)?, across, down: vertical(flags >> 5 & 3) })
    };
    Some(RowShape { left: edge(0)?, cells: (0..count).map(cell).collect::<Option<_>>()? })
}

fn vertical(flags: u16) -> Merge {
    match flags & 3 {
        0 => Merge::None,
        1 => Merge::Continues,
        _ => Merge::Begins,
    }
}

/// The table that rows make; `None` where a row has other cells than it says.
pub(super) fn table(rows: &[Row]) -> Option<String> {
    if rows.iter().any(|row| row.shape.cells.len() != row.cells.len()) {
        return None;
    }
    let mut edges: Vec<i64> = rows.iter().flat_map(|row| row.shape.edges()).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, kept| *next - *kept < NEAR);
    let widths: String = edges.windows(2).map(|pair| format!("<w:gridCol w:w=\"{}\"/>", pair[1] - pair[0])).collect();
    let rows: Option<String> = rows.iter().map(|row| row_on(&edges, row)).collect();
    Some(format!("<w:tbl><w:tblGrid>{widths}</w:tblGrid>{}</w:tbl>", rows?))
}

fn row_on(edges: &[i64], row: &Row) -> Option<String> {
    let at = |place: i64| edges.partition_point(|edge| *edge <= place).checked_sub(1);
    let own = row.shape.edges();
    let mut cells = String::new();
    for ((shape, content), ends) in row.shape.cells.iter().zip(&row.cells).zip(own.windows(2)) {
        let span = at(ends[1])?.checked_sub(at(ends[0])?).filter(|span| *span > 0)?;
        let merge = |name: &str, merge: Merge| match merge {
            Merge::None => String::new(),
            Merge::Begins => format!("<w:{name} w:val=\"restart\"/>"),
            Merge::Continues => format!("<w:{name}/>"),
        };
        let (across, down) = (merge("hMerge", shape.across), merge("vMerge", shape.down));
        cells += &format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{across}{down}</w:tcPr>{content}</w:tc>");
    }
    Some(format!("<w:tr><w:trPr><w:gridBefore w:val=\"{}\"/></w:trPr>{cells}</w:tr>", at(own[0])?))
}
