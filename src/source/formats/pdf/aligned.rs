//! Tables without ruling lines: lines of parts that stand under each other.

use std::collections::BTreeMap;

use super::geometry::{Area, POINT, overlap};
use super::line::{Line, Printed};
use super::page::{Cell, Doubt, Item, Table};

/// Fewer rows under each other may be chance.
const LEAST_ROWS: usize = 3;
/// A line of so many parts is a row of a table, also alone.
const LEAST_PARTS: usize = 3;
/// Tables that are nearer to each other may be one.
const NEAR: i32 = 60 * POINT;
/// Rows at the top whose parts may stand over several columns.
const MOST_HEADERS: usize = 2;
/// Lines of labels that may stand between two rows.
const MOST_BETWEEN: usize = 3;

/// The lines of a page, those that make a table as one. Where one of several tables close to each other is doubtful, what
/// stands around it may belong to it, so all of it is.
pub(super) fn items(page: usize, lines: Vec<Line>) -> Vec<Item> {
    let rows: Vec<Row> = lines.into_iter().map(Row::new).collect();
    let text = Running::of(&rows);
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let end = stretch(&rows, at, text);
        let items = tables(page, &rows[at..end]);
        let doubtful = |item: &Item| matches!(item, Item::Table(table) if table.doubt.is_some());
        match items.iter().any(doubtful) {
            true => {
                let (head, body, foot) = without_captions(&rows[at..end]);
                found.extend(head.iter().map(Row::item));
                found.extend(unread(page, body).map(Item::Table));
                found.extend(foot.iter().map(Row::item));
            }
            false => found.extend(items),
        }
        at = end;
    }
    doubt_neighbours(&mut found);
    found
}

/// Two tables with nothing between them may be one whose rows stand unevenly.
fn doubt_neighbours(items: &mut [Item]) {
    for at in 1..items.len() {
        let [Item::Table(above), Item::Table(below)] = &mut items[at - 1..=at] else { continue };
        if below.area.top - above.area.bottom < NEAR {
            (above.doubt, below.doubt) = (Some(Doubt::Grid), Some(Doubt::Grid));
        }
    }
}

/// The running text of a page: how far it reaches, and the size of its type.
#[derive(Clone, Copy)]
struct Running {
    widest: i32,
    size: i32,
}

impl Running {
    fn of(rows: &[Row]) -> Running {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.is_tabular()) {
            *sizes.entry(row.line.size).or_default() += row.line.letters.len();
        }
        let size = sizes.into_iter().max_by_key(|&(size, letters)| (letters, size)).map_or(0, |(size, _)| size);
        Running { widest: rows.iter().map(|row| row.line.area.right).max().unwrap_or(0), size }
    }
}

/// The line after those from `at` on that stand close and are no running text.
fn stretch(rows: &[Row], at: usize, text: Running) -> usize {
    let short = |row: &Row| row.is_short(text.widest - 4 * row.line.size) && !row.is_heading(text.size);
    let belongs = |i: usize| rows[i].is_tabular() || short(&rows[i]);
    let goes_on = |&i: &usize| belongs(i) && is_close(rows, i);
    if belongs(at) { (at + 1..rows.len()).take_while(goes_on).last().map_or(at + 1, |last| last + 1) } else { at + 1 }
}

fn is_close(rows: &[Row], at: usize) -> bool {
    rows[at].line.area.bottom - rows[at - 1].line.area.bottom < rows[at].line.size * 3
}

fn tables(page: usize, rows: &[Row]) -> Vec<Item> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let end = region(rows, at);
        let (head, body, foot) = without_captions(&rows[at..end]);
        found.extend(head.iter().map(Row::item));
        let cut = foot.is_empty() && rows.get(end).is_some_and(|next| next.goes_on_with(&rows[end - 1]));
        match table(page, body) {
            Some(_) if cut => found.extend(unread(page, body).map(Item::Table)),
            Some(table) => found.push(Item::Table(table)),
            None => found.extend(body.iter().map(Row::item)),
        }
        found.extend(foot.iter().map(Row::item));
        at = end;
    }
    found
}

/// The captions and titles at the beginning, what stands between, and those at the end.
fn without_captions(rows: &[Row]) -> (&[Row], &[Row], &[Row]) {
    let size = rows.iter().filter(|row| row.is_tabular()).map(|row| row.line.size).min().unwrap_or(0);
    let is_title = |row: &&Row| row.is_caption() || !row.is_tabular() && row.line.size * 10 >= size * 11;
    let (head, rest) = rows.split_at(rows.iter().take_while(is_title).count());
    let closing = rest.iter().rev().take_while(is_title).count();
    let (body, foot) = rest.split_at(rest.len() - closing);
    (head, body, foot)
}

/// Lines as a table that is not read.
fn unread(page: usize, rows: &[Row]) -> Option<Table> {
    let area = rows.iter().map(|row| row.line.area).reduce(Area::cover)?;
    let parts: Vec<&[Line]> = rows.iter().map(|row| row.parts.as_slice()).collect();
    let cells = listed(page, &parts);
    Some(Table { area, columns: Vec::new(), rows: rows.len(), cells, ruled: false, doubt: Some(Doubt::Grid) })
}

/// A line and its parts.
struct Row {
    line: Line,
    parts: Vec<Line>,
}

impl Row {
    fn new(line: Line) -> Row {
        Row { parts: line.parts(), line }
    }

    fn item(&self) -> Item {
        Item::Line(self.line.clone())
    }

    /// Whether the line looks like a row of a table: it has several parts, or several figures without words between them.
    fn is_tabular(&self) -> bool {
        let text = self.line.text();
        let mut pieces = text.split(' ').map(is_figure);
        self.parts.len() > 1 || pieces.by_ref().any(|figure| figure) && pieces.next() == Some(true)
    }

    /// 填报单位：某局　　单位：万元, above a table or below it.
    fn is_caption(&self) -> bool {
        self.parts.iter().all(|part| part.text().contains(['：', ':']))
    }

    /// Whether the line may be a label or a header that goes on between rows.
    fn is_short(&self, widest: i32) -> bool {
        !self.line.text().contains(['，', '。', '；', '：']) && self.line.area.right < widest
    }

    /// 二、收支情况, in the type of the running text: tables are set in smaller type.
    fn is_heading(&self, size: i32) -> bool {
        let text = self.line.text();
        let numbered = text.starts_with(|c: char| "一二三四五六七八九十".contains(c)) && text.contains('、');
        numbered && self.line.size * 11 >= size * 10
    }

    /// Whether the line is what is left of a cell of the row above.
    fn goes_on_with(&self, above: &Row) -> bool {
        let same = (self.line.size - above.line.size).abs() * 12 <= above.line.size;
        same && !self.is_caption() && self.line.area.bottom - above.line.area.bottom < 2 * self.line.size
    }
}

/// The line after those that belong to a table, if `at` begins one; else the next line.
fn region(rows: &[Row], at: usize) -> usize {
    if !rows[at].is_tabular() {
        return at + 1;
    }
    let mut widest = rows[at].line.area.right;
    let mut end = at + 1;
    loop {
        let reach = (end..rows.len().min(end + 1 + MOST_BETWEEN)).take_while(|&i| is_close(rows, i));
        let mut open = true;
        let next = reach.take_while(|&i| std::mem::replace(&mut open, rows[i].is_short(widest)));
        let Some(next) = next.into_iter().find(|&i| rows[i].is_tabular()) else { return end };
        widest = widest.max(rows[next].line.area.right);
        end = next + 1;
    }
}

/// The table that lines make; `None` where they make none. One whose rows or columns are not certain is doubtful.
fn table(page: usize, lines: &[Row]) -> Option<Table> {
    let lone = lines.len() < 2 && lines.iter().all(|row| row.parts.len() < LEAST_PARTS);
    if lone || is_form(lines) {
        return None;
    }
    let area = lines.iter().map(|row| row.line.area).reduce(Area::cover)?;
    let single = single(lines).and_then(|rows| read(page, &rows, Cells::OfOneLine));
    match single.or_else(|| stacked(lines).and_then(|rows| read(page, &rows, Cells::OfLines))) {
        Some((columns, rows, cells)) => Some(Table { area, columns, rows, cells, ruled: false, doubt: None }),
        None => unread(page, lines),
    }
}

/// 填报人：　　审核人： and the like: words side by side, without figures. Cells that go on on the next line stand unevenly,
/// blanks to fill in end in a colon wherever they stand.
fn is_form(lines: &[Row]) -> bool {
    let parts: Vec<&[Line]> = lines.iter().map(|row| row.parts.as_slice()).collect();
    let regular = || lines.len() > 1 && even(lines) && parts.iter().all(|row| row.len() == parts[0].len());
    let blanks = || parts[0].iter().filter(|part| part.text().ends_with(['：', ':'])).count() * 2 >= parts[0].len();
    let words = || parts.iter().all(|row| row.iter().all(|part| !is_figure(&part.text())));
    !holds_figures(&parts) && regular() || words() && blanks()
}

/// How the lines of a region are rows of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// Each line is a row.
    OfOneLine,
    /// Rows stand further apart than the lines in their cells.
    OfLines,
}

/// The lines as rows, if nothing tells that a cell goes on on the next line.
fn single(lines: &[Row]) -> Option<Vec<Vec<Line>>> {
    let parts: Vec<&[Line]> = lines.iter().map(|row| row.parts.as_slice()).collect();
    let sound = even(lines) && parts.iter().all(|row| row.len() > 1) && holds_figures(&parts);
    sound.then(|| parts.into_iter().map(<[Line]>::to_vec).collect())
}

/// The lines as rows that clear gaps set apart: every gap within a row is much smaller than every gap between two.
fn stacked(lines: &[Row]) -> Option<Vec<Vec<Line>>> {
    let mut parts: Vec<Line> = lines.iter().flat_map(|row| row.parts.clone()).collect();
    parts.sort_by_key(|part| (part.area.top, part.area.left));
    let mut bands: Vec<(i32, Vec<Line>)> = Vec::new();
    let mut gaps = Vec::new();
    for part in parts {
        match bands.last_mut() {
            Some((bottom, band)) if part.area.top < *bottom => {
                *bottom = part.area.bottom.max(*bottom);
                band.push(part);
            }
            last => {
                gaps.extend(last.map(|(bottom, _)| part.area.top - *bottom));
                bands.push((part.area.bottom, vec![part]));
            }
        }
    }
    let least = parting(&gaps, lines[0].line.size)?;
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for (index, (_, band)) in bands.into_iter().enumerate() {
        match rows.last_mut() {
            Some(row) if gaps[index - 1] < least => row.extend(band),
            _ => rows.push(band),
        }
    }
    Some(rows)
}

/// The least gap that parts two rows; `None` where gaps are of no two clear kinds. Where all are alike, each parts rows.
fn parting(gaps: &[i32], size: i32) -> Option<i32> {
    let mut sorted: Vec<i32> = gaps.to_vec();
    sorted.sort_unstable();
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    let steps: Vec<usize> = (1..sorted.len()).filter(|&at| sorted[at] * 3 > sorted[at - 1] * 4 + size / 4).collect();
    match steps.as_slice() {
        [] if most * 3 <= least * 4 + size / 4 => Some(least),
        [step] if sorted[*step] * 3 >= sorted[step - 1] * 5 => Some(sorted[*step]),
        _ => None,
    }
}

/// Whether the rows stand at even distances: cells over several lines make rows of different heights.
fn even(rows: &[Row]) -> bool {
    let steps: Vec<i32> = rows.windows(2).map(|pair| pair[1].line.area.bottom - pair[0].line.area.bottom).collect();
    let (least, most) = (steps.iter().min().copied().unwrap_or(0), steps.iter().max().copied().unwrap_or(0));
    least > rows[0].line.size && most * 2 <= least * 3
}

/// Whether half of what stands beside the labels is figures.
fn holds_figures(rows: &[&[Line]]) -> bool {
    let beside: Vec<&Line> = rows.iter().flat_map(|row| row.iter().skip(1)).collect();
    let figures = beside.iter().filter(|part| part.text().split(' ').all(is_figure)).count();
    !beside.is_empty() && figures * 2 >= beside.len()
}

/// 1,234.50, 98.6%, -12, —
fn is_figure(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || ".,%-+—－()（）/".contains(c) || ('０'..='９').contains(&c))
}

type Read = (Vec<i32>, usize, Vec<Cell>);

/// The table of some rows, of which a few at the top may be headers over several columns.
fn read(page: usize, rows: &[Vec<Line>], kind: Cells) -> Option<Read> {
    if rows.len() < LEAST_ROWS {
        return None;
    }
    (0..=MOST_HEADERS.min(rows.len() - 2)).find_map(|headers| grid(page, rows, headers, kind))
}

/// Cells on the columns of the rows after the headers; `None` where what stands in a row cannot be told apart by columns, or a
/// row has no label.
fn grid(page: usize, rows: &[Vec<Line>], headers: usize, kind: Cells) -> Option<Read> {
    let columns = columns(&rows[headers..]);
    let mut cells: Vec<Cell> = Vec::new();
    for (row, parts) in rows.iter().enumerate() {
        let from = cells.len();
        for part in parts {
            let under = |column: &(i32, i32)| overlap(*column, (part.area.left, part.area.right)) > 0;
            let (first, last) = (columns.iter().position(under)?, columns.iter().rposition(under)?);
            if row >= headers && (first != last || part.text().split(' ').filter(|t| is_figure(t)).count() > 1) {
                return None;
            }
            let area = Area { left: columns[first].0, right: columns[last].1, ..part.area };
            let column_span = last + 1 - first;
            let shared = |cell: &&mut Cell| cell.column <= last && first < cell.column + cell.column_span;
            match cells[from..].iter_mut().find(shared) {
                None => cells.push(Cell {
                    page,
                    row,
                    column: first,
                    row_span: 1,
                    column_span,
                    area,
                    lines: vec![Printed { page, line: part.clone() }],
                }),
                Some(cell) if (cell.column, cell.column_span) == (first, column_span) && goes_on(cell, part) => {
                    cell.area = cell.area.cover(area);
                    cell.lines.push(Printed { page, line: part.clone() });
                }
                Some(_) => return None,
            }
        }
        let labelled = cells[from..].iter().any(|cell| cell.column == 0);
        // Without a figure it may be the rest of the row above.
        let figured = parts.iter().any(|part| is_figure(&part.text()));
        if row >= headers && !(labelled && figured) {
            return None;
        }
    }
    let body = || cells.iter().filter(|cell| cell.row >= headers);
    // A label beside several rows would leave gaps in its column.
    let is_words = |column: usize| body().any(|cell| cell.column == column && !is_figure(&cell.text()));
    let filled = |column: usize| body().filter(|cell| cell.column == column).count() == rows.len() - headers;
    if kind == Cells::OfLines && !(0..columns.len()).all(|column| filled(column) || !is_words(column)) {
        return None;
    }
    let mut places: Vec<i32> = columns.iter().map(|column| column.0).collect();
    places.push(columns.last()?.1);
    Some((places, rows.len(), with_empty(page, cells, &columns, rows)))
}

/// Whether a line goes on with a cell: it stands beneath its last one, and they are not two figures.
fn goes_on(cell: &Cell, part: &Line) -> bool {
    let Some(Printed { line: last, .. }) = cell.lines.last() else { return false };
    part.area.top >= last.area.bottom && !(is_figure(&last.text()) && is_figure(&part.text()))
}

/// Stretches that the parts of the rows cover together.
fn columns(rows: &[Vec<Line>]) -> Vec<(i32, i32)> {
    let mut parts: Vec<(i32, i32)> = rows.iter().flatten().map(|part| (part.area.left, part.area.right)).collect();
    parts.sort_unstable();
    let mut found: Vec<(i32, i32)> = Vec::new();
    for (left, right) in parts {
        match found.last_mut() {
            Some(last) if left < last.1 => last.1 = last.1.max(right),
            _ => found.push((left, right)),
        }
    }
    found
}

/// The cells and, where a row has nothing in a column, empty ones.
fn with_empty(page: usize, mut cells: Vec<Cell>, columns: &[(i32, i32)], rows: &[Vec<Line>]) -> Vec<Cell> {
    let mut empty = Vec::new();
    for (row, parts) in rows.iter().enumerate() {
        let Some(first) = parts.first() else { continue };
        for (column, &(left, right)) in columns.iter().enumerate() {
            let covered =
                |cell: &Cell| cell.row == row && (cell.column..cell.column + cell.column_span).contains(&column);
            if !cells.iter().any(covered) {
                let area = Area { left, right, ..first.area };
                empty.push(Cell { page, row, column, row_span: 1, column_span: 1, area, lines: Vec::new() });
            }
        }
    }
    cells.extend(empty);
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells
}

/// The parts one after the other, where their columns are not known.
fn listed(page: usize, rows: &[&[Line]]) -> Vec<Cell> {
    let cell = |row: usize, column: usize, part: &Line| Cell {
        page,
        row,
        column,
        row_span: 1,
        column_span: 1,
        area: part.area,
        lines: vec![Printed { page, line: part.clone() }],
    };
    let rows = rows.iter().enumerate();
    rows.flat_map(|(row, parts)| parts.iter().enumerate().map(move |(column, part)| cell(row, column, part))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Glyph;
    use super::super::line::{lines, tests::print};
    use super::*;

    /// Rows of `text@place`, places in characters.
    fn read(rows: &[&[(&str, i32)]]) -> String {
        let glyphs = rows.iter().enumerate().flat_map(|(row, parts)| {
            parts.iter().flat_map(move |(text, at)| print(text, at * 1000, 3000 + row as i32 * 1800, 1000))
        });
        shown(glyphs.collect())
    }

    fn shown(glyphs: Vec<Glyph>) -> String {
        let shown = |item: &Item| match item {
            Item::Line(line) => line.text(),
            Item::Table(table) => {
                let cell = |c: &Cell| format!("{},{}+{} {}", c.row, c.column, c.column_span, c.text());
                let doubt = if table.doubt.is_some() { "? " } else { "" };
                format!("{doubt}[{}]", table.cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
            }
        };
        items(0, lines(glyphs)).iter().map(shown).collect::<Vec<_>>().join(" ; ")
    }

    #[test]
    fn parts_under_each_other_are_columns() {
        let rows: &[&[(&str, i32)]] = &[
            &[("以下为支出情况", 0)],
            &[("项目", 0), ("预算数", 10), ("决算数", 20)],
            &[("基本支出", 0), ("100.50", 10), ("99.00", 20)],
            &[("项目支出", 0), ("1.20", 21)],
        ];
        assert_eq!(
            read(rows),
            "以下为支出情况 ; [0,0+1 项目 | 0,1+1 预算数 | 0,2+1 决算数 | 1,0+1 基本支出 | 1,1+1 100.50 | 1,2+1 99.00 | \
             2,0+1 项目支出 | 2,1+1  | 2,2+1 1.20]"
        );
    }

    #[test]
    fn a_wide_header_spans_columns() {
        let rows: &[&[(&str, i32)]] = &[
            &[("项目", 0), ("本年支出的预算和决算", 10)],
            &[("合计", 0), ("10.50", 10), ("9.00", 17)],
            &[("其他", 0), ("1.20", 10), ("2.00", 17)],
        ];
        assert!(read(rows).starts_with("[0,0+1 项目 | 0,1+2 本年支出的预算和决算 | 1,0+1 合计"), "{}", read(rows));
    }

    #[test]
    fn a_label_over_two_lines_is_doubtful() {
        let rows: &[&[(&str, i32)]] = &[
            &[("合计", 0), ("10.50", 10)],
            &[("其他政府", 0), ("3.00", 10)],
            &[("机构支出", 0)],
            &[("其他", 0), ("1.20", 10)],
        ];
        assert!(read(rows).starts_with("? ["), "{}", read(rows));
    }

    #[test]
    fn figures_too_close_to_tell_are_doubtful() {
        let rows: &[&[(&str, i32)]] =
            &[&[("合计", 0), ("10.50 9.00", 10)], &[("基本", 0), ("3.00 2.00", 10)], &[("项目", 0), ("7.50 7.00", 10)]];
        assert!(read(rows).starts_with("? ["), "{}", read(rows));
    }

    /// Parts of `text@place` on heights, in tenths of the size of the type.
    fn read_on(lines: &[(i32, &[(&str, i32)])]) -> String {
        let parts = lines.iter().flat_map(|(at, parts)| {
            parts.iter().flat_map(move |(text, left)| print(text, left * 1000, 3000 + at * 100, 1000))
        });
        shown(parts.collect())
    }

    #[test]
    fn rows_that_clear_gaps_part_may_hold_cells_of_several_lines() {
        let rows: &[(i32, &[(&str, i32)])] = &[
            (0, &[("项目", 0), ("预算数", 10), ("决算数", 16)]),
            (20, &[("其他政府", 0)]),
            (27, &[("3.00", 10), ("2.00", 16)]),
            (34, &[("机构支出", 0)]),
            (54, &[("其他支出", 0), ("1.20", 10), ("1.00", 16)]),
        ];
        assert_eq!(
            read_on(rows),
            "[0,0+1 项目 | 0,1+1 预算数 | 0,2+1 决算数 | 1,0+1 其他政府机构支出 | 1,1+1 3.00 | 1,2+1 2.00 | \
             2,0+1 其他支出 | 2,1+1 1.20 | 2,2+1 1.00]"
        );
    }

    #[test]
    fn a_label_beside_several_rows_is_doubtful() {
        let rows: &[(i32, &[(&str, i32)])] = &[
            (0, &[("类别", 0), ("项目", 6), ("决算数", 16)]),
            (20, &[("办公费", 6), ("2.00", 16)]),
            (30, &[("基本支出", 0)]),
            (40, &[("差旅费", 6), ("1.00", 16)]),
            (60, &[("项目支出", 0), ("维修", 6), ("1.00", 16)]),
        ];
        assert!(read_on(rows).starts_with("? ["), "{}", read_on(rows));
    }

    #[test]
    fn lines_without_figures_between_rows_are_doubtful() {
        let rows: &[&[(&str, i32)]] = &[
            &[("满意", 0), ("服务对", 6), ("98%", 12), ("10", 18)],
            &[("度", 0), ("象满意", 6)],
            &[("指标", 0), ("度指标", 6)],
        ];
        assert!(read(rows).starts_with("? ["), "{}", read(rows));
    }

    #[test]
    fn captions_stand_beside_the_table() {
        let rows: &[&[(&str, i32)]] = &[
            &[("部门：某局", 0), ("单位：万元", 14)],
            &[("合计", 0), ("10.50", 14)],
            &[("基本支出", 0), ("3.00", 14)],
            &[("项目支出", 0), ("7.50", 14)],
        ];
        assert!(read(rows).starts_with("部门：某局 单位：万元 ; [0,0+1 合计"), "{}", read(rows));
    }

    #[test]
    fn blanks_to_fill_in_are_no_table() {
        let rows: &[&[(&str, i32)]] = &[
            &[("填报人：", 0), ("联系电话：", 8), ("填报日期：", 16), ("单", 24)],
            &[("位负责人：", 0)],
            &[("附件2", 0)],
            &[("某局", 0), ("某科", 8)],
        ];
        assert_eq!(read(rows), "填报人： 联系电话： 填报日期： 单 ; 位负责人： ; 附件2 ; 某局 某科");
    }

    #[test]
    fn words_beside_words_are_no_table() {
        let rows: &[&[(&str, i32)]] =
            &[&[("甲方", 0), ("乙方", 10)], &[("签字", 0), ("签字", 10)], &[("日期", 0), ("日期", 10)]];
        assert_eq!(read(rows), "甲方 乙方 ; 签字 签字 ; 日期 日期");
    }
}
