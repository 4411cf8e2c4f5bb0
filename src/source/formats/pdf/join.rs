//! Tables that a page break cut, as one.

use super::geometry::{Area, POINT};
use super::line::{Line, Printed};
use super::page::{Cell, Doubt, Table};
use super::paragraph::Block;

/// How far the places of columns may differ on two pages.
const SLACK: i32 = 3 * POINT;
/// How much room at the foot of a page a table that goes on may leave: a row that did not fit.
const ROOM: i32 = 160 * POINT;
/// How far below the first line of other pages a table that goes on may begin.
const DROP: i32 = 24 * POINT;

/// Characters of a line that may be the rest of a cell.
const WORDS: usize = 12;

/// Joins what page breaks cut. `extents` are the first and last height at which text stands, for each page.
pub(super) fn tables(blocks: Vec<Block>, extents: &[(i32, i32)]) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    for block in blocks {
        match (block, found.last_mut()) {
            (Block::Table(next), Some(Block::Table(before))) if goes_on(before, &next, extents) => append(before, next),
            (Block::Table(mut next), Some(Block::Table(before))) if may_go_on(before, &next, extents) => {
                (before.doubt, next.doubt) = (Some(Doubt::Grid), Some(Doubt::Grid));
                found.push(Block::Table(next));
            }
            (Block::Table(mut next), _) => {
                doubt_overflow(&mut found, &mut next, extents);
                found.push(Block::Table(next));
            }
            (Block::Paragraph(lines), Some(Block::Table(before))) if is_rest(before, &lines, extents) => {
                take(before, lines);
            }
            (block, _) => found.push(block),
        }
    }
    found
}

/// Whether lines are what a page break left of a table that is not read: a few words in its type at the head of the page, or
/// right under such words.
fn is_rest(before: &Table, lines: &[Printed], extents: &[(i32, i32)]) -> bool {
    let (Some(last), [Printed { page, line }]) = (before.cells.last(), lines) else { return false };
    let Some(Printed { line: above, .. }) = last.lines.last().filter(|_| before.doubt.is_some() && !before.ruled)
    else {
        return false;
    };
    let attached = match page.checked_sub(last.page) {
        Some(0) => line.area.top - last.area.bottom < line.size,
        Some(1) => line.area.top - extents[*page].0 < DROP,
        _ => false,
    };
    let alike = (line.size - above.size).abs() * 12 <= above.size;
    attached && alike && line.letters.len() <= WORDS && !closes(line)
}

/// Adds lines to a table that is not read.
fn take(before: &mut Table, lines: Vec<Printed>) {
    for Printed { page, line } in lines {
        let (row, area, lines) = (before.rows, line.area, vec![Printed { page, line }]);
        before.cells.push(Cell { page, row, column: 0, row_span: 1, column_span: 1, area, lines });
        before.rows += 1;
    }
}

/// A row that runs over the foot of the page leaves text beneath the table that goes on on the next page: what became of its
/// values is not known.
fn doubt_overflow(found: &mut [Block], next: &mut Table, extents: &[(i32, i32)]) {
    let [.., Block::Table(before), Block::Paragraph(lines)] = found else { return };
    let Some(first) = lines.first() else { return };
    let size = first.line.size;
    let attached = first.line.area.top - before.area.bottom < size;
    let inside = lines.iter().all(|printed| {
        let area = printed.line.area;
        before.area.left <= area.left && area.right <= before.area.right && area.bottom - before.area.bottom < 4 * size
    });
    if attached && inside && goes_on(before, next, extents) {
        (before.doubt, next.doubt) = (Some(Doubt::Grid), Some(Doubt::Grid));
    }
}

fn goes_on(before: &Table, next: &Table, extents: &[(i32, i32)]) -> bool {
    let known = !before.columns.is_empty() && !next.columns.is_empty();
    let same_sides = || near(before.columns[0], next.columns[0]) && near(end(&before.columns), end(&next.columns));
    known && meet(before, next, extents) && same_sides() && shares_columns(before, next)
}

/// Whether a table of which a part is not certain may go on on the next page: then neither is.
fn may_go_on(before: &Table, next: &Table, extents: &[(i32, i32)]) -> bool {
    let certain = |table: &Table| table.ruled && table.doubt.is_none();
    !(certain(before) && certain(next)) && meet(before, next, extents)
}

/// Whether one table ends at the foot of a page and the other begins at the head of the next.
fn meet(before: &Table, next: &Table, extents: &[(i32, i32)]) -> bool {
    let (Some(last), Some(first)) = (before.cells.last(), next.cells.first()) else { return false };
    if first.page != last.page + 1 {
        return false;
    }
    let foot = extents.iter().map(|extent| extent.1).max().unwrap_or(0);
    let head = extents[first.page].0.min(extents[last.page].0);
    foot - before.area.bottom < ROOM && next.area.top - head < DROP
}

fn near(one: i32, other: i32) -> bool {
    (one - other).abs() <= SLACK
}

fn end(places: &[i32]) -> i32 {
    places.last().copied().unwrap_or(0)
}

/// Whether the columns of the narrower table are columns of the wider one.
fn shares_columns(before: &Table, next: &Table) -> bool {
    let within = |fewer: &[i32], more: &[i32]| fewer.iter().all(|place| more.iter().any(|other| near(*place, *other)));
    within(&next.columns, &before.columns) || within(&before.columns, &next.columns)
}

fn append(before: &mut Table, mut next: Table) {
    let columns = united(&before.columns, &next.columns);
    refit(before, &columns);
    refit(&mut next, &columns);
    let repeated = repeated_header(before, &next);
    drop_rows(&mut next, repeated);
    if next.rows > 0 && is_rest_of_row(before, &next) {
        merge_row(before, &mut next);
    }
    continue_spans(before, &mut next);
    let offset = before.rows;
    next.cells.iter_mut().for_each(|cell| cell.row += offset);
    before.cells.extend(next.cells);
    before.rows += next.rows;
    before.area = next.area;
    before.doubt = before.doubt.or(next.doubt);
    before.cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// The places of both tables, near ones once.
fn united(one: &[i32], other: &[i32]) -> Vec<i32> {
    let mut places: Vec<i32> = one.to_vec();
    places.extend(other.iter().filter(|place| !one.iter().any(|known| near(*known, **place))));
    places.sort_unstable();
    places
}

/// Counts the columns of a table anew, on a finer grid.
fn refit(table: &mut Table, columns: &[i32]) {
    let at = |place: i32| columns.iter().position(|known| near(*known, place));
    for cell in &mut table.cells {
        let from = at(table.columns[cell.column]);
        let to = at(table.columns[cell.column + cell.column_span]);
        if let (Some(from), Some(to)) = (from, to) {
            (cell.column, cell.column_span) = (from, to - from);
        }
    }
    table.columns = columns.to_vec();
}

/// How many rows of the next page repeat the first rows of the table.
fn repeated_header(before: &Table, next: &Table) -> usize {
    let texts = |table: &Table, row: usize| {
        table.row(row).map(|cell| (cell.column, cell.column_span, cell.text())).collect::<Vec<_>>()
    };
    let same = |row: &usize| {
        let cells = texts(next, *row);
        let words = cells.iter().filter(|(_, _, text)| !text.is_empty()).count();
        let bare = cells.iter().all(|(_, _, text)| !is_number(text));
        cells == texts(before, *row) && bare && (words >= 2 || *row > 0)
    };
    let rows = (0..before.rows.min(next.rows).min(6)).take_while(same).count();
    // A cell of the header must not reach below it.
    let reaches = next.cells.iter().any(|cell| cell.row < rows && cell.row + cell.row_span > rows);
    if reaches { 0 } else { rows }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ".,%-".contains(c))
}

fn drop_rows(table: &mut Table, rows: usize) {
    table.cells.retain(|cell| cell.row >= rows);
    table.cells.iter_mut().for_each(|cell| cell.row -= rows);
    table.rows -= rows;
}

/// Whether the first row of the next page is the rest of the last row of this one: some text goes on in the middle, and no
/// cell holds a value of its own.
fn is_rest_of_row(before: &Table, next: &Table) -> bool {
    let last: Vec<&Cell> = before.cells.iter().filter(|cell| cell.row + cell.row_span == before.rows).collect();
    let first: Vec<&Cell> = next.row(0).collect();
    let places = |cells: &[&Cell]| cells.iter().map(|cell| (cell.column, cell.column_span)).collect::<Vec<_>>();
    if places(&last) != places(&first) {
        return false;
    }
    let pairs = || last.iter().zip(&first).filter(|(_, rest)| !rest.is_empty());
    let goes_on = |(whole, rest): (&&Cell, &&Cell)| {
        let cut = whole.lines.last().is_some_and(|last| is_full(whole, &last.line) && !closes(&last.line));
        cut && stands_alike(whole, rest) || counts_on(&whole.text(), &rest.text())
    };
    let new_value = pairs().any(|(whole, rest)| whole.is_empty() || is_number(&rest.text()));
    let few = pairs().count() * 2 <= first.len();
    pairs().any(goes_on) && (few || pairs().all(goes_on)) && !new_value
}

/// Whether the text of a cell begins as far from its edge as that of another, or in the middle: what is set in is a row of its own.
fn stands_alike(whole: &Cell, rest: &Cell) -> bool {
    let indent = |cell: &Cell, line: &Line| line.area.left - cell.area.left;
    let Some(Printed { line: first, .. }) = rest.lines.first() else { return false };
    let least = whole.lines.iter().map(|printed| indent(whole, &printed.line)).min().unwrap_or(0);
    let off_middle = first.area.left + first.area.right - rest.area.left - rest.area.right;
    indent(rest, first) < least + first.size || off_middle.abs() < first.size
}

fn is_full(cell: &Cell, line: &Line) -> bool {
    cell.area.width() - line.area.width() < 2 * line.size + 12 * POINT
}

/// 1、…；2、… and then 3、…
fn counts_on(before: &str, after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let Ok(number) = after[..digits].parse::<u32>() else { return false };
    let mark = after[digits..].chars().next().filter(|mark| "、.．".contains(*mark));
    mark.is_some_and(|mark| number > 1 && before.contains(&format!("{}{mark}", number - 1)))
}

fn closes(line: &Line) -> bool {
    line.letters.last().is_some_and(|letter| "。；！？;".contains(letter.c))
}

fn merge_row(before: &mut Table, next: &mut Table) {
    let rest: Vec<Cell> = next.cells.iter().filter(|cell| cell.row == 0).cloned().collect();
    let rows = before.rows;
    for rest in rest {
        let whole = before.cells.iter_mut().find(|cell| cell.row + cell.row_span == rows && cell.column == rest.column);
        if let Some(whole) = whole {
            whole.lines.extend(rest.lines);
            whole.row_span += rest.row_span - 1;
        }
    }
    // Merged cells that began in the row reach into the rows that follow; those are empty here.
    next.cells.retain(|cell| cell.row > 0);
    next.cells.iter_mut().for_each(|cell| cell.row -= 1);
    next.rows -= 1;
}

/// A merged cell that reaches over the page break: what is under it on the next page is empty and as wide.
fn continue_spans(before: &mut Table, next: &mut Table) {
    let rows = before.rows;
    let taken: Vec<usize> = (0..next.cells.len())
        .filter(|&at| {
            let cell = &next.cells[at];
            cell.row == 0 && cell.is_empty() && cell.row_span > 1 && {
                let same = |above: &&mut Cell| {
                    (above.column, above.column_span) == (cell.column, cell.column_span)
                        && above.row + above.row_span == rows
                };
                before.cells.iter_mut().find(same).is_some_and(|above| {
                    let reaches = !above.is_empty();
                    above.row_span += if reaches { cell.row_span } else { 0 };
                    reaches
                })
            }
        })
        .collect();
    let mut at = 0;
    next.cells.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
}

/// The first and the last height at which something stands on a page.
pub(super) fn extent(areas: impl Iterator<Item = Area>) -> (i32, i32) {
    areas.fold((i32::MAX, 0), |(first, last), area| (first.min(area.top), last.max(area.bottom)))
}
