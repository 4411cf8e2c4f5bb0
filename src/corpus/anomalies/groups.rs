//! Peers, and how their values spread: medians and deviations of whole numbers.

use std::collections::BTreeMap;

use crate::corpus::digest::Level;
use crate::corpus::gather::{Corpus, Report};
use crate::corpus::kinds::Kind;
use crate::exact::Exact;
use crate::facts::Stage;

/// Fewer peers say nothing.
pub(super) const FEWEST: usize = 8;

/// Reports that may be compared.
pub(super) struct Peers {
    pub(super) name: String,
    pub(super) reports: Vec<u32>,
}

/// The reports of one kind and year: by type of unit where there are enough of it, the others by how much they spend.
pub(super) fn of(corpus: &Corpus) -> Vec<Peers> {
    let audited = corpus.reports.iter().zip(0..).filter(|(report, _)| report.failure.is_none());
    let (mut found, few) = grouped(audited, |report| body(corpus.unit_name(report)).to_owned());
    let (of_size, rest) = grouped(few.into_iter(), |report| format!("支出{}的单位", size(corpus, report)));
    found.extend(of_size);
    found.extend(grouped(rest.into_iter(), |_| "其他单位".to_owned()).0);
    found
}

/// Reports with their numbers.
type Numbered<'c> = (&'c Report, u32);

/// Groups of enough reports, and the reports that are in none.
fn grouped<'c>(
    reports: impl Iterator<Item = Numbered<'c>>,
    name: impl Fn(&Report) -> String,
) -> (Vec<Peers>, Vec<Numbered<'c>>) {
    let mut groups: BTreeMap<(&str, u16, String), Vec<Numbered<'c>>> = BTreeMap::new();
    for (report, at) in reports {
        let key = (report.kind.as_str(), report.year.unwrap_or_default(), name(report));
        groups.entry(key).or_default().push((report, at));
    }
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    for ((kind, year, name), reports) in groups {
        if reports.len() >= FEWEST {
            let reports = reports.into_iter().map(|(_, at)| at).collect();
            found.push(Peers { name: format!("{year}年度{kind}，{name}"), reports });
        } else {
            rest.extend(reports);
        }
    }
    (found, rest)
}

/// How much a unit spends, by orders of magnitude.
fn size(corpus: &Corpus, report: &Report) -> &'static str {
    match spent(corpus, report, "exp.total").map(|spent| spent.rounded(0).mantissa()) {
        None => "不明",
        Some(..1_000_000) => "不足一百万元",
        Some(..10_000_000) => "一百万至一千万元",
        Some(..100_000_000) => "一千万至一亿元",
        Some(_) => "一亿元以上",
    }
}

/// 林业局 of 某县林业局
fn body(unit: &str) -> &str {
    split(unit).1
}

/// 某县 of 某县林业局
pub(super) fn region(unit: &str) -> &str {
    split(unit).0
}

fn split(unit: &str) -> (&str, &str) {
    // The last place name before the body: 某市某区 | 林业局. The first character is never its own ending.
    let ends = |(at, c): &(usize, char)| *at > 0 && matches!(c, '县' | '区' | '市' | '旗' | '州');
    let chars = unit.char_indices().filter(ends).filter(|(at, c)| unit.len() - at - c.len_utf8() >= 6);
    // 市场监督管理局: its first character belongs to what follows.
    let mut places = chars.filter(|(at, _)| !unit[*at..].starts_with("市场"));
    match places.next() {
        Some((at, c)) => unit.split_at(at + c.len_utf8()),
        None => ("", unit),
    }
}

/// A ratio of a report, in hundredths of a per cent.
pub(super) struct Ratio {
    pub(super) kind: Kind,
    pub(super) name: &'static str,
    pub(super) only_low: bool,
    pub(super) of: fn(&Corpus, &Report) -> Option<i64>,
}

pub(super) const RATIOS: &[Ratio] = &[
    Ratio { kind: Kind::RatioOutlier, name: "预算执行率", only_low: false, of: execution },
    Ratio { kind: Kind::RatioOutlier, name: "公用经费占基本支出的比例", only_low: false, of: running },
    Ratio { kind: Kind::RatioOutlier, name: "项目支出占总支出的比例", only_low: false, of: project },
    Ratio { kind: Kind::LedgerCoverage, name: "参与核对的数字所占比例", only_low: true, of: coverage },
];

fn spent(corpus: &Corpus, report: &Report, concept: &str) -> Option<Exact> {
    corpus.settled(report, concept).map(Level::value)
}

fn ratio(part: Exact, whole: Exact) -> Option<i64> {
    let positive = !whole.is_zero() && !whole.is_negative() && !part.is_negative();
    let shown = part.times(Exact::from(10_000))?.shown_quotient(positive.then_some(whole)?, 0)?;
    i64::try_from(shown.mantissa()).ok()
}

pub(super) fn budget_and_spending(corpus: &Corpus, report: &Report) -> Option<(Exact, Exact)> {
    let budget = corpus.level(report, "exp.total", Stage::Adjusted)?;
    let spent = corpus.level(report, "exp.total", Stage::Final)?;
    Some((budget.value(), spent.value()))
}

fn execution(corpus: &Corpus, report: &Report) -> Option<i64> {
    let (budget, spent) = budget_and_spending(corpus, report)?;
    ratio(spent, budget)
}

fn running(corpus: &Corpus, report: &Report) -> Option<i64> {
    ratio(spent(corpus, report, "exp.public")?, spent(corpus, report, "exp.basic")?)
}

fn project(corpus: &Corpus, report: &Report) -> Option<i64> {
    ratio(spent(corpus, report, "exp.project")?, spent(corpus, report, "exp.total")?)
}

/// Small reports have too few numbers to tell.
const NUMBERS: u32 = 30;

fn coverage(_: &Corpus, report: &Report) -> Option<i64> {
    let numbers: u32 = report.ledger.iter().sum();
    (numbers >= NUMBERS).then(|| i64::from(report.ledger[0]) * 10_000 / i64::from(numbers))
}

/// 97.48 for 9748
pub(super) fn percent(value: i64) -> String {
    format!("{}.{:02}", value / 100, value.abs() % 100)
}

/// The middle of some values, and how far from it they usually are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spread {
    pub(super) n: usize,
    pub(super) median: i64,
    pub(super) mad: i64,
}

impl Spread {
    /// `None` for too few values, and for values of which most are equal.
    pub(super) fn of(mut values: Vec<i64>) -> Option<Spread> {
        let n = values.len();
        if n < FEWEST {
            return None;
        }
        let median = middle(&mut values);
        let mut distances: Vec<i64> = values.iter().map(|value| (value - median).abs()).collect();
        let mad = middle(&mut distances);
        (mad > 0).then_some(Spread { n, median, mad })
    }

    /// 0.6745 × |value - median| ÷ MAD > 3.5
    pub(super) fn is_outlier(&self, value: i64, only_low: bool) -> bool {
        let far = (value - self.median).abs() * 6745 > 35_000 * self.mad;
        far && (!only_low || value < self.median)
    }
}

/// The lower of the two middle values.
fn middle(values: &mut [i64]) -> i64 {
    values.sort_unstable();
    values[(values.len() - 1) / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_is_far_from_the_median() {
        let spread = Spread::of(vec![90, 92, 94, 96, 98, 100, 91, 97, 20]).expect("there are enough");
        assert_eq!((spread.n, spread.median, spread.mad), (9, 94, 3));
        assert!(spread.is_outlier(20, true) && !spread.is_outlier(100, false) && !spread.is_outlier(140, true));
        assert_eq!(Spread::of(vec![100; 20]), None);
    }

    #[test]
    fn units_have_a_region_and_a_body() {
        assert_eq!(split("岚宁县林业局"), ("岚宁县", "林业局"));
        assert_eq!(split("岚宁县市场监督管理局"), ("岚宁县", "市场监督管理局"));
        assert_eq!(split("市场监督管理局"), ("", "市场监督管理局"));
    }
}
