//! The results of a scan as files: Parquet tables, an Excel list, a page for people.

mod excel;
mod issues;
mod page;
mod rows;
pub mod schema;
mod table;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use issues::Reread;
pub use table::{Column, Kind};

use crate::corpus::digest::Digest;
use crate::corpus::{Corpus, Findings, Ranking};
use schema::{FACTS, FINDINGS, PAIRS, RELATIONS, REPORTS, Schema};
use table::Table;

/// Pairs of passages of which the words are fetched at a time.
const BATCH: usize = 4096;

/// The tables of a scan in the making.
pub struct Results {
    folder: PathBuf,
    /// The ids of the pages of the rules.
    pages: Vec<String>,
    pub facts: FactTables,
    findings: Table,
}

/// The two large tables: they are written by a thread of their own.
pub struct FactTables {
    facts: Table,
    relations: Table,
}

impl Results {
    pub fn create(folder: &Path, pages: Vec<String>) -> io::Result<Results> {
        fs::create_dir_all(folder)?;
        let create = |(name, columns): Schema| Table::create(folder, name, columns);
        let facts = FactTables { facts: create(FACTS)?, relations: create(RELATIONS)? };
        Ok(Results { folder: folder.to_owned(), pages, facts, findings: create(FINDINGS)? })
    }

    /// Both parts, so that two threads can write at once.
    pub fn parts(&mut self) -> (&mut FactTables, &[String], FindingTable<'_>) {
        (&mut self.facts, &self.pages, FindingTable(&mut self.findings))
    }

    /// Writes what all reports together give. `text` gives the words of passages, `reread` a report's digest again.
    pub fn finish(
        mut self,
        corpus: &Corpus,
        found: &Findings,
        ranking: &Ranking,
        minutes: u32,
        text: &dyn Fn(&[u32]) -> Vec<String>,
        reread: &Reread<'_>,
    ) -> io::Result<()> {
        found.remarks.iter().try_for_each(|remark| rows::remark(&mut self.findings, remark))?;
        self.findings.finish()?;
        self.facts.facts.finish()?;
        self.facts.relations.finish()?;
        let mut reports = Table::create(&self.folder, REPORTS.0, REPORTS.1)?;
        rows::reports(&mut reports, corpus, ranking)?;
        reports.finish()?;
        write_pairs(&self.folder, corpus, found, text)?;
        let issues = issues::collect(corpus, found, ranking, reread);
        excel::write(&self.folder, corpus, ranking, &issues)?;
        page::write(&self.folder, corpus, found, ranking, &issues, minutes)
    }
}

impl FactTables {
    pub fn add(&mut self, report: u32, digest: &Digest<'_>, pages: &[String]) -> io::Result<()> {
        rows::facts(&mut self.facts, report, digest)?;
        rows::relations(&mut self.relations, report, digest, pages)
    }
}

/// Where the findings of single reports go.
pub struct FindingTable<'t>(&'t mut Table);

impl FindingTable<'_> {
    pub fn add(&mut self, report: u32, digest: &Digest<'_>) -> io::Result<()> {
        rows::findings(self.0, report, digest)
    }
}

fn write_pairs(
    folder: &Path,
    corpus: &Corpus,
    found: &Findings,
    text: &dyn Fn(&[u32]) -> Vec<String>,
) -> io::Result<()> {
    let mut table = Table::create(folder, PAIRS.0, PAIRS.1)?;
    for batch in found.copies.pairs.chunks(BATCH) {
        let wanted: Vec<u32> = batch.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        let texts = text(&wanted);
        for (pair, [a, b]) in batch.iter().zip(texts.as_chunks().0) {
            rows::pair(&mut table, corpus, found, pair, [a, b])?;
        }
    }
    table.finish()
}
