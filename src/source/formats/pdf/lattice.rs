//! Ruling lines to grids: exact cells, also merged ones.
//!
//! Lines of one place are one line. Lines that touch make a lattice; its distinct places are the grid's columns and rows.
//! Boxes of the grid with no line between them are one cell.

use std::collections::BTreeMap;

use super::geometry::{Area, Axis, POINT, Rule, overlap};

/// Lines closer than this are one, and lines that miss each other by less still touch.
const SNAP: i32 = 5 * POINT / 2;
/// Lines that reach this far beyond the outermost line across them leave a column open at the side.
const OPEN: i32 = 6 * POINT;
/// More boxes than any printed table has.
const MAX_BOXES: usize = 100_000;
/// More lines than any page of tables has; a drawing has them.
const MAX_RULES: usize = 20_000;

/// A grid of ruling lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lattice {
    /// The places of the lines: one more than there are columns, and rows.
    pub(super) columns: Vec<i32>,
    pub(super) rows: Vec<i32>,
    pub(super) cells: Vec<LatticeCell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LatticeCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) column_span: usize,
    /// The boxes without a line between them make a rectangle.
    pub(super) sound: bool,
}

impl Lattice {
    pub(super) fn area(&self) -> Area {
        let ends = |places: &[i32]| (places.first().copied().unwrap_or(0), places.last().copied().unwrap_or(0));
        let ((left, right), (top, bottom)) = (ends(&self.columns), ends(&self.rows));
        Area::new(left, top, right, bottom)
    }

    pub(super) fn cell_area(&self, cell: &LatticeCell) -> Area {
        Area::new(
            self.columns[cell.column],
            self.rows[cell.row],
            self.columns[cell.column + cell.column_span],
            self.rows[cell.row + cell.row_span],
        )
    }

    /// The index of the cell that a place lies in.
    pub(super) fn cell_at(&self, place: (i32, i32)) -> Option<usize> {
        self.cells.iter().position(|cell| self.cell_area(cell).holds(place))
    }
}

/// The grids of a page's lines, the smaller before those around them.
pub(super) fn lattices(rules: &[Rule]) -> Vec<Lattice> {
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let (across, down) = (merged(rules, Axis::Horizontal), merged(rules, Axis::Vertical));
    let mut found: Vec<Lattice> = components(&across, &down).iter().filter_map(|(a, d)| lattice(a, d)).collect();
    let size = |lattice: &Lattice| i64::from(lattice.area().width()) * i64::from(lattice.area().height());
    found.sort_by_key(size);
    found
}

/// The lines of one axis, those of one place joined.
fn merged(rules: &[Rule], axis: Axis) -> Vec<Rule> {
    let mut sorted: Vec<Rule> = rules.iter().copied().filter(|rule| rule.axis == axis).collect();
    sorted.sort_unstable();
    let mut found = Vec::new();
    let mut rest = sorted.as_slice();
    while let Some(first) = rest.first() {
        let same = rest.partition_point(|rule| rule.at - first.at <= SNAP);
        let (cluster, others) = rest.split_at(same);
        let mut stretches: Vec<(i32, i32)> = cluster.iter().map(|rule| (rule.from, rule.to)).collect();
        stretches.sort_unstable();
        let at = cluster[cluster.len() / 2].at;
        found.extend(joined(&stretches).into_iter().map(|(from, to)| Rule { axis, at, from, to }));
        rest = others;
    }
    found
}

/// Stretches that overlap or nearly touch as one; sorted.
fn joined(stretches: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut found: Vec<(i32, i32)> = Vec::new();
    for &(from, to) in stretches {
        match found.last_mut() {
            Some(last) if from <= last.1 + SNAP => last.1 = last.1.max(to),
            _ => found.push((from, to)),
        }
    }
    found
}

/// Lines that touch each other, directly or over others, by axis.
fn components(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut sets = Sets::new(across.len() + down.len());
    for (a, horizontal) in across.iter().enumerate() {
        for (d, vertical) in down.iter().enumerate() {
            let reaches = |line: &Rule, other: &Rule| line.from - SNAP <= other.at && other.at <= line.to + SNAP;
            if reaches(horizontal, vertical) && reaches(vertical, horizontal) {
                sets.join(a, across.len() + d);
            }
        }
    }
    let mut found: BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = BTreeMap::new();
    for (a, rule) in across.iter().enumerate() {
        found.entry(sets.root(a)).or_default().0.push(*rule);
    }
    for (d, rule) in down.iter().enumerate() {
        found.entry(sets.root(across.len() + d)).or_default().1.push(*rule);
    }
    found.into_values().collect()
}

/// The grid of lines that touch; `None` where they enclose fewer than two cells.
fn lattice(across: &[Rule], down: &[Rule]) -> Option<Lattice> {
    if across.len() < 2 || down.is_empty() {
        return None;
    }
    let columns = places(down, across);
    let rows = places(across, down);
    let (width, height) = (columns.len() - 1, rows.len() - 1);
    if width < 2 || height < 1 || width * height > MAX_BOXES {
        return None;
    }
    let mut sets = Sets::new(width * height);
    for row in 0..height {
        for column in 0..width {
            let here = row * width + column;
            if column + 1 < width && !separated(down, columns[column + 1], (rows[row], rows[row + 1])) {
                sets.join(here, here + 1);
            }
            if row + 1 < height && !separated(across, rows[row + 1], (columns[column], columns[column + 1])) {
                sets.join(here, here + width);
            }
        }
    }
    let cells = cells(&mut sets, width, height);
    (cells.len() > 1).then_some(Lattice { columns, rows, cells })
}

/// The distinct places of lines, and the ends of the lines across them where these reach further.
fn places(lines: &[Rule], others: &[Rule]) -> Vec<i32> {
    let mut found: Vec<i32> = lines.iter().map(|rule| rule.at).collect();
    found.sort_unstable();
    found.dedup();
    let (from, to) = (others.iter().map(|rule| rule.from).min(), others.iter().map(|rule| rule.to).max());
    if let Some(from) = from.filter(|from| found.first().is_some_and(|first| first - from > OPEN)) {
        found.insert(0, from);
    }
    if let Some(to) = to.filter(|to| found.last().is_some_and(|last| to - last > OPEN)) {
        found.push(to);
    }
    found
}

/// Whether a line at this place covers most of the stretch.
fn separated(lines: &[Rule], at: i32, stretch: (i32, i32)) -> bool {
    let first = lines.partition_point(|rule| rule.at < at);
    let beside = lines[first..].iter().take_while(|rule| rule.at == at);
    let covered: i32 = beside.map(|rule| overlap((rule.from, rule.to), stretch).max(0)).sum();
    i64::from(covered) * 10 >= i64::from(stretch.1 - stretch.0) * 6
}

fn cells(sets: &mut Sets, width: usize, height: usize) -> Vec<LatticeCell> {
    let mut extents: BTreeMap<usize, (usize, usize, usize, usize, usize)> = BTreeMap::new();
    for row in 0..height {
        for column in 0..width {
            let root = sets.root(row * width + column);
            let extent = extents.entry(root).or_insert((row, row, column, column, 0));
            extent.1 = row;
            extent.2 = extent.2.min(column);
            extent.3 = extent.3.max(column);
            extent.4 += 1;
        }
    }
    let cell = |(top, bottom, left, right, boxes): (usize, usize, usize, usize, usize)| {
        let (row_span, column_span) = (bottom - top + 1, right - left + 1);
        LatticeCell { row: top, column: left, row_span, column_span, sound: boxes == row_span * column_span }
    };
    let mut found: Vec<LatticeCell> = extents.into_values().map(cell).collect();
    found.sort_by_key(|cell| (cell.row, cell.column));
    found
}

/// Disjoint sets of indices.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Sets {
        Sets((0..count).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    /// The smaller index stands for both, so that the first box of a cell names it.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: i32, from: i32, to: i32) -> Rule {
        Rule { axis: Axis::Horizontal, at: at * POINT, from: from * POINT, to: to * POINT }
    }

    fn down(at: i32, from: i32, to: i32) -> Rule {
        Rule { axis: Axis::Vertical, ..across(at, from, to) }
    }

    fn shown(rules: &[Rule]) -> String {
        let cell = |c: &LatticeCell| {
            let unsound = if c.sound { "" } else { "?" };
            format!("{},{} {}x{}{unsound}", c.row, c.column, c.row_span, c.column_span)
        };
        let grids = lattices(rules);
        grids.iter().map(|l| l.cells.iter().map(cell).collect::<Vec<_>>().join(" / ")).collect::<Vec<_>>().join(" ; ")
    }

    #[test]
    fn merged_cells_are_exact() {
        let outline = [across(0, 0, 90), across(60, 0, 90), down(0, 0, 60), down(90, 0, 60)];
        let inner = [across(30, 30, 90), down(30, 0, 60), down(60, 30, 60)];
        assert_eq!(shown(&[&outline[..], &inner].concat()), "0,0 2x1 / 0,1 1x2 / 1,1 1x1 / 1,2 1x1");
    }

    #[test]
    fn lines_may_miss_each_other_and_come_in_pieces() {
        let rules = [
            across(0, 0, 50),
            across(0, 50, 100),
            across(31, 0, 100),
            down(1, 1, 30),
            down(50, 0, 31),
            down(99, 0, 30),
        ];
        assert_eq!(shown(&rules), "0,0 1x1 / 0,1 1x1");
    }

    #[test]
    fn sides_may_be_open() {
        let rules = [across(0, 0, 100), across(20, 0, 100), across(40, 0, 100), down(50, 0, 40)];
        assert_eq!(shown(&rules), "0,0 1x1 / 0,1 1x1 / 1,0 1x1 / 1,1 1x1");
    }

    #[test]
    fn a_frame_and_lone_lines_are_no_table() {
        assert_eq!(shown(&[across(0, 0, 100), across(40, 0, 100), down(0, 0, 40), down(100, 0, 40)]), "");
        assert_eq!(shown(&[across(0, 0, 100), across(40, 0, 100)]), "");
    }

    #[test]
    fn a_cell_that_is_no_rectangle_is_unsound() {
        let outline = [across(0, 0, 90), across(60, 0, 90), down(0, 0, 60), down(90, 0, 60)];
        let inner = [across(30, 0, 45), down(45, 0, 30)];
        assert_eq!(shown(&[&outline[..], &inner].concat()), "0,0 1x1 / 0,0 2x2?");
    }
}
