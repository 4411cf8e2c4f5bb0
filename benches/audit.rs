//! How fast the stages are on one core, over the reports of `corpus/reports`: `cargo bench --bench audit`.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use gouji::check::audit;
use gouji::diagnosis::Diagnosis;
use gouji::document::Document;
use gouji::facts::Facts;
use gouji::finding::Verdict;
use gouji::relations::Relations;
use gouji::rules::{RuleSet, replay};
use gouji::source::{Encoding, Source};

/// The corpus, sorted by name.
fn reports() -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports");
    let entries = fs::read_dir(directory).expect("the corpus is part of the repository");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the corpus can be listed").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a report can be read")).collect()
}

fn sources(reports: &[Vec<u8>]) -> Vec<Source> {
    reports.iter().map(|bytes| Source::from_bytes("报告", bytes).expect("the corpus is text")).collect()
}

fn group<'c>(criterion: &'c mut Criterion, name: &str, reports: &[Vec<u8>]) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(reports.iter().map(|bytes| bytes.len() as u64).sum()));
    group
}

/// Bytes to text.
fn read(criterion: &mut Criterion) {
    let reports = reports();
    group(criterion, "read", &reports).bench_function("corpus", |b| b.iter(|| black_box(sources(&reports))));
}

/// Text to tree.
fn parse(criterion: &mut Criterion) {
    let reports = reports();
    let sources = sources(&reports);
    let parse = || sources.iter().map(Document::parse).collect::<Vec<_>>();
    group(criterion, "parse", &reports).bench_function("corpus", |b| b.iter(|| black_box(parse())));
}

/// Tree to facts and claims.
fn facts(criterion: &mut Criterion) {
    let reports = reports();
    let parsed: Vec<_> = sources(&reports).into_iter().map(|source| (Document::parse(&source), source)).collect();
    let extract = || parsed.iter().map(|(document, source)| Facts::extract(source, document)).collect::<Vec<_>>();
    group(criterion, "facts", &reports).bench_function("corpus", |b| b.iter(|| black_box(extract())));
}

/// Claims to verdicts, and verdicts to findings.
fn judge(criterion: &mut Criterion) {
    let reports = reports();
    let rules = RuleSet::builtin();
    let extracted: Vec<_> = sources(&reports)
        .into_iter()
        .map(|source| {
            let document = Document::parse(&source);
            (Facts::extract(&source, &document), document, source)
        })
        .collect();
    let judge = || {
        let found = extracted.iter().map(|(facts, document, source)| {
            let relations = Relations::evaluate(facts, rules.formulas());
            rules.judge(source, document, facts, &relations, &replay(source, document, facts))
        });
        found.collect::<Vec<_>>()
    };
    group(criterion, "judge", &reports).bench_function("corpus", |b| b.iter(|| black_box(judge())));
}

/// What is wrong, from relations that are judged already: the corpus report that takes longest, and made-up reports of more
/// and more relations, of which every eightieth or so is broken by a mistyped figure.
fn diagnose(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("diagnosis");
    let rules = RuleSet::builtin();
    let corpus = reports();
    let mut judged: Vec<Judged> = sources(&corpus).into_iter().map(|source| Judged::new(source, &rules)).collect();
    // A report without faults is not searched at all.
    judged.sort_by_key(|report| report.relations.count(Verdict::Broken));
    let largest = judged.last().expect("the corpus is not empty");
    group.bench_function("most faults", |b| b.iter(|| black_box(largest.diagnosis(&rules))));
    for tables in [1, 10, 100, 1_000] {
        let report = Judged::new(Source::from_text("报告", tables_of(tables), Encoding::Utf8), &rules);
        let count = report.relations.all.iter().filter(|relation| relation.verdict != Verdict::Abstained).count();
        group.sample_size(10).throughput(Throughput::Elements(count as u64));
        group.bench_function(format!("{count} relations"), |b| b.iter(|| black_box(report.diagnosis(&rules))));
    }
}

/// A report whose relations are judged.
struct Judged {
    source: Source,
    facts: Facts,
    relations: Relations,
}

impl Judged {
    fn new(source: Source, rules: &RuleSet) -> Judged {
        let facts = Facts::extract(&source, &Document::parse(&source));
        let relations = Relations::evaluate(&facts, rules.formulas());
        Judged { source, facts, relations }
    }

    fn diagnosis(&self, rules: &RuleSet) -> Diagnosis {
        Diagnosis::of(&self.source, &self.facts, rules.formulas(), &self.relations, &|_| true)
    }
}

/// Tables of five rows and a total; two digits of a cell of every tenth are swapped.
fn tables_of(count: usize) -> String {
    let mut text = "2024年度某局部门整体支出绩效自评报告\n".to_owned();
    for table in 0..count {
        let cells: Vec<[usize; 2]> =
            (0..5).map(|row| [0, 1].map(|at| 10_203 + 7_919 * (5 * table + row) % 80_000 + at)).collect();
        let row = |name: &str, [a, b]: [usize; 2], total: usize| {
            let yuan = |figure: usize| format!("{}.{:02}", figure / 100, figure % 100);
            format!("| {name} | {} | {} | {} |\n", yuan(total), yuan(a), yuan(b))
        };
        text += &format!(
            "\n表{table} 支出决算表\n\n| 项目 | 合计（万元） | 基本支出（万元） | 项目支出（万元） |\n|---|---|---|---|\n"
        );
        for (at, &[a, b]) in cells.iter().enumerate() {
            let slipped = if table % 10 == 0 && at == 0 { a + 9 * ((a / 10 % 10).abs_diff(a % 10)).max(1) } else { a };
            text += &row(&format!("事项{at}"), [slipped, b], a + b);
        }
        let total = [0, 1].map(|column| cells.iter().map(|cell| cell[column]).sum());
        text += &row("合计", total, total[0] + total[1]);
    }
    text
}

/// All of it, from bytes to findings, and the rules before it.
fn all(criterion: &mut Criterion) {
    let reports = reports();
    let rules = RuleSet::builtin();
    let audit = || sources(&reports).into_iter().map(|source| audit(source, &rules)).collect::<Vec<_>>();
    group(criterion, "audit", &reports).bench_function("corpus", |b| b.iter(|| black_box(audit())));
    criterion.bench_function("rules", |b| b.iter(|| black_box(RuleSet::builtin())));
}

/// One paragraph of thousands of amounts, as a file that lost its line ends has: the time must grow with its length.
fn line(criterion: &mut Criterion) {
    let amounts: Vec<String> = (0..AMOUNTS).map(|at| format!("支出{at}.5万元")).collect();
    let report =
        [format!("2024年度某局部门整体支出绩效自评报告\n一、基本情况\n{}。\n", amounts.join("，")).into_bytes()];
    let rules = RuleSet::builtin();
    let audit = || sources(&report).into_iter().map(|source| audit(source, &rules)).collect::<Vec<_>>();
    group(criterion, "line", &report).sample_size(10).bench_function("amounts", |b| b.iter(|| black_box(audit())));
}

/// The numbers of that paragraph, the rows of that table.
const AMOUNTS: usize = 20_000;

/// One table of thousands of rows, and as many headings: their time, too, must grow with their number.
fn rows(criterion: &mut Criterion) {
    let row = |at: usize| format!("项目{at}\t{at}.5\t{at}\n");
    let table: String = (0..AMOUNTS).map(row).collect();
    let heading = |at: usize| format!("（{at}）第{at}项工作\n");
    let headings: String = (0..AMOUNTS).map(heading).collect();
    let rules = RuleSet::builtin();
    for (name, text) in [("table", format!("项目\t预算数\t执行数\n{table}合计\t1\t2\n")), ("headings", headings)]
    {
        let report = [format!("2024年度某局部门整体支出绩效自评报告\n{text}").into_bytes()];
        let audit = || sources(&report).into_iter().map(|source| audit(source, &rules)).collect::<Vec<_>>();
        group(criterion, "rows", &report).sample_size(10).bench_function(name, |b| b.iter(|| black_box(audit())));
    }
}

criterion_group!(benches, read, parse, facts, judge, diagnose, all, line, rows);
criterion_main!(benches);
