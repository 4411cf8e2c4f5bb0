//! `gouji rules test`: do the examples of a directory's pages hold.

use std::io::{self, Write};
use std::path::Path;

use super::args::RulesTestArgs;
use super::{Status, output, rules};
use crate::emit::clean;
use crate::emit::terminal::{Style, write_fault};
use crate::rules::{Page, RuleSet};
use crate::trial::attempt;

pub(super) fn run(args: &RulesTestArgs) -> anyhow::Result<Status> {
    let rules = rules::with(&RuleSet::builtin(), &args.directory)?;
    let mut out = output::stdout();
    let style = output::style(args.look);
    let own: Vec<&Page> = rules.pages().iter().filter(|page| is_in(page, &args.directory)).collect();
    let (mut examples, mut failed) = (0, 0);
    for page in &own {
        let faults = try_page(&mut out, &rules, page, style)?;
        examples += page.examples().len();
        failed += faults;
        if faults == 0 {
            writeln!(out, "✓ {}：{}个例子都对", page.id, page.examples().len())?;
        }
    }
    let outcome = if failed == 0 { "都对".to_owned() } else { format!("{failed}个不对") };
    writeln!(out, "共 {} 条规则，{examples} 个例子，{outcome}", own.len())?;
    out.flush()?;
    Ok(if failed == 0 { Status::Clean } else { Status::Found })
}

/// Draws each example that does not hold; how many there are.
fn try_page(out: &mut dyn Write, rules: &RuleSet, page: &Page, style: Style) -> io::Result<usize> {
    let mut failed = 0;
    for example in page.examples() {
        if let Err(fault) = attempt(rules, &page.id, example) {
            failed += 1;
            let message = format!("例子“{}”：{fault}", clean(&example.title));
            write_fault(
                out,
                &page.source,
                page.source.span(example.heading.start, example.heading.end),
                &message,
                style,
            )?;
            writeln!(out)?;
        }
    }
    Ok(failed)
}

/// Whether a page was read from the directory.
fn is_in(page: &Page, directory: &Path) -> bool {
    Path::new(page.source.name()).parent() == Some(directory)
}
