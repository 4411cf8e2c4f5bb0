//! `gouji scan` over a generated corpus: the same results on any number of threads, after an interruption and from shards,
//! and copies found as the corpus planted them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

/// The corpus: 24 units with nine reports each, and a few handed in twice.
const REPORTS: &str = "216";

/// A folder for this run of the tests, with the corpus in it.
static ROOM: LazyLock<PathBuf> = LazyLock::new(|| {
    let room = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scan");
    let _ = fs::remove_dir_all(&room);
    // Examples are built along with the tests, beside the program.
    let generate = Path::new(env!("CARGO_BIN_EXE_gouji")).with_file_name("examples").join("generate");
    let made = Command::new(&generate).arg(room.join("corpus")).args([REPORTS, "7"]).status();
    assert!(made.expect("cargo test builds the example").success());
    room
});

fn corpus() -> PathBuf {
    ROOM.join("corpus")
}

fn gouji(arguments: &[&str], reports: Option<&Path>, out: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(arguments).args(reports).arg("--out").arg(out);
    command.output().expect("gouji runs")
}

fn scan(out: &str, arguments: &[&str]) -> PathBuf {
    let out = ROOM.join(out);
    let arguments = [&["scan"], arguments].concat();
    let done = gouji(&arguments, Some(&corpus().join("reports")), &out);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    out
}

/// One scan that several tests look at.
static SCANNED: LazyLock<PathBuf> = LazyLock::new(|| scan("whole", &["--threads", "1"]));

/// The results but for the journal.
fn results(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(out).expect("there are results").map(|entry| entry.expect("it can be listed").path());
    let name = |path: &Path| path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    files.filter(|path| path.is_file()).map(|path| (name(&path), fs::read(&path).expect("it can be read"))).collect()
}

#[track_caller]
fn assert_same(a: &Path, b: &Path) {
    let (a, b) = (results(a), results(b));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    assert!(a.len() >= 5, "{:?}", a.keys());
    for (name, bytes) in &a {
        assert!(bytes == &b[name], "{name} differs");
    }
}

fn rows(out: &Path, table: &str) -> Vec<Row> {
    let file = File::open(out.join(format!("{table}.parquet"))).expect("the table is there");
    let reader = SerializedFileReader::new(file).expect("the table is Parquet");
    reader.get_row_iter(None).expect("it has rows").map(|row| row.expect("a row can be read")).collect()
}

fn text(row: &Row, column: &str) -> String {
    let found = row.get_column_iter().find(|(name, _)| *name == column).expect("the column is there");
    match found.1 {
        Field::Str(text) => text.clone(),
        Field::Null => String::new(),
        other => other.to_string(),
    }
}

#[test]
fn threads_make_no_difference() {
    assert_same(&SCANNED, &scan("threads", &["--threads", "3"]));
}

#[test]
fn shards_make_no_difference() {
    let parts: Vec<PathBuf> =
        (1..=3).map(|number| scan(&format!("shard-{number}"), &["--shard", &format!("{number}/3")])).collect();
    let names: Vec<&str> = parts.iter().map(|part| part.to_str().expect("a plain path")).collect();
    let merged = ROOM.join("merged");
    let done = gouji(&[&["merge"], names.as_slice()].concat(), None, &merged);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert_same(&SCANNED, &merged);
    let short = gouji(&["merge", names[0], names[2]], None, &merged);
    assert_eq!(short.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&short.stderr).contains("还缺第2份"));
}

#[test]
fn an_interrupted_scan_goes_on() {
    let out = ROOM.join("killed");
    let reports = corpus().join("reports");
    for kilobytes in [40, 400] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.arg("scan").arg(&reports).arg("--out").arg(&out);
        let mut running = command.stderr(std::process::Stdio::null()).spawn().expect("gouji runs");
        let begun = Instant::now();
        let written = || fs::metadata(out.join(".gouji/blobs")).map_or(0, |blobs| blobs.len());
        while written() < kilobytes * 1024 && begun.elapsed() < Duration::from_secs(120) {
            std::thread::sleep(Duration::from_millis(5));
        }
        running.kill().expect("it can be killed");
        running.wait().expect("it ends");
    }
    assert_same(&SCANNED, &scan("killed", &[]));
}

#[test]
fn what_changed_is_read_again_and_what_cannot_be_read_is_a_result() {
    let reports = ROOM.join("few");
    let path = |name: &str| reports.join(name);
    fs::create_dir_all(&reports).expect("a folder");
    let report = |share: u32| {
        let text = format!(
            "甲县林业局2024年度部门整体支出绩效自评报告\n2024年支出合计20.00万元，其中：基本支出12.00万元，占60%；\
             项目支出8.00万元，占{share}%。\n"
        );
        fs::write(path("甲.txt"), text).expect("it is written");
    };
    report(40);
    fs::write(path("空.txt"), "").expect("it is written");
    let out = ROOM.join("few-results");
    let done = gouji(&["scan"], Some(&reports), &out);
    assert_eq!(done.status.code(), Some(2), "a report could not be audited");
    let status = |out: &Path| rows(out, "reports").iter().map(|row| text(row, "status")).collect::<Vec<_>>();
    assert_eq!(status(&out), ["ok", "failed"]);
    assert!(text(&rows(&out, "reports")[1], "error").contains("空"));
    let errors = |out: &Path| rows(out, "findings").iter().filter(|row| text(row, "severity") == "error").count();
    assert_eq!(errors(&out), 0);
    report(45);
    let again = gouji(&["scan"], Some(&reports), &out);
    assert!(String::from_utf8_lossy(&again.stderr).contains("1 份没有变动"), "the empty file is not read again");
    assert!(errors(&out) > 0);
}

/// What the generator planted.
fn truth() -> Vec<serde_json::Value> {
    let lines = fs::read_to_string(corpus().join("truth.jsonl")).expect("the generator writes its truth");
    lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn word(value: &serde_json::Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The passage from which a passage comes, through several copies.
fn origin<'t>(origins: &'t BTreeMap<String, String>, mut text: &'t str) -> &'t str {
    while let Some(before) = origins.get(text).filter(|before| *before != text) {
        text = before;
    }
    text
}

#[test]
fn copies_are_found_and_nothing_else() {
    let truth = truth();
    let copies: Vec<_> = truth.iter().filter(|each| word(each, "kind").starts_with("cross-")).collect();
    let pairs = rows(&SCANNED, "pairs");
    let mut found: BTreeMap<BTreeSet<String>, BTreeSet<String>> = BTreeMap::new();
    for pair in &pairs {
        let reports = [text(pair, "path_a"), text(pair, "path_b")].into();
        found.entry(reports).or_default().extend([text(pair, "text_a"), text(pair, "text_b")]);
    }
    let alike: Vec<_> = copies.iter().filter(|each| each["similarity"].as_u64() >= Some(700)).collect();
    let seen = alike.iter().filter(|each| {
        let reports: BTreeSet<String> = [word(each, "path"), word(each, "other")].into();
        found.get(&reports).is_some_and(|texts| texts.contains(&word(each, "text")))
    });
    let seen = seen.count();
    assert!(alike.len() > 100 && seen * 100 >= alike.len() * 95, "{seen} of {}", alike.len());
    let changed = copies.iter().filter(|each| each["text"] != each["original"]);
    let origins: BTreeMap<String, String> = changed.map(|each| (word(each, "text"), word(each, "original"))).collect();
    let same = |pair: &&Row| origin(&origins, &text(pair, "text_a")) == origin(&origins, &text(pair, "text_b"));
    let right = pairs.iter().filter(same).count();
    assert!(right * 100 >= pairs.len() * 95, "{right} of {}", pairs.len());
    let official = ["评价工作按照前期准备", "财政拨款收入：指", "专款专用、单独核算", "贯彻执行国家和省、市"];
    let template = pairs.iter().filter(|pair| official.iter().any(|words| text(pair, "text_a").contains(words)));
    assert_eq!(template.count(), 0, "template text is no copy");
}

#[test]
fn foreign_names_and_second_copies_are_told() {
    let truth = truth();
    let findings = rows(&SCANNED, "findings");
    let reports: Vec<String> = rows(&SCANNED, "reports").iter().map(|row| text(row, "path")).collect();
    let of = |rule: &str| -> BTreeSet<String> {
        let of_rule = findings.iter().filter(|row| text(row, "rule") == rule);
        of_rule.map(|row| reports[text(row, "report").parse::<usize>().expect("a report's number")].clone()).collect()
    };
    let foreign: BTreeSet<String> =
        truth.iter().filter(|each| each["foreign"].is_string()).map(|each| word(each, "path")).collect();
    let told = of("foreign-subject-in-clone");
    assert!(told.is_subset(&foreign), "{:?}", told.difference(&foreign).collect::<Vec<_>>());
    assert!(told.len() * 2 >= foreign.len(), "{} of {}", told.len(), foreign.len());
    let twice = truth.iter().filter(|each| each["kind"] == "duplicate").count();
    assert_eq!(of("duplicate-submission").len(), twice);
}

/// Says why a test had nothing to do.
fn skip(why: &str) {
    writeln!(std::io::stderr(), "skipped: {why}").expect("there is somewhere to say it");
}

/// Runs Python where the modules are installed; `None`, with the reason said, where they are not.
fn python(modules: &str, code: &str, arguments: &[&str], folder: &Path) -> Option<String> {
    let can = Command::new("python3").args(["-c", &format!("import {modules}")]).output();
    if !can.is_ok_and(|output| output.status.success()) {
        skip(&format!("python3 with {modules} is not installed"));
        return None;
    }
    let output = Command::new("python3").args(["-c", code]).args(arguments).current_dir(folder).output();
    let output = output.expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

const GUIDE: &str = include_str!("../docs/扫描.md");

#[test]
fn the_queries_of_the_guide_run() {
    let queries: Vec<&str> = GUIDE.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(queries.len(), 10);
    let code = "import duckdb, sys\nfor query in sys.argv[1:]: print(len(duckdb.sql(query).fetchall()))";
    let Some(rows) = python("duckdb", code, &queries, &SCANNED) else { return };
    let rows: Vec<usize> = rows.lines().map(|line| line.parse().expect("a count")).collect();
    // No report of the corpus fails; every other query has something to show.
    let empty: Vec<usize> = (0..queries.len()).filter(|query| rows[*query] == 0).collect();
    assert_eq!(empty, [2], "{rows:?}");
}

#[test]
fn decimals_stay_exact() {
    let code = "import duckdb\nprint(duckdb.sql(\"select typeof(base), sum(base) from 'facts.parquet' group by 1\").fetchall()[0])";
    let Some(said) = python("duckdb", code, &[], &SCANNED) else { return };
    assert!(said.starts_with("('DECIMAL(38,6)', Decimal("), "{said}");
}

#[test]
fn spark_hands_out_the_same_scan() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("integrations/spark/scan.py");
    let out = ROOM.join("spark");
    let java = Command::new("java").arg("-version").output();
    if !java.is_ok_and(|output| output.status.success()) {
        skip("Java is not installed");
        return;
    }
    let code = "import os, runpy, sys\nos.environ.update(SPARK_LOCAL_IP='127.0.0.1', PYSPARK_SUBMIT_ARGS='--master local[2] pyspark-shell')\n\
                script = sys.argv[1]\nsys.argv = sys.argv[1:]\nrunpy.run_path(script, run_name='__main__')";
    let (reports, script) = (corpus().join("reports"), script.to_str().expect("a plain path").to_owned());
    let [reports, results] = [&reports, &out].map(|path| path.to_str().expect("a plain path").to_owned());
    let arguments = [script.as_str(), &reports, &results, "--shards", "2", "--gouji", env!("CARGO_BIN_EXE_gouji")];
    if python("pyspark", code, &arguments, &ROOM).is_some() {
        assert_same(&SCANNED, &out);
    }
}

#[test]
fn the_guide_lists_every_column() {
    for (table, columns) in gouji::results::schema::TABLES {
        let section = GUIDE.split(&format!("### {table}\n")).nth(1).expect("the guide has a section for the table");
        let section = section.split("\n### ").next().unwrap_or_default();
        let listed: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
        let expected: Vec<String> = columns
            .iter()
            .map(|(name, kind, says)| {
                let kind = match kind {
                    gouji::results::Kind::Int => "INT64",
                    gouji::results::Kind::Text => "UTF-8",
                    gouji::results::Kind::Decimal => "DECIMAL(38, 6)",
                };
                format!("| `{name}` | {kind} | {says} |")
            })
            .collect();
        assert_eq!(listed, expected, "{table}: make docs/扫描.md agree with src/results/schema.rs");
    }
}

#[test]
fn every_kind_of_remark_is_in_the_guide() {
    for kind in gouji::corpus::KINDS {
        assert!(GUIDE.contains(&format!("`{}`", kind.id())), "docs/扫描.md says nothing of {}", kind.id());
    }
}

#[test]
fn mined_pages_are_rules() {
    let pages = ROOM.join("mined");
    let reports = corpus().join("reports");
    let mined = gouji(&["mine"], Some(&reports), &pages);
    assert_eq!(mined.status.code(), Some(0), "{}", String::from_utf8_lossy(&mined.stderr));
    let written = fs::read_dir(&pages).expect("the folder is made").count();
    assert!(String::from_utf8_lossy(&mined.stdout).contains(&format!("归纳出 {written} 条关系")));
    if written > 0 {
        let tried = Command::new(env!("CARGO_BIN_EXE_gouji")).args(["rules", "test"]).arg(&pages).output();
        let tried = tried.expect("gouji runs");
        assert_eq!(tried.status.code(), Some(0), "{}", String::from_utf8_lossy(&tried.stdout));
    }
}

#[test]
fn kinds_of_remarks_are_explained() {
    let explained = Command::new(env!("CARGO_BIN_EXE_gouji")).args(["explain", "cross-unit-clone"]).output();
    let said = String::from_utf8_lossy(&explained.expect("gouji runs").stdout).into_owned();
    assert!(said.contains("查什么") && said.contains("不同单位的文字雷同"), "{said}");
}
