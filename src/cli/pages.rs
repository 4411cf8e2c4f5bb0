//! `gouji explain` and `gouji rules`: what the rules are.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{ExplainArgs, RulesArgs, RulesFormat};
use super::check::view;
use super::{Status, output, rules};
use crate::check::audit;
use crate::corpus::Kind;
use crate::emit::tables;
use crate::emit::terminal::{Style, word_of, write_finding};
use crate::finding::Family;
use crate::rules::{Example, ExampleKind, Page, RuleSet};

pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Status> {
    let rules = rules::load(&args.rules)?;
    if let Some(kind) = Kind::from_id(&args.rule) {
        return explain_kind(kind);
    }
    let Some(page) = rules.page(&args.rule) else {
        output::complain(&unknown(&args.rule, rules.pages()));
        return Ok(Status::Undone);
    };
    let mut out = output::stdout();
    write_page(&mut out, page, &rules, output::style(args.look))?;
    out.flush()?;
    Ok(Status::Clean)
}

/// What only several reports show has no page.
fn explain_kind(kind: Kind) -> anyhow::Result<Status> {
    let mut out = output::stdout();
    writeln!(out, "{}　{}", kind.id(), kind.title())?;
    writeln!(out, "级别：{}　类别：{}\n", word_of(kind.severity()), family_word(Family::Corpus))?;
    writeln!(out, "查什么：{}\n怎么办：{}", kind.what(), kind.remedy())?;
    writeln!(out, "\n一份报告看不出来，由 gouji scan 比较多份报告得出。")?;
    out.flush()?;
    Ok(Status::Clean)
}

fn write_page(out: &mut dyn Write, page: &Page, rules: &RuleSet, style: Style) -> io::Result<()> {
    let (severity, family) = (word_of(page.severity), family_word(page.family));
    writeln!(out, "{}　{}", page.id, page.title)?;
    writeln!(out, "级别：{severity}　类别：{family}　始于：{}", page.since)?;
    writeln!(out, "依据：{}\n", page.basis)?;
    writeln!(out, "查什么：{}\n为什么：{}\n怎么改：{}", page.what, page.why, page.remedy)?;
    for formula in formulas(page.text()) {
        writeln!(out, "\n公式：")?;
        formula.iter().try_for_each(|line| writeln!(out, "    {line}"))?;
    }
    page.examples().iter().try_for_each(|example| write_example(out, page, example, rules, style))
}

/// The lines of each formula of a page.
fn formulas(text: &str) -> Vec<Vec<&str>> {
    let blocks = text.split("```formula").skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default().trim().lines().collect()).collect()
}

fn write_example(out: &mut dyn Write, page: &Page, example: &Example, rules: &RuleSet, style: Style) -> io::Result<()> {
    writeln!(out, "\n{}：{}", heading(example.kind), example.title)?;
    marked(example).lines().try_for_each(|line| writeln!(out, "    {line}"))?;
    if !example.kind.fires() {
        return Ok(());
    }
    let audit = audit(example.report.clone(), rules);
    let report = view(&audit);
    for finding in audit.findings.iter().filter(|finding| finding.rule == page.id) {
        writeln!(out)?;
        write_finding(out, &report, finding, style)?;
    }
    Ok(())
}

fn heading(kind: ExampleKind) -> &'static str {
    match kind {
        ExampleKind::Fires => "例（报）",
        ExampleKind::Silent => "例（不报）",
        ExampleKind::Missed => "例（该报，尚不能发现）",
        ExampleKind::FalseAlarm => "例（不该报，已知误报）",
    }
}

/// The report of an example with its marks put back.
fn marked(example: &Example) -> String {
    let mut text = example.report.text().to_owned();
    let mut ends: Vec<(usize, &str)> =
        example.marks.iter().flat_map(|mark| [(mark.start, "[["), (mark.end, "]]")]).collect();
    ends.sort_by(|a, b| b.cmp(a));
    ends.into_iter().for_each(|(at, sign)| text.insert_str(at, sign));
    text
}

/// How people call the family.
fn family_word(family: Family) -> &'static str {
    match family {
        Family::Sum => "加总",
        Family::Ratio => "比率",
        Family::Difference => "增减",
        Family::CrossReference => "前后互证",
        Family::Unit => "单位",
        Family::Score => "评分",
        Family::Budget => "预算",
        Family::Count => "计数",
        Family::Period => "期间",
        Family::Entity => "主体",
        Family::Duplicate => "重复",
        Family::Missing => "缺漏",
        Family::Numbering => "编号",
        Family::Template => "模板",
        Family::Contradiction => "矛盾",
        Family::Indicator => "指标",
        Family::Wording => "用语",
        Family::Corpus => "跨报告",
    }
}

fn unknown(rule: &str, pages: &[Page]) -> String {
    let rule = crate::emit::clean(rule);
    match nearest(&rule, pages.iter().map(|page| page.id.as_str())) {
        Some(near) => format!("没有规则“{rule}”；是否想查 {near}？用 gouji rules 列出全部规则"),
        None => format!("没有规则“{rule}”；用 gouji rules 列出全部规则"),
    }
}

/// The id that needs the fewest changes, if they are few; the first of several.
fn nearest<'a>(wanted: &str, ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = ids.map(|id| (distance(wanted, id), id)).min_by_key(|(distance, _)| *distance)?;
    (near.0 * 2 <= near.1.len().max(wanted.chars().count())).then_some(near.1)
}

/// How many characters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

pub(super) fn list(args: &RulesArgs) -> anyhow::Result<Status> {
    let rules = rules::load(&args.rules)?;
    let mut out = output::stdout();
    match args.format {
        RulesFormat::Text => write_table(&mut out, rules.pages(), output::style(args.look).width)?,
        RulesFormat::Md => write_markdown(&mut out, rules.pages())?,
        RulesFormat::Json => write_json(&mut out, rules.pages())?,
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn write_table(out: &mut dyn Write, pages: &[Page], width: usize) -> io::Result<()> {
    let mut table = tables::table(&["规则", "名称", "类别", "级别"], width);
    for page in pages {
        table.add_row([&page.id, &page.title, family_word(page.family), word_of(page.severity)]);
    }
    writeln!(out, "{}", tables::trimmed(&table))?;
    writeln!(out, "\n共 {} 条规则；gouji explain <规则> 查看详情", pages.len())
}

fn write_markdown(out: &mut dyn Write, pages: &[Page]) -> io::Result<()> {
    writeln!(out, "| 规则 | 名称 | 类别 | 级别 |\n|---|---|---|---|")?;
    for page in pages {
        let (family, severity) = (family_word(page.family), word_of(page.severity));
        writeln!(out, "| `{}` | {} | {family} | {severity} |", page.id, page.title)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct JsonPage<'a> {
    id: &'a str,
    title: &'a str,
    family: &'static str,
    severity: &'static str,
    basis: &'a str,
    since: &'a str,
    what: &'a str,
    why: &'a str,
    remedy: &'a str,
}

fn mirror(page: &Page) -> JsonPage<'_> {
    JsonPage {
        id: &page.id,
        title: &page.title,
        family: page.family.word(),
        severity: page.severity.word(),
        basis: &page.basis,
        since: &page.since,
        what: &page.what,
        why: &page.why,
        remedy: &page.remedy,
    }
}

fn write_json(out: &mut dyn Write, pages: &[Page]) -> io::Result<()> {
    let pages: Vec<JsonPage<'_>> = pages.iter().map(mirror).collect();
    serde_json::to_writer_pretty(&mut *out, &pages)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_id_is_suggested() {
        let ids = ["sum-mismatch", "growth-mismatch", "unit-drift"];
        assert_eq!(nearest("sum-missmatch", ids.into_iter()), Some("sum-mismatch"));
        assert_eq!(nearest("unit", ids.into_iter()), None);
        assert_eq!(nearest("unit-drif", ids.into_iter()), Some("unit-drift"));
        assert_eq!(nearest("x", [].into_iter()), None);
    }

    #[test]
    fn distances_are_counted() {
        assert_eq!([distance("", "abc"), distance("kitten", "sitting"), distance("a", "a")], [3, 3, 0]);
    }
}
