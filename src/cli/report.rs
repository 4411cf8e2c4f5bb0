//! `gouji report`: audits reports and makes papers of what was found.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::args::ReportArgs;
use super::check::view;
use super::{Status, attempted, output, rules};
use crate::check::{Audit, audit};
use crate::emit::letter::{Form, Letters};
use crate::emit::workpaper::Workpaper;
use crate::emit::{clean, html};
use crate::rules::RuleSet;
use crate::scan::{Input, Walk};
use crate::workings::Workings;

pub(super) fn run(args: &ReportArgs) -> anyhow::Result<Status> {
    let walk = Walk::of(&args.paths, &args.stdin_name);
    let mut paper = Paper::of(&args.output, walk.inputs.len())?;
    if walk.inputs.iter().any(|input| matches!(input, Input::File(path) if same_file(path, &args.output))) {
        bail!("结果文件就是要查的报告；请换一个文件名");
    }
    let pool = args.threads.pool()?;
    let rules = rules::load(&args.rules)?;
    let mut unreadable = 0;
    let work = |input: &Input| Audited::of(input, &rules);
    pool.each(&walk.inputs, work, |audited| match audited.result {
        Ok((audit, workings)) => paper.add(&audit, &workings),
        Err(reason) => {
            unreadable += 1;
            output::complain(&format!("没能检查“{}”：{reason}", clean(&audited.path)));
            paper.fail(&audited.path, &reason)
        }
    })?;
    paper.finish()?;
    Ok(if unreadable > 0 { Status::Undone } else { Status::Clean })
}

/// One report, audited, with its working papers; or why it could not be.
struct Audited {
    path: String,
    result: Result<(Audit, Workings), String>,
}

impl Audited {
    fn of(input: &Input, rules: &RuleSet) -> Audited {
        let result = attempted(input, |source| {
            let audit = audit(source, rules);
            let workings = Workings::of(&audit, rules);
            (audit, workings)
        });
        Audited { path: input.name(), result }
    }
}

/// What is made, and where it goes.
enum Paper {
    Page(PathBuf),
    /// One page for each report; the names that are taken.
    Pages(PathBuf, BTreeSet<String>),
    Book(PathBuf, Box<Workpaper>),
    Letters(PathBuf, Letters),
}

impl Paper {
    fn of(output: &Path, reports: usize) -> anyhow::Result<Paper> {
        let is_folder = output.is_dir() || output.to_string_lossy().ends_with(std::path::is_separator);
        if is_folder {
            fs::create_dir_all(output).map_err(|error| output::unwritten(output, &error))?;
            return Ok(Paper::Pages(output.to_owned(), BTreeSet::new()));
        }
        let extension = output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "html" | "htm" if reports > 1 => {
                bail!("有 {reports} 份报告，一页写不下；请把 -o 写成目录，如 -o 结果/，或出具 .xlsx 底稿")
            }
            "html" | "htm" => Ok(Paper::Page(output.to_owned())),
            "xlsx" => Ok(Paper::Book(output.to_owned(), Box::new(Workpaper::new()?))),
            "docx" => Ok(Paper::Letters(output.to_owned(), Letters::new(Form::Docx))),
            "md" => Ok(Paper::Letters(output.to_owned(), Letters::new(Form::Markdown))),
            _ => bail!("“{}”的扩展名不是 .html、.xlsx、.docx、.md", clean(&output.to_string_lossy())),
        }
    }

    fn add(&mut self, audit: &Audit, workings: &Workings) -> anyhow::Result<()> {
        match self {
            Paper::Page(path) => write_page(path, audit, workings),
            Paper::Pages(folder, taken) => {
                let name = free_name(audit.source.name(), taken);
                write_page(&folder.join(name), audit, workings)
            }
            Paper::Book(_, book) => Ok(book.add(&view(audit), workings)?),
            Paper::Letters(_, letters) => {
                letters.add(&view(audit));
                Ok(())
            }
        }
    }

    /// A report that could not be audited is named in papers over several.
    fn fail(&mut self, path: &str, reason: &str) -> anyhow::Result<()> {
        match self {
            Paper::Page(_) | Paper::Pages(..) => Ok(()),
            Paper::Book(_, book) => Ok(book.fail(path, reason)?),
            Paper::Letters(_, letters) => {
                letters.fail(path, reason);
                Ok(())
            }
        }
    }

    fn finish(self) -> anyhow::Result<()> {
        match self {
            Paper::Page(_) | Paper::Pages(..) => Ok(()),
            Paper::Book(path, book) => {
                let mut bytes = Vec::new();
                book.finish(&mut bytes)?;
                output::save(&path, &bytes)
            }
            Paper::Letters(path, letters) => output::save(&path, &letters.finish()),
        }
    }
}

fn write_page(path: &Path, audit: &Audit, workings: &Workings) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    html::write(&mut bytes, &view(audit), workings)?;
    output::save(path, &bytes)
}

/// `报告.html`, or `报告-2.html` where that is taken.
fn free_name(report: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = Path::new(report).file_stem().map_or("报告".into(), |stem| stem.to_string_lossy().into_owned());
    let stem = if stem == "-" { "报告".to_owned() } else { stem };
    let numbered = |number: usize| if number == 1 { format!("{stem}.html") } else { format!("{stem}-{number}.html") };
    let name = (1..).map(numbered).find(|name| !taken.contains(name)).expect("numbers do not end");
    taken.insert(name.clone());
    name
}

pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    a == b || fs::canonicalize(a).ok().zip(fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_equal_names_do_not_overwrite_each_other() {
        let mut taken = BTreeSet::new();
        assert_eq!(free_name("a/报告.txt", &mut taken), "报告.html");
        assert_eq!(free_name("b/报告.txt", &mut taken), "报告-2.html");
        assert_eq!(free_name("-", &mut taken), "报告-3.html");
    }
}
