//! One cell per line without any mark: a table only where the counts of cells prove its width.

use super::raw::{Layout, RawCell, RawRow, RawTable, squeezed};
use super::words::{is_header_word, is_note, is_number};
use crate::source::{Line, Source, Span};

/// The widest header that is looked for: wider ones cannot be told from running text.
const WIDEST: usize = 12;
/// A row has at most so many labels before its numbers.
const MOST_LABELS: usize = 2;
/// A cell is short.
const LONG: usize = 24;

/// `项目` `预算数` `决算数` `合计` `30.00` `28.50` …, each on its own line
pub(super) fn parse(source: &Source, lines: &[Line], at: usize) -> Option<RawTable> {
    let short = |index: usize| lines.get(index).and_then(|line| short_line(source, line));
    let cell = |index: usize| short(index).filter(|span| !is_note(source.slice(*span)));
    let is_word = |index: &usize| short(*index).is_some_and(|span| !is_value(source, span));
    let words = (at..).take_while(is_word).take(WIDEST + MOST_LABELS + 1).count();
    // Most runs of short lines have no value after them, or a note in them, and are no tables.
    let valued = words > 1 && short(at + words).is_some_and(|span| is_value(source, span));
    if !valued || (at..at + words).any(|index| cell(index).is_none()) {
        return None;
    }
    let proven = |labels: usize| {
        let width = words.checked_sub(labels).filter(|width| (labels + 1..=WIDEST).contains(width))?;
        let known = |index: &usize| cell(*index).is_some_and(|span| is_header(&squeezed(source.slice(span))));
        let mostly = (at..at + width).filter(known).count() * 2 > width;
        let headed = mostly || labels > 1 && (at + labels..at + width).all(|index| known(&index));
        let is_row = |row: usize| {
            let first = at + row * width;
            let label = |index: usize| cell(index).is_some_and(|span| index > first || !is_value(source, span));
            let value = |index: usize| cell(index).is_some_and(|span| is_value(source, span));
            (first..first + labels).all(label) && (first + labels..first + width).all(value)
        };
        let body = (1..).take_while(|&row| is_row(row)).count();
        let next = at + (body + 1) * width;
        let ends = !cell(next).is_some_and(|span| is_value(source, span));
        (headed && body >= 2 && width * body >= 6 && ends).then_some((width, body, next))
    };
    let (width, body, next) = (1..=MOST_LABELS).find_map(proven)?;
    let rows = (0..=body).map(|row| {
        let cells: Vec<Span> = (at + row * width..at + (row + 1) * width).filter_map(cell).collect();
        RawRow { span: cells[0].cover(cells[width - 1]), cells: cells.into_iter().map(RawCell::new).collect() }
    });
    Some(RawTable { layout: Layout::Stacked, rows: rows.collect(), next })
}

/// A word of headers, or one that says its unit: 结算价（万元）.
fn is_header(text: &str) -> bool {
    let unit = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
    is_header_word(text) || unit.is_some_and(|(name, unit)| !name.is_empty() && (1..=6).contains(&unit.chars().count()))
}

/// A short line that is no sentence; a bar at its end is the converter's, and one alone an empty cell.
fn short_line(source: &Source, line: &Line) -> Option<Span> {
    let text = source.slice(line.span).trim_end().trim_end_matches('|').trim_end();
    if text.is_empty() && source.slice(line.span).trim() == "|" {
        return Some(line.span.at_start());
    }
    let count = text.trim_start().chars().take(LONG + 1).count();
    let sentence = || text.contains(['。', '；', '\t', '|']) || text.contains('，') && !is_number(text);
    let fits = (1..=LONG).contains(&count) && !sentence();
    fits.then(|| source.span(line.span.start(), line.span.start() + text.len()))
}

/// A number, or the sign of a value that does not apply.
fn is_value(source: &Source, span: Span) -> bool {
    let text = source.slice(span).trim();
    text.is_empty() || is_number(text) || ["—", "——", "-", "/"].contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Encoding;

    fn read(text: &str) -> Option<(usize, usize, usize)> {
        let source = Source::from_text("t", text, Encoding::Utf8);
        let lines: Vec<Line> = source.lines().collect();
        let table = parse(&source, &lines, 0)?;
        Some((table.rows.len(), table.rows[0].cells.len(), table.next))
    }

    #[test]
    fn counts_prove_the_width() {
        assert_eq!(read("项目\n预算数\n决算数\n合计\n30\n28\n接待费\n10\n8\n正文。\n"), Some((3, 3, 9)));
        assert_eq!(read("项目 |\n预算数 |\n决算数 |\n合计 |\n30 |\n28 |\n接待费 |\n10 |\n8 |\n"), Some((3, 3, 9)));
    }

    #[test]
    fn two_labels_and_cells_left_empty() {
        let rows = "标段\n施工单位\n面积（亩）\n结算价（万元）\n一标段\n甲公司\n3200\n471.22\n二标段\n乙公司\n2800\n420.56\n合计\n—\n6000\n891.78\n";
        assert_eq!(read(rows), Some((4, 4, 16)));
        let bars = "名称 |\n面积（亩） |\n标准（元/亩） |\n资金（万元） |\n轮作 |\n3120 |\n150 |\n46.80 |\n扩种 |\n5860 |\n100 |\n58.60 |\n合计 |\n8980 |\n|\n105.40 |\n";
        assert_eq!(read(bars), Some((4, 4, 16)));
    }

    #[test]
    fn a_missing_cell_leaves_no_table() {
        assert_eq!(read("项目\n预算数\n决算数\n合计\n30\n28\n接待费\n10\n正文。\n"), None);
        assert_eq!(read("部门概况\n机构设置\n1\n人员情况\n"), None);
    }
}
