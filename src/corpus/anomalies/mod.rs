//! What stands out among peers: worth checking, never an accusation. Always with n and with the peers.

mod digits;
mod groups;
mod shares;

use std::collections::BTreeMap;

use super::gather::{Corpus, Report};
use super::kinds::Kind;
use super::remark::Remark;
use groups::{FEWEST, Spread};

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut found = shares::remarks(corpus);
    found.extend(digits::remarks(corpus));
    for peers in groups::of(corpus) {
        peers.outliers(corpus, &mut found);
    }
    found.extend(template_drift(corpus));
    found
}

impl groups::Peers {
    /// Ratios that differ from the peers' median by more than three and a half robust deviations.
    fn outliers(&self, corpus: &Corpus, found: &mut Vec<Remark>) {
        for ratio in groups::RATIOS {
            let values: Vec<(u32, i64)> = self
                .reports
                .iter()
                .filter_map(|at| Some((*at, (ratio.of)(corpus, &corpus.reports[*at as usize])?)))
                .collect();
            let Some(spread) = Spread::of(values.iter().map(|(_, value)| *value).collect()) else { continue };
            for (at, value) in values.into_iter().filter(|(_, value)| spread.is_outlier(*value, ratio.only_low)) {
                let [value, median, mad] = [value, spread.median, spread.mad].map(groups::percent);
                let message = format!("{}为{value}%，同类报告的中位数为{median}%，建议核查", ratio.name);
                let evidence = format!("同类：{}，n={}，绝对中位差{mad}%", self.name, spread.n);
                found.push(Remark::of_whole(Some(at), ratio.kind, message, evidence));
            }
        }
    }
}

/// A header counts as usual where so many hundredths of the peers have it.
const USUAL: usize = 60;

/// Reports whose widest table has another header than most of their kind and year.
fn template_drift(corpus: &Corpus) -> Vec<Remark> {
    let mut kinds: BTreeMap<(&str, u16), Vec<(u32, &Report)>> = BTreeMap::new();
    for (report, at) in corpus.reports.iter().zip(0..).filter(|(report, _)| !report.header.is_empty()) {
        kinds.entry((&report.kind, report.year.unwrap_or_default())).or_default().push((at, report));
    }
    let mut found = Vec::new();
    for ((kind, year), reports) in kinds.iter().filter(|(_, reports)| reports.len() >= FEWEST) {
        let mut headers: BTreeMap<&str, usize> = BTreeMap::new();
        reports.iter().for_each(|(_, report)| *headers.entry(&report.header).or_default() += 1);
        let Some((usual, users)) = headers.iter().max_by_key(|(_, users)| **users) else { continue };
        if users * 100 < reports.len() * USUAL {
            continue;
        }
        for (at, report) in reports.iter().filter(|(_, report)| report.header != *usual) {
            let message = format!("表头为“{}”，多数单位为“{usual}”", report.header);
            let evidence = format!("同类：{year}年度{kind}，n={}，其中{users}份用后一种", reports.len());
            found.push(Remark::of_whole(Some(*at), Kind::TemplateDrift, message, evidence));
        }
    }
    found
}
