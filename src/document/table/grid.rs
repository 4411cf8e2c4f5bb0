//! Rows and cells are laid on one grid.

use super::band::{self, Shape};
use super::raw::{Layout, RawCell, RawRow, RawTable, squeezed, trimmed};
use super::words::{is_number, is_total_label};
use super::{Band, Blank, Cell, Row, Table, codes};
use crate::document::literal::{self, Literal, LiteralKind};
use crate::source::{Flow, Line, Source};

/// Column and column span.
type Place = (usize, usize);

/// The table that the rows make; `at` is its first line.
pub(super) fn build(source: &Source, lines: &[Line], at: usize, raw: RawTable) -> Table {
    let shapes: Vec<Vec<Shape>> =
        raw.rows.iter().map(|row| row.cells.iter().map(|cell| shape(source, cell)).collect()).collect();
    let bands = band::bands(&shapes);
    let places = match raw.layout {
        Layout::Tabbed => spread_rows(&shapes, &bands),
        Layout::Separated | Layout::Stacked | Layout::Aligned | Layout::Exact => {
            raw.rows.iter().map(plain_places).collect()
        }
    };
    let span = lines[at].whole.cover(lines[raw.next - 1].whole);
    let rows = raw.rows.iter().zip(&places).zip(&shapes).enumerate();
    let rows = rows.map(|(index, ((row, places), shapes))| {
        let cells = row
            .cells
            .iter()
            .zip(places)
            .zip(shapes)
            .map(|((cell, &place), shape)| build_cell(source, cell, shape, index, place));
        Row { span: row.span, cells: cells.collect() }
    });
    let mut table = Table { span, rows: rows.collect(), bands, captions: Vec::new(), unit: None };
    codes::mark(&mut table);
    codes::bound(&mut table);
    table
}

fn shape(source: &Source, cell: &RawCell) -> Shape {
    let text: String = cell.paragraphs.iter().map(|&span| squeezed(source.slice(span))).collect();
    let blank = match text.as_str() {
        _ if cell.continues => Blank::Merged,
        "" if cell.is_bare(source) => Blank::Bare,
        "" => Blank::Spaces,
        "/" | "-" | "－" | "—" | "——" | "———" | "–" | "--" | "…" | "……" | "\\" => {
            Blank::NotApplicable
        }
        _ => Blank::Filled,
    };
    Shape { number: blank == Blank::Filled && is_number(&text), text, blank }
}

fn build_cell(source: &Source, raw: &RawCell, shape: &Shape, row: usize, place: Place) -> Cell {
    let flow = Flow::new(source, &raw.paragraphs);
    let mut literals = literal::scan_from(&flow, list_number(flow.text()));
    literals
        .iter_mut()
        .filter(|literal| numbers_paragraph(source, raw, literal))
        .for_each(|literal| literal.kind = LiteralKind::Name);
    let (column, column_span) = place;
    Cell {
        span: raw.text(source),
        flow,
        literals,
        row,
        column,
        row_span: raw.row_span,
        column_span,
        blank: shape.blank,
    }
}

/// 2、 at the start of a later paragraph of the cell.
fn numbers_paragraph(source: &Source, cell: &RawCell, literal: &Literal) -> bool {
    let opens = cell.paragraphs.iter().skip(1).any(|&span| trimmed(source, span).start() == literal.span.start());
    let after = source.text()[literal.span.end()..].trim_start();
    let mut next = after.chars();
    let marked =
        next.next().is_some_and(|c| "、.．）)".contains(c)) && !next.next().is_some_and(|c| c.is_ascii_digit());
    opens && !literal.unit_printed && literal.places == 0 && marked
}

/// The bytes of a list number that a label begins with: 1、公务用车 2.公务接待 （1）维修费
fn list_number(text: &str) -> usize {
    let inner = text.trim_start_matches(['（', '(']);
    let open = text.len() - inner.len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let Some(mark) = inner[digits..].chars().next() else { return 0 };
    let after = &inner[digits + mark.len_utf8()..];
    let closes = if open > 0 { "）)".contains(mark) } else { "、.．）)".contains(mark) };
    let labels = after.chars().next().is_some_and(|c| !c.is_ascii_digit());
    if (1..=2).contains(&digits) && closes && labels { open + digits + mark.len_utf8() } else { 0 }
}

/// Columns as the layout gives them, or one after the other.
fn plain_places(row: &RawRow) -> Vec<Place> {
    row.cells.iter().enumerate().map(|(index, cell)| cell.column.unwrap_or((index, 1))).collect()
}

/// The layout does not tell merged cells, so narrow rows are spread over the grid of the widest row.
fn spread_rows(shapes: &[Vec<Shape>], bands: &[Band]) -> Vec<Vec<Place>> {
    let width = shapes.iter().map(Vec::len).max().unwrap_or(0);
    let mut places: Vec<Vec<Place>> = shapes.iter().map(|row| spread(row.len(), width)).collect();
    for band in bands {
        let columns = spread(band_width(shapes, band), width);
        for row in band.header.clone().rev() {
            places[row] = header_places(shapes, &places, band, row, &columns);
        }
        let noted = band.header.clone().next_back().is_some_and(|row| shapes[row].last().is_some_and(is_note_column));
        for row in band.body.clone() {
            if let Some(found) = body_places(&shapes[row], &columns, noted) {
                places[row] = found;
            }
        }
    }
    places
}

/// Cells over the whole width: the first over one column, the others over equal shares of the rest.
fn spread(cells: usize, width: usize) -> Vec<Place> {
    if cells < 2 {
        return vec![(0, width.max(1)); cells];
    }
    let (rest, shares) = (width - 1, cells - 1);
    let mut column = 1;
    let others = (0..shares).map(|index| {
        let span = rest / shares + usize::from(index < rest % shares);
        column += span;
        (column - span, span)
    });
    std::iter::once((0, 1)).chain(others).collect()
}

/// The number of columns that a band has: of its rows with numbers the most frequent width, or that of its header.
fn band_width(shapes: &[Vec<Shape>], band: &Band) -> usize {
    let header = band.header.clone().map(|row| shapes[row].len()).max().unwrap_or(0);
    let rows: Vec<usize> = band
        .body
        .clone()
        .filter(|&row| shapes[row].iter().any(|cell| cell.number))
        .map(|row| shapes[row].len())
        .collect();
    let count = |width: usize| rows.iter().filter(|&&other| other == width).count();
    let frequent = rows.iter().copied().max_by_key(|&width| (count(width), width)).unwrap_or(header);
    frequent.max(header)
}

/// Cells `from..to` of a band's columns as one.
fn merged(columns: &[Place], from: usize, to: usize) -> Place {
    let (last, span) = columns[to - 1];
    (columns[from].0, last + span - columns[from].0)
}

/// A header row as wide as the band takes its columns; a narrower one stands over the groups of the row beneath it, or its
/// first cell stands over all label columns. Rows beneath have their places already.
fn header_places(
    shapes: &[Vec<Shape>],
    places: &[Vec<Place>],
    band: &Band,
    row: usize,
    columns: &[Place],
) -> Vec<Place> {
    let cells = shapes[row].len();
    if cells >= columns.len() {
        return columns.iter().copied().take(cells).collect();
    }
    let below = (row + 1..band.header.end).find(|&below| !shapes[below].iter().any(|cell| cell.number));
    let split = below.and_then(|below| Some((groups(cells, &shapes[below])?, &places[below])));
    let Some((groups, below)) = split else { return wide_first(cells, columns) };
    let mut from = 0;
    groups.into_iter().map(|size| (merged(below, from, from + size), from += size).0).collect()
}

/// How many cells of the row below stand under each of `parents` cells: an empty cell continues the one above it.
fn groups(parents: usize, below: &[Shape]) -> Option<Vec<usize>> {
    let mut runs: Vec<(bool, usize)> = Vec::new();
    for cell in below {
        let empty = cell.blank != Blank::Filled;
        match runs.last_mut() {
            Some((false, size)) if !empty => *size += 1,
            _ => runs.push((empty, 1)),
        }
    }
    let filled: Vec<usize> = runs.iter().filter(|(empty, _)| !empty).map(|(_, size)| *size).collect();
    let shared = parents.checked_sub(runs.len() - filled.len())?;
    let total: usize = filled.iter().sum();
    let size = if shared == filled.len() {
        None
    } else {
        Some(total.checked_div(shared).filter(|size| size * shared == total)?)
    };
    let mut groups = Vec::new();
    for (empty, run) in runs {
        match size {
            Some(size) if !empty && run % size == 0 => groups.extend(std::iter::repeat_n(size, run / size)),
            Some(_) if !empty => return None,
            _ => groups.push(run),
        }
    }
    (groups.len() == parents).then_some(groups)
}

/// The last cells at the right, the first over everything before them.
fn wide_first(cells: usize, columns: &[Place]) -> Vec<Place> {
    let extra = columns.len() - cells;
    let others = columns[extra + 1..].iter().copied();
    std::iter::once(merged(columns, 0, extra + 1)).chain(others).collect()
}

/// 偏差原因, 备注: the last column holds words.
fn is_note_column(cell: &Shape) -> bool {
    ["原因", "措施", "备注", "说明"].iter().any(|word| cell.text.contains(word))
}

/// A row as wide as its band takes the band's columns; a narrow 总分 row aligns at the right (R8), before a last column of
/// words that it leaves out.
fn body_places(row: &[Shape], columns: &[Place], noted: bool) -> Option<Vec<Place>> {
    if row.len() == columns.len() {
        return Some(columns.to_vec());
    }
    let total = row.len() > 1 && row.len() < columns.len() && is_total_label(&row[0].text);
    let left_out = usize::from(noted && row.last().is_some_and(|cell| cell.number));
    total.then(|| wide_first(row.len(), &columns[..columns.len() - left_out]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_rows_spread() {
        assert_eq!(spread(4, 7), [(0, 1), (1, 2), (3, 2), (5, 2)]);
        assert_eq!(spread(2, 7), [(0, 1), (1, 6)]);
        assert_eq!(spread(8, 9), [(0, 1), (1, 2), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1)]);
    }

    /// Every row: column:text, `+n` for further columns, `∅` bare, `□` left blank, `✗` not applicable.
    fn read(text: &str) -> Vec<String> {
        let source = Source::from_text("t", text, crate::source::Encoding::Utf8);
        let lines: Vec<Line> = source.lines().collect();
        let (table, _) = crate::document::table::parse_at(&source, &lines, 0).expect("the text begins with a table");
        let cell = |cell: &Cell| {
            let wide = if cell.column_span > 1 { format!("+{}", cell.column_span - 1) } else { String::new() };
            let text = match cell.blank {
                Blank::Filled => cell.flow.text(),
                Blank::Bare => "∅",
                Blank::Merged => "↑",
                Blank::Spaces => "□",
                Blank::NotApplicable => "✗",
            };
            format!("{}{wide}:{text}", cell.column)
        };
        table.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
    }

    const FORM: &str = "\t预算单位名称\n\t某局\n\n\t项目  资金\n（万元）\n\t　\n\t年初\n预算数\n\t全年\n执行数\n\t得分\n\n\t\n\t年度资金总额\n\t　400\n\t10\n\t——\n\n\t绩效\n指标\n\t一级指标\n\t三级指标\n\t指标值\n\t分值\n\t得分\n\n\t\n\t产出\n\t甲\n\t≥2次\n\t5\n\t5\n\n\t总分\n\t100\n\t　\n";

    #[test]
    fn r6_to_r11_one_grid_for_every_section() {
        assert_eq!(
            read(FORM),
            [
                "0:预算单位名称 1+4:某局",
                "0:项目资金（万元） 1+1:□ 3:年初预算数 4:全年执行数 5:得分",
                "0:∅ 1+1:年度资金总额 3:400 4:10 5:✗",
                "0:绩效指标 1:一级指标 2:三级指标 3:指标值 4:分值 5:得分",
                "0:∅ 1:产出 2:甲 3:≥2次 4:5 5:5",
                "0+3:总分 4:100 5:□",
            ]
        );
    }

    #[test]
    fn header_cells_over_several_columns() {
        let text =
            "\t项目\n\t合计\n\t公务用车费\n\t接待费\n\n\t\n\t\n\t小计\n\t购置费\n\t\n\n\t预算数\n\t5\n\t4\n\t1\n\t1\n";
        assert_eq!(read(text)[0], "0:项目 1:合计 2+1:公务用车费 4:接待费");
        let text =
            "\t项目\n\t2022年\n\t2023年\n\n\t\n\t预算数\n\t决算数\n\t预算数\n\t决算数\n\n\t合计\n\t5\n\t4\n\t1\n\t1\n";
        assert_eq!(read(text)[0], "0:项目 1+1:2022年 3+1:2023年");
    }

    #[test]
    fn header_cells_over_cells_over_columns() {
        let cells = |row: &str| row.split('|').map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n";
        let three = "合计|因公出国（境）费|公务用车费|公务接待费";
        let text = [
            cells("2023年预算数|2023年决算数"),
            cells(&format!("{three}|{three}")),
            cells("||小计|购置费|运行费||||小计|购置费|运行费|"),
            cells("9|0|7|3|4|2|8|0|6|2|4|2"),
        ];
        let found = read(&text.concat());
        assert_eq!(found[0], "0+5:2023年预算数 6+5:2023年决算数");
        assert!(found[1].starts_with("0:合计 1:因公出国（境）费 2+2:公务用车费 5:公务接待费 6:合计"), "{}", found[1]);
    }

    #[test]
    fn a_total_row_without_its_last_cell() {
        let text =
            "\t三级指标\n\t指标值\n\t分值\n\t得分\n\t偏差原因\n\n\t甲\n\t5\n\t100\n\t98\n\t\n\n\t总分\n\t100\n\t98\n";
        assert_eq!(read(text)[2], "0+1:总分 2:100 3:98");
    }

    #[test]
    fn units_by_precedence() {
        let source = Source::from_text("t", FORM, crate::source::Encoding::Utf8);
        let lines: Vec<Line> = source.lines().collect();
        let (mut table, _) =
            crate::document::table::parse_at(&source, &lines, 0).expect("the text begins with a table");
        table.unit = Some(crate::document::Unit::Yuan);
        let mut units = table.units();
        let units: Vec<&str> = table.cells().filter_map(|cell| Some(units.of(cell, cell.value()?).word())).collect();
        assert_eq!(units, ["万元", "万元", "", "分", "分", "分"]);
    }

    #[test]
    fn list_numbers_are_no_values() {
        assert_eq!(list_number("1、公务用车"), "1、".len());
        assert_eq!(list_number("（2）维修费"), "（2）".len());
        assert_eq!(list_number("1.5"), 0);
        assert_eq!(list_number("12"), 0);
    }
}
