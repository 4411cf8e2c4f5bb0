//! Groups of reports of which unusually many share a trait: full scores, full execution, no rounding.

use std::collections::BTreeMap;

use super::groups::{FEWEST, budget_and_spending, region};
use crate::corpus::digest::Level;
use crate::corpus::gather::{Corpus, Report};
use crate::corpus::kinds::Kind;
use crate::corpus::remark::Remark;
use crate::exact::Exact;

/// A trait that a report has, has not, or cannot be asked for.
struct Trait {
    kind: Kind,
    says: &'static str,
    of: fn(&Corpus, &Report) -> Option<bool>,
}

const TRAITS: &[Trait] = &[
    Trait { kind: Kind::ScoreCeiling, says: "自评得满分", of: full_score },
    Trait { kind: Kind::FullExecution, says: "全年预算数与执行数完全相等", of: full_execution },
    Trait { kind: Kind::RoundNumbers, says: "金额大多是整万元", of: round },
];

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut found: Vec<Remark> = TRAITS.iter().flat_map(|each| by_region(corpus, each)).collect();
    found.extend(no_rounding(corpus));
    found
}

/// Reports of a group that were asked, and those that have the trait.
#[derive(Default)]
struct Count {
    asked: i128,
    having: Vec<u32>,
}

/// Regions in which the trait is so frequent that chance would hardly bring it about: three standard deviations.
fn by_region(corpus: &Corpus, wanted: &Trait) -> Vec<Remark> {
    let mut kinds: BTreeMap<&str, BTreeMap<&str, Count>> = BTreeMap::new();
    for (report, at) in corpus.reports.iter().zip(0..).filter(|(report, _)| report.failure.is_none()) {
        let Some(has) = (wanted.of)(corpus, report) else { continue };
        let count = kinds.entry(&report.kind).or_default().entry(region(corpus.unit_name(report))).or_default();
        count.asked += 1;
        count.having.extend(has.then_some(at));
    }
    let mut found = Vec::new();
    for (kind, regions) in kinds {
        let all: i128 = regions.values().map(|count| count.asked).sum();
        let having: i128 = regions.values().map(|count| count.having.len() as i128).sum();
        for (region, count) in regions {
            let (n, k) = (count.asked, count.having.len() as i128);
            if n >= FEWEST as i128 && k * 2 > n && frequent(k, n, having, all) {
                let says = wanted.says;
                let message = format!("{region}的{n}份{kind}中有{k}份{says}，全部{all}份中为{having}份，建议核查");
                let evidence = format!("n={n}，与全部同类报告的比例相差三个标准差以上");
                let first = count.having.first().copied();
                let remark = Remark::of_whole(first, wanted.kind, message, evidence);
                found.push(remark.with_others(count.having.into_iter().skip(1)));
            }
        }
    }
    found
}

/// Whether `k` of `n` is more than `having` of `all` by three standard deviations: (k/n - p)² > 9 p (1 - p) / n.
fn frequent(k: i128, n: i128, having: i128, all: i128) -> bool {
    let excess = k * all - having * n;
    excess > 0 && excess * excess > 9 * n * having * (all - having)
}

fn full_score(_: &Corpus, report: &Report) -> Option<bool> {
    Some(report.score? == Exact::from(100))
}

fn full_execution(corpus: &Corpus, report: &Report) -> Option<bool> {
    budget_and_spending(corpus, report).map(|(budget, spent)| budget == spent)
}

/// Fewer amounts than this can all be round by chance.
const AMOUNTS: usize = 10;

fn round(_: &Corpus, report: &Report) -> Option<bool> {
    let amounts = report.levels.iter().filter(|level| !level.value().is_zero());
    let rounds: Vec<bool> = amounts.map(Level::is_round).collect();
    (rounds.len() >= AMOUNTS).then(|| rounds.iter().filter(|round| **round).count() * 5 >= rounds.len() * 4)
}

/// Relations that hold exactly, so many at least, none of them by rounding.
const EXACT: u32 = 25;

/// Reports without a single rounding tail, where most of their kind have some.
fn no_rounding(corpus: &Corpus) -> Vec<Remark> {
    let mut kinds: BTreeMap<&str, Vec<(u32, bool)>> = BTreeMap::new();
    for (report, at) in corpus.reports.iter().zip(0..).filter(|(report, _)| report.verdicts[0] >= EXACT) {
        kinds.entry(&report.kind).or_default().push((at, report.verdicts[1] == 0));
    }
    let mut found = Vec::new();
    for (kind, reports) in kinds.into_iter().filter(|(_, reports)| reports.len() >= FEWEST) {
        let without = reports.iter().filter(|(_, without)| *without).count();
        if without * 20 > reports.len() {
            continue;
        }
        for (at, _) in reports.iter().filter(|(_, without)| *without) {
            let exact = corpus.reports[*at as usize].verdicts[0];
            let message = format!("{exact}个关系全部分毫不差，没有一处尾差，建议核查");
            let evidence = format!("同类：{kind}，n={}，其中{}份有尾差", reports.len(), reports.len() - without);
            found.push(Remark::of_whole(Some(*at), Kind::NoRounding, message, evidence));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_deviations_are_frequent() {
        assert!(frequent(35, 40, 100, 1000));
        assert!(!frequent(5, 40, 100, 1000) && !frequent(40, 40, 1000, 1000));
    }
}
