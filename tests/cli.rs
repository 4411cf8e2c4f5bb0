//! The program as its users meet it: exit statuses, streams, and what is said when something is wrong.

mod common;

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

#[test]
fn documented_runs() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}

fn gouji(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(arguments).stdin(Stdio::null()).current_dir("tests/cmd/reports.in");
    command
}

fn run(arguments: &[&str]) -> Output {
    gouji(arguments).output().expect("the program starts")
}

fn run_with(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut command = gouji(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("it was piped").write_all(stdin).expect("the program reads");
    child.wait_with_output().expect("the program ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("the output is one JSON object")
}

/// A directory of this test alone.
fn directory(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the test's directory can be made");
    path
}

#[test]
fn a_directory_is_walked_in_order() {
    let output = run(&["check", ".", "--format", "json", "--fail-on", "never"]);
    let report = json(&output);
    let paths: Vec<_> = report["reports"].as_array().expect("an array").iter().map(|r| r["path"].clone()).collect();
    assert_eq!(paths, ["./子目录/乙.md", "./甲.txt"]);
    assert!(err(&output).contains("另有 1 个文件"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_json_object_has_every_field_of_the_contract() {
    let report = json(&run(&["check", "甲.txt", "没有.txt", "--format", "json"]));
    assert_eq!(report["version"], 1);
    for each in report["reports"].as_array().expect("an array") {
        for field in ["path", "title", "entity", "year", "kind", "ledger", "relations", "findings", "notes", "error"] {
            assert!(each.get(field).is_some(), "{field} in {each}");
        }
        for field in ["numbers", "checked", "linked", "read", "unread"] {
            assert!(each["ledger"][field].is_u64(), "{field} in {each}");
        }
        for field in ["exact", "rounding", "improbable", "broken", "abstained"] {
            assert!(each["relations"][field].is_u64(), "{field} in {each}");
        }
    }
    assert_eq!(report["reports"][0]["error"], serde_json::Value::Null);
    assert_eq!(report["summary"]["files"], 2);
    assert_eq!(report["summary"]["unreadable"], 1);
}

#[test]
fn an_unreadable_path_does_not_stop_the_others() {
    let output = run(&["check", "没有.txt", "甲.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("甲.txt："), "{}", out(&output));
    assert!(err(&output).contains("没能检查“没有.txt”：找不到"), "{}", err(&output));
}

#[test]
fn standard_input_is_a_report() {
    let output = run_with(&["check", "-", "--stdin-name", "管道.txt", "--format", "json"], "一、概况\n".as_bytes());
    assert_eq!(json(&output)["reports"][0]["path"], "管道.txt");
    let output = run_with(&["check", "-"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("文件是空的"), "{}", err(&output));
}

#[test]
fn every_encoding_is_read_as_the_same_text() {
    let text = "二、支出情况\n2024年预算2463.3万元，其中基本支出223.19万元。\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &utf16, &gbk, &marked] {
        assert_eq!(out(&run_with(&["dump", "text", "-"], bytes)), text);
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = directory("broken-pipe");
    for index in 0..600 {
        std::fs::write(folder.join(format!("{index}.txt")), "一、概况\n").expect("the directory takes files");
    }
    let mut command = gouji(&["check", folder.to_str().expect("the path is UTF-8")]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut first = [0; 16];
    child.stdout.take().expect("it was piped").read_exact(&mut first).expect("the program writes");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = directory("threads");
    for index in 0..80 {
        std::fs::write(folder.join(format!("{index}.txt")), format!("一、概况\n{index}万元\n")).expect("a file");
    }
    let path = folder.to_str().expect("the path is UTF-8");
    for format in ["text", "json"] {
        let one = run(&["check", path, "--format", format, "--threads", "1"]);
        let many = run(&["check", path, "--format", format, "--threads", "7"]);
        assert_eq!(out(&one), out(&many));
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    assert!(!out(&run(&["check", "甲.txt"])).contains('\u{1b}'));
    assert!(out(&run(&["check", "甲.txt", "--color", "always"])).contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_walked_once() {
    let folder = directory("circle");
    std::fs::write(folder.join("甲.txt"), "一、概况\n").expect("the directory takes files");
    std::os::unix::fs::symlink(&folder, folder.join("回")).expect("the directory takes links");
    let output = run(&["check", folder.to_str().expect("the path is UTF-8"), "--format", "json"]);
    assert_eq!(json(&output)["summary"]["files"], 1);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn an_archive_is_read_as_the_reports_in_it() {
    let folder = directory("bundle");
    let text = "支出12万元\n".as_bytes();
    let inner = common::office::zip(&[("甲.txt", text)]);
    let members: [(&str, &[u8]); 6] = [
        ("乙/丙.md", text),
        ("甲.txt", text),
        ("图.png", b"x"),
        ("__MACOSX/甲.txt", b"x"),
        ("内.zip", &inner),
        ("坏.docx", b"PK"),
    ];
    std::fs::write(folder.join("提交.zip"), common::office::zip(&members)).expect("the directory takes files");
    let output = run(&["check", folder.to_str().expect("the path is UTF-8"), "--format", "json"]);
    let report = json(&output);
    let reports = report["reports"].as_array().expect("an array");
    let name = |path: &str| path.rsplit("提交.zip/").next().unwrap_or_default().to_owned();
    let paths: Vec<String> = reports.iter().map(|each| name(each["path"].as_str().expect("a path"))).collect();
    assert_eq!(paths, ["乙/丙.md", "坏.docx", "甲.txt", "内.zip"]);
    assert_eq!(reports[2]["ledger"]["numbers"], 1);
    assert!(reports[3]["error"].as_str().expect("a reason").contains("解压"), "{}", reports[3]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("另有 1 个文件"), "{}", err(&output));
}

#[test]
fn a_directory_without_reports_is_said() {
    let folder = directory("nothing");
    let output = run(&["check", folder.to_str().expect("the path is UTF-8")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("没有可查的报告"), "{}", err(&output));
}

const WRONG: &str = "2024年“三公”经费80.00万元，上年100.00万元，比上年减少20.00万元，下降25%。\n";

#[test]
fn a_contradiction_is_drawn_and_fails() {
    let output = run_with(&["check", "-"], WRONG.as_bytes());
    let drawing = out(&output);
    assert_eq!(output.status.code(), Some(1), "{drawing}");
    assert!(drawing.starts_with("✗ -：1 处错误\n"), "{drawing}");
    assert!(drawing.contains("错误[change-rate]") && drawing.contains("-:1:46 第1段"), "{drawing}");
    assert!(drawing.contains("✗ 下降 25%"), "{drawing}");
    assert!(drawing.lines().last().is_some_and(|line| line.starts_with("共 ")), "{drawing}");
    assert_eq!(run_with(&["check", "-", "--fail-on", "never"], WRONG.as_bytes()).status.code(), Some(0));
}

#[test]
fn an_encoding_changes_no_finding() {
    let gbk = encoding_rs::GBK.encode(WRONG).0.into_owned();
    let report = |bytes: &[u8]| json(&run_with(&["check", "-", "--format", "json"], bytes))["reports"].clone();
    assert_eq!(report(WRONG.as_bytes()), report(&gbk));
    assert_eq!(report(WRONG.as_bytes())[0]["findings"][0]["primary"]["text"], "25%");
}

#[test]
fn every_rule_can_be_explained() {
    let rules: serde_json::Value = json(&run(&["rules", "--format", "json"]));
    for rule in rules.as_array().expect("an array of rules") {
        let id = rule["id"].as_str().expect("a rule has an id");
        let page = out(&run(&["explain", id]));
        assert!(page.starts_with(id) && page.contains("怎么改：") && page.contains("例（报）"), "{id}: {page}");
        assert!(out(&run(&["rules", "--format", "md"])).contains(&format!("| `{id}` |")));
    }
}

#[test]
fn rules_of_a_directory_are_added_and_stand_before_those_built_in() {
    let folder = directory("rules");
    let page = include_str!("../rules/change-rate.md");
    std::fs::write(folder.join("own-rule.md"), page.replace("增减率与金额不符", "另一条")).expect("a page");
    std::fs::write(folder.join("change-rate.md"), page.replace("\"error\"", "\"warning\"")).expect("a page");
    let path = folder.to_str().expect("the path is UTF-8");
    assert!(out(&run(&["explain", "own-rule", "--rules", path])).starts_with("own-rule　另一条"));
    let output = run_with(&["check", "-", "--rules", path, "--fail-on", "error"], WRONG.as_bytes());
    assert!(out(&output).contains("警告[change-rate]"), "{}", out(&output));
}

#[test]
fn a_faulty_rule_page_is_shown_where_it_is_wrong() {
    let folder = directory("faulty-rules");
    let page = include_str!("../rules/change-rate.md").replace("\"ratio\"", "\"ratios\"");
    std::fs::write(folder.join("own-rule.md"), page).expect("the directory takes pages");
    let output = run(&["check", "甲.txt", "--rules", folder.to_str().expect("the path is UTF-8")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("ratios") && err(&output).contains("own-rule.md:3:10"), "{}", err(&output));
}

const OWN_RULE: &str = include_str!("pages/reception-grew.md");

/// Runs `gouji rules test` on a directory with this one page.
fn trial(name: &str, page: &str) -> Output {
    let folder = directory(name);
    std::fs::write(folder.join("reception-grew.md"), page).expect("the directory takes pages");
    run(&["rules", "test", folder.to_str().expect("the path is UTF-8"), "--color", "never"])
}

#[test]
fn own_rules_can_be_tried() {
    let output = trial("own-rules", OWN_RULE);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert!(out(&output).contains("✓ reception-grew：3个例子都对"), "{}", out(&output));
    let output = trial("own-rules-fail", &OWN_RULE.replace("[[5.20]]", "[[4.20]]"));
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("例子“超过上年”：该报而未报"), "{}", out(&output));
    assert!(out(&output).contains("reception-grew.md:21:1"), "{}", out(&output));
}

#[test]
fn a_faulty_page_is_drawn_where_it_is_wrong() {
    for (what, with, says, at) in [
        ("当 本期 为 公务接待费", "当 本期 为 公务接待废", "词表里没有这个词", ":15:"),
        ("应 本期 ≤ 上期", "应 本期 ≤ 去年", "“增减”没有这个角色；它有：本期、上期、增减额、增减率", ":17:"),
        ("应 本期 ≤ 上期", "应 增减率 ≤ 0.1 × 编制", "“增减”没有这个角色", ":17:"),
        (
            "凡 增减\n当 本期 为 公务接待费\n当 全文 无 “不可比”时\n应 本期 ≤ 上期\n报 “{本期}比{上期}多，多出{差}”",
            "应 公务接待费 ≤ 在职人员\n报 “不对”",
            "两边不是同一种量",
            ":14:",
        ),
        (
            "凡 增减\n当 本期 为 公务接待费\n当 全文 无 “不可比”时\n应 本期 ≤ 上期\n报 “{本期}比{上期}多，多出{差}”",
            "应 决算数 ≤ 全年预算数\n报 “{公务接待费}不对”",
            "应 里没有用到“公务接待费”",
            ":15:",
        ),
        ("凡 增减", "凡 变化", "没有这一种说法", ":14:"),
        ("### 不报：", "### 少报：", "例子的标题应是", ":29:"),
        ("当 全文 无 “不可比”时", "当 全文 没 “不可比”时", "这里应是 有 或 无", ":16:"),
        ("当 全文 无 “不可比”时", "当 全文 无 “不可比”，“可比”时", "词与词之间用顿号", ":16:"),
        (
            "凡 增减\n当 本期 为 公务接待费\n当 全文 无 “不可比”时\n应 本期 ≤ 上期\n报 “{本期}比{上期}多，多出{差}”",
            "应 公务接待费（决算数） ≤ 年初预算数\n报 “超过{差}”",
            "“年初预算数”没有说是哪个科目的",
            ":15:",
        ),
        ("当 本期 为 公务接待费", "当 本期 是 公务接待费", "“是”不是条件，应是 为", ":15:"),
        ("应 本期 ≤ 上期", "应 本期 ≤ 5000元", "数后面不写单位", ":17:"),
        ("family = \"budget\"", "family = \"预算\"", "可以写 sum、ratio", ":3:"),
        ("family = \"budget\"\n", "", "页首缺 family 一行", ":2:"),
    ] {
        assert!(OWN_RULE.contains(what), "{what}");
        let output = trial("faulty-page", &OWN_RULE.replacen(what, with, 1));
        assert_eq!(output.status.code(), Some(2), "{with}");
        let place = format!("reception-grew.md{at}");
        assert!(err(&output).contains(says) && err(&output).contains(&place), "{with}: {}", err(&output));
    }
    let silent = OWN_RULE.split("### 不报").next().expect("the page has examples");
    assert!(err(&trial("no-silent-example", silent)).contains("至少要有一个“### 不报：”的例子"));
}

#[test]
fn rules_on_words_need_no_figures() {
    let folder = directory("word-rules");
    let page = "+++\ntitle = \"没有写公开情况\"\nfamily = \"missing\"\nseverity = \"info\"\nbasis = \"本局要求\"\nsince = \"1\"\n+++\n\n\
                查什么：有没有写公开情况。\n为什么：本局要求写明。\n怎么改：补写。\n\n\
                ```formula\n当 报告 为 部门整体\n应有 “公开”、“公示”\n报 “没有写明{词}的情况”\n```\n\n\
                ### 报：没有写\n\n~~~报告\n[[某县水务局2024年度部门整体支出绩效自评报告]]\n\n一、概况\n~~~\n\n> 没有写明公开、公示的情况\n\n\
                ### 不报：写了\n\n~~~报告\n某县水务局2024年度部门整体支出绩效自评报告\n\n本报告在网站公开。\n~~~\n";
    std::fs::write(folder.join("disclosure.md"), page).expect("the directory takes pages");
    let unwanted = page
        .replace("当 报告 为 部门整体\n应有 “公开”、“公示”", "应无 “概况”")
        .replace("没有写明{词}的情况", "有“{词}”");
    let unwanted = unwanted
        .replace("[[某县水务局2024年度部门整体支出绩效自评报告]]\n\n一、概况", "一、[[概况]]")
        .replace("> 没有写明公开、公示的情况", "> 有“概况”");
    std::fs::write(folder.join("no-overview.md"), unwanted.replace("没有写公开情况", "有概况"))
        .expect("the directory takes pages");
    let output = run(&["rules", "test", folder.to_str().expect("the path is UTF-8")]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
}
