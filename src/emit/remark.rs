//! Findings as remarks to be written into the file that they were found in.

use super::clean::clean;
use super::report::Report;
use super::words;
use crate::finding::{Finding, Label};
use crate::source::formats::Remark;

/// More related places than these are counted, not listed.
const LISTED: usize = 30;

/// One remark for each finding, in their order.
pub fn remarks(report: &Report<'_>) -> Vec<Remark> {
    report.findings.iter().map(|finding| remark(report, finding)).collect()
}

fn remark(report: &Report<'_>, finding: &Finding) -> Remark {
    let mut lines =
        vec![format!("{}[{}] {}", words::severity(finding.severity), finding.rule, clean(&finding.message))];
    lines.extend(finding.proof.as_ref().map(|proof| format!("算式：{}", clean(&proof.formula))));
    lines.extend(words::advice(finding).map(|advice| format!("建议：{advice}")));
    let left = finding.related.len().saturating_sub(LISTED);
    if left > 0 {
        lines.push(format!("另有 {left} 处相关数字没有列出"));
    }
    lines.push(format!("说明：gouji explain {}", finding.rule));
    let related = finding.related.iter().take(LISTED).map(|label| (label.span, named(report, label)));
    Remark { primary: finding.primary.span, related: related.collect(), lines }
}

/// 上期数 4389.10万元（第11段）
pub(super) fn named(report: &Report<'_>, label: &Label) -> String {
    let value = super::clean::clipped(report.source.slice(label.span), 40);
    let place = report.document.place(label.span);
    let role =
        if label.role.is_empty() || label.role == value { String::new() } else { format!("{} ", clean(&label.role)) };
    if place.is_empty() { format!("{role}{value}") } else { format!("{role}{value}（{place}）") }
}
