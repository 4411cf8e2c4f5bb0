//! The rules in force: those built in, and those of a directory.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::bail;

use super::args::Rules;
use crate::emit::clean;
use crate::emit::terminal::{Style, write_fault};
use crate::rules::{BadPage, RuleSet};
use crate::scan::read_pages;

pub(super) fn load(args: &Rules) -> anyhow::Result<RuleSet> {
    let builtin = RuleSet::builtin();
    match &args.directory {
        None => Ok(builtin),
        Some(directory) => with(&builtin, directory),
    }
}

pub(super) fn with(builtin: &RuleSet, directory: &Path) -> anyhow::Result<RuleSet> {
    let name = clean(&directory.to_string_lossy());
    let own = match read_pages(directory) {
        Ok(own) if own.is_empty() => bail!("目录“{name}”里没有规则页（.md）"),
        Ok(own) => own,
        Err(error) => bail!("没能读取规则目录“{name}”：{error}"),
    };
    let sources = builtin.pages().iter().map(|page| page.source.clone()).chain(own);
    RuleSet::from_sources(sources).or_else(|bad| {
        bad.iter().try_for_each(complain)?;
        bail!("规则页有误，见上；改好以前什么也没有检查")
    })
}

/// Every error of a page, drawn in it.
fn complain(page: &BadPage) -> io::Result<()> {
    let mut err = io::stderr().lock();
    let style = Style { width: 100, color: err.is_terminal() };
    for error in &page.errors {
        write_fault(&mut err, &page.source, error.span, &error.message, style)?;
        writeln!(err)?;
    }
    Ok(())
}
