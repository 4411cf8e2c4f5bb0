//! One unit over the years and over its documents: last year's figure here against this year's figure there.

use std::collections::{BTreeMap, BTreeSet};

use super::digest;
use super::digest::Level;
use super::gather::{Corpus, Report};
use super::kinds::Kind;
use super::remark::Remark;
use crate::exact::Exact;
use crate::facts::Stage;

/// Years that a target must not change in, before it is worth a word.
const STATIC_YEARS: usize = 3;

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut by_unit: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (report, at) in corpus.reports.iter().zip(0..) {
        if report.failure.is_none() && report.year.is_some() {
            by_unit.entry(report.unit).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for reports in by_unit.values() {
        prior_year(corpus, reports, &mut found);
        opening(corpus, reports, &mut found);
        same_year(corpus, reports, &mut found);
        static_targets(corpus, reports, &mut found);
    }
    found
}

/// What a level is of, but for the report that prints it.
type Meaning = (u16, u8, u8, u16);

/// The amounts of a report by meaning and year; those given twice with two values are left out.
fn levels(report: &Report) -> BTreeMap<Meaning, &Level> {
    let mut found: BTreeMap<Meaning, &Level> = BTreeMap::new();
    let mut torn = BTreeSet::new();
    for level in &report.levels {
        let Some(year) = level.period.or(report.year) else { continue };
        let meaning = (level.concept, level.stage, level.scope, year);
        match found.get(&meaning) {
            Some(known) if !agree(known, level) => drop(torn.insert(meaning)),
            // The finer of two that agree.
            Some(known) if known.places >= level.places => {}
            Some(_) | None => drop(found.insert(meaning, level)),
        }
    }
    found.retain(|meaning, _| !torn.contains(meaning));
    found
}

/// Whether two printed amounts can be one: they differ by less than one in the last place of the coarser one.
fn agree(a: &Level, b: &Level) -> bool {
    let step = |level: &Level| Exact::power_of_ten(digest::exponent(level.unit) - i32::from(level.places));
    let (Some(x), Some(y), Some(difference)) = (step(a), step(b), a.value().minus(b.value())) else { return true };
    difference.abs() <= x.max(y)
}

fn shown(level: &Level) -> String {
    let unit = Exact::power_of_ten(digest::exponent(level.unit)).unwrap_or(Exact::ONE);
    let value = level.value().shown_quotient(unit, u32::from(level.places)).unwrap_or(level.value());
    format!("{}{}", value.with_places(u32::from(level.places)), digest::unit(level.unit))
}

fn named(level: &Level) -> String {
    format!("{}{}", digest::concept(level.concept), digest::stage(level.stage))
}

/// 2023年决算 in the report of 2024 against the report of 2023.
fn prior_year(corpus: &Corpus, reports: &[u32], found: &mut Vec<Remark>) {
    each_later(corpus, reports, |late, early| {
        let report = |at: u32| &corpus.reports[at as usize];
        let (ours, theirs) = (levels(report(late)), levels(report(early)));
        let year = report(early).year.unwrap_or_default();
        for (meaning, mine) in ours.into_iter().filter(|(meaning, _)| meaning.3 == year) {
            let stated = [Stage::Final, Stage::Unstated].map(|stage| (meaning.0, stage as u8, meaning.2, year));
            let is_final = meaning.1 == Stage::Final as u8 || meaning.1 == Stage::Unstated as u8;
            let other = stated.iter().find_map(|meaning| theirs.get(meaning)).filter(|_| is_final);
            if let Some(other) = other.filter(|other| !agree(mine, other)) {
                found.push(conflict(corpus, Kind::PriorYear, (late, mine), (early, other)));
            }
        }
    });
}

/// 年初结转 in the report of 2024 against 年末结转 in the report of 2023.
fn opening(corpus: &Corpus, reports: &[u32], found: &mut Vec<Remark>) {
    each_later(corpus, reports, |late, early| {
        let of = |at: u32, concept: &str| corpus.settled(&corpus.reports[at as usize], concept);
        if let (Some(opening), Some(closing)) = (of(late, "carry.in"), of(early, "carry.out"))
            && opening.scope == closing.scope
            && !agree(opening, closing)
        {
            found.push(conflict(corpus, Kind::OpeningBalance, (late, opening), (early, closing)));
        }
    });
}

/// Each report with those of the year before, of its own kind where there is one.
fn each_later(corpus: &Corpus, reports: &[u32], mut compare: impl FnMut(u32, u32)) {
    for at in reports {
        let late = &corpus.reports[*at as usize];
        let before = |other: &&u32| {
            let other = &corpus.reports[**other as usize];
            let follows = other.year.zip(late.year).is_some_and(|(a, b)| a + 1 == b);
            follows && other.reach == late.reach && other.kind == late.kind
        };
        if let Some(early) = reports.iter().find(before) {
            compare(*at, *early);
        }
    }
}

/// The documents of one year against one another: the self-assessment, its annex, the final accounts.
fn same_year(corpus: &Corpus, reports: &[u32], found: &mut Vec<Remark>) {
    // A project's report is about a part of the unit.
    let whole = |at: &u32| !corpus.reports[*at as usize].kind.starts_with("项目");
    let wholes: Vec<(u32, &Report)> =
        reports.iter().filter(|at| whole(at)).map(|at| (*at, &corpus.reports[*at as usize])).collect();
    let levels: Vec<_> = wholes.iter().map(|(_, report)| levels(report)).collect();
    for (index, (b, late)) in wholes.iter().enumerate() {
        for ((a, early), theirs) in wholes[..index].iter().zip(&levels) {
            let again = early.content == late.content;
            if early.year != late.year || early.reach != late.reach || again {
                continue;
            }
            for (meaning, mine) in levels[index].iter().filter(|(meaning, _)| Some(meaning.3) == late.year) {
                let is_final = meaning.1 == Stage::Final as u8;
                if let Some(other) = theirs.get(meaning).filter(|other| is_final && !agree(mine, other)) {
                    found.push(conflict(corpus, Kind::DocumentConflict, (*b, mine), (*a, other)));
                }
            }
        }
    }
}

fn conflict(corpus: &Corpus, kind: Kind, (at, mine): (u32, &Level), (there, theirs): (u32, &Level)) -> Remark {
    let [report, other] = [at, there].map(|at| &corpus.reports[at as usize]);
    let year = other.year.unwrap_or_default();
    let words = if kind == Kind::OpeningBalance { "年初结转".into() } else { named(mine) };
    let join = report.joined.map_or("", |joined| joined.word());
    Remark {
        report: Some(at),
        kind,
        place: String::new(),
        line: mine.line,
        message: format!(
            "{words}（{}年）本报告写{}，{year}年度{}第{}行写{}",
            mine.period.or(report.year).unwrap_or_default(),
            shown(mine),
            other.kind,
            theirs.line,
            shown(theirs),
        ),
        evidence: format!("单位：{}（{join}）；对照：{}", corpus.unit_name(report), other.path),
        others: vec![there],
    }
}

/// An indicator with its target: each year's report, and whether it was achieved exactly.
type Years<'r> = BTreeMap<u16, (u32, &'r str)>;

fn static_targets(corpus: &Corpus, reports: &[u32], found: &mut Vec<Remark>) {
    let mut targets: BTreeMap<(&str, &str), Years<'_>> = BTreeMap::new();
    for at in reports {
        let report = &corpus.reports[*at as usize];
        for [name, target, achieved] in &report.targets {
            // 100% cannot rise, and words alone set no measure.
            let counted =
                target.contains(|c: char| c.is_ascii_digit()) && !target.contains('%') && !target.contains("100");
            if let Some(year) = report.year.filter(|_| counted && target != achieved) {
                targets.entry((name, target)).or_default().insert(year, (*at, achieved));
            }
        }
    }
    targets.retain(|_, years| years.len() >= STATIC_YEARS);
    let Some(last) = targets.values().filter_map(|years| years.values().next_back()).map(|(at, _)| *at).max() else {
        return;
    };
    let told: Vec<String> =
        targets.iter().take(TOLD).map(|((name, target), years)| told(name, target, years)).collect();
    let more = if targets.len() > TOLD { format!("；另有{}个", targets.len() - TOLD) } else { String::new() };
    let others: BTreeSet<u32> = targets.values().flat_map(|years| years.values().map(|(at, _)| *at)).collect();
    let (message, evidence) = (format!("{}{more}", told.join("；")), format!("n={}份报告", others.len()));
    let remark = Remark::of_whole(Some(last), Kind::StaticTargets, message, evidence);
    found.push(remark.with_others(others.into_iter().filter(|at| *at != last)));
}

/// Targets that one remark tells of.
const TOLD: usize = 3;

fn told(name: &str, target: &str, years: &Years<'_>) -> String {
    let achieved: Vec<String> = years.iter().map(|(year, (_, achieved))| format!("{year}年{achieved}")).collect();
    format!("“{name}”的指标值{}年都是{target}，完成值为{}", years.len(), achieved.join("、"))
}
