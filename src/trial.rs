//! Examples of rule pages, tried: 报 and 误 must fire exactly where they are marked, 不报 and 漏 must not.

use std::ops::Range;

use crate::check::audit;
use crate::finding::Finding;
use crate::rules::{Example, ExampleKind, RuleSet};

/// Audits an example with all rules and compares the findings of its own rule with what the page says.
pub fn attempt(rules: &RuleSet, id: &str, example: &Example) -> Result<(), String> {
    let audit = audit(example.report.clone(), rules);
    let findings: Vec<&Finding> = audit.findings.iter().filter(|finding| finding.rule == id).collect();
    match example.kind {
        ExampleKind::Silent | ExampleKind::Missed if findings.is_empty() => Ok(()),
        ExampleKind::Silent => Err(format!("不该报而报了：{}", messages(&findings))),
        ExampleKind::Missed => Err(format!("已能报出，请移到“报”：{}", messages(&findings))),
        ExampleKind::FalseAlarm if findings.is_empty() => Err("已不再误报，请移到“不报”".into()),
        ExampleKind::Fires if findings.is_empty() => Err("该报而未报".into()),
        ExampleKind::Fires | ExampleKind::FalseAlarm => {
            places(example, &findings).and_then(|()| words(example, &findings))
        }
    }
}

/// The labels must cover exactly the marks.
fn places(example: &Example, findings: &[&Finding]) -> Result<(), String> {
    let labels = findings.iter().flat_map(|finding| std::iter::once(&finding.primary).chain(&finding.related));
    let labels: Vec<Range<usize>> = labels.map(|label| label.span.start()..label.span.end()).collect();
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let quoted = |ranges: Vec<&Range<usize>>| {
        let texts = ranges.into_iter().map(|range| format!("“{}”", &example.report.text()[range.clone()]));
        texts.collect::<Vec<_>>().join("、")
    };
    let missing = quoted(example.marks.iter().filter(|mark| !labels.iter().any(|l| overlap(l, mark))).collect());
    let extra = quoted(labels.iter().filter(|label| !example.marks.iter().any(|m| overlap(label, m))).collect());
    let faults: Vec<String> = [("标出而未报", missing), ("报了而未标出", extra)]
        .into_iter()
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(what, texts)| format!("{what}：{texts}"))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(format!("{}；说的是：{}", faults.join("；"), messages(findings))) }
}

fn words(example: &Example, findings: &[&Finding]) -> Result<(), String> {
    let Some(message) = &example.message else { return Ok(()) };
    if findings.iter().any(|finding| &finding.message == message) {
        return Ok(());
    }
    Err(format!("页上写的是“{message}”，说的是：{}", messages(findings)))
}

fn messages(findings: &[&Finding]) -> String {
    findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("；")
}
