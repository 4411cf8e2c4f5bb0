//! The only place that knows ariadne: rows and their marks become a drawing with arrows.
//!
//! ariadne numbers the lines of the text that it is given, and its headings are in English. Here it is given the rows,
//! draws the arrows, and the margin is then written anew with the numbers of the report's lines.

use ariadne::{Color, Config, IndexType, Label, Report, ReportKind, Source};
use unicode_width::UnicodeWidthStr;

use super::layout::{Mark, Row};
use super::{Ink, Style};

/// The words and the colour of a label.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) text: String,
    /// The role alone, for a place where the value stands beside it.
    pub(super) role: String,
    pub(super) ink: Ink,
    /// Drawn over others that share characters with it.
    pub(super) primary: bool,
}

/// The lines of the drawing, each without its line end; `margin` is the width of the line numbers.
pub(super) fn draw(rows: &[Row], words: &[Words], margin: usize, style: Style) -> Vec<String> {
    let runs = rows.chunk_by(|a, b| a.alone().is_some() == b.alone().is_some());
    let drawn = runs.map(|run| match run[0].alone() {
        Some(_) => beside(run, words, margin, style),
        None => below(run, words, margin, style),
    });
    drawn.flatten().collect()
}

/// Rows that are nothing but a label, with the label's role beside it: a table of a dozen cells stays on one screen.
fn beside(rows: &[Row], words: &[Words], margin: usize, style: Style) -> Vec<String> {
    let column = rows.iter().map(|row| row.text.trim().width()).max().unwrap_or(0);
    let line = |row: &Row, mark: &Mark| {
        let (words, text) = (&words[mark.label], row.text.trim());
        let arrow = "─".repeat(column - text.width() + 2);
        let said = if mark.later { LATER } else { words.role.as_str() };
        format!("{} {}", gutter(Some(row), margin, style), style.paint(words.ink, &format!("{text} {arrow} {said}")))
    };
    rows.iter().filter_map(|row| row.alone().map(|mark| line(row, mark))).collect()
}

/// Rows with arrows below them.
fn below(rows: &[Row], words: &[Words], margin: usize, style: Style) -> Vec<String> {
    let text = rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n");
    let drawing = arrows(rows, words, text, style);
    let lines = drawing.lines().skip(HEADING).filter_map(|line| split_margin(line));
    let told = lines.filter(|(_, rest)| !is_bars(rest));
    told.map(|(number, rest)| format!("{}{rest}", gutter(number.and_then(|at| rows.get(at)), margin, style))).collect()
}

/// The words of a label that began on an earlier row.
const LATER: &str = "（续上）";

/// The lines that ariadne writes before the text: its message and its location.
const HEADING: usize = 2;

fn arrows(rows: &[Row], words: &[Words], text: String, style: Style) -> String {
    let config = Config::new().with_index_type(IndexType::Byte).with_color(style.color).with_tab_width(1);
    let kind = ReportKind::Custom("", Color::Primary);
    let report = Report::build(kind, 0..0).with_config(config).with_labels(labels(rows, words)).finish();
    let mut out = Vec::new();
    report.write(Source::from(text), &mut out).expect("memory takes every byte");
    String::from_utf8(out).expect("ariadne writes text")
}

/// Within a row the last label comes first, so that no arrow crosses another.
fn labels(rows: &[Row], words: &[Words]) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut base = 0;
    for (number, row) in rows.iter().enumerate() {
        let mut marks: Vec<_> = row.marks.iter().collect();
        marks.sort_by_key(|mark| (mark.range.start + mark.range.end, mark.range.start));
        for (place, mark) in marks.iter().rev().enumerate() {
            let words = &words[mark.label];
            let text = if mark.later { LATER } else { words.text.as_str() };
            let label = Label::new(base + mark.range.start..base + mark.range.end);
            let label = label.with_message(text).with_color(color(words.ink)).with_priority(i32::from(words.primary));
            labels.push(label.with_order((number * 1000 + place) as i32));
        }
        base += row.text.len() + 1;
    }
    labels
}

fn color(ink: Ink) -> Color {
    match ink {
        Ink::Red => Color::Red,
        Ink::Yellow => Color::Yellow,
        _ => Color::Cyan,
    }
}

/// The row's index, where ariadne wrote a line number, and what stands right of the margin.
fn split_margin(line: &str) -> Option<(Option<usize>, &str)> {
    let bar = line.find(['│', '┆'])?;
    let rest = &line[bar + '│'.len_utf8()..];
    let number = without_escapes(&line[..bar]).trim().parse::<usize>().ok();
    Some((number.map(|number| number - 1), rest.strip_prefix(RESET).unwrap_or(rest)))
}

const RESET: &str = "\u{1b}[0m";

/// Whether a line only carries arrows on to the next.
fn is_bars(rest: &str) -> bool {
    without_escapes(rest).chars().all(|c| matches!(c, ' ' | '│' | '┆'))
}

/// The margin with the number of the report's line, where the row begins one.
pub(super) fn gutter(row: Option<&Row>, width: usize, style: Style) -> String {
    let number = row.and_then(|row| row.line).map(|line| line.to_string()).unwrap_or_default();
    style.paint(Ink::Dim, &format!(" {number:>width$} │"))
}

/// The text without the escape sequences that colour it.
pub(super) fn without_escapes(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('m').map_or("", |(_, after)| after))
}
