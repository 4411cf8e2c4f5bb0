//! `gouji verify`: recomputes the findings that a check gave out.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::Value;

use super::args::VerifyArgs;
use super::{Status, output};
use crate::emit::clean;
use crate::scan::{Input, read};
use crate::verify::{Claimed, Marked, verify};

pub(super) fn run(args: &VerifyArgs) -> anyhow::Result<Status> {
    let name = clean(&args.findings.display().to_string());
    let text = fs::read(&args.findings).map_err(|_| anyhow::anyhow!("没能读取“{name}”"))?;
    let json: Value =
        serde_json::from_slice(&text).map_err(|_| anyhow::anyhow!("“{name}”不是 gouji check --format json 的结果"))?;
    let reports = json["reports"].as_array().with_context(|| format!("“{name}”中没有 reports 一项"))?;
    let mut counts = Counts::default();
    let mut out = output::stdout();
    for path in &args.reports {
        let source = read(&Input::File(path.clone()))
            .map_err(|error| anyhow::anyhow!("没能读取“{}”：{error}", clean(&path.display().to_string())))?;
        let Some(report) = find(reports, path) else {
            bail!("“{name}”中没有报告“{}”的结果", clean(&path.display().to_string()));
        };
        for finding in report["findings"].as_array().into_iter().flatten() {
            for fault in counts.add(source.text(), finding) {
                writeln!(out, "{}", clean(&fault))?;
            }
        }
    }
    let Counts { sound, unsound, without } = counts;
    writeln!(out, "复核 {} 处算式：无误 {sound}，有误 {unsound}；另有 {without} 条发现不含算式", sound + unsound)?;
    out.flush()?;
    Ok(if unsound > 0 { Status::Found } else { Status::Clean })
}

/// The results of a report: by its path, by its name, or the only ones.
fn find<'v>(reports: &'v [Value], path: &Path) -> Option<&'v Value> {
    let of = |report: &Value| report["path"].as_str().map(|path| path.to_owned());
    let whole = path.to_string_lossy();
    let same_name = |report: &&Value| of(report).is_some_and(|of| Path::new(&of).file_name() == path.file_name());
    reports
        .iter()
        .find(|report| of(report).as_deref() == Some(&*whole))
        .or_else(|| reports.iter().find(same_name))
        .or_else(|| reports.first().filter(|_| reports.len() == 1))
}

#[derive(Default)]
struct Counts {
    sound: usize,
    unsound: usize,
    without: usize,
}

impl Counts {
    /// Recomputes the proofs of one finding; what is wrong with them, in words.
    fn add(&mut self, text: &str, finding: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        let labels: Vec<Marked> = std::iter::once(&finding["primary"])
            .chain(finding["related"].as_array().into_iter().flatten())
            .filter_map(marked)
            .collect();
        let symptoms = finding["symptoms"].as_array().into_iter().flatten();
        let proofs: Vec<&Value> = std::iter::once(finding).chain(symptoms).filter(|v| v["proof"].is_object()).collect();
        self.without += usize::from(proofs.is_empty());
        for of in proofs {
            let formula = of["proof"]["formula"].as_str().unwrap_or_default();
            match verify(text, &Claimed { labels: labels.clone(), formula }) {
                Ok(()) => self.sound += 1,
                Err(reason) => {
                    self.unsound += 1;
                    faults.push(format!("{}：{reason}　{formula}", of["rule"].as_str().unwrap_or_default()));
                }
            }
        }
        faults
    }
}

fn marked(label: &Value) -> Option<Marked<'_>> {
    let place = |key: &str| usize::try_from(label[key].as_u64()?).ok();
    Some(Marked { start: place("start")?, end: place("end")?, text: label["text"].as_str()? })
}
