//! Words for what findings and papers say, alike in all of them.

use crate::check::State;
use crate::finding::{Confidence, Severity, Suggestion, Verdict};

/// 错误, 警告, 提示
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
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

/// 改为“264.39万元”（改后与全年预算也相符）
pub(super) fn advice(suggestion: &Suggestion) -> String {
    match (suggestion.with.is_empty(), suggestion.reason.is_empty()) {
        (false, true) => format!("改为“{}”", suggestion.with),
        (false, false) => format!("改为“{}”（{}）", suggestion.with, suggestion.reason),
        _ => suggestion.reason.clone(),
    }
}
