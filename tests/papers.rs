//! Papers that `gouji report` makes: what stands in them, and that they are the same on every run.

use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the folder can be made");
    path
}

fn gouji(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).args(arguments).output().expect("the program starts")
}

/// The bytes of a paper over some reports.
fn paper(folder: &std::path::Path, name: &str, arguments: &[&str]) -> Vec<u8> {
    let path = folder.join(name);
    let output = gouji(&[&["report", "-o", path.to_str().expect("the path is UTF-8")], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(path).expect("the paper was written")
}

fn member(archive: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).expect("the paper is an archive");
    let mut text = String::new();
    zip.by_name(name).expect("the member is there").read_to_string(&mut text).expect("the member is text");
    text
}

fn findings(report: &str) -> Vec<Value> {
    let json: Value = serde_json::from_slice(&gouji(&["check", report, "--format", "json"]).stdout).expect("JSON");
    json["reports"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|r| r["findings"].as_array().cloned().unwrap_or_default())
        .collect()
}

const CORPUS: &str = "corpus/reports";

#[test]
fn papers_are_the_same_on_any_number_of_threads() {
    let folder = folder("papers");
    let one = paper(&folder, "底稿.xlsx", &[CORPUS, "--threads", "1"]);
    let many = paper(&folder, "底稿.xlsx", &[CORPUS, "--threads", "5"]);
    assert!(one == many, "the workpaper differs");
}

#[test]
fn a_workpaper_has_a_row_for_every_finding() {
    let book = paper(&folder("workpaper"), "底稿.xlsx", &[CORPUS]);
    let workbook = member(&book, "xl/workbook.xml");
    for sheet in ["概况", "发现", "验算", "数据", "未判断", "原文"] {
        assert!(workbook.contains(&format!("name=\"{sheet}\"")), "{sheet} in {workbook}");
    }
    let findings = findings(CORPUS);
    let sheet = member(&book, "xl/worksheets/sheet2.xml");
    assert_eq!(sheet.matches("<row ").count(), findings.len() + 1, "a row for the header and each finding");
    assert_eq!(sheet.matches("<hyperlink ").count(), findings.len(), "every finding leads to its place");
    assert!(sheet.contains("<autoFilter ") && sheet.contains("state=\"frozen\""));
    let strings = member(&book, "xl/sharedStrings.xml");
    for finding in &findings {
        let message = finding["message"]
            .as_str()
            .expect("a message")
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        assert!(strings.contains(&message), "{message}");
    }
}

#[test]
fn what_could_not_be_read_is_in_the_workpaper() {
    let folder = folder("unreadable");
    let path = folder.join("底稿.xlsx");
    std::fs::write(folder.join("空.txt"), "").expect("a file");
    let report = folder.join("空.txt");
    let output = gouji(&["report", report.to_str().expect("UTF-8"), "-o", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(2));
    let book = std::fs::read(path).expect("the workpaper is written all the same");
    assert!(member(&book, "xl/sharedStrings.xml").contains("文件是空的"));
}

#[test]
fn a_report_is_not_written_over() {
    let folder = folder("over");
    let report = folder.join("报告.html");
    std::fs::write(&report, "<html><p>2024年预算12.5万元。</p></html>").expect("a file");
    let path = report.to_str().expect("UTF-8");
    let output = gouji(&["report", path, "-o", path]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("换一个文件名"));
    assert!(std::fs::read_to_string(&report).expect("it is there").contains("12.5万元"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_and_not_replaced() {
    let folder = folder("papers-device");
    let path = folder.join("底稿.html");
    std::os::unix::fs::symlink("/dev/null", &path).expect("a link");
    let report = folder.join("报告.txt");
    std::fs::write(&report, "2024年支出12.00万元。\n").expect("it is written");
    let output = gouji(&["report", report.to_str().expect("UTF-8"), "-o", path.to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(path.is_symlink() && std::fs::read(&path).is_ok_and(|bytes| bytes.is_empty()));
}

#[test]
fn a_letter_names_every_finding_with_its_place() {
    let folder = folder("letter");
    let report = "corpus/reports/cq-fuyang-shuili-2023.txt";
    let (word, again) = (paper(&folder, "甲.docx", &[report]), paper(&folder, "乙.docx", &[report]));
    assert_eq!(word, again, "the same bytes on every run");
    let read = gouji::source::Source::from_bytes("甲.docx", &word).unwrap_or_else(|error| panic!("{error}"));
    let plain = String::from_utf8(paper(&folder, "甲.md", &[report])).expect("the letter is text");
    let findings = findings(report);
    assert!(!findings.is_empty());
    for finding in &findings {
        let message = finding["message"].as_str().expect("a message").trim_end_matches('。');
        assert!(read.text().contains(message), "{message}");
        assert!(plain.replace('\\', "").contains(message), "{message}");
    }
    assert!(read.text().contains("整改情况（报送单位填写）") && plain.contains("## 附：整改情况反馈表"));
}

#[test]
fn a_sound_report_is_not_asked_to_be_mended() {
    let folder = folder("sound");
    let report = folder.join("甲.txt");
    std::fs::write(&report, "某局2024年度部门决算公开\n支出100万元，其中：基本支出60万元，项目支出40万元。\n")
        .expect("a file");
    let plain = String::from_utf8(paper(&folder, "甲.md", &[report.to_str().expect("UTF-8")])).expect("text");
    assert!(plain.contains("核查情况通知") && !plain.contains("整改通知"), "{plain}");
}
