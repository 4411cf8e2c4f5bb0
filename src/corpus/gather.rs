//! The reports of a corpus, in short: what comparing needs of each.

use super::copies::{Item, Passages};
use super::digest::{Decimal, Digest, Figure, Place, exponent, is_money};
use super::units::{Evidence, Units};
use crate::exact::Exact;
use crate::facts::{Measure, Stage};
use crate::finding::{Confidence, Severity};

/// Reports in the order of their paths.
#[derive(Debug, Default)]
pub struct Corpus {
    pub reports: Vec<Report>,
    pub units: Units,
    pub passages: Passages,
    /// Where each passage stands, with its line.
    pub places: Vec<(Place, u32)>,
    pub(super) concepts: Vec<String>,
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
    /// The header of its widest table.
    pub header: String,
    /// The first of its passages among all.
    pub passages: u32,
    /// How many of its passages say something: none for an empty report.
    pub texts: u32,
    /// A fingerprint of all its passages and figures.
    pub content: u64,
}

/// An amount of money of the whole unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// See [`Corpus::concept`].
    pub concept: u16,
    pub stage: u8,
    pub scope: u8,
    pub period: Option<u16>,
    /// In 元.
    pub value: Exact,
    pub unit: u8,
    /// Decimal places, in its own unit.
    pub places: u8,
    pub line: u32,
}

/// What a finding is worth looking at for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stake {
    /// Which finding of its report.
    pub ordinal: u32,
    pub rule: String,
    pub severity: Severity,
    pub confidence: Confidence,
    /// In 元.
    pub amount: Option<Decimal>,
}

/// Of a report, so many numbers about the whole unit.
const LEVELS: usize = 160;

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
        let levels = self.levels(digest);
        let report = Report {
            path: path.to_owned(),
            failure: None,
            unit,
            joined: Some(joined),
            year: about.year,
            kind: about.kind.clone().into_owned(),
            bytes: about.bytes,
            ledger: digest.ledger,
            verdicts: digest.verdicts,
            tally: tally(digest),
            score: score(digest),
            levels,
            stakes: stakes(digest),
            targets: digest.targets.iter().map(|t| [&t.name, &t.target, &t.achieved].map(|w| w.to_string())).collect(),
            header: digest
                .headers
                .iter()
                .max_by_key(|header| header.len())
                .map(ToString::to_string)
                .unwrap_or_default(),
            passages: self.passages.items.len() as u32,
            texts: digest.passages.len() as u32,
            content: content(digest),
        };
        self.add_passages(digest, unit);
        self.reports.push(report);
    }

    fn add_passages(&mut self, digest: &Digest<'_>, unit: u32) {
        let report = self.reports.len() as u32;
        for (ordinal, passage) in digest.passages.iter().enumerate() {
            let item = Item {
                report,
                unit,
                ordinal: ordinal as u32,
                exact: passage.exact,
                masked: passage.masked,
                chars: passage.chars,
                standing: passage.standing,
            };
            self.passages.push(item, passage.sentences.iter().map(|sentence| (sentence.masked, sentence.chars)));
            self.places.push((passage.place, passage.line));
        }
    }

    fn levels(&mut self, digest: &Digest<'_>) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        let wanted = |figure: &&Figure<'_>| {
            let whole = figure.item.is_empty() && !figure.concept.is_empty();
            whole && is_money(figure.unit) && figure.measure == Measure::Level as u8
        };
        for figure in digest.figures.iter().filter(wanted) {
            let power = Exact::power_of_ten(exponent(figure.unit));
            let base = figure.value.exact().zip(power).and_then(|(value, power)| value.times(power));
            let Some(value) = base else { continue };
            let level = Level {
                concept: self.concept_number(&figure.concept),
                stage: figure.stage,
                scope: figure.scope,
                period: (figure.period > 0).then_some(figure.period),
                value,
                unit: figure.unit,
                places: figure.value.scale,
                line: figure.line,
            };
            // Printed again, it says nothing new.
            if !levels.iter().any(|known| Level { line: level.line, ..*known } == level) {
                levels.push(level);
            }
        }
        levels.truncate(LEVELS);
        levels.shrink_to_fit();
        levels
    }

    fn concept_number(&mut self, concept: &str) -> u16 {
        // Few hundred concepts at most, most used first.
        let known = self.concepts.iter().position(|each| each == concept);
        known.unwrap_or_else(|| {
            self.concepts.push(concept.to_owned());
            self.concepts.len() - 1
        }) as u16
    }

    pub fn concept(&self, number: u16) -> &str {
        self.concepts.get(usize::from(number)).map_or("", String::as_str)
    }

    pub fn unit_name(&self, report: &Report) -> &str {
        &self.units.names[report.unit as usize]
    }

    /// The one level of a concept at a stage; `None` where the report gives several.
    pub fn level<'r>(&self, report: &'r Report, concept: &str, stage: Stage) -> Option<&'r Level> {
        let number = self.concepts.iter().position(|each| each == concept)? as u16;
        let wanted = |level: &&Level| {
            let current = level.period.is_none() || level.period == report.year;
            level.concept == number && level.stage == stage as u8 && current
        };
        let mut found = report.levels.iter().filter(wanted);
        let first = found.next()?;
        found.all(|other| other.value == first.value).then_some(first)
    }
}

fn tally(digest: &Digest<'_>) -> [u32; 3] {
    let count = |severity: Severity| digest.findings.iter().filter(|f| f.severity == severity.word()).count() as u32;
    [count(Severity::Error), count(Severity::Warning), count(Severity::Info)]
}

fn score(digest: &Digest<'_>) -> Option<Exact> {
    let is_score = |figure: &&Figure<'_>| figure.concept == "score.self" && figure.item.is_empty();
    let mut scores = digest.figures.iter().filter(is_score).filter_map(|figure| figure.value.exact());
    let first = scores.next()?;
    let in_range = first <= Exact::from(100) && !first.is_negative();
    (in_range && scores.all(|score| score == first)).then_some(first)
}

fn stakes(digest: &Digest<'_>) -> Vec<Stake> {
    let stake = |(ordinal, found): (usize, &super::digest::Found<'_>)| Stake {
        ordinal: ordinal as u32,
        rule: found.rule.to_string(),
        severity: Severity::from_word(&found.severity).unwrap_or(Severity::Info),
        confidence: Confidence::from_word(&found.confidence).unwrap_or(Confidence::Low),
        amount: found.stake,
    };
    digest.findings.iter().enumerate().map(stake).collect()
}

fn content(digest: &Digest<'_>) -> u64 {
    let words = digest.passages.iter().flat_map(|passage| passage.exact.to_le_bytes());
    let figures = digest.figures.iter().flat_map(|figure| figure.value.mantissa.to_le_bytes());
    let bytes: Vec<u8> = words.chain(figures).collect();
    twox_hash::XxHash3_64::oneshot(&bytes)
}
