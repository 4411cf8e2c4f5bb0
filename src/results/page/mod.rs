//! `index.html`: the scan at a glance, in one file that needs no network.

mod charts;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io;
use std::path::Path;

use charts::{Bar, bars, columns, escaped, network};
use serde::Serialize;

use super::issues::{Issue, REPORTS};
use super::write_whole;
use crate::corpus::{Corpus, Findings, Ranked, Ranking, Report, reports_by_rule};
use crate::exact::Exact;
use crate::facts::Stage;

/// Reports that the page lists: more would make it slow to open.
const LISTED: usize = 20_000;
/// Bars of a chart, and pairs of units in the network.
const BARS: usize = 16;
const EDGES: usize = 24;

const CSS: &str = include_str!("page.css");
const JS: &str = include_str!("page.js");

/// What the script reads.
#[derive(Serialize)]
struct Data<'a> {
    units: &'a [String],
    reports: Vec<Listed<'a>>,
    issues: Vec<Shown<'a>>,
}

/// Path, unit, year, kind, errors, warnings, infos, checked, numbers, rank, amount, failure: as the script names them.
type Listed<'a> =
    (&'a str, u32, Option<u16>, &'a str, u32, u32, u32, u32, u32, Option<u32>, Option<String>, Option<&'a str>);

/// Report or -1, level, title, message, place, line, words before, words, words after, grounds, suggestion, rule, others.
type Shown<'a> =
    (i64, &'a str, &'a str, &'a str, &'a str, u32, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, Vec<u32>);

/// Writes `index.html`.
pub(super) fn write(
    folder: &Path,
    corpus: &Corpus,
    found: &Findings,
    ranking: &Ranking,
    issues: &[Issue],
    minutes: u32,
) -> io::Result<()> {
    let mut out = String::from("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    let _ = write!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>勾稽扫描结果</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n\
         <div id=\"all\">\n<a class=\"skip\" href=\"#list\">跳到报告列表</a>\n<h1>勾稽扫描结果</h1>\n{}{}{}{}</div>\n{ONE}",
        totals(corpus, found, ranking, minutes),
        listing(corpus),
        missing(issues),
        pictures(corpus, found),
    );
    let data = serde_json::to_string(&data(corpus, ranking, issues))?.replace('<', "\\u003c");
    let _ = write!(
        out,
        "<script type=\"application/json\" id=\"data\">{data}</script>\n<script>\n{JS}</script>\n</body>\n</html>\n"
    );
    write_whole(&folder.join("index.html"), out.as_bytes())
}

const ONE: &str = "<div id=\"one\" hidden>\n<nav><a href=\"#\">← 返回列表</a></nav>\n<h1 id=\"title\" tabindex=\"-1\"></h1>\n\
    <p id=\"about\"></p>\n<div id=\"found\"></div>\n</div>\n";

fn totals(corpus: &Corpus, found: &Findings, ranking: &Ranking, minutes: u32) -> String {
    let [errors, warnings, infos] = corpus.tally();
    let units: BTreeSet<u32> = corpus.reports.iter().filter(|r| r.failure.is_none()).map(|r| r.unit).collect();
    let units = units.len();
    let totals = [
        ("份报告", corpus.reports.len() as u64),
        ("家单位", units as u64),
        ("份没能检查", corpus.failed() as u64),
        ("处错误", errors),
        ("处警告", warnings),
        ("处提示", infos),
        ("个跨报告的问题", found.remarks.len() as u64),
        ("对相同或相似的段落", found.copies.pairs.len() as u64),
    ];
    let items = totals.map(|(name, count)| format!("<li><b>{count}</b>{name}</li>\n")).concat();
    format!(
        "<ul class=\"totals\">\n{items}</ul>\n<p>按涉及金额、把握大小和是否少见排序，并尽量分散到各单位。{minutes} 分钟可先看前 <b>{}</b> 份，\
         涉及金额占全部的 <b>{}%</b>。跨报告的问题只说明值得核查，不是结论。{}</p>\n",
        ranking.chosen,
        ranking.share(),
        if corpus.passages.users.enough() { "" } else { FEW },
    )
}

/// Where copies are not looked for, their absence says nothing.
const FEW: &str = "单位太少，分不清模板和雷同，没有比较各单位的文字。";

fn figure(caption: &str, chart: &str) -> String {
    format!("<figure><figcaption>{}</figcaption>{chart}</figure>\n", escaped(caption))
}

fn pictures(corpus: &Corpus, found: &Findings) -> String {
    let mut out = String::from("<h2>概况</h2>\n<div class=\"charts\">\n");
    for (caption, bins) in [("自评得分分布", scores(corpus)), ("预算执行率分布", executions(corpus))] {
        if bins.iter().any(|(_, count)| *count > 0) {
            out += &figure(caption, &columns(caption, &bins));
        }
    }
    for (caption, counts) in [
        ("最多的问题（报告数）", by_rule(corpus, found)),
        ("错误和警告最多的单位", by_unit(corpus)),
        ("各年度错误和警告", by_year(corpus)),
    ] {
        if !counts.is_empty() {
            out += &figure(caption, &bars(caption, &counts));
        }
    }
    out += "</div>\n";
    let edges = edges(corpus, found);
    if !edges.is_empty() {
        out += "<h2>文字雷同的单位</h2>\n<p>连线的两家单位有相同或相似的段落，线越粗段落越多；模板文字已除去。</p>\n";
        out += &network("文字雷同的单位", &edges);
    }
    out
}

/// Counts of values below each bound.
fn binned(values: impl Iterator<Item = Exact>, bounds: &[(&str, u32)]) -> Vec<Bar> {
    let mut bins: Vec<Bar> = bounds.iter().map(|(name, _)| ((*name).to_owned(), 0)).collect();
    for value in values {
        let bin = bounds.iter().position(|(_, below)| value < Exact::from(*below)).unwrap_or(bounds.len() - 1);
        bins[bin].1 += 1;
    }
    bins
}

fn scores(corpus: &Corpus) -> Vec<Bar> {
    let bounds =
        [("60以下", 60), ("60—80", 80), ("80—90", 90), ("90—95", 95), ("95—98", 98), ("98—100", 100), ("100", 101)];
    binned(corpus.reports.iter().filter_map(|report| report.score), &bounds)
}

fn executions(corpus: &Corpus) -> Vec<Bar> {
    let bounds = [
        ("60%以下", 6000),
        ("60—80", 8000),
        ("80—90", 9000),
        ("90—95", 9500),
        ("95—100", 10_000),
        ("100%", 10_001),
        ("超100%", u32::MAX),
    ];
    let rate = |report: &Report| {
        let budget = corpus.level(report, "exp.total", Stage::Adjusted)?.value();
        let spent = corpus.level(report, "exp.total", Stage::Final)?.value();
        spent.times(10_000.into())?.shown_quotient((!budget.is_zero()).then_some(budget)?, 2)
    };
    binned(corpus.reports.iter().filter_map(rate), &bounds)
}

/// The largest counts, the largest first.
fn largest(counts: BTreeMap<String, u64>) -> Vec<Bar> {
    let mut bars: Vec<Bar> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    bars.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    bars.truncate(BARS);
    bars
}

fn by_rule(corpus: &Corpus, found: &Findings) -> Vec<Bar> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (rule, reports) in reports_by_rule(corpus) {
        *counts.entry(corpus.title(rule).to_owned()).or_default() += reports;
    }
    found.remarks.iter().for_each(|remark| *counts.entry(remark.kind.title().to_owned()).or_default() += 1);
    largest(counts)
}

fn grave(report: &Report) -> u64 {
    u64::from(report.tally[0]) + u64::from(report.tally[1])
}

fn by_unit(corpus: &Corpus) -> Vec<Bar> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for report in corpus.reports.iter().filter(|report| report.failure.is_none()) {
        *counts.entry(corpus.unit_name(report).to_owned()).or_default() += grave(report);
    }
    largest(counts)
}

fn by_year(corpus: &Corpus) -> Vec<Bar> {
    let mut counts: BTreeMap<u16, u64> = BTreeMap::new();
    for report in &corpus.reports {
        if let Some(year) = report.year {
            *counts.entry(year).or_default() += grave(report);
        }
    }
    counts.into_iter().map(|(year, count)| (format!("{year}年"), count)).collect()
}

/// Pairs of units by how many passages they share.
fn edges(corpus: &Corpus, found: &Findings) -> Vec<(String, String, u64)> {
    let mut counts: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    for pair in &found.copies.pairs {
        let [a, b] = [pair.a, pair.b].map(|passage| corpus.passages.items[passage as usize].unit);
        if a != b {
            *counts.entry((a.min(b), a.max(b))).or_default() += 1;
        }
    }
    let mut edges: Vec<((u32, u32), u64)> = counts.into_iter().collect();
    edges.sort_by_key(|(units, count)| (std::cmp::Reverse(*count), *units));
    edges.truncate(EDGES);
    let name = |unit: u32| corpus.units.names[unit as usize].clone();
    edges.into_iter().map(|((a, b), count)| (name(a), name(b), count)).collect()
}

fn missing(issues: &[Issue]) -> &'static str {
    if issues.iter().any(|issue| issue.report.is_none()) {
        "<h2>应报未报</h2>\n<ul id=\"missing\"></ul>\n"
    } else {
        "<ul id=\"missing\" hidden></ul>\n"
    }
}

fn listing(corpus: &Corpus) -> String {
    let reports = corpus.reports.len();
    let note = if reports > LISTED {
        format!(
            "<p>本页列出前 {LISTED} 份（共 {reports} 份），前 {REPORTS} 份附有问题详情；全部见 reports.parquet 和 findings.parquet。</p>\n"
        )
    } else {
        String::new()
    };
    format!(
        "<h2 id=\"list\">先看哪些</h2>\n{note}<form id=\"filter\" role=\"search\">\n<div><label for=\"search\">单位或文件名</label><input id=\"search\" type=\"search\"></div>\n\
         <div><label for=\"year\">年度</label><select id=\"year\"><option value=\"\">全部</option></select></div>\n\
         <div><label for=\"level\">只看</label><select id=\"level\"><option value=\"\">全部</option><option value=\"e\">有错误的</option>\
         <option value=\"f\">没能检查的</option></select></div>\n</form>\n\
         <p><button id=\"before\" type=\"button\">上一页</button> <button id=\"after\" type=\"button\">下一页</button> \
         <span id=\"count\" role=\"status\"></span></p>\n\
         <table>\n<caption class=\"soft\">先后按涉及金额、把握和少见程度排序</caption>\n<thead><tr><th class=\"n\" scope=\"col\">先后</th>\
         <th scope=\"col\">报告</th><th scope=\"col\">单位</th><th class=\"n\" scope=\"col\">年度</th><th class=\"n\" scope=\"col\">错误</th>\
         <th class=\"n\" scope=\"col\">警告</th><th class=\"n\" scope=\"col\">提示</th><th class=\"n\" scope=\"col\">核对/数字</th>\
         <th class=\"n\" scope=\"col\">涉及金额（万元）</th></tr></thead>\n<tbody id=\"rows\"></tbody>\n</table>\n"
    )
}

/// Reports in the order in which to open them; the script knows them by their place in this list.
fn data<'a>(corpus: &'a Corpus, ranking: &Ranking, issues: &'a [Issue]) -> Data<'a> {
    let ranks = ranking.by_report(corpus.reports.len());
    let mut order: Vec<usize> = (0..corpus.reports.len()).collect();
    order.sort_by_key(|number| {
        let rank = ranks[*number].map(|(rank, _)| rank);
        (rank.is_none(), rank, corpus.reports[*number].failure.is_none())
    });
    order.truncate(LISTED);
    let mut places: Vec<Option<u32>> = vec![None; corpus.reports.len()];
    for (place, number) in (0..).zip(&order) {
        places[*number] = Some(place);
    }
    let listed = |number: &usize| listed(&corpus.reports[*number], ranks[*number]);
    Data {
        units: &corpus.units.names,
        reports: order.iter().map(listed).collect(),
        issues: issues.iter().filter_map(|issue| shown(issue, &places)).collect(),
    }
}

fn listed<'r>(report: &'r Report, ranked: Option<(u32, &Ranked)>) -> Listed<'r> {
    let ([checked, ..], [errors, warnings, infos]) = (report.ledger, report.tally);
    let amount = ranked.map(|(_, ranked)| ranked.amount).filter(|amount| !amount.is_zero());
    (
        &report.path,
        report.unit,
        report.year,
        &report.kind,
        errors,
        warnings,
        infos,
        checked,
        report.ledger.iter().sum(),
        ranked.map(|(rank, _)| rank),
        amount.map(|amount| amount.normal().to_string()),
        report.failure.as_deref(),
    )
}

/// An issue of a report that is listed, or of none.
fn shown<'a>(issue: &'a Issue, places: &[Option<u32>]) -> Option<Shown<'a>> {
    let place = match issue.report {
        Some(number) => i64::from(places[number as usize]?),
        None => -1,
    };
    let [before, text, after] = issue.text.each_ref().map(String::as_str);
    let others = issue.others.iter().filter_map(|number| places[*number as usize]).collect();
    let (title, message, grounds) = (&issue.title, &issue.message, &issue.grounds);
    let Issue { severity, place: at, line, suggestion, rule, .. } = issue;
    Some((place, severity, title, message, at, *line, before, text, after, grounds, suggestion, rule, others))
}
