//! `gouji explain` and `gouji rules`: what the rules are.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{ExplainArgs, RulesArgs, RulesFormat};
use super::{Status, output};
use crate::emit::tables;

/// A rule page as these commands show it.
#[derive(Clone, Debug, Serialize)]
struct Page {
    id: String,
    title: String,
    family: String,
    severity: String,
    basis: String,
    since: String,
    /// The page in Markdown, without its front matter.
    #[serde(skip)]
    text: String,
}

/// The pages of the rules in force, by id.
fn pages() -> Vec<Page> {
    Vec::new()
}

pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Status> {
    let pages = pages();
    let Some(page) = pages.iter().find(|page| page.id == args.rule) else {
        output::complain(&unknown(&args.rule, &pages));
        return Ok(Status::Undone);
    };
    let mut out = output::stdout();
    write_page(&mut out, page, output::style(args.look).color)?;
    out.flush()?;
    Ok(Status::Clean)
}

fn write_page(out: &mut dyn Write, page: &Page, color: bool) -> io::Result<()> {
    writeln!(out, "{}  {}", page.id, page.title)?;
    for (name, value) in
        [("级别", &page.severity), ("类别", &page.family), ("依据", &page.basis), ("始于", &page.since)]
    {
        if !value.is_empty() {
            writeln!(out, "{name}：{value}")?;
        }
    }
    let text = if color { page.text.replace("[[", MARK).replace("]]", UNMARK) } else { page.text.clone() };
    writeln!(out, "\n{}", text.trim())
}

/// Marked figures of examples are underlined on a terminal.
const MARK: &str = "\u{1b}[1;4m";
const UNMARK: &str = "\u{1b}[0m";

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
    let pages = pages();
    let mut out = output::stdout();
    match args.format {
        RulesFormat::Text => write_table(&mut out, &pages, output::style(args.look).width)?,
        RulesFormat::Md => write_markdown(&mut out, &pages)?,
        RulesFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &pages)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn write_table(out: &mut dyn Write, pages: &[Page], width: usize) -> io::Result<()> {
    let mut table = tables::table(&["规则", "名称", "类别", "级别"], width);
    for page in pages {
        table.add_row([&page.id, &page.title, &page.family, &page.severity]);
    }
    writeln!(out, "{}", tables::trimmed(&table))?;
    writeln!(out, "共 {} 条规则；gouji explain <规则> 查看详情", pages.len())
}

fn write_markdown(out: &mut dyn Write, pages: &[Page]) -> io::Result<()> {
    writeln!(out, "| 规则 | 名称 | 类别 | 级别 |\n|---|---|---|---|")?;
    for page in pages {
        writeln!(out, "| `{}` | {} | {} | {} |", page.id, page.title, page.family, page.severity)?;
    }
    Ok(())
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
