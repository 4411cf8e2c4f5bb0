//! The JSON contract: fields are added, never renamed.
//!
//! The object is written piece by piece, one report per line, so that any number of reports needs little memory.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::fingerprints;
use super::report::{Counts, Report, Tally};
use crate::finding::{Finding, Label, Proof, Symptom};

#[derive(Serialize)]
struct JsonReport<'a> {
    path: &'a str,
    title: Option<&'a str>,
    entity: Option<&'a str>,
    year: Option<u16>,
    kind: Option<&'a str>,
    schemes: &'a [String],
    ledger: JsonLedger,
    scores: JsonScores,
    relations: Counts,
    findings: Vec<JsonFinding<'a>>,
    notes: &'a [String],
    error: Option<&'a str>,
}

#[derive(Default, Serialize)]
struct JsonLedger {
    numbers: u32,
    checked: u32,
    linked: u32,
    read: u32,
    unread: u32,
}

/// The rows of points, replayed.
#[derive(Default, Serialize)]
struct JsonScores {
    rows: u32,
    kept: u32,
    outside: u32,
    abstained: u32,
    reasons: Vec<JsonReason>,
}

/// Why rows were not replayed.
#[derive(Serialize)]
struct JsonReason {
    reason: &'static str,
    rows: u32,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    id: String,
    rule: &'a str,
    family: &'static str,
    severity: &'static str,
    confidence: &'static str,
    title: &'a str,
    message: &'a str,
    primary: JsonLabel<'a>,
    related: Vec<JsonLabel<'a>>,
    proof: Option<JsonProof<'a>>,
    suggestion: Option<JsonSuggestion<'a>>,
    /// The rules of the symptoms, each once.
    related_rules: Vec<&'a str>,
    symptoms: Vec<JsonSymptom<'a>>,
}

/// What else the same cause breaks.
#[derive(Serialize)]
struct JsonSymptom<'a> {
    rule: &'a str,
    message: &'a str,
    proof: JsonProof<'a>,
}

#[derive(Serialize)]
pub(super) struct JsonLabel<'a> {
    start: usize,
    end: usize,
    line: u32,
    column: u32,
    text: &'a str,
    role: &'a str,
    place: String,
}

#[derive(Serialize)]
struct JsonProof<'a> {
    formula: &'a str,
    stated: &'a str,
    computed: &'a str,
    difference: &'a str,
    verdict: &'static str,
}

#[derive(Serialize)]
struct JsonSuggestion<'a> {
    with: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct JsonSummary {
    files: usize,
    unreadable: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// What comes before the first report.
pub fn write_start(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"version\":1,\"reports\":[\n")
}

/// What comes between two reports.
pub fn write_separator(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b",\n")
}

/// What comes after the last report.
pub fn write_end(out: &mut dyn Write, files: usize, unreadable: usize, tally: Tally) -> io::Result<()> {
    let Tally { errors, warnings, infos } = tally;
    out.write_all(b"\n],\"summary\":")?;
    serde_json::to_writer(&mut *out, &JsonSummary { files, unreadable, errors, warnings, infos })?;
    out.write_all(b"}\n")
}

/// One report, without a line end.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let ids = fingerprints(report.source, report.findings);
    let findings = report.findings.iter().zip(ids).map(|(finding, id)| mirror(report, finding, id));
    let about = report.about;
    let json = JsonReport {
        path: report.source.name(),
        title: about.title,
        entity: about.entity,
        year: about.year,
        kind: about.kind,
        schemes: about.schemes,
        ledger: mirror_ledger(report),
        scores: mirror_scores(report),
        relations: report.relations,
        findings: findings.collect(),
        notes: report.source.notes(),
        error: None,
    };
    Ok(serde_json::to_writer(out, &json)?)
}

/// A report that could not be audited, without a line end.
pub fn write_failure(out: &mut dyn Write, path: &str, reason: &str) -> io::Result<()> {
    let json = JsonReport {
        path,
        title: None,
        entity: None,
        year: None,
        kind: None,
        schemes: &[],
        ledger: JsonLedger::default(),
        scores: JsonScores::default(),
        relations: Counts::default(),
        findings: Vec::new(),
        notes: &[],
        error: Some(reason),
    };
    Ok(serde_json::to_writer(out, &json)?)
}

fn mirror_ledger(report: &Report<'_>) -> JsonLedger {
    let ledger = report.ledger;
    let (checked, linked, read, unread) = (ledger.checked, ledger.linked, ledger.read, ledger.unread);
    JsonLedger { numbers: ledger.numbers(), checked, linked, read, unread }
}

fn mirror_scores(report: &Report<'_>) -> JsonScores {
    let scores = report.scores;
    let reasons = scores.abstained.iter().map(|&(reason, rows)| JsonReason { reason, rows });
    let (rows, kept, outside, abstained) = (scores.rows(), scores.kept, scores.outside, scores.not_replayed());
    JsonScores { rows, kept, outside, abstained, reasons: reasons.collect() }
}

fn mirror<'a>(report: &Report<'a>, finding: &'a Finding, id: String) -> JsonFinding<'a> {
    JsonFinding {
        id,
        rule: &finding.rule,
        family: finding.family.word(),
        severity: finding.severity.word(),
        confidence: finding.confidence.word(),
        title: &finding.title,
        message: &finding.message,
        primary: mirror_label(report, &finding.primary),
        related: finding.related.iter().map(|label| mirror_label(report, label)).collect(),
        proof: finding.proof.as_ref().map(mirror_proof),
        suggestion: finding.suggestion.as_ref().map(|s| JsonSuggestion { with: &s.with, reason: &s.reason }),
        related_rules: related_rules(finding),
        symptoms: finding.symptoms.iter().map(mirror_symptom).collect(),
    }
}

fn related_rules(finding: &Finding) -> Vec<&str> {
    let mut rules: Vec<&str> = finding.symptoms.iter().map(|symptom| symptom.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn mirror_symptom(symptom: &Symptom) -> JsonSymptom<'_> {
    JsonSymptom { rule: &symptom.rule, message: &symptom.message, proof: mirror_proof(&symptom.proof) }
}

fn mirror_proof(proof: &Proof) -> JsonProof<'_> {
    JsonProof {
        formula: &proof.formula,
        stated: &proof.stated,
        computed: &proof.computed,
        difference: &proof.difference,
        verdict: proof.verdict.word(),
    }
}

pub(super) fn mirror_label<'a>(report: &Report<'a>, label: &'a Label) -> JsonLabel<'a> {
    let position = report.source.position(label.span.start());
    JsonLabel {
        start: label.span.start(),
        end: label.span.end(),
        line: position.line,
        column: position.column,
        text: report.source.slice(label.span),
        role: &label.role,
        place: report.document.place(label.span),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::samples;
    use super::*;
    use crate::document::Document;

    #[test]
    fn the_contract_holds() {
        let source = samples::source(samples::PROSE);
        let document = Document::parse(&source);
        let findings = [samples::sum(&source)];
        let mut out = Vec::new();
        write_start(&mut out).expect("memory takes bytes");
        write_report(&mut out, &samples::report(&source, &document, &findings)).expect("memory takes bytes");
        write_separator(&mut out).expect("memory takes bytes");
        write_failure(&mut out, "乙.txt", "文件是空的").expect("memory takes bytes");
        write_end(&mut out, 2, 1, Tally::of(&findings)).expect("memory takes bytes");
        let json: serde_json::Value = serde_json::from_slice(&out).expect("the output is JSON");
        assert_eq!(json["version"], 1);
        let finding = &json["reports"][0]["findings"][0];
        assert_eq!(finding["id"].as_str().map(str::len), Some(16));
        assert_eq!(finding["primary"]["text"], "223.19万元");
        assert_eq!((&finding["primary"]["line"], &finding["primary"]["column"]), (&2.into(), &26.into()));
        assert_eq!(finding["proof"]["verdict"], "broken");
        assert_eq!(finding["related"][2]["role"], "对个人和家庭的补助");
        assert_eq!(json["reports"][0]["ledger"]["numbers"], 6);
        assert_eq!(json["reports"][0]["kind"], serde_json::Value::Null);
        assert_eq!(json["reports"][1]["error"], "文件是空的");
        assert_eq!(json["summary"]["errors"], 1);
    }
}
