//! The second half of a scan: from what was kept of every report to results. The same for one run and for several shares.

use std::io;
use std::path::{Path, PathBuf};

use super::super::args::Outputs;
use super::super::{Status, output};
use super::collect::AUDITED;
use crate::corpus::digest::Digest;
use crate::corpus::{Corpus, Findings, Ranking, compare};
use crate::emit::clean;
use crate::results::Results;
use crate::scan::Pool;
use crate::scan::journal::{Archive, FOLDER, TextAt};
use crate::scan::manifest::{Fate, Manifest};

/// Digests that are in memory at a time.
const BATCH: usize = 1024;

/// What was kept of reports, in one folder or several.
struct Store {
    archives: Vec<Archive>,
    /// Sorted by path: where each report's digest lies.
    files: Vec<(String, usize, Fate)>,
}

/// What was kept of one report.
enum Kept {
    Audited { bytes: Vec<u8>, texts: Vec<TextAt> },
    Failed(String),
}

impl Store {
    fn open(parts: Vec<(PathBuf, Manifest)>) -> io::Result<Store> {
        let mut store = Store { archives: Vec::new(), files: Vec::new() };
        for (number, (folder, manifest)) in parts.into_iter().enumerate() {
            store.archives.push(Archive::open(&folder.join(FOLDER))?);
            store.files.extend(manifest.files.into_iter().map(|(path, fate)| (path, number, fate)));
        }
        store.files.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(store)
    }

    fn read(&self, (_, archive, fate): &(String, usize, Fate)) -> io::Result<Kept> {
        let blob = match fate {
            Fate::Failed(why) => return Ok(Kept::Failed(why.clone())),
            Fate::Kept(blob) => *blob,
        };
        let (mut bytes, texts) = self.archives[*archive].blob(blob)?;
        let audited = bytes.first() == Some(&AUDITED);
        bytes.drain(..1);
        if audited {
            return Ok(Kept::Audited { bytes, texts });
        }
        Ok(Kept::Failed(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// Makes the results.
pub(super) fn run(
    pool: &Pool,
    parts: Vec<(PathBuf, Manifest)>,
    outputs: &Outputs,
    pages: Vec<String>,
) -> anyhow::Result<Status> {
    let store = Store::open(parts)?;
    let mut results = Results::create(&outputs.out, pages)?;
    let mut corpus = Corpus::new(&outputs.aliases()?);
    let texts = gather(pool, &store, &mut results, &mut corpus)?;
    let archive_of: Vec<u32> = store.files.iter().map(|(_, archive, _)| *archive as u32).collect();
    let text = |passages: &[u32]| -> Vec<String> {
        let read = |passage: &u32| {
            let report = corpus.passages.items[*passage as usize].report;
            store.archives[archive_of[report as usize] as usize].text(texts[*passage as usize]).unwrap_or_default()
        };
        passages.iter().map(read).collect()
    };
    let register = outputs.register()?;
    let found = pool.within(|| compare(&corpus, &text, register.as_deref()));
    let ranking = Ranking::of(&corpus, &found.remarks, outputs.minutes);
    let reread = |report: u32, take: &mut dyn FnMut(&Digest<'_>)| {
        if let Ok(Kept::Audited { bytes, .. }) = store.read(&store.files[report as usize])
            && let Some(digest) = Digest::from_bytes(&bytes)
        {
            take(&digest);
        }
    };
    results.finish(&corpus, &found, &ranking, outputs.minutes, &text, &reread)?;
    say(&corpus, &found, &ranking, &outputs.out, outputs.minutes);
    let unreadable = corpus.reports.iter().any(|report| report.failure.is_some());
    Ok(if unreadable { Status::Undone } else { Status::Clean })
}

/// Reads every digest once: rows of single reports are written, and what comparing needs is kept, with the place of each
/// passage's words.
fn gather(pool: &Pool, store: &Store, results: &mut Results, corpus: &mut Corpus) -> anyhow::Result<Vec<TextAt>> {
    let mut texts = Vec::new();
    for (number, batch) in store.files.chunks(BATCH).enumerate() {
        let kept: Vec<Kept> = pool.map(batch, |file| store.read(file)).into_iter().collect::<io::Result<_>>()?;
        let digests = pool.map(&kept, |kept| match kept {
            Kept::Audited { bytes, .. } => Digest::from_bytes(bytes),
            Kept::Failed(_) => None,
        });
        let first = (number * BATCH) as u32;
        let (facts, pages, mut findings) = results.parts();
        let numbered = || (first..).zip(&digests).filter_map(|(report, digest)| Some((report, digest.as_ref()?)));
        let (a, b) = pool.both(
            || numbered().try_for_each(|(report, digest)| facts.add(report, digest, pages)),
            || {
                for ((path, _, _), (kept, digest)) in batch.iter().zip(kept.iter().zip(&digests)) {
                    match (kept, digest) {
                        (Kept::Audited { texts: places, .. }, Some(digest)) => {
                            corpus.add(path, digest);
                            texts.extend(places);
                        }
                        (Kept::Failed(why), _) => corpus.add_failure(path, why),
                        (Kept::Audited { .. }, None) => corpus.add_failure(path, DAMAGED),
                    }
                }
                numbered().try_for_each(|(report, digest)| findings.add(report, digest))
            },
        );
        a.and(b)?;
    }
    Ok(texts)
}

const DAMAGED: &str = "上次扫描留下的记录已损坏；请删去结果目录中的 .gouji 目录后重新扫描";

/// What was done, in a few lines.
fn say(corpus: &Corpus, found: &Findings, ranking: &Ranking, out: &Path, minutes: u32) {
    let sum = |at: usize| corpus.reports.iter().map(|report| report.tally[at] as usize).sum::<usize>();
    let failed = corpus.reports.iter().filter(|report| report.failure.is_some()).count();
    let (reports, remarks) = (corpus.reports.len(), found.remarks.len());
    output::complain(&format!(
        "共 {reports} 份报告，{failed} 份没能检查；错误 {}，警告 {}，提示 {}；跨报告的问题 {remarks}，相同或相似的段落 {} 对",
        sum(0),
        sum(1),
        sum(2),
        found.copies.pairs.len(),
    ));
    output::complain(&format!(
        "{minutes} 分钟可先看 {} 份，涉及金额占全部的 {}%；结果在“{}”，打开其中的 index.html",
        ranking.chosen,
        share(ranking),
        clean(&out.to_string_lossy()),
    ));
}

fn share(ranking: &Ranking) -> String {
    let percent = ranking.covered.times(100.into()).and_then(|part| part.shown_quotient(ranking.total, 1));
    percent.map_or("0".into(), |percent| percent.to_string())
}
