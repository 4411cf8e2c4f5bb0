//! Tables without ruling lines: lines of parts that stand under each other.

use super::geometry::{Area, overlap};
use super::line::Line;
use super::page::{Cell, Doubt, Item, Table};

/// Fewer rows under each other may be chance.
const LEAST_ROWS: usize = 3;
/// Rows at the top whose parts may stand over several columns.
const MOST_HEADERS: usize = 2;
/// Lines of labels that may stand between two rows.
const MOST_BETWEEN: usize = 3;

/// The lines of a page, those that make a table as one. Where one of several tables close to each other is doubtful, what
/// stands around it may belong to it, so all of it is.
pub(super) fn items(page: usize, lines: Vec<Line>) -> Vec<Item> {
    let rows: Vec<Row> = lines.into_iter().map(Row::new).collect();
    let widest = rows.iter().map(|row| row.line.area.right).max().unwrap_or(0);
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let end = stretch(&rows, at, widest);
        let items = tables(page, &rows[at..end]);
        let doubtful = |item: &Item| matches!(item, Item::Table(table) if table.doubt.is_some());
        match items.iter().any(doubtful) {
            true => found.extend(unread(page, &rows[at..end]).map(Item::Table)),
            false => found.extend(items),
        }
        at = end;
    }
    found
}

/// The line after those from `at` on that stand close and are no running text.
fn stretch(rows: &[Row], at: usize, widest: i32) -> usize {
    let belongs = |i: usize| rows[i].is_tabular() || rows[i].is_short(widest - 4 * rows[i].line.size);
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
        match table(page, &rows[at..end]) {
            Some(table) => found.push(Item::Table(table)),
            None => found.extend(rows[at..end].iter().map(|row| Item::Line(row.line.clone()))),
        }
        at = end;
    }
    found
}

/// Lines as a table that is not read.
fn unread(page: usize, rows: &[Row]) -> Option<Table> {
    let area = rows.iter().map(|row| row.line.area).reduce(Area::cover)?;
    let parts: Vec<&[Line]> = rows.iter().map(|row| row.parts.as_slice()).collect();
    Some(Table { area, columns: Vec::new(), rows: rows.len(), cells: listed(page, &parts), doubt: Some(Doubt::Grid) })
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

    /// Whether the line looks like a row of a table: it has several parts, or several figures without words between them.
    fn is_tabular(&self) -> bool {
        let text = self.line.text();
        let mut pieces = text.split(' ').map(is_figure);
        self.parts.len() > 1 || pieces.by_ref().any(|figure| figure) && pieces.next() == Some(true)
    }

    /// Whether the line may be a label or a header that goes on between rows.
    fn is_short(&self, widest: i32) -> bool {
        let text = self.line.text();
        let heads = text.starts_with(|c: char| "一二三四五六七八九十".contains(c)) && text.contains('、');
        !heads && !text.contains(['，', '。', '；', '：']) && self.line.area.right < widest
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

/// The table that lines make; `None` where they make none. One whose rows are not certain is doubtful.
fn table(page: usize, rows: &[Row]) -> Option<Table> {
    let parts: Vec<&[Line]> = rows.iter().map(|row| row.parts.as_slice()).collect();
    if rows.len() < 2 || !holds_figures(&parts) {
        return None;
    }
    let area = rows.iter().map(|row| row.line.area).reduce(Area::cover)?;
    let sound = rows.len() >= LEAST_ROWS && even(rows) && parts.iter().all(|row| row.len() > 1);
    let tried = if sound { MOST_HEADERS.min(rows.len() - 2) + 1 } else { 0 };
    match (0..tried).find_map(|headers| grid(page, &parts, headers)) {
        Some((columns, cells)) => Some(Table { area, columns, rows: rows.len(), cells, doubt: None }),
        None => unread(page, rows),
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

/// Cells on the columns of the rows after the headers; `None` where two parts of a row stand in one column, or a row has no
/// label.
fn grid(page: usize, rows: &[&[Line]], headers: usize) -> Option<(Vec<i32>, Vec<Cell>)> {
    let columns = columns(&rows[headers..]);
    let mut cells = Vec::new();
    for (row, parts) in rows.iter().enumerate() {
        let mut next = 0;
        for part in *parts {
            let under = |column: &(i32, i32)| overlap(*column, (part.area.left, part.area.right)) > 0;
            let first = columns.iter().position(under)?;
            let last = columns.iter().rposition(under)?;
            let doubled =
                row >= headers && (first != last || part.text().split(' ').filter(|t| is_figure(t)).count() > 1);
            if first < next || doubled || row >= headers && next == 0 && first > 0 {
                return None;
            }
            next = last + 1;
            cells.push(Cell {
                page,
                row,
                column: first,
                row_span: 1,
                column_span: last + 1 - first,
                area: Area { left: columns[first].0, right: columns[last].1, ..part.area },
                lines: vec![part.clone()],
            });
        }
    }
    let mut places: Vec<i32> = columns.iter().map(|column| column.0).collect();
    places.push(columns.last()?.1);
    Some((places, with_empty(page, cells, &columns, rows)))
}

/// Stretches that the parts of the rows cover together.
fn columns(rows: &[&[Line]]) -> Vec<(i32, i32)> {
    let mut parts: Vec<(i32, i32)> =
        rows.iter().copied().flatten().map(|part| (part.area.left, part.area.right)).collect();
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
fn with_empty(page: usize, mut cells: Vec<Cell>, columns: &[(i32, i32)], rows: &[&[Line]]) -> Vec<Cell> {
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
        lines: vec![part.clone()],
    };
    let rows = rows.iter().enumerate();
    rows.flat_map(|(row, parts)| parts.iter().enumerate().map(move |(column, part)| cell(row, column, part))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::line::{lines, tests::print};
    use super::*;

    /// Rows of `text@place`, places in characters.
    fn read(rows: &[&[(&str, i32)]]) -> String {
        let glyphs = rows.iter().enumerate().flat_map(|(row, parts)| {
            parts.iter().flat_map(move |(text, at)| print(text, at * 1000, 3000 + row as i32 * 1800, 1000))
        });
        let shown = |item: &Item| match item {
            Item::Line(line) => line.text(),
            Item::Table(table) => {
                let cell = |c: &Cell| format!("{},{}+{} {}", c.row, c.column, c.column_span, c.text());
                let doubt = if table.doubt.is_some() { "? " } else { "" };
                format!("{doubt}[{}]", table.cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
            }
        };
        items(0, lines(glyphs.collect())).iter().map(shown).collect::<Vec<_>>().join(" ; ")
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

    #[test]
    fn words_beside_words_are_no_table() {
        let rows: &[&[(&str, i32)]] =
            &[&[("甲方", 0), ("乙方", 10)], &[("签字", 0), ("签字", 10)], &[("日期", 0), ("日期", 10)]];
        assert_eq!(read(rows), "甲方 乙方 ; 签字 签字 ; 日期 日期");
    }
}
