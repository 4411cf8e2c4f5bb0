//! Units that should have reported against those that did.

use std::collections::BTreeSet;

use super::gather::Corpus;
use super::kinds::Kind;
use super::remark::Remark;

/// One remark for each unit of the list that no report is of.
pub(super) fn remarks(corpus: &Corpus, list: &str) -> Vec<Remark> {
    let listed: BTreeSet<&str> = list.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let missing = listed.iter().filter(|name| corpus.units.known(name).is_none());
    let remark = |name: &&str| Remark {
        report: None,
        kind: Kind::Coverage,
        place: String::new(),
        line: 0,
        message: format!("{name}没有报告"),
        evidence: format!("名录共{}家，收到{}份报告", listed.len(), corpus.reports.len()),
        others: Vec::new(),
    };
    missing.map(remark).collect()
}
