//! From an audit to its digest.

use super::{About, Digest, Target, Text, VERSION, facts, findings, passages};
use crate::check::Audit;
use crate::document::BlockKind;
use crate::facts::ReportKind;
use crate::facts::form::Words;
use crate::finding::Verdict;
use crate::rules::RuleSet;

/// Of a report, so many targets and headers at most.
const TARGETS: usize = 400;
const HEADERS: usize = 24;
/// A header of fewer columns is no form's.
const COLUMNS: usize = 4;

impl<'a> Digest<'a> {
    /// What is kept of an audited report.
    pub fn of(audit: &'a Audit, rules: &RuleSet) -> Digest<'a> {
        let ledger = audit.ledger;
        let verdicts = [Verdict::Exact, Verdict::Rounding, Verdict::Improbable, Verdict::Broken, Verdict::Abstained];
        Digest {
            about: about(audit),
            ledger: [ledger.checked, ledger.linked, ledger.read, ledger.unread],
            verdicts: verdicts.map(|verdict| audit.relations.count(verdict) as u32),
            findings: findings::of(audit),
            figures: facts::figures(audit),
            relations: facts::relations(audit, rules),
            passages: passages::of(audit),
            targets: targets(audit),
            headers: headers(audit),
        }
    }
}

/// The rules and the making of digests, as a fingerprint: what was kept under another one is of no use.
pub fn rules_key(rules: &RuleSet) -> u64 {
    let mut text = format!("{} {VERSION}\n", env!("CARGO_PKG_VERSION"));
    for page in rules.pages() {
        text.push_str(&page.id);
        text.push('\n');
        text.push_str(page.source.text());
    }
    twox_hash::XxHash3_64::oneshot(text.as_bytes())
}

fn about(audit: &Audit) -> About<'_> {
    let info = &audit.facts.report;
    About {
        title: info.title.as_ref().map(|(title, _)| Text::from(title)),
        entity: info.entity.as_ref().map(|(entity, _)| Text::from(entity)),
        year: info.year,
        kind: Text::from(kind(info.kind)),
        bytes: audit.source.text().len() as u32,
    }
}

fn kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Department => "部门整体支出绩效自评",
        ReportKind::Project => "项目支出绩效自评",
        ReportKind::FinalAccounts => "决算公开说明",
        ReportKind::Budget => "预算公开说明",
        ReportKind::Unknown => "",
    }
}

fn targets(audit: &Audit) -> Vec<Target<'_>> {
    let rows = audit.facts.forms.iter().flat_map(|form| &form.indicators);
    let words = |words: &'_ Option<Words>| words.as_ref().map(|words| words.text.clone()).unwrap_or_default();
    let filled = rows.filter(|row| row.name.is_filled() && row.target.as_ref().is_some_and(Words::is_filled));
    let target = filled.map(|row| Target {
        name: Text::from(&row.name.text),
        target: Text::from(words(&row.target)),
        achieved: Text::from(words(&row.achieved)),
    });
    target.take(TARGETS).collect()
}

fn headers(audit: &Audit) -> Vec<Text<'_>> {
    let mut found: Vec<Text<'_>> = Vec::new();
    for block in &audit.document.blocks {
        let BlockKind::Table(table) = &block.kind else { continue };
        let Some(first) = table.rows.first().filter(|row| row.cells.len() >= COLUMNS) else { continue };
        let words: Vec<&str> = first.cells.iter().map(|cell| cell.flow.text()).collect();
        // A row with figures is no header.
        let header = words.join("|");
        if !header.contains(|c: char| c.is_ascii_digit()) && !found.iter().any(|each| *each == header) {
            found.push(Text::from(header));
        }
    }
    found.truncate(HEADERS);
    found
}
