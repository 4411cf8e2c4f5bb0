//! The report's text cut where numbers and labels begin and end.
//!
//! Labels overlap each other and numbers, so marks are not nested: each stretch between two cuts is one element that
//! knows where it begins, and a label is every element that begins inside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::escape;
use crate::check::State;
use crate::emit::Report;
use crate::finding::Severity;
use crate::source::Span;
use crate::workings::Workings;

/// A stretch that is a number, part of a number, or part of some label.
#[derive(Clone, Debug, Default)]
struct Segment {
    start: usize,
    end: usize,
    /// Index of the number.
    number: Option<usize>,
    state: Option<State>,
    /// The gravest finding whose primary label covers it.
    severity: Option<Severity>,
    /// The findings (from 1) whose primary label begins here.
    begins: Vec<usize>,
}

/// Every marked stretch, in order.
pub(super) struct Segments<'a> {
    text: &'a str,
    segments: Vec<Segment>,
}

impl<'a> Segments<'a> {
    pub(super) fn new(report: &Report<'a>, workings: &Workings) -> Segments<'a> {
        let numbers = workings.numbers.iter().map(|figure| figure.span);
        let findings =
            report.findings.iter().flat_map(|finding| std::iter::once(&finding.primary).chain(&finding.related));
        let labels: Vec<Span> =
            findings.chain(workings.tested.iter().flat_map(|tested| &tested.labels)).map(|label| label.span).collect();
        let mut changes: BTreeMap<usize, i64> = BTreeMap::new();
        for span in numbers.chain(labels).filter(|span| !span.is_empty()) {
            *changes.entry(span.start()).or_default() += 1;
            *changes.entry(span.end()).or_default() -= 1;
        }
        let mut segments = Vec::new();
        let mut open = 0;
        let mut from = 0;
        for (at, change) in changes {
            if open > 0 {
                segments.push(Segment { start: from, end: at, ..Segment::default() });
            }
            open += change;
            from = at;
        }
        let mut made = Segments { text: report.source.text(), segments };
        made.mark_numbers(workings);
        made.mark_findings(report);
        made
    }

    fn within(&mut self, span: Span) -> &mut [Segment] {
        let from = self.segments.partition_point(|segment| segment.start < span.start());
        let to = self.segments.partition_point(|segment| segment.start < span.end());
        &mut self.segments[from..to]
    }

    fn mark_numbers(&mut self, workings: &Workings) {
        for (index, figure) in workings.numbers.iter().enumerate() {
            for segment in self.within(figure.span) {
                segment.number = Some(index);
                segment.state = Some(figure.state);
            }
        }
    }

    fn mark_findings(&mut self, report: &Report<'_>) {
        for (index, finding) in report.findings.iter().enumerate() {
            let segments = self.within(finding.primary.span);
            for segment in segments.iter_mut() {
                segment.severity = Some(segment.severity.map_or(finding.severity, |other| other.min(finding.severity)));
            }
            if let Some(first) = segments.first_mut() {
                first.begins.push(index + 1);
            }
        }
    }

    /// The text of a stretch of the report, marked. Line ends inside it become `line_end`.
    pub(super) fn write(&self, out: &mut String, span: Span, line_end: &str) {
        let mut at = span.start();
        let from = self.segments.partition_point(|segment| segment.end <= span.start());
        for segment in self.segments[from..].iter().take_while(|segment| segment.start < span.end()) {
            let (start, end) = (segment.start.max(span.start()), segment.end.min(span.end()));
            self.plain(out, at, start, line_end);
            self.marked(out, segment, start, end, line_end);
            at = end;
        }
        self.plain(out, at, span.end(), line_end);
    }

    fn plain(&self, out: &mut String, start: usize, end: usize, line_end: &str) {
        for line in self.text[start..end].split_inclusive('\n') {
            line.trim_end_matches(['\n', '\r']).chars().for_each(|c| escape::push(out, c));
            if line.ends_with('\n') {
                out.push_str(line_end);
            }
        }
    }

    fn marked(&self, out: &mut String, segment: &Segment, start: usize, end: usize, line_end: &str) {
        if start == segment.start {
            for number in &segment.begins {
                let _ = write!(
                    out,
                    "<sup class=\"no {}\" data-f=\"{number}\">{number}&#8288;</sup>",
                    segment.severity.map_or("", Severity::word)
                );
            }
        }
        let mut classes = BTreeSet::new();
        classes.extend(segment.state.map(state_class));
        classes.extend(segment.severity.map(Severity::word));
        let classes: Vec<&str> = classes.into_iter().collect();
        let _ = write!(out, "<span data-o=\"{start}\"");
        if !classes.is_empty() {
            let _ = write!(out, " class=\"{}\"", classes.join(" "));
        }
        if let Some(number) = segment.number {
            let _ = write!(out, " data-n=\"{number}\"");
        }
        out.push('>');
        self.plain(out, start, end, line_end);
        out.push_str("</span>");
    }
}

pub(super) fn state_class(state: State) -> &'static str {
    match state {
        State::Checked => "n checked",
        State::Linked => "n linked",
        State::Read => "n read",
        State::Unread => "n unread",
    }
}
