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

pub use column::{Column, Kind};
pub use issues::Reread;

use crate::corpus::copies::Texts;
use crate::corpus::digest::{Details, Digest};
use crate::corpus::{Corpus, Findings, Ranking};
use schema::{FACTS, FINDINGS, PAIRS, RELATIONS, REPORTS};
use table::Table;

/// Pairs of passages of which the words are fetched at a time.
const BATCH: usize = 4096;

/// The tables of a scan in the making.
pub struct Results {
    folder: PathBuf,
    /// The ids of the pages of the rules.
    pages: Vec<String>,
    facts: Table,
    relations: Table,
    findings: Table,
}

impl Results {
    pub fn create(folder: &Path, pages: Vec<String>) -> io::Result<Results> {
        fs::create_dir_all(folder)?;
        let create = |schema| Table::create(folder, schema);
        let (facts, relations, findings) = (create(FACTS)?, create(RELATIONS)?, create(FINDINGS)?);
        Ok(Results { folder: folder.to_owned(), pages, facts, relations, findings })
    }

    /// Adds the findings of a report.
    pub fn add(&mut self, report: u32, digest: &Digest<'_>) -> io::Result<()> {
        rows::findings(&mut self.findings, report, digest)
    }

    /// Adds every number and relation of a report.
    pub fn add_details(&mut self, report: u32, details: &Details<'_>) -> io::Result<()> {
        rows::facts(&mut self.facts, report, details)?;
        rows::relations(&mut self.relations, report, details, &self.pages)
    }

    /// Completes the tables with what all reports together give. `text` gives the words of passages.
    pub fn finish(mut self, corpus: &Corpus, found: &Findings, ranking: &Ranking, text: &Texts<'_>) -> io::Result<()> {
        found.remarks.iter().try_for_each(|remark| rows::remark(&mut self.findings, remark))?;
        self.findings.finish()?;
        self.facts.finish()?;
        self.relations.finish()?;
        let mut reports = Table::create(&self.folder, REPORTS)?;
        rows::reports(&mut reports, corpus, ranking)?;
        reports.finish()?;
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

fn write_pairs(folder: &Path, corpus: &Corpus, found: &Findings, text: &Texts<'_>) -> io::Result<()> {
    let mut table = Table::create(folder, PAIRS)?;
    for batch in found.copies.pairs.chunks(BATCH) {
        let wanted: Vec<u32> = batch.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        let texts = text(&wanted);
        for (pair, [a, b]) in batch.iter().zip(texts.as_chunks().0) {
            rows::pair(&mut table, corpus, pair, [a, b])?;
        }
    }
    table.finish()
}
