//! Remarks on what stands in several reports: copied passages, files handed in twice, equal amounts.

use std::collections::BTreeMap;

use super::copies::{Copies, How, Pair, Texts};
use super::digest::Level;
use super::gather::{Corpus, Report};
use super::kinds::Kind;
use super::remark::Remark;
use crate::exact::Exact;

/// Fewer copied characters are a phrase, not a passage.
const PHRASE: u32 = 60;
/// A year's report is last year's where so much of its own words is, in hundredths.
const MOST: u32 = 50;
/// Equal amounts of two units that are more than chance.
const AMOUNTS: usize = 3;
/// An amount that many units have is a fixed rate.
const USERS: usize = 3;
/// Characters of a passage that a remark quotes.
const QUOTED: usize = 40;

pub(super) fn remarks(corpus: &Corpus, copies: &Copies, text: &Texts<'_>) -> Vec<Remark> {
    let mut found = foreign(corpus, copies, text);
    found.extend(clones(corpus, copies, text));
    found.extend(duplicates(corpus));
    found.extend(identical_amounts(corpus));
    found
}

pub(super) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

fn foreign(corpus: &Corpus, copies: &Copies, text: &Texts<'_>) -> Vec<Remark> {
    let passages: Vec<u32> = copies.foreign.iter().map(|(passage, _)| *passage).collect();
    let remark = |((passage, unit), text): (&(u32, u32), String)| {
        let item = &corpus.passages.items[*passage as usize];
        let (place, line) = &corpus.places[*passage as usize];
        let name = &corpus.units.names[*unit as usize];
        Remark {
            report: Some(item.report),
            kind: Kind::ForeignSubject,
            place: place.to_string(),
            line: *line,
            message: format!(
                "本单位是{}，这一段写的却是“{name}”：{}",
                corpus.units.names[item.unit as usize],
                quoted(&text)
            ),
            evidence: "把这个名称换成本单位名称，就与其他报告的同一段文字相同".into(),
            others: corpus.reports.iter().zip(0..).filter(|(r, _)| r.unit == *unit).map(|(_, at)| at).take(1).collect(),
        }
    };
    copies.foreign.iter().zip(text(&passages)).map(remark).collect()
}

/// Passages that two reports share.
struct Shared<'p> {
    pairs: Vec<&'p Pair>,
    /// Characters of them that are no template and not standing.
    own: u32,
}

fn clones(corpus: &Corpus, copies: &Copies, text: &Texts<'_>) -> Vec<Remark> {
    let items = &corpus.passages.items;
    let mut shared: BTreeMap<(u32, u32), Shared<'_>> = BTreeMap::new();
    for pair in &copies.pairs {
        let (a, b) = (&items[pair.a as usize], &items[pair.b as usize]);
        let entry = shared.entry((a.report, b.report)).or_insert_with(|| Shared { pairs: Vec::new(), own: 0 });
        // A passage that resembles several of the other report counts once.
        let counted = entry.pairs.iter().any(|before| before.b == pair.b);
        // From year to year a unit's duties stay, and its figures are put in anew.
        let expected = a.unit == b.unit && (b.standing || pair.how == How::Masked);
        if !counted && !expected {
            entry.own += corpus.passages.own(pair.b);
        }
        entry.pairs.push(pair);
    }
    let remarks = shared.iter().filter_map(|((a, b), shared)| clone(corpus, *a, *b, shared, text));
    remarks.collect()
}

fn clone(corpus: &Corpus, a: u32, b: u32, shared: &Shared<'_>, text: &Texts<'_>) -> Option<Remark> {
    let (first, second) = (&corpus.reports[a as usize], &corpus.reports[b as usize]);
    if shared.own < PHRASE || first.content == second.content {
        return None;
    }
    // The later report is the one to open.
    let (early, late, at) = if second.year < first.year { (second, first, a) } else { (first, second, b) };
    let other = if at == a { b } else { a };
    let kind = if first.unit != second.unit {
        Kind::CrossUnitClone
    } else {
        let own = own_words(corpus, late, at);
        let years = first.year.is_some() && second.year.is_some() && first.year != second.year;
        (years && shared.own * 100 >= own * MOST).then_some(Kind::CrossYearClone)?
    };
    let longest = shared.pairs.iter().max_by_key(|pair| (corpus.passages.own(pair.b), std::cmp::Reverse(pair.b)))?;
    let passage = if at == a { longest.a } else { longest.b };
    let quote = text(&[passage]).pop().unwrap_or_default();
    let (place, line) = &corpus.places[passage as usize];
    let year = early.year.map(|year| format!("{year}年度")).unwrap_or_default();
    let of = if kind == Kind::CrossYearClone { "本单位" } else { corpus.unit_name(early) };
    Some(Remark {
        report: Some(at),
        kind,
        place: place.to_string(),
        line: *line,
        message: format!(
            "有{}段、{}字与{of}{year}报告相同或相似，如：{}",
            shared.pairs.len(),
            shared.own,
            quoted(&quote)
        ),
        evidence: format!("已除去{}家单位中多数共用的模板文字；对照：{}", corpus.units.names.len(), early.path),
        others: vec![other],
    })
}

/// Characters of a report that are its own, without what hardly changes.
fn own_words(corpus: &Corpus, report: &Report, number: u32) -> u32 {
    let items = corpus.passages.items[report.passages as usize..].iter().zip(report.passages..);
    let items = items.take_while(|(item, _)| item.report == number).filter(|(item, _)| !item.standing);
    items.map(|(_, passage)| corpus.passages.own(passage)).sum()
}

fn duplicates(corpus: &Corpus) -> Vec<Remark> {
    let mut by_content: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (report, at) in corpus.reports.iter().zip(0..) {
        if report.failure.is_none() && report.texts > 0 {
            by_content.entry(report.content).or_default().push(at);
        }
    }
    let again = by_content.into_values().filter(|reports| reports.len() > 1);
    let remark = |reports: Vec<u32>| {
        let message = format!("与{}的文字完全相同", corpus.reports[reports[0] as usize].path);
        let evidence = format!("共{}个文件的全部段落和数字相同", reports.len());
        let second = reports[1];
        let remark = Remark::of_whole(Some(second), Kind::DuplicateSubmission, message, evidence);
        remark.with_others(reports.into_iter().filter(|each| *each != second))
    };
    again.map(remark).collect()
}

/// An amount with its meaning, that no two units share by chance.
type Amount = (u16, u8, u16, Exact);

fn amounts<'r>(report: &'r Report) -> impl Iterator<Item = Amount> + 'r {
    // What is given in round numbers is shared by chance. Nothing is the roundest of all.
    let odd = |level: &&Level| !level.is_round();
    let year = report.year.unwrap_or_default();
    report
        .levels
        .iter()
        .filter(odd)
        .map(move |level| (level.concept, level.stage, level.period.unwrap_or(year), level.value()))
}

fn identical_amounts(corpus: &Corpus) -> Vec<Remark> {
    let mut users: BTreeMap<Amount, Vec<(u32, u32)>> = BTreeMap::new();
    for (report, at) in corpus.reports.iter().zip(0..) {
        for amount in amounts(report) {
            let users = users.entry(amount).or_default();
            if !users.iter().any(|(unit, _)| *unit == report.unit) {
                users.push((report.unit, at));
            }
        }
    }
    let mut shared: BTreeMap<(u32, u32), Vec<Amount>> = BTreeMap::new();
    for (amount, users) in users.iter().filter(|(_, users)| (2..=USERS).contains(&users.len())) {
        for (index, (_, a)) in users.iter().enumerate() {
            for (_, b) in &users[index + 1..] {
                shared.entry((*a, *b)).or_default().push(*amount);
            }
        }
    }
    let remark = |((a, b), amounts): (&(u32, u32), &Vec<Amount>)| {
        let mut values: Vec<Exact> = amounts.iter().map(|(_, _, _, value)| *value).collect();
        values.sort();
        values.dedup();
        let same_file = corpus.reports[*a as usize].content == corpus.reports[*b as usize].content;
        let list = values.iter().take(4).map(|value| format!("{}元", value.normal())).collect::<Vec<_>>().join("、");
        let (count, unit) = (values.len(), corpus.unit_name(&corpus.reports[*a as usize]));
        let message = format!("有{count}个金额与{unit}相同：{list}");
        let units = corpus.units.names.len();
        let evidence = format!("科目、阶段和年度都相同，且全部{units}家单位中只有不超过{USERS}家是这个数");
        let remark = || Remark::of_whole(Some(*b), Kind::IdenticalAmounts, message, evidence).with_others([*a]);
        (count >= AMOUNTS && !same_file).then(remark)
    };
    shared.iter().filter_map(remark).collect()
}
