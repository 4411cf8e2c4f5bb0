//! One cell per line without any mark: a table only where the counts of cells prove its width.

use super::raw::{Layout, RawCell, RawRow, RawTable, squeezed};
use super::words::{is_header_word, is_note, is_number};
use crate::source::{Line, Source, Span};

/// The widest header that is looked for: wider ones cannot be told from running text.
const WIDEST: usize = 12;
/// A cell is short.
const LONG: usize = 24;

/// `项目` `预算数` `决算数` `合计` `30.00` `28.50` …, each on its own line
pub(super) fn parse(source: &Source, lines: &[Line], at: usize) -> Option<RawTable> {
    let cell = |index: usize| lines.get(index).and_then(|line| short_cell(source, line));
    let words =
        (at..).take_while(|&index| cell(index).is_some_and(|span| !is_value(source, span))).take(WIDEST + 2).count();
    let width = words.checked_sub(1).filter(|width| (2..=WIDEST).contains(width))?;
    let header = at..at + width;
    let known =
        header.clone().filter(|&index| cell(index).is_some_and(|span| is_header_word(&squeezed(source.slice(span)))));
    if known.count() * 2 <= width {
        return None;
    }
    let is_row = |row: usize| {
        let first = at + row * width;
        let label = cell(first).is_some_and(|span| !is_value(source, span));
        label && (first + 1..first + width).all(|index| cell(index).is_some_and(|span| is_value(source, span)))
    };
    let body = (1..).take_while(|&row| is_row(row)).count();
    let next = at + (body + 1) * width;
    if body < 2 || width * body < 6 || cell(next).is_some_and(|span| is_value(source, span)) {
        return None;
    }
    let rows = (0..=body).map(|row| {
        let cells: Vec<Span> = (at + row * width..at + (row + 1) * width).filter_map(cell).collect();
        RawRow { span: cells[0].cover(cells[width - 1]), cells: cells.into_iter().map(RawCell::new).collect() }
    });
    Some(RawTable { layout: Layout::Stacked, rows: rows.collect(), next })
}

/// A short line; a bar at its end is the converter's.
fn short_cell(source: &Source, line: &Line) -> Option<Span> {
    let text = source.slice(line.span).trim_end().trim_end_matches('|').trim_end();
    let count = text.trim_start().chars().take(LONG + 1).count();
    let sentence = || text.contains(['。', '；', '\t', '|']) || text.contains('，') && !is_number(text);
    let fits = (1..=LONG).contains(&count) && !sentence() && !is_note(text);
    fits.then(|| source.span(line.span.start(), line.span.start() + text.len()))
}

/// A number, or the sign of a value that does not apply.
fn is_value(source: &Source, span: Span) -> bool {
    let text = source.slice(span).trim();
    is_number(text) || ["—", "——", "-", "/"].contains(&text)
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
    fn a_missing_cell_leaves_no_table() {
        assert_eq!(read("项目\n预算数\n决算数\n合计\n30\n28\n接待费\n10\n正文。\n"), None);
        assert_eq!(read("部门概况\n机构设置\n1\n人员情况\n"), None);
    }
}
