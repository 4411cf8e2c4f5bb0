//! The reports of a corpus, in short: what comparing needs of each.

use std::collections::BTreeMap;

use super::copies::{Item, Passages, Sketch};
use super::digest::{Decimal, Digest, Level, Place, concept_number};
use super::units::{Evidence, Reach, Units};
use crate::exact::Exact;
use crate::facts::Stage;
use crate::finding::{Confidence, Severity};

/// Reports in the order of their paths.
#[derive(Debug, Default)]
pub struct Corpus {
    pub reports: Vec<Report>,
    pub units: Units,
    pub passages: Passages,
    /// Where each passage stands, with its line.
    pub places: Vec<(Place, u32)>,
    /// What rules are called, by their ids.
    pub(super) titles: BTreeMap<String, String>,
}

/// One report of a corpus.
#[derive(Debug, Default)]
pub struct Report {
    pub path: String,
    /// Why it could not be audited.
    pub failure: Option<String>,
    pub unit: u32,
    /// Why it is taken to be of this unit.
    pub joined: Option<Evidence>,
    pub reach: Reach,
    pub year: Option<u16>,
    pub kind: String,
    pub bytes: u32,
    pub ledger: [u32; 4],
    pub verdicts: [u32; 5],
    /// Errors, warnings, infos.
    pub tally: [u32; 3],
    /// The self-assessment's score.
    pub score: Option<Exact>,
    pub levels: Vec<Level>,
    pub stakes: Vec<Stake>,
    /// Name, target and achieved value.
    pub targets: Vec<[String; 3]>,
    /// The projects that it has amounts of.
    pub projects: Vec<Box<str>>,
    /// The longest header of its tables.
    pub header: String,
    /// The first of its passages among all.
    pub passages: u32,
    /// How many of its passages say something: none for an empty report.
    pub texts: u32,
    /// A fingerprint of all its passages and figures.
    pub content: u64,
}

/// What a finding is worth looking at for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stake {
    pub rule: String,
    pub severity: Severity,
    pub confidence: Confidence,
    /// In 元.
    pub amount: Option<Decimal>,
}

impl Corpus {
    pub fn new(aliases: &str) -> Corpus {
        Corpus { units: Units::with_aliases(aliases), ..Corpus::default() }
    }

    /// Adds a report that could not be audited.
    pub fn add_failure(&mut self, path: &str, why: &str) {
        let passages = self.passages.items.len() as u32;
        let (unit, _) = self.units.resolve(None, path);
        let (path, failure) = (path.to_owned(), Some(why.to_owned()));
        self.reports.push(Report { path, failure, unit, passages, ..Report::default() });
    }

    pub fn add(&mut self, path: &str, digest: &Digest<'_>) {
        let about = &digest.about;
        let (unit, joined) = self.units.resolve(about.entity.as_deref(), path);
        let report = Report {
            path: path.to_owned(),
            failure: None,
            unit,
            joined: Some(joined),
            reach: about.entity.as_deref().map(Reach::of).unwrap_or_default(),
            year: about.year,
            kind: about.kind.to_string(),
            bytes: about.bytes,
            ledger: digest.ledger,
            verdicts: digest.verdicts,
            tally: tally(digest),
            score: digest.score.and_then(Decimal::exact),
            levels: digest.levels.clone(),
            stakes: stakes(digest),
            targets: digest.targets.iter().map(|t| [&t.name, &t.target, &t.achieved].map(|w| w.to_string())).collect(),
            projects: digest.projects.iter().map(|name| Box::from(&**name)).collect(),
            header: digest.header.to_string(),
            passages: self.passages.items.len() as u32,
            texts: digest.passages.len() as u32,
            content: digest.content,
        };
        for found in &digest.findings {
            if !self.titles.contains_key(&*found.rule) {
                self.titles.insert(found.rule.to_string(), found.title.to_string());
            }
        }
        self.add_passages(digest, unit);
        self.reports.push(report);
    }

    fn add_passages(&mut self, digest: &Digest<'_>, unit: u32) {
        let report = self.reports.len() as u32;
        let user = self.passages.users.number(digest.form, unit);
        for passage in &digest.passages {
            let item = Item {
                report,
                unit,
                user,
                exact: passage.exact,
                masked: passage.masked,
                chars: passage.chars.try_into().unwrap_or(u16::MAX),
                standing: passage.standing,
            };
            let sketch = Sketch::from_bytes(&passage.sketch);
            self.passages.push(
                item,
                sketch,
                passage.sentences.iter().map(|sentence| (sentence.masked, sentence.chars)),
            );
            self.places.push((passage.place.clone(), passage.line));
        }
    }

    /// Errors, warnings and infos of all reports.
    pub fn tally(&self) -> [u64; 3] {
        [0, 1, 2].map(|at| self.reports.iter().map(|report| u64::from(report.tally[at])).sum())
    }

    /// How many reports could not be audited.
    pub fn failed(&self) -> usize {
        self.reports.iter().filter(|report| report.failure.is_some()).count()
    }

    /// What a rule is called.
    pub fn title<'a>(&'a self, rule: &'a str) -> &'a str {
        self.titles.get(rule).map_or(rule, String::as_str)
    }

    pub fn unit_name(&self, report: &Report) -> &str {
        &self.units.names[report.unit as usize]
    }

    /// The one level of a concept at a stage; `None` where the report gives several.
    pub fn level<'r>(&self, report: &'r Report, concept: &str, stage: Stage) -> Option<&'r Level> {
        let number = concept_number(concept)?;
        let wanted = |level: &&Level| {
            let current = level.period.is_none() || level.period == report.year;
            level.concept == number && level.stage == stage as u8 && current
        };
        let mut found = report.levels.iter().filter(wanted);
        let first = found.next()?;
        found.all(|other| other.value() == first.value()).then_some(first)
    }

    /// The level of a concept as it was settled: that of a stage that is not stated, where none is final.
    pub fn settled<'r>(&self, report: &'r Report, concept: &str) -> Option<&'r Level> {
        self.level(report, concept, Stage::Final).or_else(|| self.level(report, concept, Stage::Unstated))
    }
}

fn tally(digest: &Digest<'_>) -> [u32; 3] {
    let count = |severity: Severity| digest.findings.iter().filter(|f| &*f.severity == severity.word()).count() as u32;
    [count(Severity::Error), count(Severity::Warning), count(Severity::Info)]
}

fn stakes(digest: &Digest<'_>) -> Vec<Stake> {
    let stake = |found: &super::digest::Found<'_>| Stake {
        rule: found.rule.to_string(),
        severity: Severity::from_word(&found.severity).unwrap_or(Severity::Info),
        confidence: Confidence::from_word(&found.confidence).unwrap_or(Confidence::Low),
        amount: found.stake,
    };
    digest.findings.iter().map(stake).collect()
}
