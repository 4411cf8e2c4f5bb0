//! Findings of a report, with the words around them and the money at stake.

use super::{Decimal, Found, Proof, Text};
use crate::check::Audit;
use crate::emit::fingerprints;
use crate::exact::Exact;
use crate::finding::{Finding, Label};
use crate::source::Span;

/// So many characters are kept before and after the marked words.
const AROUND: usize = 48;
/// Longer words are clipped.
const WORDS: usize = 400;

pub(super) fn of(audit: &Audit) -> Vec<Found<'_>> {
    let ids = fingerprints(&audit.source, &audit.findings);
    audit.findings.iter().zip(ids).map(|(finding, id)| found(audit, finding, id)).collect()
}

fn found<'a>(audit: &'a Audit, finding: &'a Finding, id: String) -> Found<'a> {
    let (source, span) = (&audit.source, finding.primary.span);
    let position = source.position(span.start());
    let (before, after) = around(audit, span);
    Found {
        id: Text::from(id),
        rule: Text::from(&finding.rule),
        family: Text::from(finding.family.word()),
        severity: Text::from(finding.severity.word()),
        confidence: Text::from(finding.confidence.word()),
        title: Text::from(&finding.title),
        message: Text::from(&finding.message),
        place: Text::from(audit.document.place(span)),
        line: position.line,
        column: position.column,
        start: span.start() as u32,
        end: span.end() as u32,
        text: Text::from(clipped(source.slice(span), WORDS)),
        before: Text::from(before),
        after: Text::from(after),
        proof: finding.proof.as_ref().map(|proof| Proof {
            formula: Text::from(&proof.formula),
            stated: Text::from(&proof.stated),
            computed: Text::from(&proof.computed),
            difference: Text::from(&proof.difference),
        }),
        suggestion: Text::from(finding.suggestion.as_ref().map_or("", |suggestion| &suggestion.with)),
        stake: stake(audit, finding).map(Decimal::from),
    }
}

fn clipped(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at])
}

/// The words of its line around a span.
fn around(audit: &Audit, span: Span) -> (&str, &str) {
    let source = &audit.source;
    let text = source.text();
    let line = source.line_at(span.start()).span;
    let before = &text[line.start()..span.start()];
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = source.line_at(span.end().saturating_sub(1).max(span.start())).span.end().max(span.end());
    (&before[from..], clipped(&text[span.end()..end], AROUND))
}

/// How much money a finding is about, in 元: the difference that its proof shows where an amount is contradicted, else
/// the amount that it marks, else the largest amount that takes part.
fn stake(audit: &Audit, finding: &Finding) -> Option<Exact> {
    let marked = amount(audit, &finding.primary);
    if let (Some((_, unit)), Some(proof)) = (marked, &finding.proof)
        && let Some(difference) = number(&proof.difference)
    {
        return difference.abs().times(unit);
    }
    let largest = || finding.related.iter().filter_map(|label| amount(audit, label)).map(|(value, _)| value).max();
    marked.map(|(value, _)| value).or_else(largest)
}

/// The amount of money at a label in 元, and the worth of its unit.
fn amount(audit: &Audit, label: &Label) -> Option<(Exact, Exact)> {
    let literal = &audit.facts.number(audit.facts.number_at(label.span)?).literal;
    let unit = literal.unit.to_base(Exact::ONE)?;
    literal.unit.is_money().then_some((literal.base()?.abs(), unit))
}

/// `-41.20` as printed in a proof.
fn number(text: &str) -> Option<Exact> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    Exact::new(format!("{whole}{part}").parse().ok()?, part.len() as u32)
}
