//! Tables over many reports.

use std::collections::BTreeMap;
use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, TableComponent, presets};

use super::clean::clean;
use super::report::Tally;
use crate::check::Ledger;
use crate::finding::Finding;

/// One report's line of the table.
#[derive(Clone, Debug)]
pub struct Entry {
    pub path: String,
    /// `None` for a report that could not be audited.
    pub result: Option<(Tally, Ledger)>,
}

/// What one rule found in many reports.
#[derive(Clone, Debug, Default)]
pub struct RuleEntry {
    pub title: String,
    pub tally: Tally,
    pub reports: usize,
}

/// Findings by rule.
#[derive(Clone, Debug, Default)]
pub struct ByRule(BTreeMap<String, RuleEntry>);

impl ByRule {
    /// Adds what was found in one report.
    pub fn add(&mut self, findings: &[Finding]) {
        let mut rules: Vec<&str> = Vec::new();
        for finding in findings {
            let entry = self.0.entry(finding.rule.clone()).or_default();
            entry.title.clone_from(&finding.title);
            entry.tally = entry.tally.with(finding.severity);
            if !rules.contains(&finding.rule.as_str()) {
                rules.push(&finding.rule);
                entry.reports += 1;
            }
        }
    }

    /// Adds what was found in other reports.
    pub fn merge(&mut self, other: ByRule) {
        for (rule, more) in other.0 {
            let entry = self.0.entry(rule).or_default();
            entry.title = more.title;
            entry.tally = entry.tally + more.tally;
            entry.reports += more.reports;
        }
    }
}

/// A table with more lines than this leaves out the reports in which nothing was found.
const LONG: usize = 40;

/// A table by report.
pub fn write_reports(out: &mut dyn Write, entries: &[Entry], width: usize) -> io::Result<()> {
    let quiet = |entry: &&Entry| matches!(entry.result, Some((tally, _)) if tally.total() == 0);
    let left_out = if entries.len() > LONG { entries.iter().filter(quiet).count() } else { 0 };
    let mut table = table(&["报告", "错误", "警告", "提示", "数字", "核对", "未读"], width);
    for entry in entries.iter().filter(|entry| left_out == 0 || !quiet(entry)) {
        table.add_row(line_of(entry));
    }
    writeln!(out, "{}", trimmed(&table))?;
    match left_out {
        0 => Ok(()),
        _ => writeln!(out, "另有 {left_out} 份未发现问题，没有列出"),
    }
}

fn line_of(entry: &Entry) -> Vec<Cell> {
    let path = clean(&entry.path);
    let Some((tally, ledger)) = &entry.result else {
        return vec![Cell::new(format!("{path}（没能检查）"))];
    };
    let counts = [tally.errors, tally.warnings, tally.infos].map(|count| count.to_string());
    let numbers = [ledger.numbers(), ledger.checked, ledger.unread].map(|count| count.to_string());
    std::iter::once(Cell::new(path)).chain(counts.into_iter().chain(numbers).map(number)).collect()
}

/// A table by rule; nothing where nothing was found.
pub fn write_rules(out: &mut dyn Write, rules: &ByRule, width: usize) -> io::Result<()> {
    if rules.0.is_empty() {
        return Ok(());
    }
    let mut table = table(&["规则", "名称", "错误", "警告", "提示", "报告数"], width);
    for (rule, entry) in &rules.0 {
        let counts = [entry.tally.errors, entry.tally.warnings, entry.tally.infos, entry.reports];
        let names = [Cell::new(clean(rule)), Cell::new(clean(&entry.title))];
        table.add_row(names.into_iter().chain(counts.map(|count| number(count.to_string()))));
    }
    writeln!(out, "\n{}", trimmed(&table))
}

fn number(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

/// An empty table in the house style.
pub fn table(header: &[&str], width: usize) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_style(TableComponent::HeaderLines, '─');
    table.set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.min(u16::MAX.into()) as u16);
    table.set_header(header);
    table
}

/// The table as text, without blanks at line ends.
pub fn trimmed(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, errors: usize) -> Entry {
        let tally = Tally { errors, ..Tally::default() };
        Entry { path: path.into(), result: Some((tally, Ledger::default())) }
    }

    fn written(entries: &[Entry]) -> String {
        let mut out = Vec::new();
        write_reports(&mut out, entries, 80).expect("memory takes every byte");
        String::from_utf8(out).expect("the table is text")
    }

    #[test]
    fn a_short_table_lists_every_report() {
        let table = written(&[entry("甲.txt", 0), Entry { path: "乙.txt".into(), result: None }]);
        assert!(table.contains("甲.txt") && table.contains("乙.txt（没能检查）"), "{table}");
    }

    #[test]
    fn a_long_table_leaves_out_the_quiet_reports() {
        let mut entries = vec![entry("静.txt", 0); LONG];
        entries.push(entry("错.txt", 2));
        let table = written(&entries);
        assert!(table.contains("错.txt") && !table.contains("静.txt"), "{table}");
        assert!(table.contains("另有 40 份未发现问题"), "{table}");
    }
}
