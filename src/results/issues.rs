//! What people are shown of a scan: the issues of the reports that are to be opened first.

use crate::corpus::digest::{Decimal, Digest};
use crate::corpus::{Corpus, Findings, Ranking};

/// An issue as people read it.
#[derive(Clone, Debug, Default)]
pub(super) struct Issue {
    /// `None` for a unit that has not reported.
    pub(super) report: Option<u32>,
    pub(super) severity: &'static str,
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) message: String,
    pub(super) place: String,
    pub(super) line: u32,
    /// The marked words, with those before and after.
    pub(super) text: [String; 3],
    /// The arithmetic, or how reports were joined and compared.
    pub(super) grounds: String,
    pub(super) suggestion: String,
    pub(super) stake: Option<Decimal>,
    pub(super) others: Vec<u32>,
}

/// Reads the digest of a report again.
pub type Reread<'d> = dyn Fn(u32, &mut dyn FnMut(&Digest<'_>)) + Sync + 'd;

/// Reports of which the issues are shown, and issues of one report and in all.
pub(super) const REPORTS: usize = 5000;
const OF_ONE: usize = 40;
const IN_ALL: usize = 20_000;

/// The issues of the first reports, in the order in which to open them; remarks on several reports come with the first of
/// them.
pub(super) fn collect(corpus: &Corpus, found: &Findings, ranking: &Ranking, reread: &Reread<'_>) -> Vec<Issue> {
    let mut remarks: Vec<Vec<&crate::corpus::Remark>> = vec![Vec::new(); corpus.reports.len()];
    let mut issues = Vec::new();
    for remark in &found.remarks {
        match remark.report {
            Some(report) => remarks[report as usize].push(remark),
            None => issues.push(of_remark(remark)),
        }
    }
    for ranked in ranking.reports.iter().take(REPORTS) {
        let room = IN_ALL.saturating_sub(issues.len()).min(OF_ONE);
        let mut own: Vec<Issue> = remarks[ranked.report as usize].iter().map(|remark| of_remark(remark)).collect();
        if !corpus.reports[ranked.report as usize].stakes.is_empty() {
            reread(ranked.report, &mut |digest| own.extend(of_digest(ranked.report, digest)));
        }
        own.sort_by_key(|issue| order(issue.severity));
        own.truncate(room);
        issues.extend(own);
    }
    issues
}

fn order(severity: &str) -> u8 {
    match severity {
        "错误" => 0,
        "警告" => 1,
        _ => 2,
    }
}

fn severity(word: &str) -> &'static str {
    match word {
        "error" => "错误",
        "warning" => "警告",
        _ => "提示",
    }
}

fn of_remark(remark: &crate::corpus::Remark) -> Issue {
    Issue {
        report: remark.report,
        severity: severity(remark.kind.severity().word()),
        rule: remark.kind.id().to_owned(),
        title: remark.kind.title().to_owned(),
        message: remark.message.clone(),
        place: remark.place.clone(),
        line: remark.line,
        grounds: remark.evidence.clone(),
        others: remark.others.iter().copied().take(8).collect(),
        ..Issue::default()
    }
}

fn of_digest(report: u32, digest: &Digest<'_>) -> Vec<Issue> {
    let issue = |found: &crate::corpus::digest::Found<'_>| Issue {
        report: Some(report),
        severity: severity(&found.severity),
        rule: found.rule.to_string(),
        title: found.title.to_string(),
        message: found.message.to_string(),
        place: found.place.to_string(),
        line: found.line,
        text: [&found.before, &found.text, &found.after].map(|words| String::from(&**words)),
        grounds: found.proof.as_ref().map(|proof| proof.formula.to_string()).unwrap_or_default(),
        suggestion: found.suggestion.to_string(),
        stake: found.stake,
        others: Vec::new(),
    };
    digest.findings.iter().map(issue).collect()
}
