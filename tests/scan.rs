//! `gouji scan` over a generated corpus: the same results on any number of threads, after an interruption and from shards,
//! and copies found as the corpus planted them.

#[path = "common/browser.rs"]
mod browser;

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

/// Starts a scan and kills it once `now` says so, or once it has ended by itself.
fn killed(reports: &Path, out: &Path, now: impl Fn() -> bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.arg("scan").arg(reports).arg("--out").arg(out);
    let mut running = command.stderr(std::process::Stdio::null()).spawn().expect("gouji runs");
    let begun = Instant::now();
    while !now() && running.try_wait().is_ok_and(|ended| ended.is_none()) && begun.elapsed() < Duration::from_secs(120)
    {
        std::thread::sleep(Duration::from_millis(1));
    }
    running.kill().expect("it can be killed");
    running.wait().expect("it ends");
}

#[test]
fn an_interrupted_scan_goes_on() {
    let out = ROOM.join("killed");
    let reports = corpus().join("reports");
    for kilobytes in [40, 400] {
        killed(&reports, &out, || {
            fs::metadata(out.join(".gouji/blobs")).is_ok_and(|blobs| blobs.len() >= kilobytes * 1024)
        });
    }
    assert_same(&SCANNED, &scan("killed", &[]));
}

#[test]
fn results_that_were_interrupted_are_written_again() {
    let out = scan("half", &[]);
    for file in ["facts.parquet.part", "reports.parquet.part", "pairs.parquet.part", "index.html.part"] {
        killed(&corpus().join("reports"), &out, || out.join(file).exists());
    }
    assert_same(&SCANNED, &scan("half", &[]));
}

#[test]
fn a_second_scan_gives_the_results_of_a_first() {
    let reports = ROOM.join("changing");
    let all: Vec<PathBuf> = walk(&corpus().join("reports"));
    let copy = |from: &Path| {
        let to = reports.join(from.strip_prefix(corpus().join("reports")).expect("it lies in the corpus"));
        fs::create_dir_all(to.parent().expect("a report lies in a folder")).expect("a folder");
        fs::copy(from, &to).expect("it can be copied");
        to
    };
    let copied: Vec<PathBuf> = all[1..].iter().map(|path| copy(path)).collect();
    let out = ROOM.join("changing-results");
    assert_eq!(gouji(&["scan"], Some(&reports), &out).status.code(), Some(0));
    copy(&all[0]);
    fs::remove_file(&copied[5]).expect("it can be deleted");
    let text = fs::read_to_string(&copied[9]).expect("it can be read");
    fs::write(&copied[9], text.replacen("不", "没", 9)).expect("it can be changed");
    let again = gouji(&["scan"], Some(&reports), &out);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("2 份要检查"), "{said}");
    let fresh = ROOM.join("changed-results");
    assert_eq!(gouji(&["scan"], Some(&reports), &fresh).status.code(), Some(0));
    assert_same(&fresh, &out);
}

/// The files below a folder, sorted.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("it can be listed").path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn results_that_cannot_be_written_are_refused_in_one_line() {
    let reports = ROOM.join("one");
    fs::create_dir_all(&reports).expect("a folder");
    fs::write(reports.join("甲.txt"), "甲县林业局2024年度部门整体支出绩效自评报告\n").expect("it is written");
    let refused = gouji(&["scan"], Some(&reports), &reports.join("甲.txt/结果"));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.lines().count() == 1 && said.contains("结果目录") && said.contains("不是目录"), "{said}");
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

#[cfg(unix)]
#[test]
fn what_is_no_file_is_a_result_and_holds_nothing_up() {
    let reports = ROOM.join("hostile");
    fs::create_dir_all(reports.join("目录.txt")).expect("a folder");
    let name = "甲<b>&\"\n局.txt";
    let words = "甲县<script>alert(1)</script>局2024年度部门整体支出绩效自评报告\n2024年支出合计20.00万元，其中：\
                基本支出12.00万元，占60%；项目支出8.00万元，占45%。\n";
    fs::write(reports.join(name), words).expect("it is written");
    std::os::unix::fs::symlink("/nothing/there", reports.join("断.txt")).expect("a link");
    std::os::unix::fs::symlink(".", reports.join("环")).expect("a link");
    let made = Command::new("mkfifo").arg(reports.join("管.txt")).status();
    let pipes = usize::from(made.is_ok_and(|made| made.success()));
    let out = ROOM.join("hostile-results");
    assert_eq!(gouji(&["scan"], Some(&reports), &out).status.code(), Some(2));
    let failed: Vec<String> = rows(&out, "reports")
        .iter()
        .filter(|row| text(row, "status") == "failed")
        .map(|row| text(row, "path"))
        .collect();
    assert_eq!(failed.len(), 1 + pipes, "{failed:?}");
    let page = fs::read_to_string(out.join("index.html")).expect("there is a page");
    assert!(!page.contains("<script>alert") && !page.contains("<b>&"));
}

/// As Notepad saves them, with a mark or in the code page of the system.
#[test]
fn lists_of_units_are_read_in_every_encoding() {
    let room = ROOM.join("lists");
    let reports = room.join("reports");
    fs::create_dir_all(&reports).expect("a folder");
    for unit in ["甲县林业局", "丙县水利局"] {
        let words = format!("{unit}2024年度部门整体支出绩效自评报告\n2024年支出合计20.00万元。\n");
        fs::write(reports.join(format!("{unit}.txt")), words).expect("it is written");
    }
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
    let (units, aliases) = ("甲县林业局\n乙县水利局\n丁县粮食局\n", "丙县水利局=乙县水利局\n");
    for (name, units, aliases) in [("marked", marked(units), marked(aliases)), ("gbk", gbk(units), gbk(aliases))] {
        let (register, former) = (room.join(format!("{name}-units.txt")), room.join(format!("{name}-aliases.txt")));
        fs::write(&register, units).expect("it is written");
        fs::write(&former, aliases).expect("it is written");
        let lists = ["--register", register.to_str().expect("a path"), "--aliases", former.to_str().expect("a path")];
        let out = room.join(name);
        let done = gouji(&[&["scan"], &lists[..]].concat(), Some(&reports), &out);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        let findings = rows(&out, "findings");
        let missing = findings.iter().filter(|row| text(row, "rule") == "batch-coverage");
        let missing: Vec<String> = missing.map(|row| text(row, "message")).collect();
        assert_eq!(missing, ["丁县粮食局没有报告"], "{name}");
    }
    let out = room.join("none");
    let refused = gouji(&["scan", "--register", "没有.txt"], Some(&reports), &out);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("没能读取“没有.txt”") && !out.exists());
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

/// Of these, four units use a form that no other unit uses; of the few, no one can tell a form from a copy.
#[test]
fn forms_of_few_units_are_no_copies() {
    let generate = Path::new(env!("CARGO_BIN_EXE_gouji")).with_file_name("examples").join("generate");
    for (reports, name) in [("252", "rare-form"), ("36", "few-units")] {
        let room = ROOM.join(name);
        let made = Command::new(&generate).arg(&room).args([reports, "21"]).status();
        assert!(made.expect("cargo test builds the example").success());
        let out = ROOM.join(format!("{name}-results"));
        assert_eq!(gouji(&["scan"], Some(&room.join("reports")), &out).status.code(), Some(0));
        let truth = fs::read_to_string(room.join("truth.jsonl")).expect("the generator writes its truth");
        let planted = |text: &str| truth.contains(&serde_json::to_string(text).expect("text is JSON"));
        let pairs = rows(&out, "pairs");
        let wrong: Vec<String> = pairs.iter().map(|pair| text(pair, "text_a")).filter(|text| !planted(text)).collect();
        assert!(wrong.len() * 100 <= pairs.len(), "{} of {}: {:?}", wrong.len(), pairs.len(), wrong.first());
    }
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
    for (key, rule) in [("foreign_year", "foreign-year-in-clone"), ("foreign_project", "foreign-project-in-clone")] {
        let planted: BTreeSet<String> =
            truth.iter().filter(|each| !each[key].is_null()).map(|each| word(each, "path")).collect();
        let told = of(rule);
        assert!(told.is_subset(&planted), "{rule}: {:?}", told.difference(&planted).collect::<Vec<_>>());
        assert!(told.len() * 2 >= planted.len(), "{rule}: {} of {}", told.len(), planted.len());
    }
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

#[test]
fn the_page_is_used_by_keyboard() {
    let browser = match browser::Browser::start(&ROOM.join("profile")) {
        Ok(browser) => browser,
        Err(why) => return skip(&why),
    };
    browser.open(&SCANNED.join("index.html"));
    let shown = || browser.run("return document.querySelectorAll('#rows tr').length");
    assert_eq!(shown(), 20);
    let reports = rows(&SCANNED, "reports").len();
    let count = browser.run("return document.querySelector('#count').textContent");
    assert!(count.as_str().is_some_and(|count| count.starts_with(&format!("{reports} 份"))), "{count}");
    browser.click("#after");
    assert!(browser.run("return document.querySelector('#count').textContent").to_string().contains("第 2/"));
    browser.click("#before");
    browser.run("document.querySelector('#rows a').focus()");
    browser.press("\u{e007}");
    let title = || browser.run("return [document.title, document.activeElement.id, location.hash]");
    assert_eq!(title()[1], "title", "a report opens, and is read out from its title on");
    assert!(browser.run("return document.querySelectorAll('#found article').length").as_u64() > Some(0));
    browser.run("history.back()");
    browser.run("return new Promise(done => setTimeout(() => done(true), 200))");
    assert_eq!(title()[1], "to0", "back at the report in the list");
    browser.run(
        "const s = document.querySelector('#search'); s.value = '林业局 2023'; s.dispatchEvent(new Event('input'))",
    );
    assert!((1..20).contains(&shown().as_u64().unwrap_or_default()), "{}", shown());
    let unnamed = "return [...document.querySelectorAll('svg')].filter(svg => !svg.getAttribute('aria-label')).length";
    assert_eq!(browser.run(unnamed), 0);
    assert_eq!(browser.complaints(), serde_json::Value::Array(Vec::new()));
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
