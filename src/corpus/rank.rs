//! Which reports to open first: amount at stake, confidence and novelty, spread over units.

use std::collections::BTreeMap;

use super::gather::{Corpus, Report, Stake};
use super::remark::Remark;
use crate::exact::Exact;
use crate::finding::{Confidence, Severity};

/// Minutes to open a report, and to follow one finding.
const OPEN: u32 = 2;
const FOLLOW: u32 = 1;
/// Further findings of a report are seen at a glance.
const FOLLOWED: u32 = 8;

/// Reports in the order in which to open them.
#[derive(Debug)]
pub struct Ranking {
    pub reports: Vec<Ranked>,
    /// How many of them fit the time that there is.
    pub chosen: usize,
    /// Money at stake in what is chosen and in all, in 元.
    pub covered: Exact,
    pub total: Exact,
}

/// A report with its rank.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub report: u32,
    /// Money at stake in it, in 元.
    pub amount: Exact,
    /// The amounts weighed by confidence and novelty, in 元, and its remarks.
    pub weight: u128,
    pub minutes: u32,
}

impl Ranking {
    /// All reports in which something was found, the most promising first.
    pub fn of(corpus: &Corpus, remarks: &[Remark], minutes: u32) -> Ranking {
        let rules = reports_by_rule(corpus);
        let mut ranked: Vec<Ranked> = Vec::new();
        for (number, report) in corpus.reports.iter().enumerate() {
            let weight: u128 = report.stakes.iter().map(|stake| weight(stake, &rules, corpus.reports.len())).sum();
            if weight > 0 {
                let amount = amount(report);
                ranked.push(Ranked { report: number as u32, amount, weight, minutes: minutes_of(report) });
            }
        }
        add_remarks(&mut ranked, corpus, remarks);
        let reports = spread(corpus, ranked);
        Ranking::cut(reports, minutes)
    }

    /// Of so many reports, by their numbers: the rank of each from 1 on, with what it was ranked by.
    pub fn by_report(&self, reports: usize) -> Vec<Option<(u32, &Ranked)>> {
        let mut ranks = vec![None; reports];
        for (rank, each) in (1..).zip(&self.reports) {
            ranks[each.report as usize] = Some((rank, each));
        }
        ranks
    }

    /// How much of the money at stake is in what is chosen, in percent.
    pub fn share(&self) -> Exact {
        let share = self.covered.times(100.into()).and_then(|part| part.shown_quotient(self.total, 1));
        share.unwrap_or(Exact::ZERO)
    }

    fn cut(reports: Vec<Ranked>, minutes: u32) -> Ranking {
        let sum =
            |reports: &[Ranked]| reports.iter().fold(Exact::ZERO, |sum, each| sum.plus(each.amount).unwrap_or(sum));
        let mut left = minutes;
        let fits = reports.iter().take_while(|each| {
            let fits = each.minutes <= left;
            left = left.saturating_sub(each.minutes);
            fits
        });
        let chosen = fits.count();
        Ranking { chosen, covered: sum(&reports[..chosen]), total: sum(&reports), reports }
    }
}

/// In how many reports each rule found something.
pub fn reports_by_rule(corpus: &Corpus) -> BTreeMap<&str, u64> {
    let mut rules: BTreeMap<&str, u64> = BTreeMap::new();
    for report in &corpus.reports {
        let mut seen: Vec<&str> = report.stakes.iter().map(|stake| stake.rule.as_str()).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().for_each(|rule| *rules.entry(rule).or_default() += 1);
    }
    rules
}

/// 元 that a finding weighs: its amount, or a token sum where it is about no money, times confidence, less the more
/// reports have the like.
fn weight(stake: &Stake, rules: &BTreeMap<&str, u64>, reports: usize) -> u128 {
    let token = match stake.severity {
        Severity::Error => 20_000,
        Severity::Warning => 5_000,
        Severity::Info => 500,
    };
    let amount =
        stake.amount.and_then(|amount| amount.exact()).map_or(0, |amount| amount.rounded(0).mantissa().unsigned_abs());
    let confidence = match stake.confidence {
        Confidence::High => 4,
        Confidence::Medium => 2,
        Confidence::Low => 1,
    };
    let severity = match stake.severity {
        Severity::Error => 4,
        Severity::Warning => 2,
        Severity::Info => 1,
    };
    let common = u128::from(rules.get(stake.rule.as_str()).copied().unwrap_or(1));
    // In all reports: one tenth; in few: nearly all of it.
    let novelty = 10 * (reports as u128).max(1) / (reports as u128 + 9 * common);
    (amount + token) * confidence * severity * novelty.max(1)
}

/// The largest amount of each report counts, since several findings are often about one sum.
fn amount(report: &Report) -> Exact {
    let errors = report.stakes.iter().filter(|stake| stake.severity != Severity::Info);
    errors.filter_map(|stake| stake.amount?.exact()).max().unwrap_or(Exact::ZERO)
}

fn minutes_of(report: &Report) -> u32 {
    let findings = report.stakes.iter().filter(|stake| stake.severity != Severity::Info).count() as u32;
    OPEN + FOLLOW * findings.min(FOLLOWED)
}

/// Remarks on several reports count like findings about no money.
fn add_remarks(ranked: &mut Vec<Ranked>, corpus: &Corpus, remarks: &[Remark]) {
    let mut places: BTreeMap<u32, usize> = ranked.iter().enumerate().map(|(at, each)| (each.report, at)).collect();
    for remark in remarks {
        let Some(report) = remark.report else { continue };
        let place = *places.entry(report).or_insert_with(|| {
            let minutes = minutes_of(&corpus.reports[report as usize]);
            ranked.push(Ranked { report, amount: Exact::ZERO, weight: 0, minutes });
            ranked.len() - 1
        });
        ranked[place].weight += match remark.kind.severity() {
            Severity::Error => 400_000,
            Severity::Warning => 100_000,
            Severity::Info => 2_000,
        };
    }
}

/// Each further report of a unit weighs half as much as the one before, so that the list spreads over units.
fn spread(corpus: &Corpus, mut ranked: Vec<Ranked>) -> Vec<Ranked> {
    ranked.sort_by_key(|each| (std::cmp::Reverse(each.weight), each.report));
    let mut before: BTreeMap<u32, u32> = BTreeMap::new();
    let mut keyed: Vec<(u128, Ranked)> = Vec::with_capacity(ranked.len());
    for each in ranked {
        let count = before.entry(corpus.reports[each.report as usize].unit).or_default();
        keyed.push((each.weight >> (*count).min(100), each));
        *count += 1;
    }
    keyed.sort_by_key(|(key, each)| (std::cmp::Reverse(*key), each.report));
    keyed.into_iter().map(|(_, each)| each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(report: u32, weight: u128) -> Ranked {
        Ranked { report, amount: Exact::from(report), weight, minutes: 5 }
    }

    fn corpus(units: &[u32]) -> Corpus {
        let reports = units.iter().map(|unit| Report { unit: *unit, ..Report::default() });
        Corpus { reports: reports.collect(), ..Corpus::default() }
    }

    #[test]
    fn the_list_spreads_over_units() {
        let corpus = corpus(&[7, 7, 8]);
        let order: Vec<u32> = spread(&corpus, vec![ranked(0, 100), ranked(1, 90), ranked(2, 50)])
            .iter()
            .map(|each| each.report)
            .collect();
        assert_eq!(order, [0, 2, 1]);
    }

    #[test]
    fn what_fits_the_time_is_chosen() {
        let ranking = Ranking::cut(vec![ranked(3, 9), ranked(2, 8), ranked(1, 7)], 11);
        assert_eq!((ranking.chosen, ranking.covered, ranking.total), (2, Exact::from(5), Exact::from(6)));
    }
}
