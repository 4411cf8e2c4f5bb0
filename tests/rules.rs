//! Every example of every rule page is one test: 报 and 误 must fire exactly where they are marked, 不报 and 漏 must not.
//! Which other rules fire on them stands in `rules/crosstalk.txt`, kept current by one more test.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::{env, fs};

use gouji::check::audit;
use gouji::rules::{Page, RuleSet};
use gouji::trial;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> std::process::ExitCode {
    let rules: &'static RuleSet = Box::leak(Box::new(RuleSet::builtin()));
    let trials = rules.pages().iter().flat_map(|page| {
        page.examples().iter().map(move |example| {
            let name = format!("{}::{}：{}", page.id, example.kind.word(), example.title);
            Trial::test(name, move || trial::attempt(rules, &page.id, example).map_err(Into::into))
        })
    });
    let crosstalk = Trial::test("the_crosstalk_table_is_current", || is_current(rules));
    libtest_mimic::run(&Arguments::from_args(), trials.chain([crosstalk]).collect()).exit_code()
}

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/crosstalk.txt");

fn is_current(rules: &RuleSet) -> Result<(), Failed> {
    let now = table(rules);
    if fs::read_to_string(TABLE).is_ok_and(|frozen| frozen == now) {
        return Ok(());
    }
    if env::var_os("GOUJI_BLESS").is_some() {
        fs::write(TABLE, now).map_err(|error| Failed::from(error.to_string()))?;
    }
    Err("rules/crosstalk.txt is not current: GOUJI_BLESS=1 cargo test --test rules writes it; look at the diff".into())
}

/// For each page the rules that fire on its examples besides its own.
fn table(rules: &RuleSet) -> String {
    let mut table = String::from(
        "# 串扰表：在一条规则的例子上，还有哪些别的规则报（括号里是几个例子）。由 cargo test --test rules 生成。\n",
    );
    for page in rules.pages() {
        let others = others(rules, page);
        if others.is_empty() {
            continue;
        }
        let others: Vec<String> = others.iter().map(|(rule, count)| format!("{rule}（{count}）")).collect();
        writeln!(table, "{:<34}{}", page.id, others.join("　")).expect("a string takes text");
    }
    table
}

fn others(rules: &RuleSet, page: &Page) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for example in page.examples() {
        let mut fired: Vec<String> =
            audit(example.report.clone(), rules).findings.into_iter().map(|finding| finding.rule).collect();
        fired.sort();
        fired.dedup();
        fired.into_iter().filter(|rule| *rule != page.id).for_each(|rule| *counts.entry(rule).or_default() += 1);
    }
    counts
}
