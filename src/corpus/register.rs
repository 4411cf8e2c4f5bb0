//! Units that should have reported against those that did.

use std::collections::BTreeSet;

use super::gather::Corpus;
use super::kinds::Kind;
use super::remark::Remark;
use super::units::Evidence;

/// One remark for each unit of the list that no report is of.
pub(super) fn remarks(corpus: &Corpus, list: &str) -> Vec<Remark> {
    let listed: BTreeSet<&str> = list.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let missing = listed.iter().filter(|name| corpus.units.known(name).is_none());
    let strangers: Vec<&str> = strangers(corpus, &listed);
    let remark = |name: &&str| {
        let similar = strangers.iter().find(|other| other.contains(*name) || name.contains(*other));
        let hint = similar.map_or(String::new(), |other| {
            format!("；有名录之外的“{other}”的报告，若是同一家，请写入 --aliases 名称对照表")
        });
        let evidence = format!("名录共{}家，收到{}份报告", listed.len(), corpus.reports.len());
        Remark::of_whole(None, Kind::Coverage, format!("{name}没有报告{hint}"), evidence)
    };
    missing.map(remark).collect()
}

/// Units that reported and are not on the list.
fn strangers<'c>(corpus: &'c Corpus, listed: &BTreeSet<&str>) -> Vec<&'c str> {
    let on_list: BTreeSet<u32> = listed.iter().filter_map(|name| corpus.units.known(name)).collect();
    let named = corpus.reports.iter().filter(|report| report.joined.is_some_and(|joined| joined != Evidence::Unnamed));
    let others: BTreeSet<u32> = named.map(|report| report.unit).filter(|unit| !on_list.contains(unit)).collect();
    others.into_iter().map(|unit| corpus.units.names[unit as usize].as_str()).collect()
}
