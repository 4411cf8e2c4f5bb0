//! The list of findings.

use std::fmt::Write;

use super::escape::escape;
use crate::emit::clean::cut;
use crate::emit::fingerprint::fingerprints;
use crate::emit::{Report, words};
use crate::finding::{Confidence, Finding, Label};
use crate::workings::{RuleWords, Workings};

/// Characters of a label's text that a card shows.
const SHOWN: usize = 40;

pub(super) fn write(out: &mut String, report: &Report<'_>, workings: &Workings) {
    let ids = fingerprints(report.source, report.findings);
    for (index, (finding, id)) in report.findings.iter().zip(ids).enumerate() {
        let rule = workings.rules.iter().find(|rule| rule.id == finding.rule);
        card(out, report, finding, index + 1, &id, rule);
    }
}

fn card(out: &mut String, report: &Report<'_>, finding: &Finding, number: usize, id: &str, rule: Option<&RuleWords>) {
    let severity = finding.severity.word();
    let labels: Vec<&Label> = std::iter::once(&finding.primary).chain(&finding.related).collect();
    let _ = write!(
        out,
        "<li class=\"card {severity}\" id=\"f-{id}\" tabindex=\"-1\" data-no=\"{number}\" data-s=\"{severity}\" \
         data-r=\"{}\" data-l=\"{}\">",
        escape(&finding.rule),
        places(&labels)
    );
    let _ = write!(
        out,
        "<button class=\"head\" aria-expanded=\"false\"><span class=\"tag {severity}\">{}</span>\
         <span class=\"count\">{number}</span><span class=\"name\">{}</span>{}<span class=\"where\">{}</span>\
         <span class=\"message\">{}</span></button><div class=\"more\">",
        words::severity(finding.severity),
        escape(&finding.title),
        doubt(finding.confidence),
        escape(&report.document.place(finding.primary.span)),
        escape(&finding.message),
    );
    if let Some(proof) = &finding.proof {
        let _ = write!(out, "<p class=\"proof\"><b>算式</b><span>{}</span></p>", escape(&proof.formula));
    }
    operands(out, report, &labels);
    if let Some(advice) = words::advice(finding) {
        let _ = write!(out, "<p class=\"fix\"><b>建议</b><span>{}</span></p>", escape(&advice));
    }
    if let Some(rule) = rule {
        about(out, rule);
    }
    review(out, number);
    out.push_str("</div></li>\n");
}

/// Spans and roles for the script: `[[12,18,"合计"],…]`.
pub(super) fn places(labels: &[&Label]) -> String {
    let label = |label: &&Label| {
        let role = serde_json::Value::from(label.role.as_str());
        format!("[{},{},{role}]", label.span.start(), label.span.end())
    };
    escape(&format!("[{}]", labels.iter().map(label).collect::<Vec<_>>().join(",")))
}

fn doubt(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "",
        Confidence::Medium => "<span class=\"doubt\">较有把握</span>",
        Confidence::Low => "<span class=\"doubt\">把握不大</span>",
    }
}

fn operands(out: &mut String, report: &Report<'_>, labels: &[&Label]) {
    out.push_str("<ul class=\"operands\">");
    for (index, label) in labels.iter().enumerate() {
        let primary = if index == 0 { " class=\"primary\"" } else { "" };
        let _ = write!(
            out,
            "<li><button{primary} data-at=\"{index}\"><span class=\"role\">{}</span><span class=\"text\">{}</span>\
             <span class=\"where\">{}</span></button></li>",
            escape(&label.role),
            escape(&excerpt(report.source.slice(label.span))),
            escape(&report.document.place(label.span))
        );
    }
    out.push_str("</ul>");
}

fn excerpt(text: &str) -> String {
    cut(&text.split_whitespace().collect::<Vec<_>>().join(" "), SHOWN).into_owned()
}

fn about(out: &mut String, rule: &RuleWords) {
    out.push_str("<details class=\"rule\"><summary>这条规则</summary><dl>");
    let lines = [("查什么", &rule.what), ("为什么", &rule.why), ("怎么改", &rule.remedy), ("依据", &rule.basis)];
    for (name, text) in lines {
        let _ = write!(out, "<dt>{name}</dt><dd>{}</dd>", escape(text));
    }
    let _ = write!(out, "<dt>标识</dt><dd><code>{}</code></dd></dl></details>", escape(&rule.id));
}

/// What the auditor makes of it; kept by the browser, not in the file.
fn review(out: &mut String, number: usize) {
    let _ = write!(out, "<div class=\"review\" role=\"group\" aria-label=\"复核第{number}条\"><b>复核</b>");
    for (value, word) in [("true", "属实"), ("false", "不属实"), ("open", "待查")] {
        let _ = write!(out, "<button class=\"mark\" data-mark=\"{value}\" aria-pressed=\"false\">{word}</button>");
    }
    let _ = write!(
        out,
        "<input class=\"remark\" placeholder=\"备注\" aria-label=\"第{number}条的备注\"><button class=\"copy\">复制</button></div>"
    );
}
