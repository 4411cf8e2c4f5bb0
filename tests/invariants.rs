//! What holds for every text: nothing panics, trees are sound, the same text gives the same findings.
//! `PROPTEST_CASES=20000 cargo test --release --test invariants` looks harder.

#[path = "common/validate.rs"]
mod validate;

use std::collections::BTreeSet;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use gouji::check::{Audit, audit};
use gouji::rules::RuleSet;
use gouji::source::{Encoding, Source};
use proptest::prelude::*;
use proptest::sample::select;

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(RuleSet::builtin)
}

fn read(text: &str) -> Audit {
    audit(Source::from_text("例", text, Encoding::Utf8), rules())
}

/// Words of reports, and what stands between them.
const FRAGMENTS: &[&str] = &[
    "一、",
    "（一）",
    "1.",
    "（2）",
    "①",
    "一是",
    "第一部分",
    "附件3-1",
    "基本情况",
    "2024年度部门整体支出绩效自评报告",
    "基本支出",
    "项目支出",
    "人员经费",
    "“三公”经费",
    "公务接待费",
    "年初预算数",
    "全年预算数",
    "决算数",
    "执行率",
    "得分",
    "其中：",
    "包括",
    "分别为",
    "合计",
    "共计",
    "占总支出的",
    "比上年",
    "增加",
    "减少",
    "下降",
    "持平",
    "完成年初预算的",
    "结余",
    "追加",
    "人均",
    "共有",
    "三个",
    "五名",
    "等",
    "，",
    "。",
    "；",
    "、",
    "：",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "万元",
    "元",
    "亿元",
    "%",
    "％",
    "个百分点",
    "人",
    "次",
    "分",
    "平方米",
    "倍",
    "约",
    "余",
    "以上",
    "≥",
    "左右",
    "100",
    "60.00",
    "40.00",
    "1,234.50",
    "１２．５",
    "０",
    "0",
    "99.99",
    "2024年",
    "2023年",
    "〔2024〕8号",
    "2130199",
    "-",
    "—",
    "/",
    "|",
    "||",
    "|---|---|",
    "\t",
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    " ",
    "　",
    "项目",
    "单位：万元",
    "说明：",
    "一级指标",
    "三级指标",
    "分值",
    "产出指标（50分）",
    "≥95%",
    "年度资金总额",
    "总分",
    "\u{0}",
    "\u{c}",
    "\u{feff}",
    "\u{200b}",
    "[bookmark: _GoBack]",
    "……3",
    "— 5 —",
    "𠀀",
    "é",
    "\u{fffd}",
    "数",
    "第3页",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
];

/// Reports that are not: any mixture of their pieces.
fn mixture() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        12 => select(FRAGMENTS).prop_map(str::to_owned),
        2 => (0u64..1_000_000, 0u32..4).prop_map(|(n, places)| format!("{}.{:0width$}", n, n % 10, width = places as usize + 1)),
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(fragment, 0..80).prop_map(|pieces| pieces.concat())
}

/// Tables that are not: rows of cells in any of the layouts.
fn table() -> impl Strategy<Value = String> {
    let cell = select(
        &[
            "项目", "金额（万元）", "年初预算数", "全年执行数", "执行率", "分值", "得分", "基本支出", "其中：人员经费",
            "合计", "总分", "120.00", "80.00", "200.00", "10", "95%", "", "　", "——", "一级指标", "三级指标", "≥6次",
            "6次", "产出指标（50分）", "按收入性质分：", "其他资金：4.10", "20101", "栏次", "1", "2", "增减额",
            "上年决算数",
        ][..],
    );
    let rows = prop::collection::vec(prop::collection::vec(cell, 1..7), 1..9);
    (rows, 0usize..5).prop_map(|(rows, layout)| {
        let row = |cells: &Vec<&str>| match layout {
            0 => format!("| {} |\n", cells.join(" | ")),
            1 => format!("{}\n", cells.join("\t")),
            2 => format!("{}\n", cells.iter().map(|cell| format!("\t{cell}\n")).collect::<String>()),
            3 => format!("{}\n", cells.iter().map(|cell| format!("{cell:12}")).collect::<String>()),
            _ => format!("{}\n", cells.join("\n")),
        };
        let rows: Vec<String> = rows.iter().map(row).collect();
        let rule = if layout == 0 { "|---|---|\n" } else { "" };
        format!("{}{rule}{}", rows[0], rows[1..].concat())
    })
}

/// What a finding says, for comparing.
fn said(audit: &Audit) -> Vec<String> {
    audit.findings.iter().map(|finding| format!("{finding:?}")).collect()
}

fn sound(text: &str) -> Result<(), TestCaseError> {
    let audit = read(text);
    validate::audit(&audit).map_err(TestCaseError::fail)?;
    prop_assert_eq!(said(&audit), said(&read(text)));
    Ok(())
}

proptest! {
    #[test]
    fn any_mixture_is_read(text in mixture()) {
        sound(&text)?;
    }

    #[test]
    fn any_table_is_read(before in mixture(), table in table(), after in mixture()) {
        sound(&format!("{before}\n{table}\n{after}"))?;
        sound(&table)?;
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(source) = Source::from_bytes("例", &bytes) {
            let audit = audit(source, rules());
            validate::audit(&audit).map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn blank_lines_before_a_report_change_no_message(text in mixture(), lines in 1usize..4) {
        // A line end alone decides how the text is decoded and how its first lines join, so the text ends its lines.
        let text = format!("2024年度某单位自评报告\n{text}\n");
        let messages = |audit: &Audit| -> Vec<(String, String)> {
            audit.findings.iter().map(|finding| (finding.rule.clone(), finding.message.clone())).collect()
        };
        let moved = format!("{}{text}", "\n".repeat(lines));
        prop_assert_eq!(messages(&read(&text)), messages(&read(&moved)));
    }
}

/// Reports of the corpus with one piece cut out or put elsewhere: likelier than mixtures to reach deep into the rules.
#[test]
fn damaged_reports_are_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/reports");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("it is there").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    for (index, path) in paths.iter().enumerate() {
        let source = Source::from_bytes("例", &std::fs::read(path).expect("a report")).expect("text");
        let text = source.text();
        let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        for step in 0..2 {
            let cut = boundary((index * 7919 + step * 104_729) % text.len());
            let end = boundary((cut + 211).min(text.len()));
            let halves = [
                format!("{}{}", &text[..cut], &text[end..]),
                format!("{}{}", &text[cut..], &text[..cut]),
                text[..cut].to_owned(),
            ];
            let damaged = &halves[(index + step) % halves.len()];
            validate::audit(&read(damaged)).unwrap_or_else(|error| panic!("{} cut at {cut}: {error}", path.display()));
        }
    }
}

fn gouji(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(arguments).stdin(Stdio::null()).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.output().expect("the program starts")
}

#[test]
fn threads_do_not_show_in_the_output() {
    for format in ["text", "json"] {
        let of =
            |threads| gouji(&["check", "corpus/reports", "--no-progress", "--format", format, "--threads", threads]);
        let (one, two) = (of("1"), of("2"));
        assert!(one.stdout == two.stdout && one.stderr == two.stderr, "{format} differs between 1 and 2 threads");
        assert_eq!(one.status.code(), two.status.code());
    }
}

#[test]
fn json_of_the_corpus_is_sound() {
    let output = gouji(&["check", "corpus/reports", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    for report in json["reports"].as_array().expect("an array") {
        let bytes = std::fs::read(report["path"].as_str().expect("a path")).expect("the report is there");
        let source = Source::from_bytes("例", &bytes).expect("the report is text");
        let mut ids = BTreeSet::new();
        for finding in report["findings"].as_array().expect("an array") {
            assert!(ids.insert(finding["id"].to_string()), "{} stands twice in {}", finding["id"], report["path"]);
            let related = finding["related"].as_array().expect("an array");
            for label in std::iter::once(&finding["primary"]).chain(related) {
                let at = |field: &str| label[field].as_u64().expect("a number") as usize;
                assert_eq!(source.text().get(at("start")..at("end")), label["text"].as_str(), "{finding}");
                let position = source.position(at("start"));
                assert_eq!((position.line as usize, position.column as usize), (at("line"), at("column")), "{finding}");
                assert_ne!(label["place"], "", "{finding}");
            }
        }
    }
}
