//! The examples of a page: what must fire, what must stay silent, known misses and known false alarms.

use std::ops::Range;

use super::page::Line;
use crate::source::{Encoding, Source};

/// One example, with its marks taken out.
#[derive(Clone, Debug)]
pub struct Example {
    pub kind: ExampleKind,
    pub title: String,
    /// The report, without `[[` and `]]`.
    pub report: Source,
    /// What the labels of the finding must cover, as byte ranges of the report.
    pub marks: Vec<Range<usize>>,
    /// What the finding must say.
    pub message: Option<String>,
    /// The line of the page that opens it, as a byte range.
    pub heading: Range<usize>,
}

/// The cell of the confusion matrix that an example pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExampleKind {
    /// 报: fires, and should.
    Fires,
    /// 不报: does not fire, and should not.
    Silent,
    /// 漏: does not fire, but should.
    Missed,
    /// 误: fires, but should not.
    FalseAlarm,
}

impl ExampleKind {
    pub const ALL: [ExampleKind; 4] =
        [ExampleKind::Fires, ExampleKind::Silent, ExampleKind::Missed, ExampleKind::FalseAlarm];

    /// The word of the example's heading.
    pub fn word(self) -> &'static str {
        match self {
            ExampleKind::Fires => "报",
            ExampleKind::Silent => "不报",
            ExampleKind::Missed => "漏",
            ExampleKind::FalseAlarm => "误",
        }
    }

    /// Whether the rule fires on such an example today.
    pub fn fires(self) -> bool {
        matches!(self, ExampleKind::Fires | ExampleKind::FalseAlarm)
    }
}

/// The examples of a page's body.
pub(super) fn parse(body: &[Line], fail: &mut impl FnMut(String, Range<usize>)) -> Vec<Example> {
    let headings: Vec<usize> = headings(body);
    let mut examples = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let end = headings.get(at + 1).copied().unwrap_or(body.len());
        examples.extend(example(&body[*heading..end], fail));
    }
    examples
}

/// Lines that begin an example, those inside a report excepted.
fn headings(body: &[Line]) -> Vec<usize> {
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in body.iter().enumerate() {
        if line.text.starts_with("~~~") {
            inside = !inside;
        } else if !inside && line.text.starts_with("### ") {
            found.push(at);
        }
    }
    found
}

fn example(lines: &[Line], fail: &mut impl FnMut(String, Range<usize>)) -> Option<Example> {
    let heading = lines[0];
    let words = heading.text.trim_start_matches('#').trim();
    let at = heading.start..heading.end();
    let kind = words.split_once('：').and_then(|(word, title)| {
        let kind = ExampleKind::ALL.into_iter().find(|kind| kind.word() == word)?;
        Some((kind, title.trim().to_owned()))
    });
    let Some((kind, title)) = kind else {
        fail("例子的标题应是“报：”“不报：”“漏：”或“误：”加一句话".into(), at);
        return None;
    };
    let Some((open, is_workbook)) = lines.iter().enumerate().find_map(|(at, line)| Some((at, opens(line)?))) else {
        fail("例子缺 ~~~报告 块".into(), at);
        return None;
    };
    let Some(close) = lines[open + 1..].iter().position(|line| line.text.trim_end() == "~~~") else {
        fail("~~~报告 块没有结束".into(), lines[open].start..lines[open].end());
        return None;
    };
    let body = &lines[open + 1..open + 1 + close];
    if body.iter().any(|line| opens(line).is_some()) {
        fail("~~~报告 块没有结束".into(), lines[open].start..lines[open].end());
        return None;
    }
    let text: String = body.iter().flat_map(|line| [line.text, "\n"]).collect();
    let Some((report, marks)) = (if is_workbook { workbook(&text) } else { Some(plain(&text)) }) else {
        fail("工作簿读不懂".into(), at);
        return None;
    };
    if kind.fires() && marks.is_empty() {
        fail("要报的例子应以 [[…]] 标出所报之处".into(), at);
    }
    let after = &lines[open + 2 + close..];
    let message = after.iter().find_map(|line| line.text.strip_prefix("> ")).map(|text| text.trim().to_owned());
    Some(Example { kind, title, report, marks, message, heading: heading.start..heading.end() })
}

/// Whether a line begins a report, and whether that is a workbook.
fn opens(line: &Line) -> Option<bool> {
    match line.text.trim_end() {
        "~~~报告" => Some(false),
        "~~~工作簿" => Some(true),
        _ => None,
    }
}

fn plain(text: &str) -> (Source, Vec<Range<usize>>) {
    let (report, marks) = unmarked(text);
    (Source::from_text("例", report, Encoding::Utf8), marks)
}

/// A workbook of lines and `|`; its marks enclose whole cells.
fn workbook(text: &str) -> Option<(Source, Vec<Range<usize>>)> {
    let (sketch, marked) = unmarked(text);
    let source = Source::from_sketch("例", &sketch).ok()?;
    let mark = |at: &Range<usize>| {
        let place = place(&sketch, at.start)?;
        let cell = source.layout().cell(&place)?;
        Some(cell.start()..cell.end())
    };
    let marks = marked.iter().map(mark).collect::<Option<Vec<_>>>()?;
    Some((source, marks))
}

/// 表!B3: the cell of a sketched workbook in which a byte stands.
fn place(sketch: &str, at: usize) -> Option<String> {
    let before = &sketch[..at];
    let (sheet, rows) = match before.rsplit_once("表：") {
        Some((_, rows)) => rows.split_once('\n')?,
        None => ("表", before),
    };
    let row = rows.matches('\n').count() + 1;
    let column = u8::try_from(rows.rsplit('\n').next()?.matches('|').count()).ok()?;
    Some(format!("{sheet}!{}{row}", char::from(b'A' + column)))
}

/// The text without `[[` and `]]`, and what they enclosed.
fn unmarked(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut report, mut marks) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once("[[") {
        let Some((inner, after)) = marked.split_once("]]") else { break };
        report.push_str(before);
        let start = report.len();
        report.push_str(inner);
        marks.push(start..report.len());
        rest = after;
    }
    report.push_str(rest);
    (report, marks)
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn marks_are_taken_out_and_remembered() {
        let (report, marks) = unmarked("基本支出[[80]]万元，项目支出[[40]]万元\n");
        assert_eq!(report, "基本支出80万元，项目支出40万元\n");
        let marked: Vec<&str> = marks.into_iter().map(|mark| &report[mark]).collect();
        assert_eq!(marked, ["80", "40"]);
    }
}
