//! The first half of a scan: every report is audited and what is kept of it is written to the journal.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::super::args::ScanArgs;
use super::super::output;
use super::kept;
use crate::check::audit;
use crate::corpus::digest::{Digest, rules_key};
use crate::emit::clean;
use crate::rules::RuleSet;
use crate::scan::journal::{Content, Journal, Stamp, content};
use crate::scan::manifest::{Fate, Manifest, Shard};
use crate::scan::{Crew, Input, Outcome, Walk, open};
use crate::source::ReadError;

/// Threads that read, whatever the processors: cold files are waited for.
const READERS: usize = 8;

const PROGRESS: &str = "已检查 {pos}/{len} 份 {wide_bar} {per_sec} 剩余约 {eta}　{msg}";

/// Files by path, with what became of them.
type Fates = Vec<(String, Fate)>;

/// A file of the scan.
struct Job {
    input: Input,
    stamp: Stamp,
}

/// What an auditor hands over.
enum Made {
    /// A file of these bytes was audited before.
    Known(Content),
    New {
        content: Content,
        bytes: Vec<u8>,
        texts: Vec<(u64, String)>,
    },
}

/// Audits what has changed since the last scan, and says what the scan covers.
pub(super) fn run(args: &ScanArgs, rules: RuleSet, shard: Shard) -> anyhow::Result<Manifest> {
    let results = &args.outputs.out;
    let name = clean(&results.to_string_lossy());
    let key = rules_key(&rules);
    let (jobs, mut files) = jobs(args, shard)?;
    Manifest::remove(results).with_context(|| format!("没能写入结果目录“{name}”"))?;
    let mut journal = Journal::open(results, key).with_context(|| format!("没能打开结果目录“{name}”"))?;
    let (changed, known): (Vec<Job>, Vec<Job>) =
        jobs.into_iter().partition(|job| journal.unchanged(&job.stamp).is_none());
    files.extend(
        known.iter().filter_map(|job| Some((job.stamp.path.clone(), Fate::Kept(journal.unchanged(&job.stamp)?)))),
    );
    if !known.is_empty() {
        let (known, changed) = (known.len(), changed.len());
        output::complain(&format!("{known} 份没有变动，沿用上次的结果；{changed} 份要检查"));
    }
    let bar = output::bar(PROGRESS, changed.len(), args.no_progress);
    let mut failed = 0;
    let crew = crew(args);
    let work = work(&changed, rules, &journal);
    crew.run(changed.iter().map(|job| job.input.clone()).collect(), work, |index, outcome| {
        let fate = settle(&mut journal, &changed[index].stamp, outcome, args.seconds)?;
        failed += usize::from(matches!(fate, Fate::Failed(_)));
        files.push((changed[index].stamp.path.clone(), fate));
        bar.inc(1);
        bar.set_message(format!("{failed} 份没能检查"));
        Ok::<(), io::Error>(())
    })
    .and_then(|()| journal.flush())
    .with_context(|| format!("没能写入结果目录“{name}”"))?;
    bar.finish_and_clear();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let manifest = Manifest { key, shard, files };
    manifest.write(results).with_context(|| format!("没能写入结果目录“{name}”"))?;
    Ok(manifest)
}

fn crew(args: &ScanArgs) -> Crew {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let auditors = args.threads.count().unwrap_or(processors);
    Crew { readers: READERS, auditors, seconds: args.seconds }
}

/// Reads the name, audits, and keeps what is needed.
fn work(changed: &[Job], rules: RuleSet, journal: &Journal) -> impl Fn(usize, Vec<u8>) -> Made + Send + Sync + 'static {
    let names: Vec<String> = changed.iter().map(|job| job.stamp.path.clone()).collect();
    let known: BTreeSet<Content> = journal.contents().collect();
    let rules = Arc::new(rules);
    move |index, bytes| {
        let content = content(&bytes);
        if known.contains(&content) {
            return Made::Known(content);
        }
        match open(names[index].clone(), &bytes) {
            Ok(source) => {
                let audit = audit(source, &rules);
                let digest = Digest::of(&audit, &rules);
                let texts = digest.passages.iter().map(|passage| (passage.exact, passage.text.to_string())).collect();
                Made::New { content, bytes: kept::audited(&digest), texts }
            }
            Err(error) => refused(content, &error),
        }
    }
}

fn refused(content: Content, error: &ReadError) -> Made {
    Made::New { content, bytes: kept::refused(error), texts: Vec::new() }
}

/// Notes what became of a file. What depends on the machine and the moment is not kept: the next scan tries again.
fn settle(journal: &mut Journal, stamp: &Stamp, outcome: Outcome<Made>, seconds: u64) -> io::Result<Fate> {
    let blob = match outcome {
        Outcome::Done(Made::Known(content)) => match journal.of_content(content) {
            Some(blob) => (content, blob),
            None => unreachable!("contents are never forgotten"),
        },
        Outcome::Done(Made::New { content, bytes, texts, .. }) => (content, journal.keep(&bytes, &texts)?),
        Outcome::Unread(why) | Outcome::Failed(why) => return Ok(Fate::Failed(why)),
        Outcome::Late => {
            return Ok(Fate::Failed(format!(
                "超过{seconds}秒还没有查完；可用 --seconds 放宽时间，或单独用 gouji check 检查"
            )));
        }
    };
    journal.note(stamp.clone(), blob.0, blob.1)?;
    Ok(Fate::Kept(blob.1))
}

/// The files of the scan, and those that are known to be unusable.
fn jobs(args: &ScanArgs, shard: Shard) -> anyhow::Result<(Vec<Job>, Fates)> {
    let directory = &args.reports;
    let shown = clean(&directory.to_string_lossy());
    if !directory.is_dir() {
        bail!("“{shown}”不是目录；gouji scan 要一个目录，查单个文件请用 gouji check");
    }
    let walk = Walk::of(std::slice::from_ref(directory), "-");
    // Results inside the scanned directory are no reports; elsewhere there is nothing to look for.
    let scanned = fs::canonicalize(directory).ok();
    let within = |results: &PathBuf| scanned.as_ref().is_some_and(|scanned| results.starts_with(scanned));
    let results = fs::canonicalize(&args.outputs.out).ok().filter(within);
    let (mut jobs, mut unusable) = (Vec::new(), Vec::new());
    for input in walk.inputs {
        let name = relative(Path::new(&input.name()), directory);
        match &input {
            Input::File(path) | Input::Member(path, ..) => {
                let inside = results
                    .as_ref()
                    .is_some_and(|results| fs::canonicalize(path).is_ok_and(|p| p.starts_with(results)));
                if shard.has(&name) && !inside {
                    jobs.push(Job { stamp: stamp(name, path), input });
                }
            }
            Input::Unusable(_, error) => {
                if shard.has(&name) && name.is_empty() {
                    bail!("“{shown}”：{error}");
                }
                unusable.extend(shard.has(&name).then_some((name, Fate::Failed(error.0.clone()))));
            }
            Input::Stdin(_) => {}
        }
    }
    if walk.passed_over > 0 {
        output::complain(&format!("目录中另有 {} 个文件不是能读的格式，没有检查", walk.passed_over));
    }
    Ok((jobs, unusable))
}

/// A path from the scanned directory on, the same on every system.
fn relative(path: &Path, directory: &Path) -> String {
    let path = path.strip_prefix(directory).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn stamp(path: String, file: &Path) -> Stamp {
    let known = fs::metadata(file).ok();
    let modified = known.as_ref().and_then(crate::scan::modified).unwrap_or_default();
    Stamp { path, bytes: known.map_or(0, |known| known.len()), modified }
}
