//! Columns by their place on the line, separated by runs of blanks, as `pdftotext -layout` prints them.

use super::raw::{Layout, RawCell, RawRow, RawTable, is_blank, is_empty_line};
use super::words::{is_header_word, is_note, is_number, is_total_label};
use crate::document::words::width as bytes_of;
use crate::source::{Line, Source, Span};

/// How many lines decide whether blanks make columns.
const SAMPLE: usize = 12;
/// Longer pieces are sentences, not cells.
const LONG: usize = 30;

/// `合计        21.00     18.50    88.10%`
pub(super) fn parse(source: &Source, lines: &[Line], at: usize) -> Option<RawTable> {
    if !has_gap(source.slice(lines.get(at)?.span)) {
        return None;
    }
    let first = fields(source, &lines[at]);
    if first.len() < 2 || !fits(source, lines[at], &first) {
        return None;
    }
    let sample = run(source, &lines[at..lines.len().min(at + SAMPLE)]);
    let wide = sample.iter().filter(|row| row.len() > 1).count();
    if wide < 3 || sample.iter().filter(|row| is_data(source, row)).count() < 2 {
        return None;
    }
    let rows = run(source, &lines[at..]);
    let columns = columns(source, &rows)?;
    let last = rows.iter().flatten().last()?.span;
    let next = at + lines[at..].iter().take_while(|line| line.span.start() < last.end()).count();
    let rows = rows.iter().map(|row| place(source, row, &columns)).collect();
    Some(RawTable { layout: Layout::Aligned, rows, next })
}

/// A piece of a line with the places that it takes on it.
#[derive(Clone, Copy, Debug)]
struct Field {
    span: Span,
    left: usize,
    right: usize,
}

/// The pieces of a line between runs of at least two blanks (one, if it is as wide as two).
fn fields(source: &Source, line: &Line) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    let (mut place, mut gap) = (0, 2);
    for (at, c) in source.slice(line.span).char_indices() {
        let (at, wide) = (line.span.start() + at, width(c));
        if is_blank(c) {
            (gap, place) = (gap + wide, place + wide);
            continue;
        }
        let end = at + c.len_utf8();
        match found.last_mut().filter(|_| gap < 2) {
            Some(open) => {
                *open = Field { span: source.span(open.span.start(), end), left: open.left, right: place + wide }
            }
            None => found.push(Field { span: source.span(at, end), left: place, right: place + wide }),
        }
        (gap, place) = (0, place + wide);
    }
    joined(source, found)
}

/// `项      目`, `合    计`: one word, spread over its column.
fn joined(source: &Source, fields: Vec<Field>) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    for field in fields {
        let spread = |open: &&mut Field| {
            let (first, second) = (source.slice(open.span), source.slice(field.span));
            let short = first.chars().count() == 1 && second.chars().count() == 1;
            let word = || format!("{first}{second}");
            short && (is_header_word(&word()) || is_total_label(&word()))
        };
        match found.last_mut().filter(spread) {
            Some(open) => *open = Field { span: open.span.cover(field.span), right: field.right, ..*open },
            None => found.push(field),
        }
    }
    found
}

/// Whether a line has a gap as wide as two blanks between two pieces.
fn has_gap(text: &str) -> bool {
    let text = text.trim_start_matches(is_blank);
    let (mut gap, mut at) = (0, 0);
    while let Some(&first) = text.as_bytes().get(at) {
        // No blank begins as Chinese characters, Latin letters and digits do.
        let word = matches!(first, b'!'..=b'~' | 0xe4..=0xe9);
        let blank = if word { None } else { text[at..].chars().next().filter(|c| is_blank(*c)) };
        match blank {
            Some(blank) => gap += width(blank),
            None if gap >= 2 => return true,
            None => gap = 0,
        }
        at += bytes_of(first);
    }
    false
}

fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        _ if (c as u32) < 0x1100 => 1,
        _ => 2,
    }
}

/// The lines of the table: until prose, a note, or two blank lines.
fn run(source: &Source, lines: &[Line]) -> Vec<Vec<Field>> {
    let mut rows = Vec::new();
    let mut blank = 0;
    for line in lines {
        if is_empty_line(source, line) {
            blank += 1;
            if blank > 1 {
                break;
            }
            continue;
        }
        blank = 0;
        let row = fields(source, line);
        if !fits(source, *line, &row) {
            break;
        }
        rows.push(row);
    }
    while rows.last().is_some_and(|row| row.len() < 2) {
        rows.pop();
    }
    rows
}

/// Whether a line can be a row: no sentence, no note, no blank to be filled in by hand.
fn fits(source: &Source, line: Line, row: &[Field]) -> bool {
    let text = |field: &Field| source.slice(field.span);
    let sentence = |text: &str| text.chars().count() > LONG || text.ends_with(['。', '；']) || text.contains('。');
    let slots = row.iter().filter(|field| text(field).ends_with(['：', ':'])).count();
    let whole = source.slice(line.span);
    let note = is_note(whole) && !is_data(source, row);
    !whole.contains('\t') && !row.iter().any(|field| sentence(text(field))) && slots < 2 && !note
}

/// A row with a label and at least one number.
fn is_data(source: &Source, row: &[Field]) -> bool {
    row.iter().skip(1).any(|field| is_number(source.slice(field.span)))
}

/// The places of the columns: of the widest kind of row that occurs more than once.
fn columns(source: &Source, rows: &[Vec<Field>]) -> Option<Vec<(usize, usize)>> {
    let data: Vec<&Vec<Field>> = rows.iter().filter(|row| is_data(source, row)).collect();
    let count = |width: usize| data.iter().filter(|row| row.len() == width).count();
    let widths = data.iter().map(|row| row.len());
    let width = widths.filter(|&width| count(width) > 1).max()?;
    let mut columns = vec![(usize::MAX, 0); width];
    for row in data.iter().filter(|row| row.len() == width) {
        for (column, field) in columns.iter_mut().zip(row.iter()) {
            *column = (column.0.min(field.left), column.1.max(field.right));
        }
    }
    widen(source, rows, &mut columns);
    columns.windows(2).all(|pair| pair[0].1 <= pair[1].0).then_some(columns)
}

/// 绩效指标  一级指标  二级指标: a header that names more columns than any row fills has those as well that stand apart.
fn widen(source: &Source, rows: &[Vec<Field>], columns: &mut Vec<(usize, usize)>) {
    let names = |row: &&Vec<Field>| !row.iter().any(|field| is_number(source.slice(field.span)));
    let Some(header) = rows.iter().filter(names).max_by_key(|row| row.len()) else { return };
    let apart = |field: &&Field| columns.iter().all(|column| field.right <= column.0 || column.1 <= field.left);
    let more: Vec<(usize, usize)> = header.iter().filter(apart).map(|field| (field.left, field.right)).collect();
    if header.len() == columns.len() + more.len() {
        columns.extend(more);
        columns.sort_unstable();
    }
}

fn place(source: &Source, row: &[Field], columns: &[(usize, usize)]) -> RawRow {
    let span = row.iter().fold(row[0].span, |span, field| span.cover(field.span));
    let mut free = 0;
    let mut cells = Vec::new();
    for (index, field) in row.iter().enumerate() {
        let found = if row.len() == columns.len() { (index, 1) } else { column_of(source, field, columns) };
        let column = found.0.max(free);
        free = column + found.1;
        cells.push(RawCell { column: Some((column, found.1)), ..RawCell::new(field.span) });
    }
    RawRow { span, cells }
}

/// A number belongs to the column whose right end is nearest; words to the columns that they stand over.
fn column_of(source: &Source, field: &Field, columns: &[(usize, usize)]) -> (usize, usize) {
    if is_number(source.slice(field.span)) {
        let nearest = (0..columns.len()).min_by_key(|&at| columns[at].1.abs_diff(field.right));
        return (nearest.unwrap_or(0), 1);
    }
    let over = |at: &usize| field.left < columns[*at].1 && columns[*at].0 < field.right;
    let first = (0..columns.len()).find(over);
    match first {
        Some(first) => (first, (first..columns.len()).take_while(over).count()),
        None => ((0..columns.len()).min_by_key(|&at| columns[at].0.abs_diff(field.left)).unwrap_or(0), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Encoding;

    fn read(text: &str) -> String {
        let source = Source::from_text("t", text, Encoding::Utf8);
        let lines: Vec<Line> = source.lines().collect();
        let Some(table) = parse(&source, &lines, 0) else { return "-".into() };
        let cell = |cell: &RawCell| {
            let (column, span) = cell.column.expect("aligned cells know their columns");
            let wide = if span > 1 { format!("+{}", span - 1) } else { String::new() };
            format!("{column}{wide}:{}", source.slice(cell.paragraphs[0]))
        };
        format!("{} >{}", table.shown(" ", cell), table.next)
    }

    #[test]
    fn columns_by_place() {
        let text = "项目          预算数      决算数\n合计           30.00       28.50\n公务接待费                  2.50\n运行维护费     10.00        9.00\n\n全年支出总体平稳，未超过预算。\n";
        assert_eq!(
            read(text),
            "0:项目 1:预算数 2:决算数 / 0:合计 1:30.00 2:28.50 / 0:公务接待费 2:2.50 / 0:运行维护费 1:10.00 2:9.00 >4"
        );
    }

    #[test]
    fn a_column_that_only_the_header_fills() {
        let text = "绩效指标   一级指标   三级指标   指标值   得分\n           产出指标   完成数量   27吨     10\n                      合格率     98%      8\n           效益指标   受益人口   3万人    9\n";
        assert_eq!(
            read(text),
            "0:绩效指标 1:一级指标 2:三级指标 3:指标值 4:得分 / 1:产出指标 2:完成数量 3:27吨 4:10 / 2:合格率 3:98% 4:8 / 1:效益指标 2:受益人口 3:3万人 4:9 >4"
        );
    }

    #[test]
    fn words_spread_over_their_column() {
        let text = "项        目      预算数      决算数\n公务接待费          10.00        2.50\n运行维护费          10.00        9.00\n合        计        20.00       11.50\n";
        assert_eq!(
            read(text),
            "0:项        目 1:预算数 2:决算数 / 0:公务接待费 1:10.00 2:2.50 / 0:运行维护费 1:10.00 2:9.00 / 0:合        计 1:20.00 2:11.50 >4"
        );
    }

    #[test]
    fn signatures_and_prose_are_no_tables() {
        assert_eq!(read("填表人：      填报日期：    联系电话：\n填表人：      填报日期：    联系电话：\n"), "-");
        assert_eq!(read("一、概况  本单位共有人员27人。\n二、收入  全年1.5万元。\n三、支出  2.5万元。\n"), "-");
    }
}
