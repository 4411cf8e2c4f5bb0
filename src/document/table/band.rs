//! Which header rows govern which rows.

use super::words::{is_field_label, is_header_word};
use super::{Band, Blank};

/// A cell as bands see it.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Without any blank.
    pub(super) text: String,
    /// The whole cell is one number.
    pub(super) number: bool,
    pub(super) blank: Blank,
}

/// The bands of a table: every run of header rows begins one. Rows before the first header make a band without header.
pub(super) fn bands(rows: &[Vec<Shape>]) -> Vec<Band> {
    let mut headers: Vec<bool> = rows.iter().map(|row| is_header(row)).collect();
    add_first_header(rows, &mut headers);
    let mut bands: Vec<Band> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let header_end = if headers[at] { header_end(rows, &headers, at) } else { at };
        let body_end = (header_end..rows.len()).find(|&row| headers[row]).unwrap_or(rows.len());
        match bands.last_mut().filter(|last| is_printed_again(&rows[last.header.clone()], &rows[at..header_end])) {
            Some(last) => last.body.end = body_end,
            None => bands.push(Band { header: at..header_end, body: header_end..body_end }),
        }
        at = body_end;
    }
    bands
}

/// Whether a header is only that of the page before, at the top of the next one.
fn is_printed_again(before: &[Vec<Shape>], header: &[Vec<Shape>]) -> bool {
    let alike = |a: &[Shape], b: &[Shape]| a.iter().map(|cell| &cell.text).eq(b.iter().map(|cell| &cell.text));
    !header.is_empty() && before.len() == header.len() && before.iter().zip(header).all(|(a, b)| alike(a, b))
}

/// A row of header words without a value.
fn is_header(row: &[Shape]) -> bool {
    let filled: Vec<&Shape> = row.iter().filter(|cell| cell.blank == Blank::Filled).collect();
    let words = filled.iter().filter(|cell| is_header_word(&cell.text)).count();
    words >= 2 && words * 2 >= filled.len() && !row.iter().any(|cell| cell.number) && !is_field_row(row)
}

/// 项目名称 | 节庆文旅活动 | 主管部门 | 某局: labels and values side by side.
fn is_field_row(row: &[Shape]) -> bool {
    let [first, second, ..] = row else { return false };
    is_field_label(&first.text) && !is_header_word(&second.text) && row.len() <= 4
}

/// Where no words tell the header, the row of words right before the first row of numbers is it.
fn add_first_header(rows: &[Vec<Shape>], headers: &mut [bool]) {
    let Some(first) = rows.iter().position(|row| row.iter().skip(1).any(|cell| cell.number)) else { return };
    let Some(before) = first.checked_sub(1).filter(|_| !headers[..first].contains(&true)) else { return };
    let row = &rows[before];
    let filled = row.iter().filter(|cell| cell.blank == Blank::Filled).count();
    let numbers = rows[first].iter().filter(|cell| cell.number).count();
    // The corner over the labels may be left blank.
    let corner = usize::from(row.first().is_some_and(|cell| cell.blank != Blank::Filled));
    headers[before] =
        filled >= 2 && filled + corner > numbers && !row.iter().any(|cell| cell.number) && !is_field_row(row);
}

/// Header rows that belong together: the second refines the first, or numbers the columns.
fn header_end(rows: &[Vec<Shape>], headers: &[bool], at: usize) -> usize {
    let mut end = at + 1;
    while end < rows.len() && (numbers_columns(&rows[end]) || continues_header(rows, headers, end)) {
        end += 1;
    }
    end
}

fn continues_header(rows: &[Vec<Shape>], headers: &[bool], row: usize) -> bool {
    let has_blank = |row: &[Shape]| row.iter().any(|cell| cell.blank != Blank::Filled);
    let under =
        has_blank(&rows[row]) && rows[row].len() >= rows[row - 1].len() && !rows[row].iter().any(|cell| cell.number);
    let over = has_blank(&rows[row - 1]) && rows[row].len() == rows[row - 1].len();
    headers[row] && (under || over || repeats(&rows[row - 1], &rows[row])) || under && is_second_row(&rows[row])
}

/// 合计 | 接待费 | 合计 | 接待费 under 预算数 | 决算数
fn repeats(over: &[Shape], under: &[Shape]) -> bool {
    let period = under.len() / over.len().max(1);
    let alike = |at: usize| under[at].text == under[at - period].text;
    over.len() > 1 && period > 1 && under.len().is_multiple_of(over.len()) && (period..under.len()).all(alike)
}

/// 小计 | 购置费 | 运行费 under a wide cell: mostly words of headers, too few for a header of its own.
fn is_second_row(row: &[Shape]) -> bool {
    let filled: Vec<&Shape> = row.iter().filter(|cell| cell.blank == Blank::Filled).collect();
    let first_empty = row.first().is_some_and(|cell| cell.blank != Blank::Filled);
    first_empty && filled.len() >= 2 && filled.iter().all(|cell| is_header_word(&cell.text))
}

/// 栏次 | 1 | 2 | 3
fn numbers_columns(row: &[Shape]) -> bool {
    let named = row.iter().any(|cell| ["栏次", "行次", "甲"].contains(&cell.text.as_str()));
    let numbers: Vec<u32> = row.iter().filter(|cell| cell.number).filter_map(|cell| cell.text.parse().ok()).collect();
    let counting = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let all = row.iter().filter(|cell| cell.number).count() == numbers.len();
    let only = row.iter().all(|cell| cell.number || cell.blank != Blank::Filled);
    all && counting && !numbers.is_empty() && (named || only && numbers.len() >= 3 && numbers[0] == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::table::words::is_number;

    fn rows(text: &str) -> Vec<Vec<Shape>> {
        let shape = |text: &str| Shape {
            text: text.into(),
            number: is_number(text),
            blank: if text.is_empty() { Blank::Bare } else { Blank::Filled },
        };
        text.lines().map(|line| line.split('|').map(shape).collect()).collect()
    }

    fn read(text: &str) -> Vec<(usize, usize, usize)> {
        bands(&rows(text)).iter().map(|band| (band.header.start, band.header.end, band.body.end)).collect()
    }

    #[test]
    fn several_headers_in_one_table() {
        let text = "预算单位名称|某局\n资金||年初预算数|分值|得分\n|总额|5|10|10\n指标|一级指标|二级指标|分值|得分\n|产出|数量|5|5\n总分|100|100|";
        assert_eq!(read(text), [(0, 0, 1), (1, 2, 3), (3, 4, 6)]);
    }

    #[test]
    fn a_header_printed_again_on_the_next_page() {
        assert_eq!(read("项目|预算数|决算数\n物业|5|3\n项目|预算数|决算数\n维修|9|7\n合计|14|10"), [(0, 1, 5)]);
    }

    #[test]
    fn header_rows_join() {
        assert_eq!(read("科目编码|科目名称|合计|基本支出\n栏次||1|2\n合计||5|5"), [(0, 2, 3)]);
        assert_eq!(read("项目|合计|公务用车购置及运行费||\n||小计|购置费|运行费\n预算数|5|4|1|3"), [(0, 2, 3)]);
        assert_eq!(
            read("总体目标|预期目标|实际完成情况\n绩效指标|一级指标|分值|得分\n|甲|1|1"),
            [(0, 1, 1), (1, 2, 3)]
        );
    }

    #[test]
    fn a_header_without_known_words() {
        assert_eq!(read("|东区|西区|合计\n年初预算|1|2|3\n实际支出|1|2|3"), [(0, 1, 3)]);
        assert_eq!(read("地区|甲类|乙类\n东|1|2\n西|3|4"), [(0, 1, 3)]);
    }
}
