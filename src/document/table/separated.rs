//! Cells between separators on one line: pasted spreadsheets (TAB) and `| a | b |`.

use super::raw::{Layout, RawCell, RawRow, RawTable};
use super::words::{is_header_word, is_number};
use crate::source::{Line, Source, Span};

/// How many lines decide whether separators make columns.
const SAMPLE: usize = 8;

/// `项目<TAB>年初预算数<TAB>全年预算数`
pub(super) fn parse_tabs(source: &Source, lines: &[Line], at: usize) -> Option<RawTable> {
    let row = |line: &Line| split_tabs(source, line);
    row(lines.get(at)?)?;
    let sample: Vec<RawRow> = lines[at..].iter().take(SAMPLE).map_while(row).collect();
    let wide = sample.iter().filter(|row| row.cells.len() > 2).count();
    let two_columns = wide * 2 < sample.len();
    if sample.len() < 2 || two_columns && !is_list_of_values(source, &sample) {
        return None;
    }
    let rows: Vec<RawRow> = lines[at..].iter().map_while(row).collect();
    let next = at + rows.len();
    Some(RawTable { layout: Layout::Separated, rows, next })
}

/// A header and then values: not a contents page, whose last column holds page numbers.
fn is_list_of_values(source: &Source, rows: &[RawRow]) -> bool {
    let last = |row: &RawRow| row.cells.last().map_or(String::new(), |cell| source.slice(cell.text(source)).to_owned());
    let header = rows.first().is_some_and(|row| is_header_word(&last(row)));
    header && rows.iter().skip(1).any(|row| is_number(&last(row)))
}

fn split_tabs(source: &Source, line: &Line) -> Option<RawRow> {
    let text = source.slice(line.span);
    if !text.contains('\t') {
        return None;
    }
    let inner = text.trim_end_matches(['\t', ' ']);
    let lone_cell = inner.strip_prefix('\t').is_some_and(|cell| !cell.contains('\t')) && !text.ends_with('\t');
    if inner.is_empty() || lone_cell {
        return None;
    }
    let cells = pieces(source, line.span, &['\t']).into_iter().map(RawCell::new).collect();
    Some(RawRow { span: line.span, cells })
}

/// `| 项目 | 年初预算数 |`, with or without `|---|---|`; also `a | b | c |`
pub(super) fn parse_pipes(source: &Source, lines: &[Line], at: usize) -> Option<RawTable> {
    let bars = |line: &Line| source.slice(line.span).matches(BARS).count();
    let line = lines.get(at)?;
    if !BARS.iter().any(|bar| source.slice(line.span).contains(*bar)) {
        return None;
    }
    let first = bars(line);
    let in_run = |line: &&Line| bars(line) > 0 || is_frame(source.slice(line.span));
    let sample: Vec<&Line> = lines[at..].iter().take(SAMPLE).take_while(in_run).collect();
    let framed = |line: &Line| source.slice(line.span).trim().starts_with(BARS) && bars(line) > 1;
    let alike = sample.iter().filter(|line| bars(line) == first || framed(line) || is_rule(source.slice(line.span)));
    let alike = alike.count();
    if sample.len() < 2 || alike * 2 <= sample.len() {
        return None;
    }
    let run: Vec<&Line> = lines[at..].iter().take_while(in_run).collect();
    let rows: Vec<RawRow> =
        run.iter().filter(|line| !is_rule(source.slice(line.span))).map(|line| split_bars(source, line)).collect();
    rows.iter().any(|row| row.cells.len() > 1).then_some(RawTable {
        layout: Layout::Separated,
        rows,
        next: at + run.len(),
    })
}

const BARS: [char; 4] = ['|', '｜', '│', '┃'];

/// |---|:--:|, +----+----+, ├──┼──┤: a line that only draws.
fn is_rule(text: &str) -> bool {
    let drawn = |c: char| "|｜│┃-:+= \t".contains(c) || ('─'..='╿').contains(&c);
    text.contains(['-', '─', '═', '━', '+']) && text.chars().all(drawn) && !text.trim().is_empty()
}

/// A rule line without bars.
fn is_frame(text: &str) -> bool {
    is_rule(text) && text.trim().starts_with(['+', '┌', '├', '└', '╔', '╠', '╚'])
}

fn split_bars(source: &Source, line: &Line) -> RawRow {
    let text = source.slice(line.span);
    let lead = text.len() - text.trim_start().len();
    let mut start = line.span.start() + lead;
    let mut end = line.span.start() + text.trim_end().len();
    let body = &text[lead..];
    if let Some(bar) = body.chars().next().filter(|c| BARS.contains(c)) {
        start += bar.len_utf8();
    }
    if end > start
        && let Some(bar) = source.text()[start..end].chars().next_back().filter(|c| BARS.contains(c))
    {
        end -= bar.len_utf8();
    }
    let cells = pieces(source, source.span(start, end.max(start)), &BARS).into_iter().map(RawCell::new).collect();
    RawRow { span: line.span, cells }
}

/// The stretches between separators.
fn pieces(source: &Source, span: Span, separators: &[char]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = span.start();
    for (at, bar) in source.slice(span).match_indices(separators) {
        let end = span.start() + at;
        found.push(source.span(start, end));
        start = end + bar.len();
    }
    found.push(source.span(start, span.end()));
    found
}

#[cfg(test)]
mod tests {
    use super::super::raw::squeezed;
    use super::*;
    use crate::source::Encoding;

    fn read(text: &str, parse: fn(&Source, &[Line], usize) -> Option<RawTable>) -> String {
        let source = Source::from_text("t", text, Encoding::Utf8);
        let lines: Vec<Line> = source.lines().collect();
        let Some(table) = parse(&source, &lines, 0) else { return "-".into() };
        let cell = |cell: &RawCell| squeezed(source.slice(cell.text(&source)));
        format!("{} >{}", table.shown(",", cell), table.next)
    }

    #[test]
    fn markdown() {
        let text = "| 项目 | 预算数 |\n|---|---|\n| 甲 | 1 |\n| 乙 |  |\n\n正文";
        assert_eq!(read(text, parse_pipes), "项目,预算数 / 甲,1 / 乙, >4");
    }

    #[test]
    fn bars_without_rule() {
        assert_eq!(read("项目 | 预算数 | 决算数 |\n甲 | 1 | 2 |\n", parse_pipes), "项目,预算数,决算数 / 甲,1,2 >2");
        assert_eq!(read("人员|经费\n正文\n", parse_pipes), "-");
    }

    #[test]
    fn drawn_frames() {
        assert_eq!(read("+--+--+\n| 甲 | 1 |\n+--+--+\n", parse_pipes), "-");
        assert_eq!(read("│ 项目 │ 数 │\n├──┼──┤\n│ 甲 │ 1 │\n", parse_pipes), "项目,数 / 甲,1 >3");
    }

    #[test]
    fn pasted_spreadsheet() {
        assert_eq!(
            read("项目\t预算数\t决算数\n甲\t1\t\n\t2\t3\n正文", parse_tabs),
            "项目,预算数,决算数 / 甲,1, / ,2,3 >3"
        );
        assert_eq!(read("一、概况\t1\n二、决算\t3\n", parse_tabs), "-");
        assert_eq!(read("1.\t正文一句\n2.\t正文二句\n", parse_tabs), "-");
    }
}
