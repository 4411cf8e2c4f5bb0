//! `gouji scan` and `gouji merge`: audits all reports of a directory, compares them, and leaves results.

mod assemble;
mod collect;
mod kept;

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::args::{MergeArgs, Outputs, ScanArgs};
use super::{Status, output, rules};
use crate::corpus::digest::rules_key;
use crate::emit::clean;
use crate::rules::RuleSet;
use crate::scan::manifest::{Manifest, Shard};
use crate::scan::{Input, read};

pub(super) fn run(args: &ScanArgs) -> anyhow::Result<Status> {
    let rules = rules::load(&args.rules)?;
    let lists = Lists::of(&args.outputs)?;
    let pages = ids(&rules);
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    let manifest = collect::run(args, rules, shard)?;
    if shard != Shard::WHOLE {
        let (number, of) = (shard.number, shard.of);
        output::complain(&format!("第{number}份（共{of}份）已扫描；{of}份都扫描后，用 gouji merge 合成结果"));
        return Ok(Status::Clean);
    }
    let pool = args.threads.pool()?;
    assemble::run(&pool, vec![(args.outputs.out.clone(), manifest)], &args.outputs, &lists, pages)
}

pub(super) fn merge(args: &MergeArgs) -> anyhow::Result<Status> {
    let rules = rules::load(&args.rules)?;
    let lists = Lists::of(&args.outputs)?;
    let key = rules_key(&rules);
    let mut parts = Vec::new();
    for folder in &args.parts {
        let name = clean(&folder.to_string_lossy());
        let Some(manifest) = Manifest::read(folder) else {
            bail!("“{name}”里没有完成的扫描；请先对这一份运行 gouji scan")
        };
        if manifest.key != key {
            bail!("“{name}”是用别的规则或别的版本扫描的，不能合并；请用同一版本、同样的 --rules 重新扫描");
        }
        parts.push((folder.clone(), manifest));
    }
    complete(&parts)?;
    let pool = args.threads.pool()?;
    assemble::run(&pool, parts, &args.outputs, &lists, ids(&rules))
}

/// The ids of the rules' pages.
fn ids(rules: &RuleSet) -> Vec<String> {
    rules.pages().iter().map(|page| page.id.clone()).collect()
}

/// Every share must be there, once.
fn complete(parts: &[(PathBuf, Manifest)]) -> anyhow::Result<()> {
    let mut shards: Vec<Shard> = parts.iter().map(|(_, manifest)| manifest.shard).collect();
    shards.sort_unstable();
    let of = shards.first().map_or(0, |shard| shard.of);
    if shards.iter().any(|shard| shard.of != of) {
        bail!("各份的总份数不一致，不能合并");
    }
    let missing: Vec<String> = (1..=of)
        .filter(|number| !shards.iter().any(|s| s.number == *number))
        .map(|number| number.to_string())
        .collect();
    if !missing.is_empty() {
        bail!("共{of}份，还缺第{}份", missing.join("、"));
    }
    if shards.len() > of as usize {
        bail!("有的份重复给出");
    }
    Ok(())
}

/// The lists that a person gives: read before the reports, since a wrong path should be told at once.
struct Lists {
    register: Option<String>,
    aliases: String,
}

impl Lists {
    fn of(outputs: &Outputs) -> anyhow::Result<Lists> {
        let aliases = list(outputs.aliases.as_deref())?.unwrap_or_default();
        Ok(Lists { register: list(outputs.register.as_deref())?, aliases })
    }
}

/// A list, one entry on each line, read as any report is.
fn list(path: Option<&Path>) -> anyhow::Result<Option<String>> {
    let Some(path) = path else { return Ok(None) };
    let source = read(&Input::File(path.to_owned()));
    let source = source.map_err(|error| anyhow!("没能读取“{}”：{error}", clean(&path.to_string_lossy())))?;
    Ok(Some(source.text().to_owned()))
}
