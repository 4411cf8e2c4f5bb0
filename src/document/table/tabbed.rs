//! The layout that document converters leave: each cell is a line that begins with TAB, a blank line ends a row.

use super::raw::{Layout, RawCell, RawRow, RawTable, squeezed};
use super::words::{is_note, is_number};
use crate::source::{Line, Source};

/// How far a break inside a cell may reach before the next TAB: a cell holds a list of goals at most.
const REACH: usize = 60;
/// How many lines decide whether TABs open cells or indent paragraphs.
const SAMPLE: usize = 24;

/// `TAB 年度资金总额`, `TAB 608.42`, …, blank line
pub(super) fn parse(source: &Source, lines: &[Line], at: usize) -> Option<RawTable> {
    if !opens_cell(source, lines.get(at)?) || !looks_like_cells(source, lines, at) {
        return None;
    }
    let mut reader = Reader { source, lines, at, rows: Vec::new(), cells: Vec::new() };
    while reader.step() {}
    reader.close_row();
    let filled = reader.rows.iter().any(|row| row.cells.len() > 1);
    filled.then_some(RawTable { layout: Layout::Tabbed, rows: reader.rows, next: reader.at })
}

fn opens_cell(source: &Source, line: &Line) -> bool {
    source.slice(line.span).strip_prefix('\t').is_some_and(|cell| !cell.trim_end().contains('\t'))
}

/// A line without anything. One of wide blanks is a paragraph that was left blank (A12).
fn is_gap(source: &Source, line: &Line) -> bool {
    source.slice(line.span).bytes().all(|b| matches!(b, b' ' | b'\r' | b'\x0c'))
}

/// Whether TABs open cells here: short pieces, several of them, rather than indented sentences.
fn looks_like_cells(source: &Source, lines: &[Line], at: usize) -> bool {
    let sample: Vec<&str> = lines[at..].iter().take(SAMPLE).map(|line| source.slice(line.span)).collect();
    let cells: Vec<&str> = sample.iter().filter_map(|text| text.strip_prefix('\t')).collect();
    let sentences =
        cells.iter().filter(|text| text.chars().count() > 30 && text.trim_end().ends_with(['。', '；'])).count();
    let beside = |pair: &[&str]| pair[1].starts_with('\t') && (pair[0].starts_with('\t') || !pair[0].trim().is_empty());
    sentences * 2 < cells.len() && sample.windows(2).any(beside)
}

struct Reader<'a> {
    source: &'a Source,
    lines: &'a [Line],
    /// The line to read next.
    at: usize,
    rows: Vec<RawRow>,
    /// The cells of the open row.
    cells: Vec<RawCell>,
}

impl Reader<'_> {
    /// Reads one line or one gap; false at the end of the table.
    fn step(&mut self) -> bool {
        let Some(line) = self.lines.get(self.at) else { return false };
        let text = self.source.slice(line.span);
        if text.starts_with('\t') {
            let (start, end) = (line.span.start() + 1, line.span.end());
            self.cells.push(RawCell::new(self.source.span(start, end)));
            self.at += 1;
            return true;
        }
        if is_gap(self.source, line) {
            return self.gap();
        }
        if self.row_is_complete() && self.ends_before(text) {
            return false;
        }
        self.continue_cell();
        true
    }

    /// A line without TAB goes on with the open cell.
    fn continue_cell(&mut self) {
        let span = self.lines[self.at].span;
        if let Some(cell) = self.cells.last_mut() {
            cell.paragraphs.push(span);
        }
        self.at += 1;
    }

    /// One or more blank lines: the end of a row, a break inside the cell, or the end of the table.
    fn gap(&mut self) -> bool {
        let blank = |at: usize| self.lines.get(at).is_some_and(|line| is_gap(self.source, line) && !self.is_cell(at));
        let mut next = self.at;
        while blank(next) {
            next += 1;
        }
        if self.is_cell(next) {
            self.close_row();
            self.at = next;
            return true;
        }
        let one_blank = next == self.at + 1;
        match self.rejoin(next) {
            Some(back) if one_blank => {
                self.at = next;
                while self.at < back {
                    if is_gap(self.source, &self.lines[self.at]) {
                        self.at += 1;
                    } else {
                        self.continue_cell();
                    }
                }
                true
            }
            _ => false,
        }
    }

    /// Where the open cell ends if the paragraphs from `from` on belong to it: the line after its last paragraph.
    fn rejoin(&self, from: usize) -> Option<usize> {
        let mut last = from;
        let mut breaks = 0;
        for at in from..self.lines.len().min(from + REACH) {
            if self.is_cell(at) {
                let direct = last + 1 == at;
                let same = if direct { self.belongs_inside(at) } else { self.closes_open_row(from, last) };
                return same.then_some(last + 1);
            }
            let line = &self.lines[at];
            if is_gap(self.source, line) {
                breaks += 1;
                if breaks > 1 {
                    return None;
                }
                continue;
            }
            if is_note(self.source.slice(line.span)) {
                return None;
            }
            (breaks, last) = (0, at);
        }
        None
    }

    /// `3、市级专项资金` blank `（一个专项一行）` TAB: more cells of the row follow, and the row needs them.
    fn belongs_inside(&self, next_cell: usize) -> bool {
        let more = (next_cell..self.lines.len()).take_while(|&at| self.is_cell(at)).take(REACH).count();
        let known = |width: usize| self.rows.iter().any(|row| row.cells.len() == width);
        !known(self.cells.len()) || known(self.cells.len() + more)
    }

    /// `偏差原因` blank `分析及` blank `改进措施` blank TAB: short paragraphs that end a row of words.
    fn closes_open_row(&self, from: usize, last: usize) -> bool {
        let text: usize =
            self.lines[from..=last].iter().map(|line| squeezed(self.source.slice(line.span)).chars().count()).sum();
        let words = self.cells.iter().filter(|cell| !cell.is_bare(self.source)).count() > 1;
        let ends_empty = self.cells.last().is_some_and(|cell| cell.is_bare(self.source));
        words && text <= 40 && !self.ends_in_number() && !ends_empty
    }

    /// Whether the open cell is a number.
    fn ends_in_number(&self) -> bool {
        self.cells.last().is_some_and(|cell| is_number(self.source.slice(cell.text(self.source))))
    }

    /// Whether the open row has as many cells as some row before it.
    fn row_is_complete(&self) -> bool {
        self.rows.iter().any(|row| row.cells.len() == self.cells.len())
    }

    /// Whether a line that follows a complete row directly is no longer part of the table.
    fn ends_before(&self, text: &str) -> bool {
        is_note(text) || self.ends_in_number() && text.chars().count() > 30 && text.trim_end().ends_with('。')
    }

    fn is_cell(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| self.source.slice(line.span).starts_with('\t'))
    }

    fn close_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let Some(first) = cells.first() else { return };
        let paragraphs = cells.iter().flat_map(|cell| &cell.paragraphs);
        let span = paragraphs.fold(first.paragraphs[0], |span, &next| span.cover(next));
        self.rows.push(RawRow { span, cells });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Encoding;

    /// Rows with cells between `|`, rows on lines; then the line that the table stops before.
    fn read(text: &str) -> String {
        let source = Source::from_text("t", text, Encoding::Utf8);
        let lines: Vec<Line> = source.lines().collect();
        let Some(table) = parse(&source, &lines, 0) else { return "-".into() };
        let cell =
            |cell: &RawCell| cell.paragraphs.iter().map(|&span| squeezed(source.slice(span))).collect::<String>();
        let rest = lines.get(table.next).map_or("", |line| source.slice(line.span));
        format!("{} >{rest}", table.shown("|", cell))
    }

    #[test]
    fn r1_r2_a_tab_opens_a_cell_and_other_lines_continue_it() {
        assert_eq!(read("\t年度预\n算申请\n\t年初\n预算数\n\n\t甲\n\t1\n"), "年度预算申请|年初预算数 / 甲|1 >");
    }

    #[test]
    fn r3_blank_lines_before_a_tab_end_the_row() {
        assert_eq!(read("\t甲\n\t1\n\n\n\t乙\n\t2\n\n\n正文"), "甲|1 / 乙|2 >");
    }

    #[test]
    fn r4_one_blank_line_inside_a_cell() {
        let text = "\t甲\n\t1\n\t2\n\n\t3、市级专项资金\n\n（一个专项一行）\n\t\n\t\n\n\t乙\n\t3\n\t4\n";
        assert_eq!(read(text), "甲|1|2 / 3、市级专项资金（一个专项一行）|| / 乙|3|4 >");
        assert_eq!(
            read("\t三级指标\n\t偏差原因\n\n分析及\n\n改进措施\n\n\t甲\n\t\n"),
            "三级指标|偏差原因分析及改进措施 / 甲| >"
        );
    }

    #[test]
    fn a12_goals_listed_in_one_cell() {
        let text =
            "\t\n\t1、保障办公。\n\n2、维修房屋。\n\n　　\n\t完成；\n完成。\n\n\n\t绩\n\n效\n\t一级指标\n\t分值\n";
        assert_eq!(read(text), "|1、保障办公。2、维修房屋。|完成；完成。 / 绩效|一级指标|分值 >");
    }

    #[test]
    fn r5_two_blank_lines_end_the_table() {
        assert_eq!(read("\t总分\n\t100\n\n\n说明：项目支出\n"), "总分|100 >");
    }

    #[test]
    fn a13_one_blank_line_before_prose_ends_the_table() {
        assert_eq!(read("\t甲\n\t1\n\n\t合计\n\t1\n\n评价结论：良好。\n\n"), "甲|1 / 合计|1 >");
        assert_eq!(read("\t甲\n\t1\n\n\t合计\n\t1\n\n3.政府采购。全年采购48万元。\n\n（三）产出\n"), "甲|1 / 合计|1 >");
        assert_eq!(
            read("\t甲\n\t1\n\n\t措施\n\t严控\n\n说明：见下。\n附件2\n自评表\n\t乙\n\t2\n"),
            "甲|1 / 措施|严控 >"
        );
    }

    #[test]
    fn r6_r7_empty_cells_stay() {
        assert_eq!(read("\t\n\t甲\n\t　\n\n\t\n\t乙\n\t1\n"), "|甲| / |乙|1 >");
    }

    #[test]
    fn indented_prose_is_no_table() {
        let prose = "\t本单位全年完成各项任务，预算执行情况总体良好，资金使用规范，达到年初设定的目标。\n";
        assert_eq!(read(&prose.repeat(3)), "-");
    }
}
