//! `gouji mine`: relations that hold in nearly all reports of a directory, as rule pages to accept or not.

use std::fs;
use std::io::{self, Write};

use anyhow::{Context, bail};

use super::args::MineArgs;
use super::{Status, attempted, output, rules};
use crate::check::audit;
use crate::corpus::Miner;
use crate::corpus::digest::{Details, Digest};
use crate::emit::clean;
use crate::scan::{Input, Walk};

pub(super) fn run(args: &MineArgs) -> anyhow::Result<Status> {
    let rules = rules::load(&args.rules)?;
    let walk = Walk::of(std::slice::from_ref(&args.reports), "-");
    let pool = args.threads.pool()?;
    let (mut miner, mut unread) = (Miner::default(), 0);
    let work = |input: &Input| {
        let details = |source| Digest::of(&audit(source, &rules), &rules).details.to_bytes();
        attempted(input, details).ok().map(|bytes| (input.name(), bytes))
    };
    pool.each(&walk.inputs, work, |made| {
        match made.as_ref().and_then(|(path, bytes)| Some((path, Details::from_bytes(bytes)?))) {
            Some((path, details)) => miner.add(path, &details),
            None => unread += 1,
        }
        Ok::<(), io::Error>(())
    })?;
    let proposals = miner.proposals();
    let folder = clean(&args.out.to_string_lossy());
    fs::create_dir_all(&args.out).with_context(|| format!("没能建立目录“{folder}”"))?;
    let mut out = output::stdout();
    for proposal in &proposals {
        let path = args.out.join(format!("{}.md", proposal.id));
        if path.exists() {
            bail!("“{}”已经存在，没有覆盖；请换一个目录", clean(&path.to_string_lossy()));
        }
        fs::write(path, &proposal.page).with_context(|| format!("没能写入“{folder}”"))?;
        writeln!(out, "{}：{}处成立，例外{}处", proposal.id, proposal.support, proposal.exceptions)?;
    }
    writeln!(out, "共 {} 份报告（{unread} 份没能检查），归纳出 {} 条关系", walk.inputs.len(), proposals.len())?;
    if !proposals.is_empty() {
        writeln!(out, "请逐条核对依据，然后用 gouji rules test {folder} 试例子，用 --rules {folder} 采用")?;
    }
    out.flush()?;
    Ok(Status::Clean)
}
