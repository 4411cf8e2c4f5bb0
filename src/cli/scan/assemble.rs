//! The second half of a scan: from what was kept of every report to results. The same for one run and for several shares.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::super::args::Outputs;
use super::super::{Status, output};
use super::Lists;
use super::kept::Kept;
use crate::corpus::copies::Known;
use crate::corpus::digest::{Details, Digest};
use crate::corpus::{Corpus, Findings, Ranking, compare};
use crate::emit::clean;
use crate::results::{Own, Results, show};
use crate::scan::journal::{Archive, FOLDER, TextAt};
use crate::scan::manifest::{Fate, Manifest};
use crate::scan::{Pool, notes};

/// Reports of which the digests are in memory at a time, and of which the rows are made together. Tables are cut between
/// the latter, so it must not depend on the number of threads.
const BATCH: usize = 1024;
const TOGETHER: usize = 32;

/// What was kept of reports, in one folder or several.
struct Store {
    archives: Vec<Archive>,
    /// Sorted by path: where each report's digest lies.
    files: Vec<(String, usize, Fate)>,
}

/// What was kept of a report with the places of its texts, or why nothing was.
type Read = Result<(Vec<u8>, Vec<TextAt>), String>;

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

    fn read(&self, (_, archive, fate): &(String, usize, Fate)) -> io::Result<Read> {
        match fate {
            Fate::Failed(why) => Ok(Err(why.clone())),
            Fate::Kept(blob) => self.archives[*archive].blob(*blob).map(Ok),
        }
    }

    /// Hands the digest of a report to `take` again.
    fn reread(&self, report: u32, take: &mut dyn FnMut(&Digest<'_>)) {
        if let Ok(Ok((bytes, _))) = self.read(&self.files[report as usize])
            && let Some(Kept::Audited { digest, .. }) = Kept::of(&bytes)
            && let Some(digest) = Digest::from_bytes(digest)
        {
            take(&digest);
        }
    }
}

/// Makes the results.
pub(super) fn run(
    pool: &Pool,
    parts: Vec<(PathBuf, Manifest)>,
    outputs: &Outputs,
    lists: &Lists,
    pages: Vec<String>,
) -> anyhow::Result<Status> {
    let folder = clean(&outputs.out.to_string_lossy());
    let store = Store::open(parts)?;
    let mut results = Results::create(&outputs.out).with_context(|| unwritten(&folder))?;
    let mut corpus = Corpus::new(&lists.aliases);
    let texts = gather(pool, &store, &pages, &mut results, &mut corpus)?;
    let units = corpus.units.names.len();
    pool.within(|| corpus.passages.settle(units));
    let text = |passages: &[u32]| -> Vec<String> {
        let read = |passage: &u32| {
            let report = corpus.passages.items[*passage as usize].report;
            let (_, archive, _) = &store.files[report as usize];
            store.archives[*archive].text(texts[*passage as usize]).unwrap_or_default()
        };
        pool.map(passages, read)
    };
    let mut known = Known::from_bytes(&notes::read(&outputs.out));
    let found = pool.within(|| compare(&corpus, &text, lists.register.as_deref(), &mut known));
    notes::write(&outputs.out, &known.to_bytes()).with_context(|| unwritten(&folder))?;
    let ranking = Ranking::of(&corpus, &found.remarks, outputs.minutes);
    let reread = |report: u32, take: &mut dyn FnMut(&Digest<'_>)| store.reread(report, take);
    let (tables, shown) = pool.both(
        || results.finish(&corpus, &found, &ranking, &text),
        || show(&outputs.out, &corpus, &found, &ranking, outputs.minutes, &reread),
    );
    tables.and(shown).with_context(|| unwritten(&folder))?;
    say(&corpus, &found, &ranking, &outputs.out, outputs.minutes);
    Ok(if corpus.failed() > 0 { Status::Undone } else { Status::Clean })
}

fn unwritten(folder: &str) -> String {
    format!("没能写入结果目录“{folder}”")
}

/// Reads what was kept of every report once: rows of single reports are written, and what comparing needs is kept, with
/// the place of each passage's words. `pages` are the ids of the rules' pages.
fn gather(
    pool: &Pool,
    store: &Store,
    pages: &[String],
    results: &mut Results,
    corpus: &mut Corpus,
) -> anyhow::Result<Vec<TextAt>> {
    let mut texts = Vec::new();
    for (batch, number) in store.files.chunks(BATCH).zip(0..) {
        let read = pool.map(batch, |file| store.read(file)).into_iter().collect::<io::Result<Vec<_>>>()?;
        let firsts = (number * BATCH as u32..).step_by(TOGETHER);
        let some: Vec<(&[Read], u32)> = read.chunks(TOGETHER).zip(firsts).collect();
        let made = pool.map(&some, |(some, first)| told(some, *first, pages));
        let (digests, own): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        let rows = || own.into_iter().try_for_each(|own| results.add(own));
        let compared = || {
            for (((path, ..), read), digest) in batch.iter().zip(&read).zip(digests.into_iter().flatten()) {
                match (read, digest) {
                    (Ok((_, places)), Ok(digest)) => {
                        corpus.add(path, &digest);
                        texts.extend(places);
                    }
                    (_, digest) => corpus.add_failure(path, digest.err().unwrap_or(DAMAGED)),
                }
            }
        };
        pool.both(rows, compared).0?;
    }
    Ok(texts)
}

/// The digests of some reports, or why there are none, and their rows.
fn told<'r>(some: &'r [Read], first: u32, pages: &[String]) -> (Vec<Result<Digest<'r>, &'r str>>, Own) {
    let mut own = Own::none();
    let digests = (first..).zip(some).map(|(report, read)| {
        let (digest, details) = decoded(read)?;
        own.add(report, &digest, &details, pages);
        Ok(digest)
    });
    (digests.collect(), own)
}

fn decoded(read: &Read) -> Result<(Digest<'_>, Details<'_>), &str> {
    let (bytes, _) = read.as_ref().map_err(String::as_str)?;
    match Kept::of(bytes) {
        Some(Kept::Audited { digest, details }) => {
            Digest::from_bytes(digest).zip(Details::from_bytes(details)).ok_or(DAMAGED)
        }
        Some(Kept::Refused(why)) => Err(why),
        None => Err(DAMAGED),
    }
}

const DAMAGED: &str = "上次扫描留下的记录已损坏；请删去结果目录中的 .gouji 目录后重新扫描";

/// What was done, in a few lines.
fn say(corpus: &Corpus, found: &Findings, ranking: &Ranking, out: &Path, minutes: u32) {
    let ([errors, warnings, infos], failed) = (corpus.tally(), corpus.failed());
    let (reports, remarks) = (corpus.reports.len(), found.remarks.len());
    output::complain(&format!(
        "共 {reports} 份报告，{failed} 份没能检查；错误 {errors}，警告 {warnings}，提示 {infos}；跨报告的问题 {remarks}，相同或相似的段落 {} 对",
        found.copies.pairs.len(),
    ));
    output::complain(&format!(
        "{minutes} 分钟可先看 {} 份，涉及金额占全部的 {}%；结果在“{}”，打开其中的 index.html",
        ranking.chosen,
        ranking.share(),
        clean(&out.to_string_lossy()),
    ));
}
