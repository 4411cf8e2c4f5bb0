//! One finding: what is wrong, where, the arithmetic, and what to do.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::super::clean::{clean, clipped};
use super::super::report::Report;
use super::super::words;
use super::draw::{Words, draw, gutter};
use super::layout::{self, Row};
use super::pieces::{self, ByLine};
use super::{Ink, Style, ink_of, sign_of, word_of};
use crate::finding::{Finding, Label, Symptom};
use crate::source::{Source, Span};

/// More labels than these are counted, not drawn.
const DRAWN: usize = 30;
/// Columns of a label's role and of its text.
const ROLE: usize = 20;
const VALUE: usize = 16;
/// More symptoms than these are counted, not told.
const SYMPTOMS: usize = 5;

pub(super) fn write(out: &mut dyn Write, report: &Report<'_>, finding: &Finding, style: Style) -> io::Result<()> {
    let words = words(report.source, finding);
    let spans = labels(finding).take(DRAWN).map(|label| label.span);
    let rows = rows(report.source, pieces::of(report.source, spans), &words, style.width);
    let margin = margin(&rows);
    writeln!(out, "{}", heading(finding, style))?;
    let place = report.document.place(finding.primary.span);
    writeln!(out, "{}", location(report.source, finding.primary.span, &place, margin, style))?;
    for line in draw(&rows, &words, margin, style) {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "{}", gutter(None, margin, style))?;
    let edge = gutter(None, margin, style);
    for (name, text) in notes(finding) {
        let mut lines = folded(&text, style.width.saturating_sub(margin + 10)).into_iter();
        let first = lines.next().unwrap_or_default();
        writeln!(out, "{edge} {}{first}", style.paint(Ink::Bold, &format!("{name}：")))?;
        lines.try_for_each(|line| writeln!(out, "{edge}       {line}"))?;
    }
    Ok(())
}

fn heading(finding: &Finding, style: Style) -> String {
    let word = word_of(finding.severity);
    let name = style.paint(ink_of(finding.severity), &format!("{word}[{}]", clean(&finding.rule)));
    format!("{name} {}", style.paint(Ink::Bold, &clean(&finding.message)))
}

fn location(source: &Source, span: Span, place: &str, margin: usize, style: Style) -> String {
    let position = source.position(span.start());
    let path = clean(source.name());
    let corner = style.paint(Ink::Dim, &format!(" {:margin$} ╭─", ""));
    let gap = if place.is_empty() { "" } else { " " };
    format!("{corner} {path}:{}:{}{gap}{place}", position.line, position.column)
}

/// A fault of a text that is no report: what is wrong, and where.
pub(super) fn write_fault(
    out: &mut dyn Write,
    source: &Source,
    span: Span,
    message: &str,
    style: Style,
) -> io::Result<()> {
    let words = [Words { text: "此处".into(), role: "此处".into(), ink: Ink::Red, primary: true }];
    let pieces = pieces::of(source, std::iter::once(span));
    let rows = rows(source, pieces, &words, style.width);
    let margin = margin(&rows);
    writeln!(out, "{} {}", style.paint(Ink::Red, "错误"), style.paint(Ink::Bold, &clean(message)))?;
    writeln!(out, "{}", location(source, span, "", margin, style))?;
    draw(&rows, &words, margin, style).iter().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

/// The width of the line numbers.
fn margin(rows: &[Row]) -> usize {
    rows.iter().filter_map(|row| row.line).max().map_or(1, |line| line.to_string().len())
}

fn words(source: &Source, finding: &Finding) -> Vec<Words> {
    let sign = sign_of(finding.severity);
    let signed = |text: String| format!("{sign} {text}").trim_end().to_owned();
    let named = labels(finding).map(|label| (named(source, label), clipped(&label.role, ROLE))).enumerate();
    let inked = named.map(|(index, (text, role))| match index {
        0 => Words { text: signed(text), role: signed(role), ink: ink_of(finding.severity), primary: true },
        _ => Words { text, role, ink: Ink::Blue, primary: false },
    });
    inked.collect()
}

/// The labels of a finding, the primary one first.
fn labels(finding: &Finding) -> impl Iterator<Item = &Label> {
    std::iter::once(&finding.primary).chain(&finding.related)
}

/// The role of a label and its value: 合计 223.19万元. A long value can be read in the text above.
fn named(source: &Source, label: &Label) -> String {
    let (role, value) = (clipped(&label.role, ROLE), clean(source.slice(label.span).trim()));
    match role.is_empty() {
        true => clipped(&value, VALUE),
        false if value.width() > VALUE || value.is_empty() || role.contains(&value) => role,
        false => format!("{role} {value}"),
    }
}

fn rows(source: &Source, lines: ByLine, words: &[Words], width: usize) -> Vec<Row> {
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
    notes.extend(words::advice(finding).map(|advice| ("建议", advice)));
    let symptoms = finding.symptoms.iter().take(SYMPTOMS).enumerate();
    notes.extend(symptoms.map(|(at, each)| (if at == 0 { "牵连" } else { "　　" }, symptom(each))));
    if finding.symptoms.len() > SYMPTOMS {
        notes.push(("　　", format!("等 {} 处，--format json 列出全部", finding.symptoms.len())));
    }
    notes.push(("说明", format!("gouji explain {}", clean(&finding.rule))));
    notes
}

/// The text on lines of at most so many columns, broken after a blank or a Chinese character where one is near.
fn folded(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(|c: char| c == ' ' || !c.is_ascii()) {
        let line = lines.last_mut().expect("there is a line from the start");
        if !line.is_empty() && line.width() + word.trim_end().width() > columns {
            lines.push(word.trim_start().to_owned());
        } else {
            line.push_str(word);
        }
    }
    lines
}

/// A contradiction that goes away with the finding's own.
fn symptom(symptom: &Symptom) -> String {
    format!("{}（{}）", clean(&symptom.message), clean(&symptom.rule))
}
