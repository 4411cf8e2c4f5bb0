//! The page of a report, clicked through in a real browser. Says so and passes where no browser is installed.

#[path = "common/browser.rs"]
mod browser;

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use browser::Browser;
use serde_json::Value;

const REPORT: &str = "corpus/reports/sc-zijiang-nongye-2023.txt";

/// A folder of these tests, empty.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the folder can be made");
    path
}

fn gouji(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_gouji")).args(arguments).output().expect("the program starts");
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn findings() -> Vec<Value> {
    let json: Value = serde_json::from_slice(&gouji(&["check", REPORT, "--format", "json"])).expect("JSON");
    json["reports"][0]["findings"].as_array().expect("a list").clone()
}

fn count(browser: &Browser, selector: &str) -> usize {
    let count = browser.run(&format!("return document.querySelectorAll({selector:?}).length"));
    count.as_u64().expect("a number") as usize
}

#[test]
fn a_page_can_be_used() {
    let folder = folder("page");
    let page = folder.join("page.html");
    gouji(&["report", REPORT, "-o", page.to_str().expect("the path is UTF-8")]);
    let browser = match Browser::start(&folder.join("profile")) {
        Ok(browser) => browser,
        Err(reason) => {
            let _ = writeln!(std::io::stderr(), "skipped: {reason}");
            return;
        }
    };
    browser.open(&page);
    let findings = findings();
    lists_every_finding(&browser, &findings);
    selects_by_key_and_draws_lines(&browser, &findings);
    filters(&browser, &findings);
    answers_for_a_number(&browser);
    shows_tests_and_coverage(&browser);
    keeps_what_the_auditor_says(&browser, &page);
    changes_its_light(&browser);
    assert_eq!(browser.complaints(), Value::Array(Vec::new()));
}

fn lists_every_finding(browser: &Browser, findings: &[Value]) {
    assert_eq!(count(browser, "#list > .card"), findings.len());
    for finding in findings {
        let id = finding["id"].as_str().expect("an id");
        let message = browser.run(&format!("return document.querySelector('#f-{id} .message').textContent"));
        assert_eq!(message, finding["message"], "{id}");
        let primary = browser.run(&format!(
            "const [s, e] = JSON.parse(document.querySelector('#f-{id}').dataset.l)[0];
             return [...document.querySelectorAll('#sheet [data-o]')].filter(n => n.dataset.o >= s && +n.dataset.o < e)
                 .map(n => n.textContent).join('')"
        ));
        let squeezed = |text: &Value| text.as_str().unwrap_or_default().split_whitespace().collect::<String>();
        assert_eq!(squeezed(&primary), squeezed(&finding["primary"]["text"]), "{id} is marked in the text");
    }
}

fn selects_by_key_and_draws_lines(browser: &Browser, findings: &[Value]) {
    for finding in findings {
        browser.press("j");
        let id = browser.run("return document.querySelector('.card.on').id");
        assert_eq!(id, format!("f-{}", finding["id"].as_str().expect("an id")));
        let labels = 1 + finding["related"].as_array().expect("a list").len();
        assert_eq!(count(browser, "#chips b"), labels, "a name at every operand of {id}");
        let ends = if labels > 1 { labels } else { 0 };
        assert_eq!(count(browser, "#wires circle"), ends, "a line to every operand of {id}");
        assert_eq!(count(browser, ".card.on .operands li"), labels);
    }
    browser.press("k");
    browser.press("\u{e00c}");
    assert_eq!(count(browser, ".card.on") + count(browser, "#wires path"), 0, "Escape ends the selection");
}

fn filters(browser: &Browser, findings: &[Value]) {
    let shown = || count(browser, "#list > .card:not([hidden])");
    let errors = findings.iter().filter(|finding| finding["severity"] == "error").count();
    browser.press("2");
    browser.press("3");
    assert_eq!(shown(), errors);
    browser.press("2");
    browser.press("3");
    browser.press("/");
    browser.press("政府性基金");
    assert!((1..findings.len()).contains(&shown()), "{}", shown());
    browser.run(
        "const s = document.querySelector('#search'); s.value = ''; s.dispatchEvent(new Event('input')); s.blur()",
    );
    let rule = findings[0]["rule"].as_str().expect("a rule");
    let of_rule = findings.iter().filter(|finding| finding["rule"] == rule).count();
    browser.run(&format!(
        "const r = document.querySelector('#rule'); r.value = '{rule}'; r.dispatchEvent(new Event('change'))"
    ));
    assert_eq!(shown(), of_rule);
    browser.run("const r = document.querySelector('#rule'); r.value = ''; r.dispatchEvent(new Event('change'))");
    assert_eq!(shown(), findings.len());
}

fn answers_for_a_number(browser: &Browser) {
    browser.click("#sheet .n.checked");
    let tip = browser.run("const t = document.querySelector('#tip'); return t.hidden ? '' : t.textContent");
    assert!(tip.as_str().is_some_and(|tip| tip.contains("核对")), "{tip}");
    browser.click("#tip button");
    assert_eq!(browser.run("return document.querySelector('#t-tests').getAttribute('aria-selected')"), "true");
    assert_eq!(count(browser, ".test.on"), 1);
}

fn shows_tests_and_coverage(browser: &Browser) {
    browser.press("v");
    assert!(count(browser, "#tests > .test.exact") > 0);
    let before = count(browser, "#tests > .test:not([hidden])");
    browser.click(".chip[data-verdict=exact]");
    assert!(count(browser, "#tests > .test:not([hidden])") < before);
    browser.press("c");
    assert_eq!(browser.run("return document.querySelector('#p-cover').hidden"), false);
    assert!(count(browser, "#p-cover .cover tr") > 3);
    browser.click(".state[data-state=linked]");
    assert_eq!(count(browser, "#sheet .bring"), count(browser, "#sheet .n.linked"));
}

fn keeps_what_the_auditor_says(browser: &Browser, page: &std::path::Path) {
    browser.press("f");
    browser.click("#list > .card:nth-child(2) .mark[data-mark=false]");
    browser.open(page);
    assert_eq!(count(browser, "#list > .card:nth-child(2) .mark[data-mark=false][aria-pressed=true]"), 1);
}

fn changes_its_light(browser: &Browser) {
    let paper = || browser.run("return getComputedStyle(document.querySelector('#sheet')).backgroundColor");
    let before = paper();
    browser.press("t");
    assert_ne!(before, paper());
}
