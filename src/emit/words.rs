//! Words for what findings and papers say, alike in all of them.

use super::clean::clean;
use super::report::{Report, Tally};
use crate::check::State;
use crate::finding::{Confidence, Finding, Severity, Suggestion, Verdict};

/// 错误, 警告, 提示
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}

/// How a report came out as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Errors,
    Warnings,
    /// Nothing worse than what to look at.
    Clean,
    /// A quiet report must never mean one that was not understood.
    Unsure,
}

/// 2 处错误，1 处警告
pub(super) fn outcome(report: &Report<'_>) -> (Outcome, String) {
    let tally = Tally::of(report.findings);
    let outcome = match tally {
        Tally { errors: 1.., .. } => Outcome::Errors,
        Tally { warnings: 1.., .. } => Outcome::Warnings,
        Tally { infos: 0, .. } if report.ledger.numbers() == 0 => return (Outcome::Unsure, NOTHING_READ.to_owned()),
        _ => Outcome::Clean,
    };
    (outcome, counted(tally))
}

const NOTHING_READ: &str = "没有读出数字，无从核对";

/// 2 处错误，1 处警告，3 条提示
pub fn counted(tally: Tally) -> String {
    let parts = [(tally.errors, "处错误"), (tally.warnings, "处警告"), (tally.infos, "条提示")];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    match (tally.errors + tally.warnings, said.is_empty()) {
        (0, true) => "未发现矛盾".into(),
        (0, false) => format!("未发现矛盾，{}", said.join("，")),
        _ => said.join("，"),
    }
}

/// 高, 中, 低
pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "高",
        Confidence::Medium => "中",
        Confidence::Low => "低",
    }
}

/// 相符, 尾差, 可疑, 不符, 未判断
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Exact => "相符",
        Verdict::Rounding => "尾差",
        Verdict::Improbable => "可疑",
        Verdict::Broken => "不符",
        Verdict::Abstained => "未判断",
    }
}

/// 核对, 识别, 读出, 未读
pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Checked => "核对",
        State::Linked => "识别",
        State::Read => "读出",
        State::Unread => "未读",
    }
}

/// 改为“264.39万元”（改后与全年预算也相符）, without the arithmetic that stands beside it.
pub(super) fn advice(finding: &Finding) -> Option<String> {
    let Suggestion { with, reason } = finding.suggestion.as_ref()?;
    let shown = finding.proof.as_ref().map(|proof| format!("：{}", proof.formula));
    let reason = clean(&shown.map_or_else(|| reason.to_owned(), |formula| reason.replace(&formula, "")));
    let with = clean(with);
    Some(match (with.is_empty(), reason.is_empty()) {
        // The reason says it all: 疑为4.23万元（相邻数字颠倒），改后3处算式相符
        (false, _) if reason.contains(&with) => reason,
        (false, true) => format!("改为“{with}”"),
        (false, false) => format!("改为“{with}”（{reason}）"),
        (true, _) => reason,
    })
}

#[cfg(test)]
mod tests {
    use super::super::report::samples;
    use super::*;

    #[test]
    fn advice_says_nothing_twice() {
        let source = samples::source(samples::PROSE);
        let mut finding = samples::sum(&source);
        let mut advised = |with: &str, reason: &str| {
            finding.suggestion = Some(Suggestion { with: with.into(), reason: reason.into() });
            advice(&finding).unwrap_or_default()
        };
        assert_eq!(advised("264.39万元", ""), "改为“264.39万元”");
        assert_eq!(advised("264.39万元", "改后与预算相符"), "改为“264.39万元”（改后与预算相符）");
        assert_eq!(advised("", "请补全"), "请补全");
        let reason = "疑为264.39万元：213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19";
        assert_eq!(advised("264.39万元", reason), "疑为264.39万元");
    }
}
