//! Every example of every rule page is one test: 报 and 误 must fire exactly where they are marked, 不报 and 漏 must not.

use std::ops::Range;

use gouji::check;
use gouji::finding::Finding;
use gouji::rules::{Example, ExampleKind, RuleSet};
use gouji::source::{Encoding, Source};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> std::process::ExitCode {
    let rules: &'static RuleSet = Box::leak(Box::new(RuleSet::builtin()));
    let trials = rules.pages().iter().flat_map(|page| {
        page.examples().iter().map(move |example| {
            let name = format!("{}::{}：{}", page.id, example.kind.word(), example.title);
            Trial::test(name, move || look(rules, &page.id, example))
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// Audits the example with all rules and compares this rule's findings with what the page says.
fn look(rules: &RuleSet, id: &str, example: &Example) -> Result<(), Failed> {
    let source = Source::from_text("例", example.report.as_str(), Encoding::Utf8);
    let audit = check::audit(source, rules);
    let findings: Vec<&Finding> = audit.findings.iter().filter(|finding| finding.rule == id).collect();
    match example.kind {
        ExampleKind::Silent if findings.is_empty() => Ok(()),
        ExampleKind::Missed if findings.is_empty() => Ok(()),
        ExampleKind::Silent => Err(format!("不该报：{}", messages(&findings)).into()),
        ExampleKind::Missed => Err(format!("已能报出，请移到“报”：{}", messages(&findings)).into()),
        ExampleKind::FalseAlarm if findings.is_empty() => Err("已不再误报，请移到“不报”".into()),
        ExampleKind::Fires if findings.is_empty() => Err("该报而未报".into()),
        ExampleKind::Fires | ExampleKind::FalseAlarm => {
            places(example, &findings).and_then(|()| words(example, &findings))
        }
    }
}

/// The labels must cover exactly the marks.
fn places(example: &Example, findings: &[&Finding]) -> Result<(), Failed> {
    let labels = findings.iter().flat_map(|finding| std::iter::once(&finding.primary).chain(&finding.related));
    let labels: Vec<Range<usize>> = labels.map(|label| label.span.start()..label.span.end()).collect();
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let text = |range: &Range<usize>| example.report[range.clone()].to_owned();
    let missing: Vec<String> =
        example.marks.iter().filter(|mark| !labels.iter().any(|label| overlap(label, mark))).map(text).collect();
    let extra: Vec<String> =
        labels.iter().filter(|label| !example.marks.iter().any(|mark| overlap(label, mark))).map(text).collect();
    if missing.is_empty() && extra.is_empty() {
        return Ok(());
    }
    Err(format!("少标 {missing:?}，多标 {extra:?}：{}", messages(findings)).into())
}

fn words(example: &Example, findings: &[&Finding]) -> Result<(), Failed> {
    let Some(message) = &example.message else { return Ok(()) };
    if findings.iter().any(|finding| &finding.message == message) {
        return Ok(());
    }
    Err(format!("页上写的是“{message}”，报的是：{}", messages(findings)).into())
}

fn messages(findings: &[&Finding]) -> String {
    findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("；")
}
