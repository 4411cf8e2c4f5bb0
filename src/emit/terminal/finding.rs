//! One finding: what is wrong, where, the arithmetic, and what to do.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::super::clean::{clean, clipped};
use super::super::report::Report;
use super::draw::{Words, draw, gutter};
use super::layout::{self, Row};
use super::pieces::{by_line, labels};
use super::{Ink, Style, ink_of, sign_of};
use crate::finding::{Finding, Label, Severity};
use crate::source::Source;

/// More labels than these are counted, not drawn.
const DRAWN: usize = 30;
/// Columns of a label's role and of its text.
const ROLE: usize = 20;
const VALUE: usize = 16;

pub(super) fn write(out: &mut dyn Write, report: &Report<'_>, finding: &Finding, style: Style) -> io::Result<()> {
    let words = words(report.source, finding);
    let rows = rows(report.source, finding, &words, style.width);
    let margin = rows.iter().filter_map(|row| row.line).max().map_or(1, |line| line.to_string().len());
    writeln!(out, "{}", heading(finding, style))?;
    writeln!(out, "{}", location(report, finding, margin, style))?;
    for line in draw(&rows, &words, margin, style) {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "{}", gutter(None, margin, style))?;
    for (name, text) in notes(finding) {
        writeln!(out, "{} {}{text}", gutter(None, margin, style), style.paint(Ink::Bold, &format!("{name}：")))?;
    }
    Ok(())
}

fn heading(finding: &Finding, style: Style) -> String {
    let word = match finding.severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    };
    let name = style.paint(ink_of(finding.severity), &format!("{word}[{}]", clean(&finding.rule)));
    format!("{name} {}", style.paint(Ink::Bold, &clean(&finding.message)))
}

fn location(report: &Report<'_>, finding: &Finding, margin: usize, style: Style) -> String {
    let span = finding.primary.span;
    let position = report.source.position(span.start());
    let place = report.document.place(span);
    let path = clean(report.source.name());
    let corner = style.paint(Ink::Dim, &format!(" {:margin$} ╭─", ""));
    let gap = if place.is_empty() { "" } else { " " };
    format!("{corner} {path}:{}:{}{gap}{place}", position.line, position.column)
}

fn words(source: &Source, finding: &Finding) -> Vec<Words> {
    let sign = sign_of(finding.severity);
    let named = labels(finding).map(|label| named(source, label)).enumerate();
    let inked = named.map(|(index, text)| match index {
        0 => Words { text: format!("{sign} {text}"), ink: ink_of(finding.severity), primary: true },
        _ => Words { text, ink: Ink::Blue, primary: false },
    });
    inked.collect()
}

/// The role of a label and its value: 合计 233.19万元. A long value can be read in the text above.
fn named(source: &Source, label: &Label) -> String {
    let (role, value) = (clipped(&label.role, ROLE), clean(source.slice(label.span).trim()));
    match role.is_empty() {
        true => clipped(&value, VALUE),
        false if value.width() > VALUE || value.is_empty() || role.contains(&value) => role,
        false => format!("{role} {value}"),
    }
}

fn rows(source: &Source, finding: &Finding, words: &[Words], width: usize) -> Vec<Row> {
    let lines = by_line(source, finding, DRAWN);
    let margin = lines.keys().max().map_or(1, |line| line.to_string().len());
    let limit = width.saturating_sub(margin + 4).max(40);
    let taken = |label: usize| words[label].text.width();
    lines.values().flat_map(|(line, pieces)| layout::rows(source, *line, pieces, &taken, limit)).collect()
}

fn notes(finding: &Finding) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    let undrawn = (1 + finding.related.len()).saturating_sub(DRAWN);
    if undrawn > 0 {
        notes.push(("另有", format!("{undrawn} 处未画出，--format json 列出全部")));
    }
    notes.extend(finding.proof.as_ref().map(|proof| ("算式", clean(&proof.formula))));
    notes.extend(finding.suggestion.as_ref().map(|s| ("建议", suggestion(&clean(&s.with), &clean(&s.reason)))));
    notes.push(("说明", format!("gouji explain {}", clean(&finding.rule))));
    notes
}

fn suggestion(with: &str, reason: &str) -> String {
    match (with.is_empty(), reason.is_empty()) {
        (false, true) => format!("改为“{with}”"),
        (false, false) => format!("改为“{with}”（{reason}）"),
        _ => reason.to_owned(),
    }
}
