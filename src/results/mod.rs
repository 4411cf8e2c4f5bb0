//! The results of a scan as files: Parquet tables, an Excel list, a page for people.

mod column;
mod excel;
mod issues;
mod page;
mod rows;
pub mod schema;
mod table;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use column::Rows;
pub use column::{Column, Kind};
pub use issues::Reread;
use rayon::prelude::*;

use crate::corpus::copies::{Pair, Texts};
use crate::corpus::digest::{Details, Digest};
use crate::corpus::{Corpus, Findings, Ranking};
use schema::{FACTS, FINDINGS, PAIRS, RELATIONS, REPORTS};
use table::Table;

/// Pairs of passages of which the words are fetched together, and such batches that are in memory at a time.
const BATCH: usize = 512;
const AT_ONCE: usize = 16;

/// What single reports add to the tables.
pub struct Own {
    findings: Rows,
    facts: Rows,
    relations: Rows,
}

impl Own {
    /// Of no report yet.
    pub fn none() -> Own {
        let [findings, facts, relations] = [FINDINGS, FACTS, RELATIONS].map(|(_, columns)| Rows::of(columns));
        Own { findings, facts, relations }
    }

    /// Adds every finding, number and relation of a report. `pages` are the ids of the rules' pages.
    pub fn add(&mut self, report: u32, digest: &Digest<'_>, details: &Details<'_>, pages: &[String]) {
        rows::findings(&mut self.findings, report, digest);
        rows::facts(&mut self.facts, report, details);
        rows::relations(&mut self.relations, report, details, pages);
    }
}

/// The tables of a scan in the making.
pub struct Results {
    folder: PathBuf,
    facts: Table,
    relations: Table,
    findings: Table,
}

impl Results {
    pub fn create(folder: &Path) -> io::Result<Results> {
        fs::create_dir_all(folder)?;
        let create = |schema| Table::create(folder, schema);
        let (facts, relations, findings) = (create(FACTS)?, create(RELATIONS)?, create(FINDINGS)?);
        Ok(Results { folder: folder.to_owned(), facts, relations, findings })
    }

    /// Adds what the next reports have of their own.
    pub fn add(&mut self, own: Own) -> io::Result<()> {
        self.findings.add(own.findings)?;
        self.facts.add(own.facts)?;
        self.relations.add(own.relations)
    }

    /// Completes the tables with what all reports together give. `text` gives the words of passages.
    pub fn finish(mut self, corpus: &Corpus, found: &Findings, ranking: &Ranking, text: &Texts<'_>) -> io::Result<()> {
        let mut remarks = Rows::of(FINDINGS.1);
        found.remarks.iter().for_each(|remark| rows::remark(&mut remarks, remark));
        self.findings.add(remarks)?;
        self.findings.finish()?;
        self.facts.finish()?;
        self.relations.finish()?;
        let mut reports = Rows::of(REPORTS.1);
        rows::reports(&mut reports, corpus, ranking);
        let mut table = Table::create(&self.folder, REPORTS)?;
        table.add(reports)?;
        table.finish()?;
        write_pairs(&self.folder, corpus, found, text)
    }
}

/// Writes what people look at: the list of issues and the page. `reread` gives a report's digest again.
pub fn show(
    folder: &Path,
    corpus: &Corpus,
    found: &Findings,
    ranking: &Ranking,
    minutes: u32,
    reread: &Reread<'_>,
) -> io::Result<()> {
    let issues = issues::collect(corpus, found, ranking, reread);
    excel::write(folder, corpus, ranking, &issues)?;
    page::write(folder, corpus, found, ranking, &issues, minutes)
}

/// Writes a file beside its name first, so that a half one is never found.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = path.to_owned().into_os_string();
    part.push(".part");
    fs::write(&part, bytes)?;
    fs::rename(part, path)
}

fn write_pairs(folder: &Path, corpus: &Corpus, found: &Findings, text: &Texts<'_>) -> io::Result<()> {
    let mut table = Table::create(folder, PAIRS)?;
    let rows = |batch: &[Pair]| {
        let wanted: Vec<u32> = batch.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        let texts = text(&wanted);
        let mut rows = Rows::of(PAIRS.1);
        for (pair, [a, b]) in batch.iter().zip(texts.as_chunks().0) {
            rows::pair(&mut rows, corpus, pair, [a, b]);
        }
        rows
    };
    for batches in found.copies.pairs.chunks(BATCH * AT_ONCE) {
        let made: Vec<Rows> = batches.par_chunks(BATCH).map(rows).collect();
        made.into_iter().try_for_each(|rows| table.add(rows))?;
    }
    table.finish()
}
